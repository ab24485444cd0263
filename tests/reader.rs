//! The course that the reader hands to the page is the course as its authors wrote it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use cipherdeck::base::{Span, Timestamp};
use cipherdeck::course::{Course, File, FileKind, Files, QuestionKind};
use cipherdeck::door::{
    Analyst, AnalystAnswer, AnalystAsk, ExamAnswer, ExamAsk, ExamTopic, Learned, Packed,
    ReadAnswer, ReadAsk, Reader, decode, encode,
};
use cipherdeck::store::read_exams;
use cipherdeck::study::exam::{EventKind, Outcome, PracticeOptions, Run};
use cipherdeck::study::{Response, UtcOffset};
use futures::executor::block_on;

fn ask(ask: &ReadAsk) -> ReadAnswer {
    decode(&Reader::default().answer(&encode(ask))).unwrap()
}

fn course_of(files: Files) -> ReadAnswer {
    let decks = Packed::default();
    ask(&ReadAsk::Course { files, decks })
}

/// What a page fetches: the map, what it lists, facts and exams.
fn files() -> Files {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let read = |path: &str| (path.to_owned(), fs::read(content.join(path)).unwrap());
    let mut files: Files = ["SUMMARY.md", "facts.toml", "exams.toml"].map(read).into();
    let ReadAnswer::Map(paths) = ask(&ReadAsk::Map(files["SUMMARY.md"].clone())) else {
        panic!("the map lists files")
    };
    files.extend(paths.iter().map(|path| read(path)));
    files
}

#[test]
fn the_course_that_comes_through_the_door_is_the_one_that_was_read_with_its_drill() {
    let files = files();
    let mut read = Course::read(&files).0.with_drill();
    let ReadAnswer::Course { course, findings } = course_of(files) else {
        panic!("the files are a course")
    };
    let course = block_on(course.open(async || {})).unwrap();
    assert_eq!(findings, [""; 0]);
    for file in &mut read.files {
        keep_at_home(file);
    }
    // Printed, the two would fill a book.
    assert!(course == read, "something was lost on the way");
    for (_, question) in read.questions() {
        assert_eq!(course.question(&question.id).unwrap().1, question);
    }
}

/// A learner who has answered nothing, at noon.
fn about_exams(runs: Vec<Run>, at: Timestamp, about: ExamTopic) -> ExamAnswer {
    let asked = ExamAsk {
        files: files(),
        decks: Packed::default(),
        learned: Learned::default(),
        runs,
        at,
        utc_offset: UtcOffset::UTC,
        about,
    };
    let asked = encode(&AnalystAsk::Exam(Box::new(asked)));
    match decode(&Analyst::answer(&asked)).unwrap() {
        AnalystAnswer::Exam(answer) => *answer,
        other => panic!("an answer about exams is expected, not {other:?}"),
    }
}

fn noon(day: &str) -> Timestamp {
    Timestamp::parse_rfc3339(&format!("{day}T12:00:00Z")).unwrap()
}

#[test]
fn exams_are_offered_as_long_as_they_can_be_sat_and_a_partial_mock_says_so() {
    let offered = |day: &str| {
        let answer = about_exams(Vec::new(), noon(day), ExamTopic::Offers);
        let ExamAnswer::Offers(offers, lines) = answer else {
            panic!("offers are expected")
        };
        assert!(lines.is_empty());
        offers
    };
    let codes = |day: &str| -> Vec<String> {
        let offers = offered(day);
        offers.into_iter().map(|offer| offer.exam).collect()
    };
    assert_eq!(codes("2026-11-30"), ["DVA-C02", "DVA-C03", "SCS-C03"]);
    assert_eq!(codes("2026-12-01"), ["DVA-C03", "SCS-C03"]);
    let offers = offered("2026-11-30");
    assert!(
        offers[1]
            .about
            .contains(&"It can be sat from 2026-12-01 on.".to_owned())
    );
    let partial = offers[1].about.join(" ");
    assert!(
        partial.contains("This is a partial mock: the course has no questions on"),
        "{partial}"
    );
}

#[test]
fn a_paper_is_drawn_sat_and_scored_and_what_was_missed_is_kept_once() {
    let at = noon("2026-11-23");
    let topic = ExamTopic::Paper {
        exam: "SCS-C03".to_owned(),
        options: PracticeOptions {
            questions: Some(8),
            ..PracticeOptions::default()
        },
        seed: "0123456789abcdef".to_owned(),
    };
    let ExamAnswer::Paper(paper) = about_exams(Vec::new(), at, topic) else {
        panic!("a paper is expected")
    };
    assert_eq!((paper.items.len(), paper.minutes), (8, Some(21)));
    let mut run = Run::begin(paper, at);
    let (course, _) = Course::read(&files());
    for (item, asked) in run.paper.items.clone().iter().enumerate().take(7) {
        let wrong = match course.question(&asked.question).unwrap().1.kind {
            QuestionKind::Order { .. } | QuestionKind::Match { .. } => Response::Placed(vec![1, 0]),
            _ => Response::Chosen(Vec::new()),
        };
        let response = Some(wrong);
        run.push(at, EventKind::Answer { item, response });
    }
    let report =
        |run: &Run| match about_exams(vec![run.clone()], noon("2026-11-24"), ExamTopic::Report) {
            ExamAnswer::Report(report, stored) => (report, stored),
            other => panic!("a report is expected, not {other:?}"),
        };
    let (told, stored) = report(&run);
    assert!(told.lede.starts_with("0 of 8 right: 0 %."), "{}", told.lede);
    assert!(told.notes[0].contains("750 of 1000"), "{:?}", told.notes);
    assert!(told.notes[0].contains("AWS does not publish"));
    assert_eq!(told.domains.header.len(), told.domains.rows[0].len());
    assert_eq!(told.outcomes[7], Outcome::Unanswered);
    let wrong = told
        .outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Wrong)
        .count();
    assert_eq!(stored.log.len(), wrong);
    assert!(
        stored
            .log
            .iter()
            .all(|entry| entry.at == at + Duration::from_secs(21 * 60))
    );
    let [kept] = read_exams(&stored.shelves).try_into().unwrap();
    assert!(kept.at(at).is_entered);
    assert!(report(&kept).1.log.is_empty());
}

/// What a scenario comes to, and where its parts are written, is for authors and does not travel.
fn keep_at_home(file: &mut File) {
    if let FileKind::Scenario(scenario) = &mut file.kind {
        scenario.expected = None;
        scenario.id_span = Span::default();
        for exhibit in &mut scenario.exhibits {
            exhibit.span = Span::default();
        }
    }
}

#[test]
fn a_course_without_facts_exams_or_map_is_still_read() {
    let mut files = files();
    let whole = Course::read(&files).0.questions().count();
    for path in ["facts.toml", "exams.toml", "SUMMARY.md"] {
        files.remove(path);
    }
    let ReadAnswer::Course { course, findings } = course_of(files) else {
        panic!("the files are a course")
    };
    let course = block_on(course.open(async || {})).unwrap();
    assert_eq!(course.questions().count(), whole);
    assert!(!findings.is_empty(), "facts and exams are missed");
}
