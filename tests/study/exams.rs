//! What a mock exam draws and leaves behind.

use std::collections::HashSet;

use cipherdeck::course::QuestionKind;
use cipherdeck::study::exam::{Blueprint, EventKind, Only, Paper, PracticeOptions, Run, TimeLimit};
use cipherdeck::study::{EntryKind, Rating, Response, UtcOffset};

use crate::a_course::course;
use crate::learner::{Learner, at, card};

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
