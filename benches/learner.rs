//! A learner's log and a course of any size: the same natively and in a browser.

use std::collections::HashMap;

use cipherdeck::{
    base::Timestamp,
    course::{CardId, ContentHash, Files},
    study::{
        Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Log, Progress, Rating, Rollover,
        Scheduler, UtcOffset, statistics::Topic,
    },
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// How many days the longest log lasts.
const DAYS: i64 = 1000;

/// When the log ends.
pub fn now() -> Timestamp {
    Timestamp::from_millis(DAYS * DAY)
}

/// One of its cards.
pub fn card(number: u32) -> CardId {
    let name = format!("bench-{number}");
    name.parse().expect("it is a card's name")
}

/// What follows from a log.
pub fn replay(log: Log) -> Progress {
    Progress::replay(
        log,
        Scheduler::default(),
        Rollover::default(),
        HashMap::new(),
    )
}

/// A log in which each card is answered ten times or, where there are more reviews than that, the more often; one answer
/// in nine is wrong.
pub fn log(reviews: u32) -> Log {
    let cards = (reviews / 10).clamp(1, 10_000);
    let rounds = i64::from(reviews / cards);
    let every = (DAYS / rounds).max(1);
    let entries = (0..reviews).map(|number| {
        let (round, of_round) = (i64::from(number / cards), number % cards);
        let rating = match number.wrapping_mul(2_654_435_761) >> 16 {
            drawn if drawn % 9 == 0 => Rating::Again,
            drawn if drawn % 9 == 1 => Rating::Hard,
            _ => Rating::Good,
        };
        Entry {
            id: EntryId {
                device: DeviceId::from_random([1; 8]),
                counter: number.into(),
            },
            at: Timestamp::from_millis(round * every * DAY + i64::from(of_round)),
            utc_offset: UtcOffset::UTC,
            card: card(of_round),
            content_hash: ContentHash::of("a question"),
            kind: EntryKind::Answer(Answer {
                rating,
                guessed: false,
                took_ms: 4000,
                chosen: Vec::new(),
                interval: Interval::Days(every as u32),
            }),
        }
    });
    entries.collect()
}

/// Twenty topics of even size.
pub fn topics(progress: &Progress) -> Vec<Topic> {
    let mut cards: Vec<CardId> = progress.cards().map(|(card, _)| card.clone()).collect();
    cards.sort();
    let topics = cards.chunks(cards.len().div_ceil(20)).enumerate();
    topics
        .map(|(number, cards)| Topic {
            name: number.to_string(),
            title: format!("Topic {number}"),
            cards: cards.to_vec(),
        })
        .collect()
}

/// A course of sheets with a hundred questions each.
pub fn files(questions: u32) -> Files {
    const SHEET: &str =
        "---\nsheet: NAME\ntitle: Bench\ndomains: [SCS-C03/5]\ntopic: bench\n---\n\n# Bench\n\n";
    const QUESTION: &str = "### Which key does KMS keep in case NUMBER? <!-- q: bench-NUMBER d=2 -->\n\n- [ ] The data key\n  > It is handed out.\n- [x] The KMS key\n  > It never leaves `kms`.\n\n> [!NOTE]\n> See above.\n> Source: <https://docs.aws.amazon.com/kms/>\n\n";
    let sheets = (0..questions / 100).map(|sheet| {
        let mut text = SHEET.replace("NAME", &format!("bench-{sheet}"));
        let numbers = sheet * 100..(sheet + 1) * 100;
        text.extend(numbers.map(|number| QUESTION.replace("NUMBER", &number.to_string())));
        (format!("sheets/{sheet}.md"), text.into_bytes())
    });
    sheets.collect()
}
