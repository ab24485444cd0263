//! What a session asks, and how it grades.

use std::collections::HashSet;

use cipherdeck::course::{Course, Files};
use cipherdeck::study::{
    Card, Entry, EntryKind, LeechRule, Limits, Pretest, Queue, Rating, Response, Scope, Session,
    UtcOffset, interleaved, is_right, pretest, shown_order,
};
use proptest::prelude::*;

use crate::a_course::{course, question};
use crate::learner::{Learner, at, card};

#[test]
fn what_reads_the_same_may_stand_for_the_other_in_a_match_and_an_order_is_one_order() {
    let course = course();
    let grade = |id: &str, placed: &[usize]| {
        is_right(
            question(&course, id),
            &card(id),
            &Response::Placed(placed.to_vec()),
        )
    };
    assert_eq!(grade("order", &[0, 1, 2]), Some(true));
    assert_eq!(grade("order", &[1, 0, 2]), Some(false));
    assert_eq!(grade("order", &[0, 1]), Some(false));
    assert_eq!(grade("match", &[2, 1, 0]), Some(true), "both are `x`");
    assert_eq!(grade("match", &[1, 0, 2]), Some(false));
    assert_eq!(grade("match", &[0, 1, 9]), Some(false));
    assert_eq!(grade("a-1", &[0]), None, "a choice is not answered so");
}

#[test]
fn no_order_or_match_is_shown_as_it_is_right() {
    let course = course();
    for id in ["order", "match"] {
        for seed in 0..50 {
            let shown = shown_order(question(&course, id), &seed.to_string());
            let right = is_right(question(&course, id), &card(id), &Response::Placed(shown));
            assert_eq!(right, Some(false));
        }
    }
}

#[test]
fn look_alikes_are_mixed_and_everything_else_stays_together() {
    let course = course();
    let names = ["a-1", "a-2", "a-3", "order", "match", "b-1", "b-2", "b-3"];
    let mixed = interleaved(&course, names.map(card).to_vec());
    let expected = ["a-1", "b-1", "a-2", "b-2", "a-3", "b-3", "order", "match"];
    assert_eq!(mixed, expected.map(card));
}

#[test]
fn a_session_is_about_what_it_is_asked_to_be_about() {
    let course = course();
    let mut learner = Learner::new();
    let noon = at("2026-11-22T12:00:00Z");
    learner.answers("a-1", Rating::Again, noon);
    learner.answers("a-2", Rating::Easy, noon);
    learner.does("b-1", EntryKind::Flag, noon);
    learner.does("b-2", EntryKind::EditLater { wanted: true }, noon);
    let asks = |scope: Scope| -> HashSet<String> {
        let offset = UtcOffset::UTC;
        let cards = scope.cards(&learner.progress, &course, Limits::default(), noon, offset);
        cards.iter().map(ToString::to_string).collect()
    };
    let set = |names: &[&str]| {
        names
            .iter()
            .map(ToString::to_string)
            .collect::<HashSet<_>>()
    };
    assert_eq!(asks(Scope::MissedLately { days: 7 }), set(&["a-1"]));
    assert_eq!(asks(Scope::Flagged), set(&["b-1"]));
    assert_eq!(asks(Scope::EditLater), set(&["b-2"]));
    assert_eq!(
        asks(Scope::Topic("b".to_owned())),
        set(&["b-1", "b-2", "b-3", "b-4"])
    );
    assert_eq!(
        asks(Scope::Tag("blank".to_owned())),
        set(&["order", "match", "blanks#1"])
    );
    assert!(!asks(Scope::Unseen).contains("a-1"));
    assert!(asks(Scope::Leeches).is_empty());
}

#[test]
fn the_eighth_lapse_makes_a_leech_and_every_fourth_after_it_asks_again() {
    let mut learner = Learner::new();
    let mut now = at("2026-01-01T12:00:00Z");
    let mut asked = Vec::new();
    let rule = LeechRule::default();
    for lapse in 1..=16 {
        for rating in [Rating::Easy, Rating::Again] {
            now = now + std::time::Duration::from_secs(86_400);
            let known = learner
                .progress
                .card(&card("a"))
                .cloned()
                .unwrap_or_default();
            if rule.turns(&known, rating).is_some() {
                asked.push(lapse);
            }
            learner.answers("a", rating, now);
        }
    }
    assert_eq!(asked, [8, 12, 16]);
    assert!(rule.counts(learner.progress.card(&card("a")).unwrap()));
}

