//! How the study engine grows with the log and the course, measured natively: `cargo bench --bench study`.
//!
//! The budgets beside the figures are for a browser, where the same work takes three to five times as long.

mod measure;

use std::collections::HashMap;

use cipherdeck::{
    base::Timestamp,
    course::{CardId, ContentHash, Course, Files},
    study::{
        Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Limits, Log, Progress, Queue,
        Rating, Rollover, Scheduler, UtcOffset,
        optimise::{Optimisation, Outcome},
        plan::{Aim, Plan},
        search::{Index, Query},
        simulate::Workload,
        statistics::{Statistics, Topic},
    },
};
use measure::{millis, rate, show};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// How many days the longest log lasts.
const DAYS: i64 = 1000;

fn main() {
    println!("{:<44} {:>14}  against", "study", "time");
    logs();
    cards();
    optimising();
    course();
}

fn logs() {
    for (reviews, against) in [
        (1_000, ""),
        (10_000, ""),
        (100_000, "of 500 that it may take in a browser"),
        (1_000_000, ""),
    ] {
        let log = log(reviews);
        let took = millis(|| log.clone(), replay);
        show(&format!("{reviews} reviews replayed"), took, "ms", against);
    }
    for (reviews, against) in [
        (10_000, ""),
        (100_000, "of 300 that it may take in a browser"),
    ] {
        let progress = replay(log(reviews));
        let topics = topics(&progress);
        let told = || Statistics::of(&progress, &topics, now(), UtcOffset::default());
        let took = millis(|| (), |()| told().figures());
        let name = format!("statistics of {reviews} reviews, drawn");
        show(&name, took, "ms", against);
    }
}

fn cards() {
    let progress = replay(log(100_000));
    let names: Vec<CardId> = (0..10_000).map(card).collect();
    let queue = || {
        Queue::at(
            &progress,
            &names,
            Limits::default(),
            now(),
            UtcOffset::default(),
        )
    };
    assert!(!queue().is_empty());
    let took = 1000.0 / rate(queue);
    show(
        "next card from 10000 cards",
        took,
        "ms",
        "of 5 that it may take",
    );
    let aim = || Aim {
        exam: "SCS-C03".to_owned(),
        date: progress.day(now(), UtcOffset::default()).plus(60).date(),
        since: progress.day(now(), UtcOffset::default()).date(),
    };
    let exam = &names[..1000];
    let plan = || Plan::of(&progress, exam, aim(), now(), UtcOffset::default());
    let took = millis(|| (), |()| plan());
    show("plan of 60 days for 1000 cards", took, "ms", "");
    let today = progress.day(now(), UtcOffset::default());
    let took = millis(|| (), |()| Workload::of(&progress, exam, 20, 0.9, today));
    show("a year played with 1000 cards", took, "ms", "");
}

fn optimising() {
    let progress = replay(log(22_200));
    let told = Optimisation::of(&progress);
    assert!(!matches!(told.outcome, Outcome::TooFew | Outcome::Unfit));
    let took = millis(|| (), |()| Optimisation::of(&progress));
    let name = format!("parameters fitted to {} answers", told.answers);
    show(&name, took, "ms", "of 1000 that it may take in a worker");
}

fn course() {
    let files = files(10_000);
    let took = millis(|| (), |()| Course::read(&files));
    show(
        "10000 questions read from markdown",
        took,
        "ms",
        "of 1000 in a browser",
    );
    let (course, _) = Course::read(&files);
    assert_eq!(course.questions().count(), 10_000);
    let took = millis(|| (), |()| Index::of(&course));
    show("10000 questions indexed for search", took, "ms", "");
    let index = Index::of(&course);
    let progress = replay(log(10_000));
    let today = progress.day(now(), UtcOffset::default());
    let query = Query {
        words: "which key 77".to_owned(),
        most: 20,
        ..Query::default()
    };
    assert!(index.search(&course, &progress, today, &query).total > 0);
    let took = 1000.0 / rate(|| index.search(&course, &progress, today, &query));
    show("search over 10000 questions", took, "ms", "");
}

fn now() -> Timestamp {
    Timestamp::from_millis(DAYS * DAY)
}

fn card(number: u32) -> CardId {
    let name = format!("bench-{number}");
    name.parse().expect("it is a card's name")
}

fn replay(log: Log) -> Progress {
    Progress::replay(
        log,
        Scheduler::default(),
        Rollover::default(),
        HashMap::new(),
    )
}

/// A log in which each card is answered ten times or, where there are more reviews than that, the more often; one answer
/// in nine is wrong.
fn log(reviews: u32) -> Log {
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
            utc_offset: UtcOffset::default(),
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
fn topics(progress: &Progress) -> Vec<Topic> {
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
fn files(questions: u32) -> Files {
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
