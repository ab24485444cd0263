//! What the learner knows of a card, as Anki counts it.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, json};

use super::AnkiExport;
use super::collection::UNSYNCED;
use super::note::Note;
use super::sqlite::Value;
use crate::base::Timestamp;
use crate::course::CardId;
use crate::study::{
    Attempt, Card, Day, Due, Interval, MemoryState, Phase, Progress, Rollover, UtcOffset,
};

/// How Anki counts days: from the beginning of the collection, which is set ten years back, so that what is overdue is
/// not before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    created: Timestamp,
    first: Day,
    today: Day,
    offset: UtcOffset,
}

impl Calendar {
    pub(super) fn of(export: &AnkiExport<'_>) -> Self {
        const TEN_YEARS: std::time::Duration = std::time::Duration::from_secs(3650 * 24 * 60 * 60);
        let AnkiExport { at, offset, .. } = *export;
        let long_ago = at - TEN_YEARS;
        // The first whole day since then begins where the one before it ends.
        let (created, first, today) = match export.progress {
            Some(progress) => (
                progress.day_end(long_ago, offset),
                progress.day(long_ago, offset).plus(1),
                progress.day(at, offset),
            ),
            None => {
                let rollover = Rollover::default();
                let first = Day::of(long_ago, offset, rollover).plus(1);
                (
                    first.begins(offset, rollover),
                    first,
                    Day::of(at, offset, rollover),
                )
            }
        };
        Self {
            created,
            first,
            today,
            offset,
        }
    }

    /// The beginning of the collection, in seconds.
    pub(super) fn created(&self) -> i64 {
        self.created.seconds()
    }

    pub(super) fn rollover_hour(&self) -> u8 {
        self.offset.hour(self.created)
    }

    fn number(&self, day: Day) -> i64 {
        i64::from(day.since(self.first))
    }
}

/// The cards of a note with their rows; note and deck are not yet in them. A new card stands at `position`.
pub(super) fn cards(
    export: &AnkiExport<'_>,
    calendar: &Calendar,
    note: &Note,
    position: i64,
) -> Vec<(CardId, Vec<Value>)> {
    let row = |(ord, name): (i64, &CardId)| {
        let known = export
            .progress
            .and_then(|progress| Some((progress, progress.card(name)?)));
        let state = match known {
            Some((progress, card)) => State::of(card, progress, calendar, position),
            None => State::new(position),
        };
        (name.clone(), state.row(ord, export.at.seconds()))
    };
    (0..).zip(&note.cards).map(row).collect()
}

/// The columns that hold a card's schedule.
#[derive(Clone, Debug)]
struct State {
    /// 0 new, 1 learned, 2 in review, 3 learned again.
    kind: i64,
    /// As the kind; −1 suspended, −3 buried by the learner.
    queue: i64,
    due: i64,
    days: i64,
    ease: i64,
    reviews: i64,
    lapses: i64,
    steps_left: i64,
    flag: i64,
    data: String,
}

impl State {
    fn new(position: i64) -> Self {
        Self {
            kind: 0,
            queue: 0,
            due: position,
            days: 0,
            ease: 0,
            reviews: 0,
            lapses: 0,
            steps_left: 0,
            flag: 0,
            data: "{}".to_owned(),
        }
    }

    fn of(card: &Card, progress: &Progress, calendar: &Calendar, position: i64) -> Self {
        let mut state = match (card.due, card.memory) {
            (Some(due), Some(memory)) => Self::begun(card, due, memory, progress, calendar),
            _ => Self::new(position),
        };
        if card.buried == Some(calendar.today) {
            state.queue = -3;
        }
        if card.suspended {
            state.queue = -1;
        }
        state.flag = i64::from(card.flagged);
        state
    }

    fn begun(
        card: &Card,
        due: Due,
        memory: MemoryState,
        progress: &Progress,
        calendar: &Calendar,
    ) -> Self {
        let scheduler = progress.scheduler();
        let left = |steps: usize, step: usize| steps.saturating_sub(step).max(1) as i64;
        let (kind, steps_left) = match card.phase {
            Phase::Learning { step } => (1, left(scheduler.learning_steps.len(), step)),
            Phase::Review => (2, 0),
            Phase::Relearning { step } => (3, left(scheduler.relearning_steps.len(), step)),
        };
        let due = match due {
            Due::On(day) => calendar.number(day),
            Due::At(at) => at.seconds(),
        };
        let days = match (card.phase, card.interval) {
            (Phase::Learning { .. }, _) => 0,
            (Phase::Review, Some(Interval::Days(days))) => i64::from(days),
            // What a forgotten card falls back to.
            _ => (memory.stability.round() as i64).max(1),
        };
        Self {
            kind,
            // A card in either kind of steps waits in the queue of learning.
            queue: if kind == 3 { 1 } else { kind },
            due,
            days,
            ease: if kind == 1 { 0 } else { 2500 },
            reviews: i64::from(card.reviews),
            lapses: i64::from(card.lapses),
            steps_left,
            flag: 0,
            data: data(card, memory, scheduler.desired_retention),
        }
    }

