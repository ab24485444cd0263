//! What is asked on a day, and in which order.

use std::time::Duration;

use cipherdeck::base::Timestamp;
use cipherdeck::study::{Due, Interval, Limits, Log, Progress, Queue, Rating, UtcOffset};

use crate::{DAY, MINUTE, answer, answered, card, entry, replay};

#[test]
fn the_queue_asks_what_is_due_then_what_is_new_and_says_what_comes_next() {
    let mut progress = replay(Log::default());
    progress.push(entry(
        1,
        DAY,
        "late",
        answer(Rating::Good, Interval::Days(2)),
    ));
    progress.push(entry(
        2,
        DAY + 1,
        "later",
        answer(Rating::Good, Interval::Days(3)),
    ));
    progress.push(entry(
        3,
        DAY + 2,
        "next",
        answer(Rating::Good, Interval::Days(9)),
    ));
    let cards = ["new-1", "next", "later", "late", "new-2"].map(card);
    let limits = Limits {
        new: 1,
        reviews: 9,
        bury_siblings: true,
    };
    let now = Timestamp::from_millis(5 * DAY);
    let queue = Queue::at(&progress, &cards, limits, now, UtcOffset::from_minutes(60));
    assert_eq!(queue.cards(), [card("late"), card("later"), card("new-1")]);
    let learned = progress.day(Timestamp::from_millis(DAY), UtcOffset::from_minutes(60));
    assert_eq!(queue.next, Some(Due::On(learned.plus(9))));
}

#[test]
fn of_the_cards_of_a_question_one_is_asked_a_day_and_what_the_day_has_no_room_for_is_none_of_them()
{
    let mut progress = replay(Log::default());
    for (number, name) in [(1_u64, "first"), (2, "blanks#1")] {
        let answer = answer(Rating::Good, Interval::Days(2));
        progress.push(entry(number, DAY + number.cast_signed(), name, answer));
    }
    let cards = ["first", "blanks#1", "blanks#2"].map(card);
    let asked = |reviews| {
        let limits = Limits {
            new: 9,
            reviews,
            bury_siblings: true,
        };
        let now = Timestamp::from_millis(5 * DAY);
        Queue::at(&progress, &cards, limits, now, UtcOffset::from_minutes(60)).cards()
    };
    assert_eq!(asked(9), [card("first"), card("blanks#1")]);
    assert_eq!(asked(1), [card("first"), card("blanks#2")]);
}

#[test]
fn the_queue_says_when_it_changes_by_itself() {
    let offset = UtcOffset::from_minutes(60);
    let mut progress = replay(Log::default());
    let noon = Timestamp::from_millis(DAY + 11 * 60 * MINUTE);
    let roll_over = Timestamp::from_millis(2 * DAY + 3 * 60 * MINUTE);
    let cards = ["missed", "recalled"].map(card);
    let at = |progress: &Progress, now: Timestamp| {
        let queue = Queue::at(progress, &cards, Limits::default(), now, offset);
        let changes_at = queue.changes_at(progress.day_end(now, offset));
        (queue.cards().len(), changes_at)
    };
    assert_eq!(at(&progress, noon), (2, roll_over));

    let missed = answered(&mut progress, 1, noon.millis(), "missed", Rating::Again);
    let recalled = answered(
        &mut progress,
        2,
        noon.millis() + 1,
        "recalled",
        Rating::Good,
    );
    let back = [missed, recalled].map(|entry| match progress.card(&entry.card).unwrap().due {
        Some(Due::At(at)) => at,
        due => panic!("{due:?} is no step of the same day"),
    });
    assert_eq!(at(&progress, noon), (0, back[0]));
    assert_eq!(at(&progress, back[0]), (1, back[1]));
    assert_eq!(at(&progress, back[1]), (2, roll_over));

    let late = roll_over - Duration::from_millis(1);
    answered(&mut progress, 3, late.millis(), "missed", Rating::Again);
    assert_eq!(
        at(&progress, late).1,
        roll_over,
        "a new day comes before its step is over"
    );
}