#[test]
fn a_leech_that_is_set_aside_is_asked_no_more_until_that_is_taken_back() {
    let mut session = Session::new(["a", "b"].map(card));
    session.answer(false);
    session.answer(true);
    assert_eq!(
        (session.current(), session.to_repeat()),
        (Some(&card("a")), 1)
    );
    let before = session.clone();
    session.set_aside();
    assert_eq!(
        (session.left(), session.right(), session.to_repeat()),
        (0, 1, 0)
    );
    let after = session.clone();
    assert!(session.undo());
    assert_eq!((session.current(), session.left()), (before.current(), 1));
    assert_eq!((session.taken_back(), session.answered()), (1, 2));
    assert!(session.redo());
    assert_eq!(session, after);
    assert!(!session.redo(), "there is nothing more to redo");
}

#[test]
fn an_answer_and_what_it_brought_are_taken_back_and_redone_any_number_of_times() {
    let mut learner = Learner::new();
    let now = at("2026-11-22T12:00:00Z");
    learner.answers("a", Rating::Easy, now);
    let before = learner.progress.card(&card("a")).cloned();
    learner.answers("a", Rating::Again, now);
    learner.does("a", EntryKind::Suspend, now);
    let after = learner.progress.card(&card("a")).cloned();
    for turn in 0..6 {
        let written = learner.progress.log().in_order();
        let last: Vec<Entry> = written.into_iter().rev().take(2).cloned().collect();
        for entry in last {
            learner.does("a", EntryKind::Undo { id: entry.id }, now);
        }
        let expected = if turn % 2 == 0 { &before } else { &after };
        assert_eq!(learner.progress.card(&card("a")), expected.as_ref());
    }
}

#[test]
fn a_pretest_and_a_note_leave_the_memory_alone() {
    let mut learner = Learner::new();
    let noon = at("2026-11-22T12:00:00Z");
    learner.answers("a", Rating::Easy, noon);
    let before = learner.progress.card(&card("a")).cloned().unwrap();
    let tried = Pretest {
        is_right: false,
        took_ms: 1,
        chosen: Vec::new(),
    };
    learner.does("a", EntryKind::Pretest(tried), noon);
    learner.does(
        "a",
        EntryKind::Note {
            text: "because".to_owned(),
        },
        noon,
    );
    let noted = learner.progress.card(&card("a")).cloned().unwrap();
    let unmarked = Card {
        notes: Vec::new(),
        tried: false,
        ..noted.clone()
    };
    assert_eq!(unmarked, before);
    assert_eq!((noted.tried, &*noted.notes[0].text), (true, "because"));
    learner.does("a", EntryKind::Reset, noon);
    let begun_anew = learner.progress.card(&card("a")).unwrap();
    assert_eq!(begun_anew.notes, noted.notes);
    let id = noted.notes[0].id.clone();
    learner.does("a", EntryKind::Undo { id }, noon);
    assert!(learner.progress.card(&card("a")).unwrap().notes.is_empty());
}

#[test]
fn a_pretest_asks_what_was_never_answered_nor_tried_and_each_question_once() {
    let course = course();
    let mut learner = Learner::new();
    let noon = at("2026-11-22T12:00:00Z");
    let asked = |learner: &Learner, sheet: &str| pretest(&learner.progress, &course, sheet);
    assert_eq!(
        asked(&learner, "sheets/c.md"),
        ["order", "match", "blanks#1"].map(card)
    );
    learner.answers("a-1", Rating::Again, noon);
    let tried = Pretest {
        is_right: true,
        took_ms: 1,
        chosen: Vec::new(),
    };
    learner.does("a-3", EntryKind::Pretest(tried), noon);
    learner.does("a-4", EntryKind::Suspend, noon);
    assert_eq!(asked(&learner, "sheets/a.md"), ["a-2"].map(card));
    assert!(asked(&learner, "sheets/none.md").is_empty());

    let mut session = Session::pretest(["a-1", "a-2"].map(card));
    session.answer(false);
    session.answer(true);
    assert_eq!((session.left(), session.answered()), (0, 2));
}

