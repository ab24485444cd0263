//! The course: the written form of sheets, sentence by sentence, and what is made of it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod any_text;
mod form;
mod own_decks;
mod reading;
mod refusals;

use cipherdeck::course::{FileKind, Files, QuestionKind, check_course, parse_file};

const SUMMARY: &str = "# Summary\n\n- [A lesson](lesson.md)\n  - [A sheet](sheets/a.md)\n";

const EXAMS: &str = r#"
[[exam]]
code = "SCS-C03"
title = "Security"
questions = 65
pass = 750
items = ["multiple choice"]
sources = ["https://example.com/guide"]
[[exam.domain]]
number = 4
name = "Identity"
weight = 100
"#;

const FACTS: &str = r#"
[[fact]]
id = "kms.requests"
says = "KMS takes {value} requests a second"
value = 100000
source = "https://example.com/kms"
"#;

const FRONT: &str =
    "---\nsheet: a\ntitle: A sheet\ndomains: [SCS-C03/4]\ntopic: policies\ntags: [iam]\n---\n";

const NOTE: &str = "\n> [!NOTE]\n> Because.\n> Source: <https://example.com/why>\n";

const OPTIONS: &str =
    "\n- [ ] Everything\n  > It never grants.\n- [x] Nothing\n  > Nothing grants.\n";

fn course(sheet: &str) -> Files {
    let files = [
        ("SUMMARY.md", SUMMARY),
        ("lesson.md", "# A lesson\n\nRead [this](sheets/a.md).\n"),
        ("sheets/a.md", sheet),
        ("exams.toml", EXAMS),
        ("facts.toml", FACTS),
    ];
    let bytes = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
    files.map(bytes).into_iter().collect()
}

/// `line:column code` of everything that is wrong with a course of this sheet.
fn places(files: &Files) -> Vec<String> {
    let findings = check_course(files);
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{} {}",
                finding.path, finding.place, finding.diagnostic.code
            )
        })
        .collect()
}

fn sheet_places(sheet: &str) -> Vec<String> {
    let places = places(&course(sheet));
    let within = |place: String| place.replace("sheets/a.md:", "");
    places.into_iter().map(within).collect()
}

/// A sheet of one question; its heading stands on line 9.
fn question(comment: &str, body: &str) -> String {
    format!("{FRONT}\n### What may they do? {comment}\n{body}")
}

#[track_caller]
fn refused(sheet: &str, expected: &[&str]) {
    assert_eq!(sheet_places(sheet), expected, "{sheet}");
}

#[track_caller]
fn kind(comment: &str, body: &str) -> QuestionKind {
    let sheet = question(comment, &format!("{body}{NOTE}"));
    assert_eq!(sheet_places(&sheet), [""; 0], "{sheet}");
    let (file, _) = parse_file("a.md", sheet.as_bytes());
    let FileKind::Sheet(sheet) = file.expect("a sheet is text").file.kind else {
        panic!("a sheet is expected")
    };
    sheet.questions[0].kind.clone()
}
