//! The laws of the review log: nothing is lost, and what is known follows from the entries alone.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, ContentHash, OptionId};
use cipherdeck::store::{
    Draft, LogStore, MemoryLogStore, Outbox, Record, StoreError, Stored, export, import,
};
use cipherdeck::study::{
    Answer, DeviceId, Due, Entry, EntryId, EntryKind, Interval, Limits, Log, Phase, Pretest,
    Progress, Queue, Rating, Rollover, Scheduler, Session, UtcOffset,
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

/// The futures of the twin in memory are ready at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in memory has to wait"),
    }
}

fn draft(at: i64) -> Draft {
    let entry = entry(0, at, "a", answer(Rating::Good, Interval::Days(3)));
    Draft {
        at: entry.at,
        utc_offset: entry.utc_offset,
        card: entry.card,
        content_hash: entry.content_hash,
        kind: entry.kind,
    }
}

proptest! {
    #[test]
    fn a_replay_gives_what_step_by_step_gives(entries in proptest::collection::vec(any_entry(), 0..25)) {
        let mut progress = replay(Log::default());
        for entry in &entries {
            progress.push(entry.clone());
        }
        let replayed = replay(entries.into_iter().collect());
        prop_assert_eq!(progress, replayed);
    }

    #[test]
    fn a_log_that_comes_part_by_part_is_the_whole_log(log in any_log(), size in 1..7_usize) {
        let mut progress = replay(Log::default());
        for part in log.in_order().chunks(size) {
            progress.go_on(part.iter().map(|&entry| entry.clone()));
        }
        prop_assert_eq!(progress, replay(log));
    }

    #[test]
    fn to_go_by_other_rules_is_to_replay_the_log_by_them(log in any_log(), steps in 0..3_u64, hour in 0..24_u8, fuzz: bool) {
        let steps: Vec<Duration> = (1..=steps).map(|step| Duration::from_secs(step * 300)).collect();
        let scheduler = Scheduler {
            learning_steps: steps.clone(),
            relearning_steps: steps,
            fuzz,
            ..Scheduler::default()
        };
        let rollover = Rollover::at_hour(hour).unwrap();
        let mut progress = replay(log.clone());
        progress.follow(scheduler.clone(), rollover);
        prop_assert_eq!(progress, Progress::replay(log, scheduler, rollover, HashMap::new()));
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in any_log(), b in any_log(), c in any_log()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        let mut progress = replay(a.clone());
        progress.merge(&b);
        prop_assert_eq!(progress, replay(merged(&b, &a)));
    }

    #[test]
    fn an_undo_restores_and_its_undo_restores_again(
        ratings in proptest::collection::vec((any_rating(), 0i64..20 * DAY), 1..12),
    ) {
        let mut progress = replay(Log::default());
        let mut at = DAY;
        let mut counter = 0;
        for (rating, gap) in ratings {
            let before = progress.card(&card("a")).cloned();
            counter += 3;
            let given = answered(&mut progress, counter, at, "a", rating);
            let after = progress.card(&card("a")).cloned();
            let taken_back = undo(counter + 1, at + 1, &given);
            progress.push(taken_back.clone());
            prop_assert_eq!(progress.card(&card("a")).cloned(), before);
            progress.push(undo(counter + 2, at + 2, &taken_back));
            prop_assert_eq!(progress.card(&card("a")).cloned(), after);
            at += 10 + gap;
        }
    }

    #[test]
    fn every_entry_survives_export_and_import(log in any_log()) {
        let file = export(&log.clone().into());
        let imported = import(&file).expect("what was exported can be imported");
        prop_assert_eq!(imported.stored.log.new_to(&Log::default()), log.len());
        prop_assert_eq!(imported.stored.log, log);
    }

    #[test]
    fn a_damaged_file_is_refused_whole(log in any_log(), at in any::<proptest::sample::Index>(), byte in 0x20u8..0x7f) {
        let file = export(&log.into());
        let mut bytes = file.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let damaged = String::from_utf8(bytes).unwrap();
        prop_assert!(import(&damaged).is_err(), "{}", damaged);
        let cut = &file[..at];
        prop_assert!(import(cut).is_err(), "{}", cut);
    }

    #[test]
    fn no_file_makes_the_import_panic(text in "\\PC{0,80}(\n\\PC{0,80}){0,3}") {
        prop_assert!(import(&text).is_err());
    }

    #[test]
    fn a_session_ends_when_everything_was_right_once(answers in proptest::collection::vec(any::<bool>(), 0..200)) {
        let cards: Vec<CardId> = ["a", "b", "c", "d", "e", "f"].into_iter().map(card).collect();
        let mut session = Session::new(cards.clone());
        let mut right = Vec::new();
        for is_right in answers.into_iter().chain(std::iter::repeat_n(true, 20)) {
            let Some(asked) = session.current().cloned() else { break };
            let before = session.clone();
            session.answer(is_right);
            let mut taken_back = session.clone();
            prop_assert!(taken_back.undo());
            let seen = |session: &Session| {
                let current = session.current().cloned();
                (current, session.left(), session.right(), session.to_repeat(), session.answered())
            };
            prop_assert_eq!(seen(&taken_back), seen(&before));
            prop_assert!(taken_back.redo());
            prop_assert_eq!(&taken_back, &session);
            prop_assert!(is_right || session.left() == 1 || session.current() != Some(&asked));
            if is_right {
                right.push(asked);
            }
        }
        right.sort();
        prop_assert_eq!(right, cards);
    }
}

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
        let (at, offset) = (Timestamp::from_millis(40 * DAY), UtcOffset::default());
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
    let queue = Queue::at(
        &progress,
        &cards,
        Limits::default(),
        later,
        UtcOffset::default(),
    );
    assert_eq!(queue.new, [card("a")]);
    assert!(queue.due.is_empty());
}

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

