//! The course map, `SUMMARY.md`, in mdBook's form: a nested list of links, parted by headings.
//!
//! Source: <https://rust-lang.github.io/mdBook/format/summary.html>

use serde::{Deserialize, Serialize};

use super::markdown::{Document, parse};
use super::path::resolve;
use super::text::{Block, BlockKind, Inline, InlineKind, plain_inlines};
use crate::base::{Diagnostic, Span};

/// The files of a course in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The top of the map.
    pub entries: Vec<SummaryEntry>,
}

/// One line of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryEntry {
    /// What the link reads.
    pub title: String,
    /// The file, from the course's folder; none for a chapter that is not written yet.
    pub path: Option<String>,
    /// The part that it stands in, if the map has parts.
    pub part: Option<String>,
    /// Where the link is written.
    pub span: Span,
    /// What is listed under it.
    pub children: Vec<SummaryEntry>,
}

impl Summary {
    /// Reads the map: what is right of it, and what is wrong. Whether the files exist is for the caller to see.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let document = parse(text, 0);
        let mut reader = Reader {
            diagnostics: Vec::new(),
            part: None,
            seen: Vec::new(),
        };
        let entries = reader.read(document);
        (Self { entries }, reader.diagnostics)
    }

    /// Every line of the map, in reading order.
    #[must_use]
    pub fn flat(&self) -> Vec<&SummaryEntry> {
        let mut flat = Vec::new();
        push_flat(&self.entries, &mut flat);
        flat
    }

    /// Every file of the map, in reading order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.flat()
            .into_iter()
            .filter_map(|entry| entry.path.as_deref())
    }
}

fn push_flat<'a>(entries: &'a [SummaryEntry], flat: &mut Vec<&'a SummaryEntry>) {
    for entry in entries {
        flat.push(entry);
        push_flat(&entry.children, flat);
    }
}

struct Reader {
    diagnostics: Vec<Diagnostic>,
    part: Option<String>,
    seen: Vec<String>,
}

impl Reader {
    fn read(&mut self, document: Document) -> Vec<SummaryEntry> {
        self.diagnostics.extend(document.diagnostics);
        let mut entries = Vec::new();
        let mut is_title = true;
        for block in document.blocks {
            match &block.kind {
                // The first heading is the title of the map itself.
                BlockKind::Heading { content, .. } => {
                    if !is_title {
                        self.part = Some(plain_inlines(content));
                    }
                    is_title = false;
                }
                BlockKind::List { .. } => entries.extend(self.list(block)),
                BlockKind::Paragraph(content) => {
                    entries.extend(self.link(content, Vec::new()));
                }
                _ => {}
            }
        }
        entries
    }

    fn list(&mut self, block: Block) -> Vec<SummaryEntry> {
        let BlockKind::List { items, .. } = block.kind else {
            return Vec::new();
        };
        let mut entries = Vec::new();
        for item in items {
            let mut lines = Vec::new();
            let mut nested = Vec::new();
            for block in item.blocks {
                match block.kind {
                    BlockKind::Paragraph(content) => lines.extend(content),
                    BlockKind::List { .. } => nested.push(block),
                    _ => {}
                }
            }
            let entry = self.link(&lines, Vec::new());
            let children = nested
                .into_iter()
                .flat_map(|list| self.list(list))
                .collect();
            match entry {
                Some(entry) => entries.push(SummaryEntry { children, ..entry }),
                None => {
                    let message = "an item of the course map is no link";
                    self.diagnostics
                        .push(Diagnostic::error(item.span, "no-link", message));
                    entries.extend(children);
                }
            }
        }
        entries
    }

    fn link(&mut self, line: &[Inline], children: Vec<SummaryEntry>) -> Option<SummaryEntry> {
        let (span, target, content) = line.iter().find_map(|inline| match &inline.kind {
            InlineKind::Link { target, content } => Some((inline.span, target, content)),
            _ => None,
        })?;
        let path = if target.is_empty() {
            None
        } else {
            let path = resolve("SUMMARY.md", target).map(|resolved| resolved.path);
            match path {
                Ok(path) if self.seen.contains(&path) => {
                    let message = format!("`{target}` is listed twice");
                    self.diagnostics
                        .push(Diagnostic::error(span, "listed-twice", message));
                    None
                }
                Ok(path) => {
                    self.seen.push(path.clone());
                    Some(path)
                }
                Err(_) => {
                    let message = format!("`{target}` is no file of the course");
                    self.diagnostics
                        .push(Diagnostic::error(span, "dead-link", message));
                    None
                }
            }
        };
        Some(SummaryEntry {
            title: plain_inlines(content),
            path,
            part: self.part.clone(),
            span,
            children,
        })
    }
}
