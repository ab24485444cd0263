//! What a session asks, how it grades, and what a mock exam draws and leaves behind.

use std::collections::HashSet;

use cipherdeck::course::{Course, Files, QuestionKind};
use cipherdeck::study::exam::{Blueprint, EventKind, Only, Paper, PracticeOptions, Run, TimeLimit};
use cipherdeck::study::{
    Card, Entry, EntryKind, LeechRule, Limits, Pretest, Queue, Rating, Response, Scope, Session,
    UtcOffset, interleaved, is_right, pretest, shown_order,
};
use proptest::prelude::*;

use crate::learner::{Learner, at, card};

const EXAMS: &str = r#"
[[exam]]
code = "X-1"
title = "An exam"
questions = 10
minutes = 20
pass = 700
items = ["multiple choice", "ordering", "matching"]
sources = ["https://example.com/"]
domain = [
  { number = 1, name = "First", weight = 50 },
  { number = 2, name = "Second", weight = 30 },
  { number = 3, name = "Third", weight = 20 },
]
"#;

/// Two sheets that are easily confused, one that is not, and no question for the third domain.
fn course() -> Course {
    let sheet = |id: &str, domain: u32, more: &str, body: &str| {
        let text = format!(
            "---\nsheet: {id}\ntitle: A sheet\ndomains: [X-1/{domain}]\ntopic: {id}\n{more}---\n\n# A sheet\n\n{body}"
        );
        (format!("sheets/{id}.md"), text)
    };
    let note = "> [!NOTE]\n> Why.\n> Source: <https://example.com/>\n\n";
    let single = |id: &str| {
        format!(
            "### Which of {id}? <!-- q: {id} -->\n\n- [x] Right {id}\n  > Yes.\n- [ ] Wrong {id}\n  > No.\n\n{note}"
        )
    };
    let singles =
        |name: &str| -> String { (1..=4).map(|n| single(&format!("{name}-{n}"))).collect() };
    let others = format!(
        "### Order? <!-- q: order -->\n\n1. One\n2. Two\n3. Three\n\n{note}\
         ### Match? <!-- q: match -->\n\n| a | b |\n|---|---|\n| one | x |\n| two | y |\n| three | x |\n\n{note}\
         ### Blanks? <!-- q: blanks -->\n\nA {{{{first}}}} and a {{{{second}}}}.\n\n{note}"
    );
    let files = [
        (
            "SUMMARY.md".to_owned(),
            "# S\n\n- [A](sheets/a.md)\n- [C](sheets/c.md)\n- [B](sheets/b.md)\n".to_owned(),
        ),
        ("exams.toml".to_owned(), EXAMS.to_owned()),
        ("facts.toml".to_owned(), String::new()),
        sheet("a", 1, "confusable: look-alikes\n", &singles("a")),
        sheet("b", 2, "confusable: look-alikes\n", &singles("b")),
        sheet("c", 1, "tags: [blank]\n", &others),
    ];
    let (course, findings) = Course::read(&Files::from(
        files.map(|(path, text)| (path, text.into_bytes())),
    ));
    assert!(findings.is_empty(), "{findings:?}");
    course
}

fn question<'a>(course: &'a Course, id: &str) -> &'a cipherdeck::course::Question {
    let id = id.parse().expect("it is an id");
    course.question(&id).expect("the course has it").1
}

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
        let offset = UtcOffset::default();
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
fn a_partial_mock_says_what_it_lacks_and_shares_its_weight_out() {
    let course = course();
    let blueprint = Blueprint::of(&course.exams.exams[0], &course);
    let learner = Learner::new();
    let options = PracticeOptions {
        questions: Some(8),
        ..PracticeOptions::default()
    };
    let today = learner
        .progress
        .day(at("2026-11-22T12:00:00Z"), UtcOffset::default());
    let draw = |seed: &str| {
        Paper::draw(
            &blueprint,
            &course,
            &learner.progress,
            &[],
            &options,
            (seed, today),
        )
    };
    let paper = draw("s");
    assert_eq!(paper, draw("s"));
    assert_eq!(paper.missing, ["Third"]);
    let seats: Vec<u32> = paper
        .domains
        .iter()
        .map(|domain| domain.questions)
        .collect();
    assert_eq!(seats, [5, 3], "fifty to thirty");
    assert_eq!(paper.minutes, Some(16));
    let ids: HashSet<_> = paper.items.iter().map(|item| &item.question).collect();
    assert_eq!(ids.len(), 8);
    assert!(
        !ids.iter().any(|id| id.as_str() == "blanks"),
        "the exam asks no blanks"
    );
}

