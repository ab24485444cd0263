//! A course from its files.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Course;
use super::check::dead_links;
use super::deck::{Deck, OWN, read_decks};
use super::exams::Exams;
use super::facts::Facts;
use super::file::{Draft, Finding, decode, parse_file};
use super::summary::Summary;
use crate::base::{Diagnostic, Lines};

/// The files of a course: their bytes by path from the course's folder, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Course {
    /// Reads a course: what is right of its files, and what is wrong with them. What its map lists comes first, in the
    /// map's order. A file that is not there is missed by [`super::check_course`] only.
    #[must_use]
    pub fn read(files: &Files) -> (Self, Vec<Finding>) {
        Self::with_decks(files, &[])
    }

    /// Reads a course and the learner's own decks, which stand behind it under [`OWN`]. What a deck claims that the
    /// course has already (an id, a name) stays the course's, and is told where the deck says it.
    #[must_use]
    pub fn with_decks(files: &Files, decks: &[Deck]) -> (Self, Vec<Finding>) {
        let (mut parts, mut findings) = Parts::read(files);
        let (drafts, found) = read_decks(files, decks);
        findings.extend(found);
        if !drafts.is_empty() {
            parts.drafts.extend(drafts);
            let there = |path: &str| parts.drafts.iter().any(|draft| draft.file.path == path);
            let is_own = |finding: &Finding| finding.path.starts_with(OWN);
            findings.extend(dead_links(there, &parts.drafts).into_iter().filter(is_own));
        }
        let (course, found) = parts.join();
        findings.extend(found);
        (course, findings)
    }
}

/// The parts of a course, each read by itself.
pub(super) struct Parts {
    pub summary: Summary,
    pub drafts: Vec<Draft>,
    facts: Facts,
    exams: Exams,
}

impl Parts {
    pub(super) fn read(files: &Files) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let facts = read(files, "facts.toml", Facts::parse, &mut findings);
        let exams = read(files, "exams.toml", Exams::parse, &mut findings);
        let summary = read(files, "SUMMARY.md", Summary::parse, &mut findings);
        let mut drafts = Vec::new();
        for path in in_order(files, &summary) {
            let (draft, found) = parse_file(path, &files[path]);
            findings.extend(found);
            drafts.extend(draft);
        }
        let parts = Self {
            summary,
            drafts,
            facts,
            exams,
        };
        (parts, findings)
    }

    pub(super) fn join(self) -> (Course, Vec<Finding>) {
        Course::assemble(self.summary, self.facts, self.exams, self.drafts)
    }
}

/// Whether the file is a lesson or a sheet.
pub(super) fn is_page(path: &str) -> bool {
    path.ends_with(".md") && path != "SUMMARY.md"
}

fn in_order<'a>(files: &'a Files, summary: &'a Summary) -> Vec<&'a str> {
    let is_here = |path: &&str| is_page(path) && files.contains_key(*path);
    let mut paths: Vec<&str> = summary.paths().filter(is_here).collect();
    let listed: BTreeSet<&str> = paths.iter().copied().collect();
    let others = files.keys().map(String::as_str);
    paths.extend(others.filter(|path| is_page(path) && !listed.contains(path)));
    paths
}

/// Reads one of the files that a course has one of; a missing one is empty.
fn read<T: Default>(
    files: &Files,
    path: &str,
    parse: impl Fn(&str) -> (T, Vec<Diagnostic>),
    findings: &mut Vec<Finding>,
) -> T {
    let Some(bytes) = files.get(path) else {
        return T::default();
    };
    let (text, mut diagnostics) = decode(bytes);
    let valid = String::from_utf8_lossy(bytes);
    let mut value = T::default();
    if let Some(text) = text {
        let (parsed, found) = parse(text);
        value = parsed;
        diagnostics.extend(found);
    }
    let lines = Lines::new(&valid);
    findings.extend(
        diagnostics
            .into_iter()
            .map(|d| Finding::new(path, &lines, d)),
    );
    value
}
