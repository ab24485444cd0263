//! A learner's own decks: files that stand beside the course and obey its form.
//!
//! Where an author must, a learner may: a file of an own deck needs no domains, topic, reasons, explanations or sources,
//! and no entry in the map. What is missing is told as a warning and the question is asked all the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::file::{Draft, Finding, Owner, decode, parse_owned};
use super::id::DeckId;
use super::path::resolve;
use super::read::Files;
use super::stamp::{slug, stamp_ids_by};
use crate::base::{Diagnostic, Lines, Span};

/// The folder under which own decks stand, each in a folder of its name.
pub const OWN: &str = "own/";

/// A learner's own deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// Its name: the folder under [`OWN`].
    pub id: DeckId,
    /// What the learner calls it.
    pub title: String,
    /// Its markdown files, by their path in it.
    pub files: BTreeMap<String, String>,
}

impl Deck {
    /// A deck of what the learner brought: its markdown files by path, and what is wrong with the others.
    ///
    /// Its name follows from its title, so that a deck that is brought again takes the place of the first. Questions
    /// without an id get one that neither the course nor another deck has.
    #[must_use]
    pub fn new(
        title: &str,
        brought: &Files,
        course: &Files,
        decks: &[Self],
    ) -> (Self, Vec<Finding>) {
        let id: DeckId = slug(title, "deck").parse().expect("it is a slug");
        let mut deck = Self {
            id,
            title: title.trim().to_owned(),
            files: BTreeMap::new(),
        };
        let mut findings = Vec::new();
        for (path, bytes) in brought {
            let lossy = String::from_utf8_lossy(bytes);
            let found = deck.take(path, bytes).err();
            findings.extend(found.map(|found| Finding::new(path, &Lines::new(&lossy), found)));
        }
        deck.stamp(course, decks);
        (deck, findings)
    }

    /// From the course's folder, the path of one of its files.
    #[must_use]
    pub fn path(&self, file: &str) -> String {
        format!("{OWN}{}/{file}", self.id)
    }

    fn take(&mut self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let refuse =
            |code: &str, message: &str| Err(Diagnostic::error(Span::default(), code, message));
        let inside = resolve("", path).ok().filter(|to| to.fragment.is_none());
        let Some(inside) = inside else {
            return refuse("no-path", "the path leads out of the deck");
        };
        if !inside.path.ends_with(".md") {
            let message = "only markdown files, whose names end with `.md`, make a deck";
            return refuse("no-markdown", message);
        }
        let (text, found) = decode(bytes);
        match (text, found.into_iter().next()) {
            (None, Some(finding)) => Err(finding),
            (text, _) => {
                let text = text.unwrap_or_default().to_owned();
                self.files.insert(inside.path, text);
                Ok(())
            }
        }
    }

    fn stamp(&mut self, course: &Files, decks: &[Self]) {
        let mut all: Vec<(String, Owner, &[u8])> = Vec::new();
        for (path, bytes) in course {
            all.push((path.clone(), Owner::Author, bytes));
        }
        for deck in decks.iter().filter(|deck| deck.id != self.id) {
            for (path, text) in &deck.files {
                all.push((deck.path(path), Owner::Learner, text.as_bytes()));
            }
        }
        for (path, text) in &self.files {
            all.push((self.path(path), Owner::Learner, text.as_bytes()));
        }
        let mut stamped = stamp_ids_by(&all);
        let folder = self.path("");
        for (path, text) in &mut self.files {
            if let Some(file) = stamped.remove(&format!("{folder}{path}")) {
                *text = file.text;
            }
        }
    }
}

/// The deck in which a file of the course stands, if it is the learner's own.
#[must_use]
pub fn deck_of(path: &str) -> Option<DeckId> {
    let (deck, _) = path.strip_prefix(OWN)?.split_once('/')?;
    deck.parse().ok()
}

/// The files of the decks, each read by itself, and the links between them.
pub(super) fn read_decks(course: &Files, decks: &[Deck]) -> (Vec<Draft>, Vec<Finding>) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut findings = Vec::new();
    for deck in decks {
        for (file, text) in &deck.files {
            let path = deck.path(file);
            if course.contains_key(&path) {
                let message = "the course has a file of this name";
                let finding = Diagnostic::error(Span::default(), "path-taken", message);
                findings.push(Finding::new(&path, &Lines::new(text), finding));
                continue;
            }
            let (draft, found) = parse_owned(&path, text.as_bytes(), Owner::Learner);
            findings.extend(found);
            drafts.extend(draft);
        }
    }
    (drafts, findings)
}
