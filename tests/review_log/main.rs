//! The laws of the review log: nothing is lost, and what is known follows from the entries alone.

mod kept;
mod laws;
mod queue;
mod rules;

use std::collections::HashMap;

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, ContentHash, OptionId};
use cipherdeck::study::{
    Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Log, Pretest, Progress, Rating,
    Rollover, Scheduler, UtcOffset,
};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn device(number: u8) -> DeviceId {
    DeviceId::from_random([number; 8])
}

fn card(name: &str) -> CardId {
    name.parse().expect("it is a card")
}

fn replay(log: Log) -> Progress {
    Progress::replay(
        log,
        Scheduler::default(),
        Rollover::default(),
        HashMap::new(),
    )
}

fn answer(rating: Rating, interval: Interval) -> EntryKind {
    EntryKind::Answer(Answer {
        rating,
        guessed: false,
        took_ms: 1000,
        chosen: vec![OptionId::of("an option")],
        interval,
    })
}

fn entry(counter: u64, at: i64, name: &str, kind: EntryKind) -> Entry {
    Entry {
        id: EntryId {
            device: device(1),
            counter,
        },
        at: Timestamp::from_millis(at),
        utc_offset: UtcOffset::from_minutes(60),
        card: card(name),
        content_hash: ContentHash::of("what it said"),
        kind,
    }
}

/// Answers through the scheduler, as the page does.
fn answered(progress: &mut Progress, counter: u64, at: i64, name: &str, rating: Rating) -> Entry {
    let (now, offset) = (Timestamp::from_millis(at), UtcOffset::from_minutes(60));
    let review = progress.preview(&card(name), rating, now, offset);
    let entry = entry(counter, at, name, answer(rating, review.interval));
    progress.push(entry.clone());
    entry
}

fn undo(counter: u64, at: i64, target: &Entry) -> Entry {
    let kind = EntryKind::Undo {
        id: target.id.clone(),
    };
    Entry {
        card: target.card.clone(),
        ..entry(counter, at, "x", kind)
    }
}

fn any_rating() -> impl Strategy<Value = Rating> {
    proptest::sample::select(&Rating::ALL[..])
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let kind = prop_oneof![
        6 => (any_rating(), 1u32..400).prop_map(|(rating, days)| answer(rating, Interval::Days(days))),
        3 => (any_rating(), 1u32..900_000).prop_map(|(rating, ms)| answer(rating, Interval::Millis(ms))),
        2 => (1u8..4, 0u64..30).prop_map(|(number, counter)| {
            EntryKind::Undo { id: EntryId { device: device(number), counter } }
        }),
        1 => proptest::sample::select(vec![
            EntryKind::Suspend, EntryKind::Unsuspend, EntryKind::Bury, EntryKind::Flag, EntryKind::Reset,
            EntryKind::Pretest(Pretest { is_right: false, took_ms: 9, chosen: Vec::new() }),
            EntryKind::Note { text: "why".to_owned() }, EntryKind::EditLater { wanted: true },
        ]),
    ];
    let name = proptest::sample::select(vec!["a", "b", "c#1"]);
    (1u8..4, 0u64..30, 0i64..400 * DAY, -800i16..800, name, kind).prop_map(
        |(number, counter, at, offset, name, kind)| Entry {
            id: EntryId {
                device: device(number),
                counter,
            },
            at: Timestamp::from_millis(at),
            utc_offset: UtcOffset::from_minutes(offset),
            ..entry(0, 0, name, kind)
        },
    )
}

fn any_log() -> impl Strategy<Value = Log> {
    proptest::collection::vec(any_entry(), 0..25).prop_map(Log::from_iter)
}

fn merged(a: &Log, b: &Log) -> Log {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}
