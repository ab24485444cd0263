//! What the course asks to be done can be done: every hands-on question names a task that a lab knows.

use std::collections::BTreeSet;
use std::fs;

use cipherdeck::course::{Course, Files, QuestionKind};
use cipherdeck::door::LabKind;
use cipherdeck::labs::{envelope, sse};

const GUIDE: &str = include_str!("../docs/AUTHORS.md");

fn course() -> Course {
    let sheets = fs::read_dir("content/sheets").expect("the course has sheets");
    let mut files: Files = sheets
        .map(|entry| {
            let path = entry.expect("it can be listed").path();
            let name = path.strip_prefix("content").expect("it is below");
            let bytes = fs::read(&path).expect("it can be read");
            (name.display().to_string(), bytes)
        })
        .collect();
    for name in ["SUMMARY.md", "exams.toml", "facts.toml"] {
        let bytes = fs::read(format!("content/{name}")).expect("the course has it");
        files.insert(name.to_owned(), bytes);
    }
    Course::read(&files).0
}

fn tasks() -> BTreeSet<&'static str> {
    let envelope = envelope::Task::ALL.map(envelope::Task::name);
    let sse = sse::Task::ALL.map(sse::Task::name);
    envelope.into_iter().chain(sse).collect()
}

#[test]
fn every_task_is_asked_once_and_nothing_else_is() {
    let course = course();
    let asked: Vec<&str> = course
        .questions()
        .filter_map(|(_, question)| match &question.kind {
            QuestionKind::Lab { lab } => Some(lab.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(asked.len(), tasks().len(), "{asked:?}");
    assert_eq!(asked.into_iter().collect::<BTreeSet<_>>(), tasks());
}

#[test]
fn every_task_leads_to_its_lab_and_another_name_to_none() {
    for task in tasks() {
        let lab = LabKind::of_task(task).expect("a lab knows it");
        assert!(task.starts_with(lab.name()), "{task} is done in {lab:?}");
    }
    assert_eq!(LabKind::of_task("sse-bucket-keys"), None);
}

#[test]
fn authors_are_told_of_every_task() {
    for task in tasks() {
        assert!(GUIDE.contains(&format!("\n| `{task}` |")), "{task}");
    }
}
