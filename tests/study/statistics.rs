//! The statistics say what happened, and nothing twice.

use cipherdeck::base::Timestamp;
use cipherdeck::study::figure::{Anchor, Drawing, Figure, LETTERS, NARROW, Shape, WIDE};
use cipherdeck::study::statistics::{Forecast, Statistics, Topic};
use cipherdeck::study::{EntryKind, Rating, Scheduler, UtcOffset};
use proptest::prelude::*;

use crate::learner::{DAY, Learner, NAMES, any_log, at, card, replay};

fn topic(name: &str, cards: &[&str]) -> Topic {
    Topic {
        name: name.to_owned(),
        title: format!("All about {name}, and what surrounds it"),
        cards: cards.iter().map(|name| card(name)).collect(),
    }
}

fn statistics(learner: &Learner, topics: &[Topic], now: &str) -> Statistics {
    Statistics::of(&learner.progress, topics, at(now), UtcOffset::UTC)
}

/// Learned on a Monday, recalled two days later, forgotten eleven days after that.
fn one_card() -> Learner {
    let mut learner = Learner::new();
    learner.answers("a", Rating::Good, at("2026-11-02T10:00:00Z"));
    learner.answers("a", Rating::Good, at("2026-11-02T10:10:00Z"));
    learner.answers("a", Rating::Good, at("2026-11-04T09:00:00Z"));
    learner.answers("a", Rating::Again, at("2026-11-15T21:30:00Z"));
    learner
}

#[test]
fn each_day_of_the_year_has_its_answers() {
    let told = statistics(&one_card(), &[], "2026-11-22T12:00:00Z");
    let days = &told.activity.days;
    assert_eq!(days.first().unwrap().date.to_string(), "2025-11-17");
    assert_eq!(days.last().unwrap().date.to_string(), "2026-11-22");
    let studied: Vec<_> = days.iter().filter(|day| day.answers > 0).collect();
    let told: Vec<_> = studied
        .iter()
        .map(|day| (day.date.to_string(), day.answers, day.right, day.millis))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-02".to_owned(), 2, 2, 8000),
            ("2026-11-04".to_owned(), 1, 1, 4000),
            ("2026-11-15".to_owned(), 1, 0, 4000),
        ]
    );
}

#[test]
fn a_streak_lasts_until_a_whole_day_is_missed() {
    let mut learner = Learner::new();
    for day in ["2026-11-18", "2026-11-20", "2026-11-21"] {
        learner.answers("a", Rating::Good, at(&format!("{day}T12:00:00Z")));
    }
    let streak = |now| statistics(&learner, &[], now).activity.streak();
    assert_eq!(streak("2026-11-21T13:00:00Z"), 2);
    assert_eq!(streak("2026-11-22T13:00:00Z"), 2);
    assert_eq!(streak("2026-11-23T13:00:00Z"), 0);
}

#[test]
fn recall_is_held_against_what_fsrs_6_predicts() {
    let recall = statistics(&one_card(), &[], "2026-11-22T12:00:00Z").recall;
    let all = recall.all();
    assert_eq!(
        (all.answers, all.right),
        (2, 1),
        "the second minute is no day"
    );
    // R(t, S) = (1 + factor t/S)^-w20 with factor = 0.9^(-1/w20) - 1: R(2, 2.3065) and R(11, 10.971).
    let expected = 0.909_49 + 0.899_82;
    assert!((all.expected - expected).abs() < 1e-4, "{}", all.expected);
    let month = recall.months[0];
    assert_eq!((month.year, month.month), (2026, 11));
    assert_eq!((month.young.answers, month.mature.answers), (2, 0));
    let bins: Vec<(usize, u32)> = recall
        .bins
        .iter()
        .enumerate()
        .filter(|(_, bin)| bin.answers > 0)
        .map(|(place, bin)| (place, bin.answers))
        .collect();
    assert_eq!(bins, [(17, 1), (18, 1)], "85 to 90 % and 90 to 95 %");
}

#[test]
fn grades_are_counted_by_what_the_card_had_waited_for() {
    let answers = statistics(&one_card(), &[], "2026-11-22T12:00:00Z").answers;
    assert_eq!(answers.learning.counts, [0, 0, 2, 0]);
    assert_eq!(answers.young.counts, [1, 0, 1, 0]);
    assert_eq!(answers.mature.counts, [0; 4]);
    assert_eq!((answers.hours[10].answers, answers.hours[21].right), (2, 0));
}

