//! How the study engine grows with the log and the course, measured natively: `cargo bench --bench study`.
//!
//! The budgets beside the figures are for a browser; `cargo xtask bench` measures there, too.

mod learner;
mod measure;

use cipherdeck::{
    course::{CardId, Course},
    study::{
        Limits, Queue, UtcOffset,
        optimise::{Optimisation, Outcome},
        plan::{Aim, Plan},
        search::{Index, Query},
        simulate::Workload,
        statistics::Statistics,
    },
};
use learner::{card, files, log, now, replay, topics};
use measure::{millis, rate, show};

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
        let told = || Statistics::of(&progress, &topics, now(), UtcOffset::UTC);
        let took = millis(|| (), |()| told().figures());
        let name = format!("statistics of {reviews} reviews, drawn");
        show(&name, took, "ms", against);
    }
}

fn cards() {
    let progress = replay(log(100_000));
    let names: Vec<CardId> = (0..10_000).map(card).collect();
    let queue = || Queue::at(&progress, &names, Limits::default(), now(), UtcOffset::UTC);
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
        date: progress.day(now(), UtcOffset::UTC).plus(60).date(),
        since: progress.day(now(), UtcOffset::UTC).date(),
    };
    let exam = &names[..1000];
    let plan = || Plan::of(&progress, exam, aim(), now(), UtcOffset::UTC);
    let took = millis(|| (), |()| plan());
    show("plan of 60 days for 1000 cards", took, "ms", "");
    let today = progress.day(now(), UtcOffset::UTC);
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
    let today = progress.day(now(), UtcOffset::UTC);
    let query = Query {
        words: "which key 77".to_owned(),
        most: 20,
        ..Query::default()
    };
    assert!(index.search(&course, &progress, today, &query).total > 0);
    let took = 1000.0 / rate(|| index.search(&course, &progress, today, &query));
    show("search over 10000 questions", took, "ms", "");
}
