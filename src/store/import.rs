//! Reading an export file, of this version or an older one.

use std::collections::BTreeSet;
use std::fmt;

use super::exam::{exam_of, is_exam};
use super::export::{FORMAT, Heading, Line, VERSION, digest};
use super::kept::{Kept, Shelf, Shelves};
use super::log_store::Stored;
use crate::base::{Diagnostic, Span, Timestamp};
use crate::study::{DeviceId, Log};

/// What an export file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// All of it.
    pub stored: Stored,
}

/// What an import would do, told before it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// The entries of the log.
    pub entries: Tally,
    /// The learner's own decks.
    pub decks: Tally,
    /// The mock exams.
    pub exams: Tally,
    /// Whether the settings would change.
    pub settings: bool,
    /// When the oldest and the newest entry were written; none where there is no entry.
    pub dates: Option<(Timestamp, Timestamp)>,
    /// Who wrote the entries.
    pub devices: Vec<DeviceId>,
    /// How many records of the file cannot be read; they are kept as they are.
    pub unreadable: usize,
}

/// How the things of a file compare with those that are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They are not here.
    pub new: usize,
    /// They are here, and the file has a later state; entries never change.
    pub changed: usize,
    /// They were taken away here or there, and stay so or become so.
    pub removed: usize,
    /// They are here, as late or later.
    pub known: usize,
}

impl ImportSummary {
    /// Whether the import would change anything.
    #[must_use]
    pub fn changes_anything(&self) -> bool {
        let changes = |tally: Tally| tally.new + tally.changed > 0;
        changes(self.entries) || changes(self.decks) || changes(self.exams) || self.settings
    }
}

/// In sentences, for whoever is about to import it.
impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entries.all() {
            1 => f.write_str("The file has 1 entry")?,
            entries => write!(f, "The file has {entries} entries")?,
        }
        if let Some((from, to)) = self.dates {
            write!(f, " of {} to {}", day(from), day(to))?;
        }
        if self.devices.len() > 1 {
            write!(f, " from {} browsers", self.devices.len())?;
        }
        write!(f, "; {} of them new here.", self.entries.new)?;
        for (tally, one, several) in [
            (self.decks, "deck", "decks"),
            (self.exams, "mock exam", "mock exams"),
        ] {
            match tally.all() {
                0 => {}
                1 => write!(f, " It has 1 {one}: {tally}.")?,
                all => write!(f, " It has {all} {several}: {tally}.")?,
            }
        }
        if self.settings {
            f.write_str(" Its settings are later than yours.")?;
        }
        match self.unreadable {
            0 => Ok(()),
            1 => f.write_str(" 1 record of it cannot be read and is kept as it is."),
            records => write!(
                f,
                " {records} records of it cannot be read and are kept as they are."
            ),
        }
    }
}

fn day(at: Timestamp) -> String {
    at.rfc3339().chars().take(10).collect()
}

impl Import {
    /// What it would do to what is here.
    #[must_use]
    pub fn summary(&self, log: &Log, shelves: &Shelves) -> ImportSummary {
        let new = self.stored.log.new_to(log);
        let tally = |shelf| {
            let mut tally = Tally::default();
            let all = self.stored.shelves.all();
            for kept in all.filter(|kept| kept.shelf == shelf) {
                tally.count(kept, shelves.get(shelf, &kept.key));
            }
            tally
        };
        let settings = tally(Shelf::Settings);
        let times = || self.stored.log.iter().map(|entry| entry.at);
        let devices: BTreeSet<&DeviceId> = self
            .stored
            .log
            .iter()
            .map(|entry| &entry.id.device)
            .collect();
        ImportSummary {
            entries: Tally {
                new,
                known: self.stored.log.len() - new,
                ..Tally::default()
            },
            decks: tally(Shelf::Decks),
            exams: self.exams(shelves),
            settings: settings.new + settings.changed > 0,
            dates: times().min().zip(times().max()),
            devices: devices.into_iter().cloned().collect(),
            unreadable: self.stored.aside.len(),
        }
    }
}

impl Import {
    /// An exam that is here is another one when the file knows more of what happened in it.
    fn exams(&self, here: &Shelves) -> Tally {
        let mut tally = Tally::default();
        let all = self.stored.shelves.all();
        let (exams, events): (Vec<&Kept>, Vec<&Kept>) = all
            .filter(|kept| kept.shelf == Shelf::Exams)
            .partition(|kept| is_exam(&kept.key));
        for exam in exams {
            let ours = here.get(Shelf::Exams, &exam.key);
            let is_later = |event: &&Kept| {
                let ours = here.get(Shelf::Exams, &event.key);
                exam_of(&event.key) == exam.key && ours.is_none_or(|ours| ours < *event)
            };
            if ours == Some(exam) && exam.text.is_some() && events.iter().any(is_later) {
                tally.changed += 1;
            } else {
                tally.count(exam, ours);
            }
        }
        tally
    }
}

/// `2 new, 1 known`.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.new, "new"),
            (self.changed, "changed"),
            (self.removed, "removed"),
            (self.known, "here already"),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        f.write_str(&parts.join(", "))
    }
}

impl Tally {
    /// How many there are in the file.
    #[must_use]
    pub fn all(self) -> usize {
        self.new + self.changed + self.removed + self.known
    }

    fn count(&mut self, kept: &Kept, here: Option<&Kept>) {
        let is_later = here.is_none_or(|here| here < kept);
        let ours = here.is_some_and(|here| here.text.is_some());
        *match (is_later, kept.text.is_some()) {
            (true, true) if ours => &mut self.changed,
            (true, true) => &mut self.new,
            (true, false) if ours => &mut self.removed,
            (false, true) if !ours => &mut self.removed,
            _ => &mut self.known,
        } += 1;
    }
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
    let refuse_heading =
        |code: &str, message: String| Diagnostic::error(Span::new(0, first.len()), code, message);
    let heading = serde_json::from_str(first).ok();
    let heading: Heading = heading
        .filter(|heading: &Heading| heading.format == FORMAT)
        .ok_or_else(|| {
            let message = "the file is no export of a review log".to_owned();
            refuse_heading("no-export", message)
        })?;
    if !(1..=VERSION).contains(&heading.version) {
        let message = format!(
            "the file has version {}, this program reads versions up to {VERSION}",
            heading.version
        );
        return Err(refuse_heading("unknown-version", message));
    }
    let mut stored = Stored::default();
    let mut at = first.len() + 1;
    let mut lines = 0;
    for line in body.lines() {
        let span = Span::new(at, at + line.len());
        match read_line(line, span)? {
            Line::Entry(entry) => drop(stored.log.insert(entry)),
            Line::Kept(kept) => drop(stored.shelves.put(kept)),
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
        let message = "the file was changed after it was exported".to_owned();
        return Err(refuse_heading("changed", message));
    }
    Ok(Import { stored })
}

fn read_line(line: &str, span: Span) -> Result<Line, Diagnostic> {
    serde_json::from_str(line).map_err(|error| {
        let column = error.column().saturating_sub(1);
        let message = format!("the line cannot be read: {error}");
        Diagnostic::error(Span::new(span.start + column, span.end), "damaged", message)
    })
}