#[test]
fn the_forecast_says_what_is_overdue_due_and_later() {
    let mut learner = Learner::new();
    for (name, rating) in [
        ("a", Rating::Easy),
        ("b", Rating::Easy),
        ("c", Rating::Again),
    ] {
        learner.answers(name, rating, at("2026-11-02T10:00:00Z"));
    }
    learner.does("b", EntryKind::Suspend, at("2026-11-02T11:00:00Z"));
    let topics = [topic("all", &["a", "b", "c", "new"])];
    // Easy at first waits for S0(4) = 8.2956 days, rounded: until the 10th.
    let early = statistics(&learner, &topics, "2026-11-02T12:00:00Z").forecast;
    assert_eq!((early.overdue, early.days[0], early.days[8]), (0, 1, 1));
    let late = statistics(&learner, &topics, "2026-11-11T12:00:00Z").forecast;
    assert_eq!((late.overdue, late.days[0], late.later), (2, 0, 0));
    let states = statistics(&learner, &topics, "2026-11-11T12:00:00Z").states;
    let told = (
        states.new,
        states.learning,
        states.young,
        states.mature,
        states.suspended,
    );
    assert_eq!(told, (1, 1, 1, 0, 1));
}

#[test]
fn a_topic_is_known_as_far_as_its_cards_are_retrievable() {
    let topics = [topic("known", &["a", "x"]), topic("untouched", &["y"])];
    let mut learner = Learner::new();
    learner.answers("a", Rating::Easy, at("2026-11-02T10:00:00Z"));
    let mastery = |now| statistics(&learner, &topics, now).topics.topics[0].clone();
    let fresh = mastery("2026-11-02T12:00:00Z");
    assert_eq!((fresh.cards, fresh.seen, fresh.retrievable), (2, 1, 1));
    assert_eq!((fresh.share(), fresh.recall), (0.5, Some(1.0)));
    let due = mastery("2026-11-10T12:00:00Z");
    assert_eq!(due.retrievable, 1, "on its day it is still there");
    assert!((due.recall.unwrap() - 0.9).abs() < 0.01);
    let faded = mastery("2027-01-10T12:00:00Z");
    assert_eq!((faded.seen, faded.retrievable), (1, 0));
    let untouched = &statistics(&learner, &topics, "2026-11-02T12:00:00Z")
        .topics
        .topics[1];
    assert_eq!((untouched.seen, untouched.recall), (0, None));
}

#[test]
fn where_nothing_was_done_each_chart_says_so_in_words() {
    let figures = statistics(&Learner::new(), &[], "2026-11-22T12:00:00Z").figures();
    assert_eq!(figures.len(), 12);
    for figure in figures {
        assert!(figure.drawn.is_none(), "{}", figure.title);
        assert!(figure.summary.ends_with('.'), "{}", figure.summary);
    }
}

#[test]
fn every_chart_says_what_is_to_be_seen() {
    let topics = [topic("a", &["a", "b"])];
    let figures = statistics(&one_card(), &topics, "2026-11-22T12:00:00Z").figures();
    let told: Vec<String> = figures
        .iter()
        .map(|figure| format!("{}: {}", figure.title, figure.summary))
        .collect();
    assert_eq!(
        told,
        [
            "A year of answers: Answers in the last year: 4, on 3 days; none yesterday or today.",
            "What comes back: 1 due today, 1 of them left from earlier days; 0 more within 30 days.",
            "True retention: Of 2 answers a day or more after the one before, 50 % were right; 90 % were predicted to be, but so few say little yet.",
            "Mastery by topic: Topics begun: 1 of 1; least is retrievable in “All about a, and what surrounds it”, 0 of 2 cards.",
            "Cards by state: Cards begun: 1 of 2; waiting for 21 days or more: 0.",
            "Time spent: 1 min in the last 30 days: 1 min on a day of study, 4 seconds an answer.",
            "Are predictions right?: Of 2 answers a day or more after the one before, 50 % were right; 90 % were predicted to be, but so few say little yet.",
            "Answers by grade: 75 % of 4 answers were right; cards count as mature when they have waited for 21 days.",
            "Hours of the day: Most answers were given between 10:00 and 11:00, 100 % of them right.",
            "Stability: Stability of half of the cards: 1.5 days or less; the most cards, 1, lie at 1 to 3 days.",
            "Difficulty: Difficulty of half of the cards: 7.4 or less; the most cards, 1, lie at 7 to 8.",
            "Interval: No card has been learned so far yet.",
        ]
    );
}

