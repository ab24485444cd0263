//! The export file: the review log as JSON lines under a heading that says what must be there.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::log_store::Stored;
use super::record::Aside;
use crate::base::{Diagnostic, Span, hex};
use crate::study::{Entry, Log};

const FORMAT: &str = "cipherdeck review log";
const VERSION: u32 = 1;

/// What an export file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its entries, and what was kept aside where they come from.
    pub stored: Stored,
}

impl Import {
    /// How many entries the file has that `log` has not.
    #[must_use]
    pub fn new_to(&self, log: &Log) -> usize {
        self.stored
            .log
            .iter()
            .filter(|entry| !log.contains(entry))
            .count()
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    format: String,
    version: u32,
    lines: usize,
    sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Entry(Entry),
    Aside(Aside),
}

/// Writes everything into one file.
#[must_use]
pub fn export(stored: &Stored) -> String {
    let entries = stored.log.iter().cloned().map(Line::Entry);
    let aside = stored.aside.iter().cloned().map(Line::Aside);
    let mut lines = 0;
    let mut body = String::new();
    for line in entries.chain(aside) {
        body.push_str(&json(&line));
        body.push('\n');
        lines += 1;
    }
    let heading = Heading {
        format: FORMAT.to_owned(),
        version: VERSION,
        lines,
        sha256: digest(&body),
    };
    format!("{}\n{body}", json(&heading))
}

/// Reads an export file, all of it or nothing.
///
/// # Errors
/// A [`Diagnostic`] with the place of what is wrong: another kind of file, a newer version, a line that is no entry, lines
/// that are missing or changed.
pub fn import(text: &str) -> Result<Import, Diagnostic> {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    if !text.ends_with('\n') {
        let message = "the file ends within a line";
        return Err(Diagnostic::error(Span::at(text.len()), "cut-off", message));
    }
    let heading: Heading = serde_json::from_str(first).map_err(|_| {
        let message = "the file is no export of a review log";
        Diagnostic::error(Span::new(0, first.len()), "no-export", message)
    })?;
    let refuse_heading = |code: &str, message: String| {
        Err(Diagnostic::error(Span::new(0, first.len()), code, message))
    };
    if heading.format != FORMAT {
        return refuse_heading(
            "no-export",
            "the file is no export of a review log".to_owned(),
        );
    }
    if heading.version != VERSION {
        let message = format!(
            "the file has version {}, this program reads version {VERSION}",
            heading.version
        );
        return refuse_heading("unknown-version", message);
    }
    let mut stored = Stored::default();
    let mut at = first.len() + 1;
    let mut lines = 0;
    for line in body.lines() {
        let span = Span::new(at, at + line.len());
        match read_line(line, span)? {
            Line::Entry(entry) => {
                stored.log.insert(entry);
            }
            Line::Aside(aside) => stored.aside.push(aside),
        }
        at += line.len() + 1;
        lines += 1;
    }
    if lines != heading.lines {
        let message = format!("the file has {lines} of {} lines", heading.lines);
        return Err(Diagnostic::error(Span::at(text.len()), "cut-off", message));
    }
    if digest(body) != heading.sha256 {
        return refuse_heading(
            "changed",
            "the file was changed after it was exported".to_owned(),
        );
    }
    Ok(Import { stored })
}

fn read_line(line: &str, span: Span) -> Result<Line, Diagnostic> {
    serde_json::from_str(line).map_err(|error| {
        let column = error.column().saturating_sub(1);
        let message = format!("the line is no entry: {error}");
        Diagnostic::error(Span::new(span.start + column, span.end), "damaged", message)
    })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data is always JSON")
}

fn digest(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
