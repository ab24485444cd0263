//! One file of a course, read by itself.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::front_matter;
use super::lesson::{Lesson, parse_lesson};
use super::markdown::{self, LinkUse};
use super::scenario::{Scenario, parse_scenario};
use super::sheet::{Named, Sheet, parse_sheet};
use super::text::{Block, BlockKind, plain_inlines};
use crate::base::{Diagnostic, Lines, Place, Span};

/// A markdown file of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// From the course's folder, with `/` between its parts.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
}

/// A markdown file as it is written: what it is, and what only the checks of the whole course ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is.
    pub file: File,
    /// What is written in it.
    pub(super) source: String,
    /// Every link and picture in it.
    pub(super) links: Vec<LinkUse>,
    /// The places in it that a link may name.
    pub(super) anchors: HashSet<String>,
    /// What its comments name, if it is a sheet.
    pub(super) named: Named,
    /// Who wrote it.
    pub(super) owner: Owner,
}

/// Who wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// The course's author, who owes readers a reason and a source.
    Author,
    /// The learner, for themselves.
    Learner,
}

/// What a markdown file of a course is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Its front matter names a sheet.
    Sheet(Box<Sheet>),
    /// Its front matter names a scenario.
    Scenario(Box<Scenario>),
    /// Any other.
    Lesson(Lesson),
    /// A sheet or scenario whose front matter cannot be used.
    Broken,
}

/// What is wrong, in which file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the course's folder.
    pub path: String,
    /// Line and column.
    pub place: Place,
    /// What is wrong there.
    pub diagnostic: Diagnostic,
}

impl Finding {
    pub(super) fn new(path: &str, lines: &Lines<'_>, diagnostic: Diagnostic) -> Self {
        Self {
            path: path.to_owned(),
            place: lines.place(diagnostic.span.start),
            diagnostic,
        }
    }
}

impl fmt::Display for Finding {
    /// `file:line:column: error: message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            severity, message, ..
        } = &self.diagnostic;
        write!(f, "{}:{}: {severity}: {message}", self.path, self.place)
    }
}

/// Reads one markdown file: what is right of it, and what is wrong by itself.
///
/// Nothing comes back for a file that is no text. What only the whole course shows is for
/// [`super::Course::assemble`].
#[must_use]
pub fn parse_file(path: &str, bytes: &[u8]) -> (Option<Draft>, Vec<Finding>) {
    parse_owned(path, bytes, Owner::Author)
}

pub(super) fn parse_owned(path: &str, bytes: &[u8], owner: Owner) -> (Option<Draft>, Vec<Finding>) {
    let (source, mut diagnostics) = decode(bytes);
    let Some(source) = source else {
        let valid = String::from_utf8_lossy(bytes);
        let lines = Lines::new(&valid);
        let findings = diagnostics
            .into_iter()
            .map(|d| Finding::new(path, &lines, d));
        return (None, findings.collect());
    };
    let front = front_matter::parse(source, &mut diagnostics);
    let start = front.as_ref().map_or(0, |front| front.end);
    let document = markdown::parse(source, start);
    let links = document.links.clone();
    let mut anchors = Anchors::default();
    anchors.collect(&document.blocks);
    let mut named = Named::default();
    let kind = match &front {
        Some(front) if front.get("sheet").is_some() => {
            match parse_sheet(source, front, document, owner, &mut diagnostics) {
                Some((sheet, comments)) => {
                    named = comments;
                    FileKind::Sheet(Box::new(sheet))
                }
                None => FileKind::Broken,
            }
        }
        Some(front) if front.get("scenario").is_some() => {
            let scenario = parse_scenario(path, source, front, document, &mut diagnostics);
            scenario.map_or(FileKind::Broken, |scenario| {
                FileKind::Scenario(Box::new(scenario))
            })
        }
        front => FileKind::Lesson(parse_lesson(
            source,
            front.as_ref(),
            document,
            &mut diagnostics,
        )),
    };
    diagnostics.sort_by_key(|finding| finding.span);
    let lines = Lines::new(source);
    let findings = diagnostics
        .into_iter()
        .map(|d| Finding::new(path, &lines, d))
        .collect();
    let draft = Draft {
        file: File {
            path: path.to_owned(),
            kind,
        },
        source: source.to_owned(),
        links,
        anchors: anchors.names,
        named,
        owner,
    };
    (Some(draft), findings)
}

/// The text that `bytes` are, and every character in it that no text should hold.
#[must_use]
pub fn decode(bytes: &[u8]) -> (Option<&str>, Vec<Diagnostic>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = Span::at(error.valid_up_to());
            let message = "the file is not valid UTF-8 from here on";
            return (None, vec![Diagnostic::error(at, "invalid-utf-8", message)]);
        }
    };
    let unwanted = text.char_indices().filter(|&(at, c)| match c {
        '\n' | '\t' => false,
        '\r' => !text[at + 1..].starts_with('\n'),
        // Marks that reorder what one sees, and a byte-order mark.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        c => c.is_control(),
    });
    let findings = unwanted.map(|(at, c)| {
        let message = format!("the control character U+{:04X}", u32::from(c));
        Diagnostic::error(
            Span::new(at, at + c.len_utf8()),
            "control-character",
            message,
        )
    });
    (Some(text), findings.collect())
}

/// The names that GitHub gives to headings.
#[derive(Default)]
struct Anchors {
    names: HashSet<String>,
}

impl Anchors {
    fn collect(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } => self.add(&plain_inlines(content)),
                BlockKind::Quote { blocks, .. } => self.collect(blocks),
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.collect(&item.blocks);
                    }
                }
                _ => {}
            }
        }
    }

    /// Lower case, spaces as hyphens, no punctuation; a name that was given already gets a number.
    fn add(&mut self, heading: &str) {
        let words = heading.trim().to_lowercase();
        let kept = words.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        });
        let name: String = kept.collect();
        let mut unique = name.clone();
        let mut number = 0;
        while self.names.contains(&unique) {
            number += 1;
            unique = format!("{name}-{number}");
        }
        self.names.insert(unique);
    }
}
