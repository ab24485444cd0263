//! A learner's own decks stand beside the course, obey its form, and never take anything from it.

use cipherdeck::course::{Course, Deck, FileKind, Files, Finding, QuestionId, deck_of};
use cipherdeck::door::{Packed, ReadAnswer, ReadAsk, Reader, decode, encode};
use futures::executor::block_on;

const SHEET: &str = "---
sheet: a
title: A sheet
domains: [SCS-C03/4]
topic: policies
---

### What may they do? <!-- q: known -->

> Nothing.

> [!NOTE]
> Because.
> Source: <https://example.com/why>

<!-- retired: gone the service is gone -->
";

fn files(files: &[(&str, &str)]) -> Files {
    let bytes = |&(path, text): &(&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
    files.iter().map(bytes).collect()
}

fn course() -> Files {
    files(&[
        ("SUMMARY.md", "- [A](sheets/a.md)\n"),
        ("sheets/a.md", SHEET),
        ("exams.toml", include_str!("../../content/exams.toml")),
    ])
}

fn deck(brought: &[(&str, &str)]) -> Deck {
    let (deck, findings) = Deck::new("My notes", &files(brought), &course(), &[]);
    assert_eq!(findings, []);
    deck
}

fn read(decks: &[Deck]) -> (Course, Vec<String>) {
    let (course, findings) = Course::with_decks(&course(), decks);
    (course, told(&findings))
}

fn told(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| format!("{finding} ({})", finding.diagnostic.code);
    findings.iter().map(line).collect()
}

fn errors(told: &[String]) -> Vec<&str> {
    let is_error = |line: &&str| line.contains("error");
    told.iter().map(String::as_str).filter(is_error).collect()
}

fn id(text: &str) -> QuestionId {
    text.parse().unwrap()
}

#[test]
fn a_file_with_a_name_and_questions_is_a_deck() {
    let text =
        "---\nsheet: mine\ntitle: Mine\n---\n\n### What is a DEK?\n\n> A data encryption key.\n";
    let deck = deck(&[("folder/mine.md", text)]);
    assert_eq!(deck.id.as_str(), "my-notes");
    let (course, findings) = read(std::slice::from_ref(&deck));
    let warning = "own/my-notes/folder/mine.md:6:1: warning: the question has no explanation (missing-explanation)";
    assert_eq!(findings, [warning]);
    let (sheet, question) = course.question(&id("what-is-a-dek")).unwrap();
    assert_eq!(
        (sheet.id.as_str(), sheet.about.topic.as_str()),
        ("mine", "mine")
    );
    assert_eq!(question.id.as_str(), "what-is-a-dek");
    let own: Vec<_> = course
        .files
        .iter()
        .filter_map(|file| deck_of(&file.path))
        .collect();
    assert_eq!(own, [deck.id]);
    assert_eq!(
        course.questions().count(),
        2,
        "the course's question is there, too"
    );
}

#[test]
fn a_deck_that_is_brought_again_takes_its_own_place() {
    let text = "---\nsheet: mine\ntitle: Mine\n---\n\n### Why?\n\n> So.\n";
    let first = deck(&[("mine.md", text)]);
    let brought = files(&[("mine.md", text)]);
    let (again, _) = Deck::new(
        "My notes",
        &brought,
        &course(),
        std::slice::from_ref(&first),
    );
    assert_eq!(again, first, "its questions keep their ids");
    let (other, _) = Deck::new("Others", &brought, &course(), &[first]);
    assert!(
        other.files["mine.md"].contains("<!-- q: why-2 -->"),
        "{other:?}"
    );
}

#[test]
fn what_the_course_has_stays_the_courses() {
    let text = "---
sheet: a
title: Mine
---

### Mine? <!-- q: known -->

> Not yours.

### Old? <!-- q: own-1 was=known -->

> Not yours.

### Dead? <!-- q: gone -->

> Not yours.

<!-- retired: known it was bad -->
";
    let (course, findings) = read(&[deck(&[("a.md", text)])]);
    assert_eq!(
        errors(&findings),
        [
            "own/my-notes/a.md:2:8: error: two sheets are called `a` (duplicate-sheet)",
            "own/my-notes/a.md:18:15: error: the id `known` is in use (duplicate-id)",
            "own/my-notes/a.md:6:19: error: the id `known` is used twice (duplicate-id)",
            "own/my-notes/a.md:10:28: error: the old id `known` is in use (duplicate-id)",
            "own/my-notes/a.md:14:19: error: the id `gone` is retired (retired-id)",
        ]
    );
    let (sheet, _) = course.question(&id("known")).unwrap();
    assert_eq!(sheet.about.title, "A sheet");
    assert!(course.renamed().is_empty());
    assert!(course.question(&id("own-1")).is_some());
    assert!(course.question(&id("gone")).is_none());
}

#[test]
fn a_deck_obeys_the_checks_of_the_course() {
    let text = "---
sheet: mine
title: Mine
domains: [SCS-C09/1]
colour: red
---

### Which? <!-- q: mine-1 -->

- [ ] One
- [ ] Two

### [Where](nowhere.md)? <!-- q: mine-2 -->

> [Here](../../sheets/a.md#known), <b>there</b>.
";
    let (course, findings) = read(&[deck(&[("a.md", text)])]);
    assert_eq!(
        errors(&findings),
        [
            "own/my-notes/a.md:5:1: error: the key `colour` is not known (unknown-key)",
            "own/my-notes/a.md:10:1: error: no option is ticked (no-tick)",
            "own/my-notes/a.md:15:36: error: HTML is not part of the form (html)",
            "own/my-notes/a.md:15:44: error: HTML is not part of the form (html)",
            "own/my-notes/a.md:13:5: error: there is no file `own/my-notes/nowhere.md` (dead-link)",
            "own/my-notes/a.md:4:11: error: the exam `SCS-C09` is not known (unknown-exam)",
        ]
    );
    assert!(course.question(&id("mine-1")).is_none(), "it has errors");
}

#[test]
fn a_deck_never_takes_the_place_of_a_file_of_the_course() {
    let mut files = course();
    files.insert("own/my-notes/a.md".to_owned(), b"# The course's\n".to_vec());
    let (course, findings) = Course::with_decks(&files, &[deck(&[("a.md", "# Mine\n")])]);
    assert_eq!(
        told(&findings),
        ["own/my-notes/a.md:1:1: error: the course has a file of this name (path-taken)"]
    );
    let FileKind::Lesson(lesson) = &course.file("own/my-notes/a.md").unwrap().kind else {
        panic!("a lesson is expected")
    };
    assert_eq!(lesson.title.as_deref(), Some("The course's"));
}

#[test]
fn what_is_no_markdown_makes_no_deck() {
    let brought = [
        ("a.md", "# A\n".as_bytes()),
        ("../b.md", b"# B\n"),
        ("c.png", b"\x89PNG"),
        ("d.md", b"# D\n\nab\xff"),
    ];
    let brought = brought.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let (deck, findings) = Deck::new("?", &brought.into(), &course(), &[]);
    assert_eq!(
        told(&findings),
        [
            "../b.md:1:1: error: the path leads out of the deck (no-path)",
            "c.png:1:1: error: only markdown files, whose names end with `.md`, make a deck (no-markdown)",
            "d.md:3:3: error: the file is not valid UTF-8 from here on (invalid-utf-8)",
        ]
    );
    assert_eq!(deck.id.as_str(), "deck");
    assert_eq!(deck.files.len(), 1);
    let (course, _) = read(&[deck]);
    assert!(matches!(
        course.file("own/deck/a.md").unwrap().kind,
        FileKind::Lesson(_)
    ));
}

#[test]
fn the_reader_answers_with_the_deck_and_what_is_wrong_with_it() {
    let text = "---\nsheet: mine\ntitle: Mine\n---\n\n### Why?\n\n> So.\n\n### And? <!-- q: known -->\n\n> So.\n";
    let ask = ReadAsk::Deck {
        title: "My notes".to_owned(),
        brought: files(&[("mine.md", text)]),
        files: course(),
        decks: Packed::default(),
    };
    let ReadAnswer::Deck {
        deck,
        questions,
        findings,
    } = decode(&Reader::default().answer(&encode(&ask))).unwrap()
    else {
        panic!("a deck is expected")
    };
    assert_eq!(questions, 1);
    assert_eq!(findings.len(), 3, "{findings:#?}");
    let ask = ReadAsk::Course {
        files: course(),
        decks: Packed::new(&vec![deck.open().unwrap()]),
    };
    let ReadAnswer::Course { course, findings } =
        decode(&Reader::default().answer(&encode(&ask))).unwrap()
    else {
        panic!("a course is expected")
    };
    let course = block_on(course.open(async || {})).unwrap();
    assert!(course.question(&id("why")).is_some());
    assert_eq!(
        findings.len(),
        1,
        "warnings were told when it came: {findings:#?}"
    );
}
