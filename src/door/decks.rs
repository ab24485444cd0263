//! Decks that the learner brings.

use super::packed::Packed;
use super::reader::{ReadAnswer, lines};
use crate::base::{Diagnostic, Lines};
use crate::course::{Course, Deck, Files, Finding, decode};
use crate::store::read_anki_text;

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
        deck: Packed::new(&deck),
    }
}

/// The same files, those that Anki exported as text turned into sheets.
fn with_anki(title: &str, brought: Files) -> (Files, Vec<Finding>) {
    let is_anki = |path: &String, _: &mut Vec<u8>| {
        let path = path.to_lowercase();
        [".txt", ".tsv", ".csv"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let mut findings = Vec::new();
    let mut files = brought;
    let exported: Vec<(String, Vec<u8>)> = files.extract_if(.., is_anki).collect();
    for (path, bytes) in exported {
        let lossy = String::from_utf8_lossy(&bytes);
        let found = match decode(&bytes) {
            (None, found) => found,
            (Some(text), _) => {
                let (sheets, found) = read_anki_text(title, text);
                files.extend(sheets);
                found
            }
        };
        let lines = Lines::new(&lossy);
        let place = |diagnostic: Diagnostic| Finding {
            path: path.clone(),
            place: lines.place(diagnostic.span.start),
            diagnostic,
        };
        findings.extend(found.into_iter().map(place));
    }
    (files, findings)
}
