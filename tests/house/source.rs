//! The source, parsed: modules with what they import, and every path that is written anywhere.

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    Attribute, ItemMod, ItemUse, Macro, UseTree, VisRestricted,
    visit::{self, Visit},
};

/// Names of modules from the crate's root down.
pub type ModulePath = Vec<String>;

/// What one module brings into scope.
#[derive(Debug, Default)]
pub struct Module {
    /// Names and the paths they stand for, as written in this module.
    pub imports: BTreeMap<String, Vec<String>>,
    /// Paths whose every name is imported.
    pub globs: Vec<Vec<String>>,
    /// What is declared here.
    pub items: BTreeSet<String>,
}

/// A path as written, and where.
#[derive(Debug)]
pub struct Usage {
    pub module: ModulePath,
    pub path: Vec<String>,
    pub place: String,
}

/// The whole source.
#[derive(Debug, Default)]
pub struct House {
    pub modules: BTreeMap<ModulePath, Module>,
    pub usages: Vec<Usage>,
    /// Places where source is taken from a file of another name, with the room.
    pub foreign_modules: Vec<(String, String)>,
}

impl House {
    /// Parses files, given by their path from the project's folder.
    pub fn parse(files: &BTreeMap<String, String>) -> Self {
        let mut house = Self::default();
        for (file, text) in files {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let module = module_of(file);
            house.modules.entry(module.clone()).or_default();
            Reader {
                house: &mut house,
                file,
                module,
            }
            .visit_file(&parsed);
        }
        house
    }
}

fn module_of(file: &str) -> ModulePath {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    if path == "lib" {
        Vec::new()
    } else {
        path.split('/').map(str::to_owned).collect()
    }
}

struct Reader<'a> {
    house: &'a mut House,
    file: &'a str,
    module: ModulePath,
}

impl Reader<'_> {
    fn here(&mut self) -> &mut Module {
        self.house.modules.entry(self.module.clone()).or_default()
    }

    fn place(&self, span: Span) -> String {
        format!("{}:{}", self.file, span.start().line)
    }

    fn used(&mut self, path: Vec<String>, span: Span) {
        let place = self.place(span);
        self.house.usages.push(Usage {
            module: self.module.clone(),
            path,
            place,
        });
    }

    fn foreign_module(&mut self, span: Span) {
        let room = self.module.first().cloned().unwrap_or_default();
        self.house.foreign_modules.push((self.place(span), room));
    }

    fn import(&mut self, prefix: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.import(&with(&path.ident), &path.tree),
            UseTree::Group(group) => group
                .items
                .iter()
                .for_each(|item| self.import(prefix, item)),
            UseTree::Name(name) if name.ident == "self" => {
                self.named(prefix.to_vec(), prefix.last().cloned(), name.ident.span());
            }
            UseTree::Name(name) => self.named(
                with(&name.ident),
                Some(name.ident.to_string()),
                name.ident.span(),
            ),
            UseTree::Rename(rename) if rename.ident == "self" => self.named(
                prefix.to_vec(),
                Some(rename.rename.to_string()),
                rename.ident.span(),
            ),
            UseTree::Rename(rename) => self.named(
                with(&rename.ident),
                Some(rename.rename.to_string()),
                rename.ident.span(),
            ),
            UseTree::Glob(glob) => {
                self.here().globs.push(prefix.to_vec());
                // A glob uses a room only by the names that are then written, except where it names the room itself.
                self.used(prefix.to_vec(), glob.star_token.span);
            }
        }
    }

    fn named(&mut self, path: Vec<String>, name: Option<String>, span: Span) {
        if let Some(name) = name.filter(|name| name != "_") {
            self.here().imports.insert(name, path.clone());
        }
        self.used(path, span);
    }

    /// Reads what looks like a path in tokens that are not parsed.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut start = Span::call_site();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.finish_path(&mut path, start);
                        start = ident.span();
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct)
                    if punct.as_char() == ':'
                        && (colons == 1 || punct.spacing() == Spacing::Joint) =>
                {
                    colons += 1;
                }
                other => {
                    self.finish_path(&mut path, start);
                    colons = 0;
                    match other {
                        TokenTree::Group(group) => self.read_tokens(group.stream()),
                        TokenTree::Literal(literal) => {
                            self.read_quoted(&literal.to_string(), literal.span());
                        }
                        _ => {}
                    }
                }
            }
        }
        self.finish_path(&mut path, start);
    }

    fn finish_path(&mut self, path: &mut Vec<String>, span: Span) {
        if path.len() > 1 {
            self.used(std::mem::take(path), span);
        }
        path.clear();
    }

    /// A path in quotes, as in `#[serde(with = "…")]`.
    fn read_quoted(&mut self, literal: &str, span: Span) {
        let text = literal.trim_matches('"');
        if text.contains("::")
            && text.split("::").all(|part| {
                syn::parse_str::<syn::Ident>(part).is_ok()
                    || ["crate", "self", "super"].contains(&part)
            })
        {
            self.used(text.split("::").map(str::to_owned).collect(), span);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        use syn::Item;
        let name = match item {
            Item::Const(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Mod(item) => Some(&item.ident),
            Item::Static(item) => Some(&item.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            Item::Union(item) => Some(&item.ident),
            _ => None,
        };
        if let Some(name) = name {
            self.here().items.insert(name.to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        self.here();
        visit::visit_item_mod(self, item);
        self.module.pop();
        if item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("path"))
        {
            self.foreign_module(item.ident.span());
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let path = if item.ident == "self" {
            vec!["crate".to_owned()]
        } else {
            vec![item.ident.to_string()]
        };
        let name = item
            .rename
            .as_ref()
            .map_or(&item.ident, |(_, name)| name)
            .to_string();
        self.named(path, Some(name), item.ident.span());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if let Some(first) = path.segments.first() {
            self.used(names, first.ident.span());
        }
        visit::visit_path(self, path);
    }

    // `pub(in path)` and `pub(super)` open a door; they use nothing.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_macro(&mut self, call: &'ast Macro) {
        if call.path.is_ident("include") {
            self.foreign_module(call.path.segments[0].ident.span());
        }
        self.read_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.read_tokens(list.tokens.clone());
        }
    }
}
