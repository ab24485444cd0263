//! Small operations on a policy's text that leave the rest of it as it was written.

use crate::base::Span;
use crate::policy::json::{self, Json, Member, Node};
use crate::policy::layout::Item;

use super::edit::Patch;

/// A policy's text with the places of everything in it.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    source: &'a str,
    root: Node,
}

impl<'a> Draft<'a> {
    pub(super) fn of(source: &'a str) -> Option<Self> {
        let root = json::parse(source).ok()?;
        Some(Self { source, root })
    }

    /// What stands at a place.
    pub(super) fn text(&self, span: Span) -> &'a str {
        self.source.get(span.start..span.end).unwrap_or_default()
    }

    /// A statement's object; statements are counted as a [`Policy`](crate::policy::Policy) counts them.
    pub(super) fn statement(&self, index: usize) -> Option<&Node> {
        let all = members(&self.root)
            .iter()
            .filter(|member| member.name == "Statement");
        let mut all = all.flat_map(|member| match &member.value.json {
            Json::Array(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&member.value),
        });
        all.by_ref()
            .filter(|node| matches!(node.json, Json::Object(_)))
            .nth(index)
    }

    /// The value of a statement's element.
    pub(super) fn element(&self, statement: usize, name: &str) -> Option<&Node> {
        member(self.statement(statement)?, name).map(|member| &member.value)
    }

    /// The version's value, where one is written.
    pub(super) fn version(&self) -> Option<Span> {
        member(&self.root, "Version").map(|member| member.value.span)
    }

    pub(super) fn set_version(&self, version: &str) -> Option<Patch> {
        let version = Item::string(version);
        if let Some(span) = self.version() {
            return Some(replace(span, version.on_one_line()));
        }
        let first = members(&self.root).first()?;
        let margin = self.margin(self.root.span.start, first.name_span.start);
        let text = format!("\"Version\": {},{margin}", version.on_one_line());
        Some(replace(Span::at(first.name_span.start), text))
    }

    pub(super) fn add_statement(&self, statement: &Item) -> Option<Patch> {
        let node = &member(&self.root, "Statement")?.value;
        match &node.json {
            Json::Array(_) => Some(self.insert(node, |indent| match indent {
                Some(indent) => statement.clone().open().lay_out(indent, indent),
                None => statement.on_one_line(),
            })),
            Json::Object(_) => {
                let only = self.text(node.span);
                let next = if only.contains('\n') {
                    statement
                        .clone()
                        .open()
                        .lay_out(self.indent(node.span.start), 0)
                } else {
                    statement.on_one_line()
                };
                Some(replace(node.span, format!("[{only}, {next}]")))
            }
            _ => None,
        }
    }

    pub(super) fn remove_statement(&self, index: usize) -> Option<Patch> {
        let statement = self.statement(index)?.span;
        let lists = members(&self.root)
            .iter()
            .filter(|member| member.name == "Statement");
        for list in lists.map(|member| &member.value) {
            if list.span == statement {
                return Some(replace(statement, "[]".to_owned()));
            }
            if let Json::Array(nodes) = &list.json
                && let Some(at) = nodes.iter().position(|node| node.span == statement)
            {
                return Some(self.remove(list, at));
            }
        }
        None
    }

    /// More strings: beside a single one, or in a list.
    pub(super) fn add_strings(&self, node: &Node, texts: &[String]) -> Option<Patch> {
        let texts = texts.iter().map(|text| Item::string(text).on_one_line());
        let texts: Vec<String> = texts.collect();
        if texts.is_empty() {
            return None;
        }
        match &node.json {
            Json::Array(_) => Some(self.insert(node, |indent| match indent {
                Some(indent) => texts.join(&format!(",\n{}", " ".repeat(indent))),
                None => texts.join(", "),
            })),
            Json::String(_) | Json::Bool(_) | Json::Number(_) => {
                let only = self.text(node.span);
                Some(replace(
                    node.span,
                    format!("[{only}, {}]", texts.join(", ")),
                ))
            }
            _ => None,
        }
    }

    /// A list without one of its items, told by its place in the text. The last one cannot be removed.
    pub(super) fn remove_string(&self, node: &Node, item: Span) -> Option<Patch> {
        let Json::Array(nodes) = &node.json else {
            return None;
        };
        let at = nodes.iter().position(|node| node.span == item)?;
        (nodes.len() > 1).then(|| self.remove(node, at))
    }

    /// One member more in an object.
    pub(super) fn add_member(&self, object: &Node, name: &str, value: &Item) -> Option<Patch> {
        if !matches!(object.json, Json::Object(_)) {
            return None;
        }
        let render = |indent| {
            let name = Item::string(name).on_one_line();
            let value = match indent {
                Some(indent) => value.lay_out(indent, indent + name.chars().count() + 2),
                None => value.on_one_line(),
            };
            format!("{name}: {value}")
        };
        Some(self.insert(object, render))
    }

    /// A text as a pattern that holds it alone.
    pub(super) fn literal(&self, text: &str) -> String {
        let has_variables =
            self.version().map(|version| self.text(version)) == Some("\"2012-10-17\"");
        if !has_variables || text == "*" {
            return text.to_owned();
        }
        let mut literal = String::with_capacity(text.len());
        for char in text.chars() {
            match char {
                '*' | '?' | '$' => literal.extend(["${", char.encode_utf8(&mut [0; 4]), "}"]),
                other => literal.push(other),
            }
        }
        literal
    }

    /// Puts one more item behind the last. `render` is told how far lines are indented, where items stand on lines of
    /// their own.
    fn insert(&self, container: &Node, render: impl Fn(Option<usize>) -> String) -> Patch {
        let items = items(container);
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return replace(Span::at(container.span.start + 1), render(None));
        };
        let margin = self.margin(container.span.start, first.start);
        let indent = margin
            .rsplit_once('\n')
            .map(|(_, blanks)| blanks.chars().count());
        replace(Span::at(last.end), format!(",{margin}{}", render(indent)))
    }

    /// Takes an item out with the comma that belongs to it.
    fn remove(&self, container: &Node, at: usize) -> Patch {
        let items = items(container);
        let span = match (
            at.checked_sub(1).and_then(|at| items.get(at)),
            items.get(at + 1),
        ) {
            (Some(previous), _) => Span::new(previous.end, items[at].end),
            (None, Some(next)) => Span::new(items[at].start, next.start),
            (None, None) => Span::new(container.span.start + 1, container.span.end - 1),
        };
        replace(span, String::new())
    }

    /// What stands between an opening bracket and its first item, a blank if that is no line break.
    fn margin(&self, bracket: usize, first: usize) -> &'a str {
        let margin = self.text(Span::new(bracket + 1, first));
        if margin.contains('\n') { margin } else { " " }
    }

    /// How many blanks the line begins with in which `at` lies.
    fn indent(&self, at: usize) -> usize {
        let before = self.text(Span::new(0, at));
        let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
        line.chars().take_while(|char| *char == ' ').count()
    }
}

