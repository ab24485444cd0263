//! Decks that the learner brings, and what goes to Anki.

use super::reader::{AnkiAsk, ReadAnswer, lines};
use crate::base::{Diagnostic, Lines};
use crate::course::{Course, Deck, Files, Finding};
use crate::store::{AnkiExport, read_anki_text};
use crate::study::{Progress, Rollover, Scheduler};

/// The deck that the files make, and what is wrong with it beside what is wrong with the course.
pub(super) fn add(title: &str, brought: Files, files: &Files, mut decks: Vec<Deck>) -> ReadAnswer {
    let (brought, mut findings) = with_anki(title, brought);
    let (deck, found) = Deck::new(title, &brought, files, &decks);
    findings.extend(found);
    decks.retain(|other| other.id != deck.id);
    decks.push(deck.clone());
    let (course, found) = Course::with_decks(files, &decks);
    let folder = deck.path("");
    let is_its = |finding: &Finding| finding.path.starts_with(&folder);
    findings.extend(found.into_iter().filter(is_its));
    let sheets = course
        .sheets()
        .filter(|(path, _)| path.starts_with(&folder));
    ReadAnswer::Deck {
        questions: sheets.map(|(_, sheet)| sheet.questions.len()).sum(),
        findings: lines(&findings),
        deck: Box::new(deck),
    }
}

/// The same files, those that Anki exported as text turned into sheets.
fn with_anki(title: &str, brought: Files) -> (Files, Vec<Finding>) {
    let is_anki = |path: &String, bytes: &mut Vec<u8>| {
        let is_text = [".txt", ".tsv", ".csv"]
            .iter()
            .any(|end| path.ends_with(end));
        is_text && std::str::from_utf8(bytes).is_ok()
    };
    let mut findings = Vec::new();
    let mut files = brought;
    let exported: Vec<(String, Vec<u8>)> = files.extract_if(.., is_anki).collect();
    for (path, bytes) in exported {
        let text = String::from_utf8_lossy(&bytes);
        let (sheets, found) = read_anki_text(title, &text);
        files.extend(sheets);
        let lines = Lines::new(&text);
        let place = |diagnostic: Diagnostic| Finding {
            path: path.clone(),
            place: lines.place(diagnostic.span.start),
            diagnostic,
        };
        findings.extend(found.into_iter().map(place));
    }
    (files, findings)
}

/// The file for Anki.
pub(super) fn anki(ask: AnkiAsk) -> Vec<u8> {
    let (course, _) = Course::with_decks(&ask.files, &ask.decks);
    let scheduler = Scheduler {
        desired_retention: ask.desired_retention,
        ..Scheduler::default()
    };
    let (log, renamed) = (ask.log.into_iter().collect(), course.renamed().clone());
    let progress = Progress::replay(log, scheduler, Rollover::default(), renamed);
    let export = AnkiExport {
        course: &course,
        progress: Some(&progress),
        at: ask.at,
        offset: ask.offset,
    };
    if ask.as_text {
        export.text().into_bytes()
    } else {
        export.package()
    }
}