proptest! {
    #[test]
    fn every_answer_is_counted_once_in_each_view(log in any_log(), now in 0..4 * 365 * DAY) {
        let progress = replay(log, Scheduler::default());
        let answers: usize = progress.attempts().map(|(_, attempts)| attempts.len()).sum();
        let topics = [topic("all", &NAMES)];
        let now = Timestamp::from_millis(now);
        let told = Statistics::of(&progress, &topics, now, UtcOffset::UTC);
        let days: u32 = told.activity.days.iter().map(|day| day.answers).sum();
        prop_assert_eq!((days + told.activity.outside) as usize, answers);
        let hours: u32 = told.answers.hours.iter().map(|hour| hour.answers).sum();
        prop_assert_eq!(hours as usize, answers);
        let kinds = [told.answers.learning, told.answers.young, told.answers.mature];
        let grades: u32 = kinds.iter().flat_map(|kind| kind.counts).sum();
        prop_assert_eq!(grades as usize, answers);
        let months = told.recall.months.iter();
        let by_month: u32 = months.map(|month| month.young.answers + month.mature.answers).sum();
        prop_assert_eq!(by_month, told.recall.all().answers);
    }

    #[test]
    fn every_card_is_in_one_state_and_comes_back_at_most_once(log in any_log(), now in 0..4 * 365 * DAY) {
        let progress = replay(log, Scheduler::default());
        let told = Statistics::of(
            &progress,
            &[topic("all", &NAMES)],
            Timestamp::from_millis(now),
            UtcOffset::UTC,
        );
        let states = told.states;
        let all = states.new + states.learning + states.young + states.mature + states.suspended;
        prop_assert_eq!(all as usize, NAMES.len());
        let Forecast { overdue, days, later, .. } = told.forecast;
        let back = overdue + days.iter().sum::<u32>() + later;
        prop_assert_eq!(back, states.learning + states.young + states.mature);
    }

    #[test]
    fn memory_before_an_answer_is_what_the_replay_had(log in any_log()) {
        let progress = replay(log, Scheduler::default());
        let mut last = std::collections::HashMap::new();
        for (card, attempts) in progress.attempts() {
            last.insert(card.clone(), attempts.last().copied().expect("a list has an answer"));
        }
        for (name, attempt) in last {
            let known = progress.card(&name).expect("it was touched");
            let model = &progress.scheduler().model;
            let (after, _) = model.review(attempt.memory, attempt.answer.rating, attempt.elapsed, 0.9);
            // A card that was reset and not answered since has none.
            prop_assert!(known.memory.is_none_or(|memory| memory == after));
        }
    }

    #[test]
    fn a_chart_stays_within_its_box_and_agrees_with_its_table(log in any_log(), now in 0..4 * 365 * DAY) {
        let progress = replay(log, Scheduler::default());
        let now = Timestamp::from_millis(now);
        let topics = [topic("all", &NAMES), topic("none", &[])];
        let told = Statistics::of(&progress, &topics, now, UtcOffset::UTC);
        for figure in told.figures() {
            check(&figure)?;
        }
    }
}

fn check(figure: &Figure) -> Result<(), TestCaseError> {
    for row in &figure.table.rows {
        prop_assert_eq!(row.len(), figure.table.header.len());
    }
    let Some(drawn) = &figure.drawn else {
        return Ok(());
    };
    prop_assert!(
        !figure.table.rows.is_empty(),
        "{} has no table",
        figure.title
    );
    for (drawing, width) in [(&drawn.wide, WIDE), (&drawn.narrow, NARROW)] {
        prop_assert_eq!(drawing.width, width);
        for shape in &drawing.shapes {
            prop_assert!(is_within(shape, drawing), "{}: {:?}", figure.title, shape);
        }
    }
    Ok(())
}

fn is_within(shape: &Shape, drawing: &Drawing) -> bool {
    let within = |x: f32, y: f32| {
        (-0.1..=drawing.width + 0.1).contains(&x) && (-0.1..=drawing.height + 0.1).contains(&y)
    };
    match shape {
        Shape::Rect {
            x,
            y,
            width,
            height,
            ..
        } => *width >= 0.0 && *height >= 0.0 && within(*x, *y) && within(x + width, y + height),
        Shape::Line { points, .. } => points.len() > 1 && points.iter().all(|&(x, y)| within(x, y)),
        Shape::Text {
            x,
            y,
            anchor,
            words,
        } => {
            // Letters of the page's typeface are narrower than this on average.
            let width = words.chars().count() as f32 * LETTERS * 0.55;
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            within(left, *y) && within(left + width, y - LETTERS + 3.0)
        }
    }
}