#[test]
fn a_card_that_is_left_out_is_asked_no_more_whether_it_waits_or_was_missed() {
    let mut session = Session::new(["a", "b"].map(card));
    session.answer(false);
    let before = session.clone();
    session.leave_out(&card("a"));
    assert_eq!((session.left(), session.to_repeat()), (1, 0));
    session.leave_out(&card("b"));
    assert_eq!((session.current(), session.answered()), (None, 1));
    assert!(session.undo() && session.undo());
    assert_eq!(session.current(), before.current());
    assert_eq!((session.left(), session.to_repeat()), (2, 1));
    assert_eq!((session.taken(), session.taken_back()), (1, 2));
}

#[test]
fn entries_of_the_first_version_are_still_read() {
    let lines = include_str!("../golden/entries-1.jsonl");
    for line in lines.lines() {
        let entry: Entry = serde_json::from_str(line).expect(line);
        assert_eq!(serde_json::to_string(&entry).unwrap(), line);
    }
    assert_eq!(lines.lines().count(), 7);
}

#[test]
fn hands_on_cards_have_a_day_of_their_own() {
    let files = [
        ("SUMMARY.md", "# S\n\n- [L](sheets/l.md)\n".to_owned()),
        ("exams.toml", String::new()),
        ("facts.toml", String::new()),
        (
            "sheets/l.md",
            "---\nsheet: l\ntitle: L\ndomains: [X-1/1]\ntopic: l\n---\n\n# L\n\n".to_owned()
                + &["do-1", "do-2"].map(|id| {
                    format!("### Do {id} <!-- q: {id} type=lab lab=envelope -->\n\n> [!NOTE]\n> Why.\n> Source: <https://example.com/>\n\n")
                })
                .concat(),
        ),
    ];
    let (course, _) = Course::read(&Files::from(
        files.map(|(path, text)| (path.to_owned(), text.into_bytes())),
    ));
    let mut learner = Learner::new();
    let noon = at("2026-11-22T12:00:00Z");
    let on = |learner: &Learner, now| {
        let queue = Queue::hands_on(&learner.progress, &course, now, UtcOffset::UTC);
        (queue.due, queue.new)
    };
    for name in ["a", "b", "c"] {
        learner.answers(name, Rating::Good, noon);
    }
    assert_eq!(on(&learner, noon), (vec![], vec![card("do-1")]));
    learner.answers("do-1", Rating::Easy, noon);
    assert_eq!(on(&learner, noon), (vec![], vec![]), "one new thing a day");
    let review = Queue::at(
        &learner.progress,
        &["x", "y"].map(card),
        Limits {
            new: 1,
            ..Limits::default()
        },
        noon,
        UtcOffset::UTC,
    );
    assert_eq!(
        review.new,
        [card("x")],
        "a lab takes no place in the review"
    );
    let much_later = at("2027-11-22T12:00:00Z");
    assert_eq!(
        on(&learner, much_later),
        (vec![card("do-1")], vec![card("do-2")])
    );
}

proptest! {
    #[test]
    fn the_queue_never_shows_two_siblings(
        answers in proptest::collection::vec((0usize..5, 0usize..4, 1u32..200), 0..30), later in 0u32..400,
    ) {
        let names = ["a#1", "a#2", "a#3", "b#1", "b#2"];
        let mut learner = Learner::new();
        let mut now = at("2026-01-01T12:00:00Z");
        for (name, rating, hours) in answers {
            now = now + std::time::Duration::from_secs(u64::from(hours) * 1800);
            learner.answers(names[name], Rating::ALL[rating], now);
        }
        now = now + std::time::Duration::from_secs(u64::from(later) * 1800);
        let cards = names.map(card);
        let queue = Queue::at(&learner.progress, &cards, Limits::default(), now, UtcOffset::UTC);
        let mut questions = HashSet::new();
        prop_assert!(queue.cards().iter().all(|card| questions.insert(card.question())));
    }
}
