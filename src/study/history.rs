//! What was answered, and what was known before: the log seen from its answers.

use super::day::Day;
use super::entry::{Answer, Entry, EntryKind, Interval, Rating};
use super::log::counting;
use super::memory::{MemoryModel, MemoryState};
use super::progress::{Card, Progress};
use crate::course::CardId;

/// One answer that counts, and what was known of its card before it.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The entry that tells of it.
    pub entry: &'a Entry,
    /// What was answered.
    pub answer: &'a Answer,
    /// The learner's day of it.
    pub day: Day,
    /// Whole days since the answer before; 0 at the first.
    pub elapsed: u32,
    /// How many days the card was to wait; none at the first answer, and while it was learned in steps of minutes.
    pub waited: Option<u32>,
    /// Its memory before; none at the first answer.
    pub memory: Option<MemoryState>,
}

impl Attempt<'_> {
    /// Whether it was recalled.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.answer.rating != Rating::Again
    }
}

impl Progress {
    /// Every answer that counts, in order: one list for each card and, where the card was reset, for each of its new
    /// beginnings. The cards come by name.
    pub fn attempts(&self) -> impl Iterator<Item = (&CardId, Vec<Attempt<'_>>)> {
        let mut histories: Vec<(&CardId, Vec<&Entry>)> = self.histories().collect();
        histories.sort_unstable_by_key(|(card, _)| *card);
        histories.into_iter().flat_map(|(card, entries)| {
            let counting = counting(&entries);
            let lives = counting.split(|entry| entry.kind == EntryKind::Reset);
            let lives: Vec<_> = lives.map(|life| self.life(life)).collect();
            let asked = lives.into_iter().filter(|life| !life.is_empty());
            asked.map(move |life| (card, life))
        })
    }

    /// The answers among the entries of a card from a beginning on.
    fn life<'a>(&self, entries: &[&'a Entry]) -> Vec<Attempt<'a>> {
        let mut last: Option<(Day, Interval)> = None;
        let mut attempts: Vec<Attempt<'a>> = Vec::with_capacity(entries.len());
        for &entry in entries {
            let EntryKind::Answer(answer) = &entry.kind else {
                continue;
            };
            let day = self.day(entry.at, entry.utc_offset);
            attempts.push(Attempt {
                entry,
                answer,
                day,
                elapsed: last.map_or(0, |(last, _)| day.since(last)),
                waited: match last {
                    Some((_, Interval::Days(days))) => Some(days),
                    _ => None,
                },
                memory: None,
            });
            last = Some((day, answer.interval));
        }
        let reviews = attempts
            .iter()
            .map(|attempt| (attempt.answer.rating, attempt.elapsed));
        let states = self.scheduler().model.states(reviews);
        for (attempt, before) in attempts.iter_mut().skip(1).zip(states) {
            attempt.memory = Some(before);
        }
        attempts
    }
}

impl Card {
    /// The probability that it is recalled on a day; none before the first answer.
    #[must_use]
    pub fn recall(&self, model: &MemoryModel, day: Day) -> Option<f32> {
        let elapsed = day.since(self.last_day?);
        Some(model.recall(self.memory?, elapsed))
    }

    /// The days that it waits for; none while it is learned in steps of minutes.
    #[must_use]
    pub fn waits(&self) -> Option<u32> {
        match self.interval? {
            Interval::Days(days) => Some(days),
            Interval::Millis(_) => None,
        }
    }
}
