//! What a mock exam draws and leaves behind.

use std::collections::HashSet;

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, Course, QuestionKind};
use cipherdeck::study::exam::{Blueprint, EventKind, Only, Paper, PracticeOptions, Run, TimeLimit};
use cipherdeck::study::{EntryKind, Rating, Response, UtcOffset};

use crate::a_course::course;
use crate::learner::{Learner, at, card};

/// When the exams are sat.
const NOW: &str = "2026-11-22T12:00:00Z";

fn draw(
    course: &Course,
    learner: &Learner,
    past: &[Run],
    options: &PracticeOptions,
    seed: &str,
) -> Paper {
    let blueprint = Blueprint::of(&course.exams.exams[0], course);
    let today = learner.progress.day(at(NOW), UtcOffset::UTC);
    let progress = &learner.progress;
    Paper::draw(&blueprint, course, progress, past, options, (seed, today))
}

/// Answers what is to be answered by one option, right where `is_right` says so of its place, and hands in. Gives the cards
/// that were answered wrongly.
fn sit(
    run: &mut Run,
    course: &Course,
    now: Timestamp,
    is_right: fn(usize) -> bool,
) -> HashSet<CardId> {
    let mut wrong = HashSet::new();
    for (item, asked) in run.paper.items.clone().iter().enumerate() {
        let (_, question) = course.question(&asked.question).expect("it was drawn");
        let QuestionKind::Single { options } = &question.kind else {
            continue;
        };
        let is_right = is_right(item);
        let mut options = options.iter();
        let chosen = options.find(|option| option.right == is_right);
        let chosen = chosen.expect("there are right and wrong ones");
        let response = Some(Response::Chosen(vec![chosen.id.clone()]));
        run.push(now, EventKind::Answer { item, response });
        if !is_right {
            wrong.insert(card(asked.question.as_str()));
        }
    }
    run.push(now, EventKind::Finish);
    wrong
}

#[test]
fn a_partial_mock_says_what_it_lacks_and_shares_its_weight_out() {
    let (course, learner) = (course(), Learner::new());
    let options = PracticeOptions {
        questions: Some(8),
        ..PracticeOptions::default()
    };
    let paper = draw(&course, &learner, &[], &options, "s");
    assert_eq!(paper, draw(&course, &learner, &[], &options, "s"));
    assert_eq!(paper.missing, ["Third"]);
    let domains = paper.domains.iter();
    let seats: Vec<u32> = domains.map(|domain| domain.questions).collect();
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
    let (course, mut learner) = (course(), Learner::new());
    let day = |day: u32| at(&format!("2026-10-{day:02}T12:00:00Z"));
    let rule = learner.progress.scheduler().leech;
    for lapse in 0..rule.lapses - 1 {
        learner.answers("a-1", Rating::Easy, day(2 * lapse + 1));
        learner.answers("a-1", Rating::Again, day(2 * lapse + 2));
    }
    learner.answers("a-1", Rating::Easy, day(30));
    let now = at(NOW);
    let paper = draw(&course, &learner, &[], &PracticeOptions::default(), "s");
    let mut run = Run::begin(paper, now);
    sit(&mut run, &course, now, |_| false);
    let entries = run.entries(&course, &learner.progress, now, UtcOffset::UTC);
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
    let (course, mut learner) = (course(), Learner::new());
    let now = at(NOW);
    let asked = |learner: &Learner, past: &[Run], only: Only| {
        let options = PracticeOptions {
            time: TimeLimit::Untimed,
            only,
            ..PracticeOptions::default()
        };
        draw(&course, learner, past, &options, "s")
    };
    let paper = asked(&learner, &[], Only::All);
    assert_eq!(paper.items.len(), 10);
    let mut run = Run::begin(paper, now);
    let wrong = sit(&mut run, &course, now, |item| item % 2 == 0);
    let score = run.score(&course, now);
    assert_eq!(score.of, 10);
    assert_eq!(
        score.domains.iter().map(|domain| domain.of).sum::<u32>(),
        10
    );
    let entries = run.entries(&course, &learner.progress, now, UtcOffset::UTC);
    let entered: HashSet<_> = entries.iter().map(|entry| entry.card.clone()).collect();
    let later = at("2026-11-23T12:00:00Z");
    let again = run.entries(&course, &learner.progress, later, UtcOffset::UTC);
    assert_eq!(again, entries, "in whichever tab it is entered");
    assert_eq!(entered, wrong);
    run.push(now, EventKind::Entered);
    let once_more = run.entries(&course, &learner.progress, later, UtcOffset::UTC);
    assert!(once_more.is_empty());

    let runs = [run];
    let missed = runs[0].missed(&course).len();
    let count = |learner: &Learner, only| asked(learner, &runs, only).items.len();
    assert_eq!(count(&learner, Only::MissedInLast(1)), missed);
    assert_eq!(count(&learner, Only::MissedLately(1)), 0);
    learner.progress.merge(&entries.into_iter().collect());
    assert_eq!(count(&learner, Only::MissedLately(1)), wrong.len());
    assert_eq!(count(&learner, Only::Unseen), 0, "all ten were asked");
}