/// The member of an object that has this name.
pub(super) fn member<'n>(object: &'n Node, name: &str) -> Option<&'n Member> {
    members(object).iter().find(|member| member.name == name)
}

pub(super) fn members(object: &Node) -> &[Member] {
    match &object.json {
        Json::Object(members) => members,
        _ => &[],
    }
}

pub(super) fn replace(span: Span, text: String) -> Patch {
    Patch { span, text }
}

fn items(container: &Node) -> Vec<Span> {
    match &container.json {
        Json::Array(nodes) => nodes.iter().map(|node| node.span).collect(),
        Json::Object(members) => {
            let whole = |member: &Member| Span::new(member.name_span.start, member.value.span.end);
            members.iter().map(whole).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(source: &str, edit: impl Fn(&Draft<'_>) -> Option<Patch>) -> String {
        let draft = Draft::of(source).unwrap();
        edit(&draft).unwrap().apply(source).unwrap()
    }

    fn deny() -> Item {
        Item::Object(vec![("Effect".to_owned(), Item::string("Deny"))])
    }

    #[test]
    fn a_statement_is_added_in_the_way_the_others_are_written() {
        let add = |source| patched(source, |draft| draft.add_statement(&deny()));
        assert_eq!(
            add(r#"{"Statement": []}"#),
            r#"{"Statement": [{"Effect": "Deny"}]}"#
        );
        assert_eq!(
            add(r#"{"Statement": [{"Sid": "A"}]}"#),
            r#"{"Statement": [{"Sid": "A"}, {"Effect": "Deny"}]}"#
        );
        assert_eq!(
            add(r#"{"Statement": {"Sid": "A"}}"#),
            r#"{"Statement": [{"Sid": "A"}, {"Effect": "Deny"}]}"#
        );
        assert_eq!(
            add("{\n  \"Statement\": [\n    {}\n  ]\n}"),
            "{\n  \"Statement\": [\n    {},\n    {\n      \"Effect\": \"Deny\"\n    }\n  ]\n}"
        );
        assert_eq!(
            add("{\n  \"Statement\": {\n    \"Sid\": \"A\"\n  }\n}"),
            "{\n  \"Statement\": [{\n    \"Sid\": \"A\"\n  }, {\n    \"Effect\": \"Deny\"\n  }]\n}"
        );
    }

    #[test]
    fn what_is_removed_takes_its_comma_along() {
        let three = r#"{"Statement": [{"Sid": "A"}, {"Sid": "B"}, {"Sid": "C"}]}"#;
        let remove = |index| patched(three, |draft| draft.remove_statement(index));
        assert_eq!(remove(0), r#"{"Statement": [{"Sid": "B"}, {"Sid": "C"}]}"#);
        assert_eq!(remove(1), r#"{"Statement": [{"Sid": "A"}, {"Sid": "C"}]}"#);
        assert_eq!(remove(2), r#"{"Statement": [{"Sid": "A"}, {"Sid": "B"}]}"#);
        for only in [r#"{"Statement": [ {} ]}"#, r#"{"Statement": {}}"#] {
            let emptied = patched(only, |draft| draft.remove_statement(0));
            assert_eq!(emptied, r#"{"Statement": []}"#);
        }
    }

    #[test]
    fn a_string_gets_company_and_a_version_a_place_of_its_own() {
        let add = |source| {
            patched(source, |draft| {
                draft.add_strings(draft.element(0, "Action")?, &["b:\"B".to_owned()])
            })
        };
        assert_eq!(
            add(r#"{"Statement": {"Action": "a:A"}}"#),
            r#"{"Statement": {"Action": ["a:A", "b:\"B"]}}"#
        );
        assert_eq!(
            add(r#"{"Statement": {"Action": ["a:A"]}}"#),
            r#"{"Statement": {"Action": ["a:A", "b:\"B"]}}"#
        );
        let version = |source| patched(source, |draft| draft.set_version("2012-10-17"));
        assert_eq!(
            version("{\n  \"Statement\": []\n}"),
            "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}"
        );
        assert_eq!(
            version(r#"{"Version": "2008-10-17", "Statement": []}"#),
            r#"{"Version": "2012-10-17", "Statement": []}"#
        );
    }
}
