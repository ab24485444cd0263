//! Learners to test with: one who answers through the scheduler, and any log at all.

use std::collections::HashMap;
use std::ops::Range;

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, ContentHash};
use cipherdeck::study::{
    Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Log, Progress, Rating, Rollover,
    Scheduler, UtcOffset,
};
use proptest::prelude::*;

pub const DAY: i64 = 24 * 60 * 60_000;

/// A learner in UTC who answers as the page would, without fuzz.
pub struct Learner {
    pub progress: Progress,
    counter: u64,
}

impl Learner {
    pub fn new() -> Self {
        let scheduler = Scheduler {
            fuzz: false,
            ..Scheduler::default()
        };
        Self {
            progress: replay(Log::default(), scheduler),
            counter: 0,
        }
    }

    /// Answers a card in four seconds.
    pub fn answers(&mut self, name: &str, rating: Rating, at: Timestamp) {
        let offset = UtcOffset::UTC;
        let review = self.progress.preview(&card(name), rating, at, offset);
        let answer = answer(rating, 4000, review.interval);
        self.does(name, answer, at);
    }

    pub fn does(&mut self, name: &str, kind: EntryKind, at: Timestamp) {
        self.counter += 1;
        self.progress.push(Entry {
            id: EntryId {
                device: DeviceId::from_random([1; 8]),
                counter: self.counter,
            },
            at,
            utc_offset: UtcOffset::UTC,
            card: card(name),
            content_hash: ContentHash::of("what it said"),
            kind,
        });
    }
}

pub fn replay(log: Log, scheduler: Scheduler) -> Progress {
    Progress::replay(log, scheduler, Rollover::default(), HashMap::new())
}

pub fn card(name: &str) -> CardId {
    name.parse().expect("it is a card")
}

pub fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("it is an instant")
}

pub fn answer(rating: Rating, took_ms: u32, interval: Interval) -> EntryKind {
    EntryKind::Answer(Answer {
        rating,
        guessed: false,
        took_ms,
        chosen: Vec::new(),
        interval,
    })
}

/// The names of the cards that [`any_log`] touches.
pub const NAMES: [&str; 5] = ["a", "b", "c#1", "c#2", "d"];

/// Any short log over a few cards and three years.
pub fn any_log() -> impl Strategy<Value = Log> {
    any_log_of(0..60)
}

/// Any log of so many entries.
pub fn any_log_of(length: Range<usize>) -> impl Strategy<Value = Log> {
    let rating = proptest::sample::select(&Rating::ALL[..]);
    let interval = prop_oneof![
        (0u32..40_000).prop_map(Interval::Days),
        (0u32..900_000).prop_map(Interval::Millis),
    ];
    let answered = (rating, any::<u32>(), interval)
        .prop_map(|(rating, took, interval)| answer(rating, took, interval));
    let undo = (1u64..60).prop_map(|counter| EntryKind::Undo {
        id: EntryId {
            device: DeviceId::from_random([1; 8]),
            counter,
        },
    });
    let kind = prop_oneof![
        12 => answered,
        1 => undo,
        1 => Just(EntryKind::Suspend),
        1 => Just(EntryKind::Unsuspend),
        1 => Just(EntryKind::Bury),
        1 => Just(EntryKind::Flag),
        1 => Just(EntryKind::Reset),
    ];
    let name = proptest::sample::select(&NAMES[..]);
    let entry = (0..3 * 365 * DAY, -720i16..720, name, kind);
    proptest::collection::vec(entry, length).prop_map(|entries| {
        let numbered = (1u64..).zip(entries);
        let entries = numbered.map(|(counter, (at, minutes, name, kind))| Entry {
            id: EntryId {
                device: DeviceId::from_random([1; 8]),
                counter,
            },
            at: Timestamp::from_millis(at),
            utc_offset: UtcOffset::from_minutes(minutes),
            card: card(name),
            content_hash: ContentHash::default(),
            kind,
        });
        entries.collect()
    })
}