#[test]
fn a_store_names_entries_and_gives_them_back() {
    let store = MemoryLogStore::new(device(7));
    let first = now(store.append(draft(1))).unwrap();
    let second = now(store.append(draft(1))).unwrap();
    assert_ne!(first.id, second.id);
    let log: Log = [first, second].into_iter().collect();
    assert_eq!(now(store.read()).unwrap(), Stored::from(log.clone()));
    now(store.merge(&log.clone().into())).unwrap();
    assert_eq!(
        now(store.read()).unwrap().log,
        log,
        "what is there already changes nothing"
    );
}

#[test]
fn an_answer_that_cannot_be_saved_waits_and_is_saved_once() {
    let store = MemoryLogStore::new(device(7));
    let mut outbox = Outbox::new(device(8));
    store.fail_with(Some(StoreError::Full));
    assert_eq!(now(store.append(draft(1))), Err(StoreError::Full));
    let kept = outbox.keep(draft(1));
    let attempt = Stored::from(outbox.waiting().clone());
    assert_eq!(now(store.merge(&attempt)), Err(StoreError::Full));
    assert!(outbox.waiting().contains(&kept));
    store.fail_with(None);
    assert_eq!(now(store.merge(&attempt)), Ok(()));
    let meanwhile = outbox.keep(draft(2));
    outbox.saved(&attempt.log);
    assert!(
        outbox.waiting().contains(&meanwhile),
        "what came since still waits"
    );
    outbox.saved(&outbox.waiting().clone());
    assert!(outbox.is_empty());
    assert_eq!(now(store.read()).unwrap().log, [kept].into_iter().collect());
}

#[test]
fn a_damaged_record_is_reported_and_kept() {
    let store = MemoryLogStore::new(device(7));
    let whole = now(store.append(draft(1))).unwrap();
    let record = Record::of(&entry(9, 5, "a", EntryKind::Flag));
    let changed = Record {
        text: record.text.replace(":5,", ":6,"),
        ..record.clone()
    };
    store.put(changed.clone());
    store.put(Record {
        key: "nonsense".to_owned(),
        text: "{".to_owned(),
    });
    let stored = now(store.read()).unwrap();
    assert_eq!(stored.log, [whole].into_iter().collect());
    assert_eq!(stored.aside.len(), 2);
    let imported = import(&export(&stored)).unwrap();
    assert_eq!(imported.stored, stored, "it travels with an export");
    let other = MemoryLogStore::new(device(9));
    now(other.merge(&imported.stored)).unwrap();
    assert_eq!(now(other.read()).unwrap(), stored);
}

#[test]
fn a_file_is_refused_with_its_place() {
    let log: Log = [entry(1, 5, "a", EntryKind::Flag)].into_iter().collect();
    let file = export(&log.into());
    let refused = |text: &str| {
        let finding = import(text).unwrap_err();
        let place = cipherdeck::base::Lines::new(text).place(finding.span.start);
        format!("{place} {}", finding.code)
    };
    assert_eq!(refused("{}\n"), "1:1 no-export");
    assert_eq!(
        refused(&file.replace("\"version\":2", "\"version\":3")),
        "1:1 unknown-version"
    );
    assert_eq!(
        refused(&file.replace("\"at\":5", "\"at\":6")),
        "1:1 changed"
    );
    assert_eq!(
        refused(&file.replace("\"at\":5", "\"at\":x")),
        "2:63 damaged"
    );
    let cut = &file[..=file.find('\n').unwrap()];
    assert_eq!(refused(cut), "2:1 cut-off");
}