#[test]
fn a_miss_in_an_exam_that_makes_a_leech_suspends_it() {
    let course = course();
    let blueprint = Blueprint::of(&course.exams.exams[0], &course);
    let mut learner = Learner::new();
    let day = |day: u32| at(&format!("2026-10-{day:02}T12:00:00Z"));
    let rule = learner.progress.scheduler().leech;
    for lapse in 0..rule.lapses - 1 {
        learner.answers("a-1", Rating::Easy, day(2 * lapse + 1));
        learner.answers("a-1", Rating::Again, day(2 * lapse + 2));
    }
    learner.answers("a-1", Rating::Easy, day(30));
    let now = at("2026-11-22T12:00:00Z");
    let offset = UtcOffset::default();
    let paper = Paper::draw(
        &blueprint,
        &course,
        &learner.progress,
        &[],
        &PracticeOptions::default(),
        ("s", learner.progress.day(now, offset)),
    );
    let mut run = Run::begin(paper, now);
    for (item, asked) in run.paper.items.clone().iter().enumerate() {
        let question = course.question(&asked.question).unwrap().1;
        if let QuestionKind::Single { options } = &question.kind {
            let wrong = options.iter().find(|option| !option.right).unwrap();
            let response = Some(Response::Chosen(vec![wrong.id.clone()]));
            run.push(now, EventKind::Answer { item, response });
        }
    }
    run.push(now, EventKind::Finish);
    let entries = run.entries(&course, &learner.progress, now, offset);
    let suspended: Vec<_> = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Suspend)
        .map(|entry| entry.card.clone())
        .collect();
    assert_eq!(suspended, [card("a-1")]);
    let names: HashSet<_> = entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(names.len(), entries.len(), "each has a name of its own");
    learner.progress.merge(&entries.into_iter().collect());
    assert!(learner.progress.card(&card("a-1")).unwrap().suspended);
}

#[test]
fn what_was_missed_enters_the_schedule_once_and_can_be_practised() {
    let course = course();
    let blueprint = Blueprint::of(&course.exams.exams[0], &course);
    let learner = Learner::new();
    let options = PracticeOptions {
        time: TimeLimit::Untimed,
        ..PracticeOptions::default()
    };
    let now = at("2026-11-22T12:00:00Z");
    let offset = UtcOffset::default();
    let mut learner = learner;
    let draw = |learner: &Learner, past: &[Run], only: Only, seed: &str| {
        let options = PracticeOptions {
            only,
            ..options.clone()
        };
        let today = learner.progress.day(now, offset);
        Paper::draw(
            &blueprint,
            &course,
            &learner.progress,
            past,
            &options,
            (seed, today),
        )
    };
    let paper = draw(&learner, &[], Only::All, "s");
    assert_eq!(paper.items.len(), 10);
    let mut run = Run::begin(paper, now);
    let mut wrong = HashSet::new();
    for (item, asked) in run.paper.items.clone().iter().enumerate() {
        let question = course.question(&asked.question).unwrap().1;
        let QuestionKind::Single { options } = &question.kind else {
            continue;
        };
        let is_right = item % 2 == 0;
        let option = options
            .iter()
            .find(|option| option.right == is_right)
            .unwrap();
        let response = Some(Response::Chosen(vec![option.id.clone()]));
        run.push(now, EventKind::Answer { item, response });
        if !is_right {
            wrong.insert(card(asked.question.as_str()));
        }
    }
    run.push(now, EventKind::Finish);
    let score = run.score(&course, now);
    assert_eq!(score.of, 10);
    assert_eq!(
        score.domains.iter().map(|domain| domain.of).sum::<u32>(),
        10
    );
    let entries = run.entries(&course, &learner.progress, now, offset);
    let entered: HashSet<_> = entries.iter().map(|entry| entry.card.clone()).collect();
    let later = at("2026-11-23T12:00:00Z");
    let again = run.entries(&course, &learner.progress, later, offset);
    assert_eq!(again, entries, "in whichever tab it is entered");
    assert_eq!(entered, wrong);
    run.push(now, EventKind::Entered);
    let once_more = run.entries(&course, &learner.progress, later, offset);
    assert!(once_more.is_empty());

    let missed = run.missed(&course);
    let again = draw(
        &learner,
        std::slice::from_ref(&run),
        Only::MissedInLast(1),
        "t",
    );
    assert_eq!(again.items.len(), missed.len());
    assert!(
        draw(&learner, &[], Only::MissedLately(1), "t")
            .items
            .is_empty()
    );
    learner.progress.merge(&entries.into_iter().collect());
    let lately = draw(&learner, &[], Only::MissedLately(1), "t");
    assert_eq!(lately.items.len(), wrong.len());
    let unseen = draw(&learner, &[run], Only::Unseen, "t");
    assert!(unseen.items.is_empty(), "all ten were asked");
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
        let queue = Queue::at(&learner.progress, &cards, Limits::default(), now, UtcOffset::default());
        let mut questions = HashSet::new();
        prop_assert!(queue.cards().iter().all(|card| questions.insert(card.question())));
    }
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
        let queue = Queue::hands_on(&learner.progress, &course, now, UtcOffset::default());
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
        UtcOffset::default(),
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
