//! How well the parts of a course are known.

use cipherdeck::course::CardId;
use cipherdeck::study::{EntryKind, Mastery, Rating, UtcOffset};

use crate::learner::{Learner, at, card};

fn mastery(learner: &Learner, cards: &[CardId], now: &str) -> Mastery {
    let today = learner.progress.day(at(now), UtcOffset::UTC);
    Mastery::of(&learner.progress, cards, today)
}

#[test]
fn cards_are_seen_known_by_their_recall_and_due() {
    let mut learner = Learner::new();
    let cards = ["a", "b", "c", "d"].map(card);
    let none = mastery(&learner, &cards, "2026-11-22T12:00:00Z");
    assert_eq!(none.in_words(), "4 cards, none seen yet");

    learner.answers("a", Rating::Easy, at("2026-11-22T12:00:00Z"));
    learner.answers("b", Rating::Easy, at("2026-11-22T12:00:00Z"));
    learner.does("c", EntryKind::Flag, at("2026-11-22T12:00:00Z"));
    let now = mastery(&learner, &cards, "2026-11-22T12:00:00Z");
    assert_eq!(now.in_words(), "2 of 4 cards seen, 50 % known");
    // R(10, 8.2956) = (1 + 0.98035 · 10 / 8.2956)^-0.1542 = 0.88666, of two of four cards.
    let later = mastery(&learner, &cards, "2026-12-02T12:00:00Z");
    assert!(
        (later.known - 2.0 * 0.886_66).abs() < 1e-3,
        "{}",
        later.known
    );
    assert_eq!(later.in_words(), "2 of 4 cards seen, 44 % known, 2 due");

    learner.does("a", EntryKind::Suspend, at("2026-12-02T12:00:00Z"));
    let suspended = mastery(&learner, &cards, "2026-12-02T12:00:00Z");
    assert_eq!((suspended.seen, suspended.due), (2, 1));
}
