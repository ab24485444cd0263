//! How well each part of the course is known.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::progress::Progress;
use super::queue::is_askable;
use crate::course::{CardId, Course, FileKind, SummaryEntry};

/// How well some cards are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mastery {
    /// How many cards there are.
    pub cards: u32,
    /// How many of them were answered.
    pub seen: u32,
    /// How many would be recalled today, in all likelihood: the sum of their probabilities of recall.
    pub known: f32,
    /// How many are to be asked today.
    pub due: u32,
}

impl Mastery {
    /// How well these cards are known on a day.
    #[must_use]
    pub fn of<'a>(
        progress: &Progress,
        cards: impl IntoIterator<Item = &'a CardId>,
        today: Day,
    ) -> Self {
        let mut mastery = Self::default();
        for name in cards {
            mastery.cards += 1;
            let Some(card) = progress.card(name) else {
                continue;
            };
            let recall = card.recall(&progress.scheduler().model, today);
            mastery.seen += u32::from(recall.is_some());
            mastery.known += recall.unwrap_or_default();
            mastery.due += u32::from(card.is_due_on(today));
        }
        mastery
    }

    /// How well each sheet of the course map is known, and each lesson with what stands below it, by their paths.
    #[must_use]
    pub fn of_course(progress: &Progress, course: &Course, today: Day) -> Vec<(String, Self)> {
        let mut found = Vec::new();
        for entry in &course.summary.entries {
            below(progress, course, today, entry, &mut found);
        }
        found
    }

    /// The share of the cards that would be recalled today, in percent.
    #[must_use]
    pub fn percent(&self) -> u32 {
        (self.known * 100.0 / self.cards.max(1) as f32).round() as u32
    }

    /// In words: `12 of 40 cards seen, 28 % known, 3 due`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Self {
            cards, seen, due, ..
        } = self;
        let plural = if *cards == 1 { "" } else { "s" };
        if *seen == 0 {
            return format!("{cards} card{plural}, none seen yet");
        }
        let due = match due {
            0 => String::new(),
            due => format!(", {due} due"),
        };
        let percent = self.percent();
        format!("{seen} of {cards} card{plural} seen, {percent} % known{due}")
    }
}

/// Takes note of an entry of the map and of all below it, and gives the cards of them all.
fn below(
    progress: &Progress,
    course: &Course,
    today: Day,
    entry: &SummaryEntry,
    found: &mut Vec<(String, Mastery)>,
) -> Vec<CardId> {
    let mut cards = Vec::new();
    if let Some(FileKind::Sheet(sheet)) = entry
        .path
        .as_ref()
        .and_then(|path| course.file(path))
        .map(|file| &file.kind)
    {
        let asked = sheet.questions.iter().filter(|one| is_askable(one));
        cards.extend(asked.flat_map(|question| question.cards()));
    }
    for child in &entry.children {
        cards.extend(below(progress, course, today, child, found));
    }
    if let (Some(path), false) = (&entry.path, cards.is_empty()) {
        found.push((path.clone(), Mastery::of(progress, &cards, today)));
    }
    cards
}
