//! The course that the reader hands to the page is the course as its authors wrote it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use cipherdeck::base::Span;
use cipherdeck::course::{Course, File, FileKind, Files};
use cipherdeck::door::{ReadAnswer, ReadAsk, Reader, decode, encode};

fn ask(ask: &ReadAsk) -> ReadAnswer {
    decode(&Reader::answer(&encode(ask))).unwrap()
}

fn course_of(files: Files) -> ReadAnswer {
    let decks = Vec::new();
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
fn the_course_that_comes_through_the_door_is_the_one_that_was_read() {
    let files = files();
    let (mut read, _) = Course::read(&files);
    let ReadAnswer::Course { course, findings } = course_of(files) else {
        panic!("the files are a course")
    };
    assert_eq!(findings, [""; 0]);
    for file in &mut read.files {
        keep_at_home(file);
    }
    // Printed, the two would fill a book.
    assert!(*course == read, "something was lost on the way");
    for (_, question) in read.questions() {
        assert_eq!(course.question(&question.id).unwrap().1, question);
    }
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
    assert_eq!(course.questions().count(), whole);
    assert!(!findings.is_empty(), "facts and exams are missed");
}