    /// Number, note and deck are filled in by whoever knows them.
    fn row(self, ord: i64, changed: i64) -> Vec<Value> {
        vec![
            Value::RowId,
            0.into(),
            0.into(),
            ord.into(),
            changed.into(),
            UNSYNCED.into(),
            self.kind.into(),
            self.queue.into(),
            self.due.into(),
            self.days.into(),
            self.ease.into(),
            self.reviews.into(),
            self.lapses.into(),
            self.steps_left.into(),
            0.into(),
            0.into(),
            self.flag.into(),
            self.data.into(),
        ]
    }
}

/// The memory as Anki keeps it: stability, difficulty, desired retention, last review.
fn data(card: &Card, memory: MemoryState, desired_retention: f32) -> String {
    let mut data = Map::new();
    let rounded = |value: f32, digits: f64| (f64::from(value) * digits).round() / digits;
    data.insert("s".to_owned(), json!(rounded(memory.stability, 10_000.0)));
    data.insert("d".to_owned(), json!(rounded(memory.difficulty, 1_000.0)));
    data.insert("dr".to_owned(), json!(rounded(desired_retention, 100.0)));
    if let Some(last) = card.last_answer {
        data.insert("lrt".to_owned(), json!(last.seconds()));
    }
    serde_json::Value::Object(data).to_string()
}

/// The review history, from which Anki computes the memory anew when it likes.
pub(super) struct Reviews<'a> {
    progress: Option<&'a Progress>,
    lives: HashMap<&'a CardId, Vec<Vec<Attempt<'a>>>>,
    rows: BTreeMap<i64, Vec<Value>>,
}

impl<'a> Reviews<'a> {
    pub(super) fn of(progress: Option<&'a Progress>) -> Self {
        let mut lives: HashMap<&CardId, Vec<Vec<Attempt<'_>>>> = HashMap::new();
        for (card, life) in progress.iter().flat_map(|progress| progress.attempts()) {
            lives.entry(card).or_default().push(life);
        }
        Self {
            progress,
            lives,
            rows: BTreeMap::new(),
        }
    }

    /// Takes the history of a card under its number.
    pub(super) fn take(&mut self, name: &CardId, number: i64) {
        let now = self
            .progress
            .and_then(|progress| progress.card(name)?.memory);
        let lives = self.lives.remove(name).unwrap_or_default();
        let count = lives.len();
        for (position, life) in (1..).zip(lives) {
            // Only the last life leads to what is known now.
            let memory = now.filter(|_| position == count);
            self.life(&life, number, memory);
        }
    }

    fn life(&mut self, life: &[Attempt<'_>], number: i64, now: Option<MemoryState>) {
        let mut has_graduated = false;
        let mut last = 0;
        for (position, attempt) in life.iter().enumerate() {
            let kind = match attempt.waited {
                Some(_) => 1,
                None if has_graduated => 2,
                None => 0,
            };
            let interval = match attempt.answer.interval {
                Interval::Days(days) => i64::from(days),
                // Seconds are counted below zero.
                Interval::Millis(millis) => -i64::from(millis / 1000),
            };
            has_graduated |= matches!(attempt.answer.interval, Interval::Days(_));
            let after = life.get(position + 1).map_or(now, |next| next.memory);
            self.row(
                attempt.entry.at.millis(),
                vec![
                    Value::RowId,
                    number.into(),
                    UNSYNCED.into(),
                    i64::from(u8::from(attempt.answer.rating)).into(),
                    interval.into(),
                    last.into(),
                    after.map_or(0, shifted).into(),
                    // Anki stops its clock after a minute.
                    i64::from(attempt.answer.took_ms.min(60_000)).into(),
                    kind.into(),
                ],
            );
            last = interval;
        }
    }

    /// A review is named by its millisecond; two at once part by the next free one.
    fn row(&mut self, at: i64, row: Vec<Value>) {
        let mut number = at;
        while self.rows.contains_key(&number) {
            number += 1;
        }
        self.rows.insert(number, row);
    }

    pub(super) fn rows(self) -> Vec<(i64, Vec<Value>)> {
        self.rows.into_iter().collect()
    }
}

/// Difficulty where older Ankis kept the ease: 100 to 1100 for 1 to 10.
fn shifted(memory: MemoryState) -> i64 {
    (((f64::from(memory.difficulty) - 1.0) / 9.0 + 0.1) * 1000.0).round() as i64
}
