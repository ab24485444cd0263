//! What each kind of entry does to what is known.

use std::collections::HashMap;

use cipherdeck::base::Timestamp;
use cipherdeck::study::{
    Due, Entry, EntryId, EntryKind, Interval, Limits, Log, Phase, Progress, Queue, Rating,
    Rollover, Scheduler, UtcOffset,
};

use crate::{DAY, answer, answered, card, device, entry, replay};

#[test]
fn the_interval_given_is_never_drawn_again() {
    let given = entry(1, DAY, "a", answer(Rating::Easy, Interval::Days(77)));
    let progress = replay([given].into_iter().collect());
    let known = progress.card(&card("a")).unwrap();
    let day = progress.day(Timestamp::from_millis(DAY), UtcOffset::from_minutes(60));
    assert_eq!(known.due, Some(Due::On(day.plus(77))));
    assert_eq!(known.phase, Phase::Review);
}

#[test]
fn another_aim_moves_only_what_comes_after_it() {
    let mut progress = replay(Log::default());
    answered(&mut progress, 1, DAY, "a", Rating::Easy);
    let given = progress.card(&card("a")).unwrap().due;
    let next = |progress: &Progress| {
        let (at, offset) = (Timestamp::from_millis(40 * DAY), UtcOffset::UTC);
        progress
            .preview(&card("a"), Rating::Good, at, offset)
            .interval
    };
    let Interval::Days(before) = next(&progress) else {
        panic!("a learned card comes back after days");
    };
    let scheduler = Scheduler {
        desired_retention: 0.97,
        ..Scheduler::default()
    };
    progress.follow(scheduler.clone(), Rollover::default());
    assert_eq!(progress.card(&card("a")).unwrap().due, given);
    assert!(matches!(next(&progress), Interval::Days(after) if after < before));
    let log = progress.log().clone();
    assert_eq!(
        progress,
        Progress::replay(log, scheduler, Rollover::default(), HashMap::new())
    );
}

#[test]
fn a_clock_moved_back_counts_as_no_time_passed() {
    let mut progress = replay(Log::default());
    answered(&mut progress, 1, 100 * DAY, "a", Rating::Easy);
    let before = progress.card(&card("a")).unwrap().memory.unwrap();
    answered(&mut progress, 2, 40 * DAY, "a", Rating::Good);
    let after = progress.card(&card("a")).unwrap();
    assert_eq!(
        after.last_answer,
        Some(Timestamp::from_millis(40 * DAY)),
        "the later count is the later answer"
    );
    let same_day = progress
        .scheduler()
        .model
        .review(Some(before), Rating::Good, 0, 0.9)
        .0;
    assert_eq!(after.memory, Some(same_day));
}

#[test]
fn an_entry_of_another_device_counts_where_its_clock_says_however_late_it_comes() {
    let answer_at = |number, counter, at| Entry {
        id: EntryId {
            device: device(number),
            counter,
        },
        ..entry(0, at, "a", answer(Rating::Good, Interval::Days(1)))
    };
    let (late, early) = (answer_at(1, 0, 9 * DAY), answer_at(2, 1, DAY));
    let mut progress = replay(Log::default());
    progress.push(late.clone());
    progress.push(early);
    assert_eq!(
        progress.card(&card("a")).unwrap().last_answer,
        Some(late.at)
    );
}

#[test]
fn an_answer_under_an_old_name_belongs_to_the_new_one() {
    let old = entry(1, DAY, "old#2", answer(Rating::Good, Interval::Days(3)));
    let renamed = HashMap::from([("old".parse().unwrap(), "new".parse().unwrap())]);
    let log = [old].into_iter().collect();
    let progress = Progress::replay(log, Scheduler::default(), Rollover::default(), renamed);
    assert!(progress.card(&card("new#2")).is_some());
    assert!(progress.card(&card("old#2")).is_none());
}

#[test]
fn a_reset_forgets_the_memory_and_a_suspended_card_is_not_asked() {
    let mut progress = replay(Log::default());
    answered(&mut progress, 1, DAY, "a", Rating::Easy);
    answered(&mut progress, 2, DAY + 1, "b", Rating::Easy);
    progress.push(entry(3, DAY + 2, "a", EntryKind::Reset));
    progress.push(entry(4, DAY + 3, "b", EntryKind::Suspend));
    assert_eq!(progress.card(&card("a")).unwrap().memory, None);
    let cards = [card("a"), card("b")];
    let later = Timestamp::from_millis(400 * DAY);
    let queue = Queue::at(&progress, &cards, Limits::default(), later, UtcOffset::UTC);
    assert_eq!(queue.new, [card("a")]);
    assert!(queue.due.is_empty());
}
