//! What authors are told is true: every example of their guide is a question without a finding, and the schema is current.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::mem::{Discriminant, discriminant};

use cipherdeck::course::{Course, Files, QuestionKind, check_course, front_matter_schema};

const GUIDE: &str = include_str!("../docs/AUTHORS.md");
const SCHEMA: &str = include_str!("../docs/front-matter.schema.json");

/// All examples of the guide as one sheet.
fn examples() -> Files {
    let blocks = GUIDE.split("```markdown\n").skip(1);
    let examples = blocks.map(|block| block.split("```").next().unwrap());
    let sheet: String = examples.collect::<Vec<_>>().join("\n");
    [
        ("SUMMARY.md", "- [Examples](sheets/examples.md)\n"),
        ("sheets/examples.md", &sheet),
        ("exams.toml", include_str!("../content/exams.toml")),
        ("facts.toml", include_str!("../content/facts.toml")),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into()
}

#[test]
fn every_example_of_the_guide_is_without_a_finding() {
    let findings: Vec<String> = check_course(&examples())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(findings, [""; 0]);
}

#[test]
fn the_guide_shows_every_kind_of_question() {
    let (course, _) = Course::read(&examples());
    let kinds: Vec<Discriminant<QuestionKind>> = course
        .questions()
        .map(|(_, question)| discriminant(&question.kind))
        .collect();
    let mut different: Vec<_> = Vec::new();
    for kind in kinds {
        if !different.contains(&kind) {
            different.push(kind);
        }
    }
    assert_eq!(different.len(), 8);
    let exact =
        |question: &QuestionKind| matches!(question, QuestionKind::Typed(answer) if answer.exact);
    assert!(
        course
            .questions()
            .any(|(_, question)| exact(&question.kind))
    );
}

#[test]
fn the_schema_is_current() {
    let hint =
        "write it anew: cargo run --bin cipherdeck -- schema > docs/front-matter.schema.json";
    assert!(front_matter_schema() == SCHEMA, "{hint}");
}

/// The schema and the parser say the same of every key: a value of another shape is a finding.
#[test]
fn a_value_that_the_schema_refuses_is_refused_by_the_check() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let mut tried = BTreeSet::new();
    for form in schema["oneOf"].as_array().unwrap() {
        for (key, value) in form["properties"].as_object().unwrap() {
            let is_list = value["type"] == "array";
            let wrong = if is_list { "one" } else { "[one]" };
            let codes = codes(form, key, wrong);
            // A lesson has a title of its own and is asked for nothing else.
            let is_read = form["required"]
                .as_array()
                .is_some_and(|keys| !keys.is_empty())
                || key == "title";
            assert_eq!(
                !codes.is_empty(),
                is_read,
                "{key}: {wrong} in {}",
                form["title"]
            );
            tried.insert(key.as_str());
        }
    }
    assert!(
        tried.contains("sheet") && tried.contains("scenario"),
        "{tried:?}"
    );
}

/// What is wrong with the front matter of this form where one key has this value.
fn codes(form: &serde_json::Value, key: &str, value: &str) -> Vec<String> {
    let mut front = String::from("---\n");
    for (name, shape) in form["properties"].as_object().unwrap() {
        let good = match (&shape["type"], shape["enum"].get(0)) {
            (_, Some(word)) => word.as_str().unwrap(),
            (kind, None) if kind == "array" && name == "domains" => "[SCS-C03/4]",
            (kind, None) if kind == "array" => "[]",
            _ => "a-name",
        };
        let value = if name == key { value } else { good };
        front.push_str(&format!("{name}: {value}\n"));
    }
    front.push_str("---\n\n# a-name\n");
    let (_, findings) = cipherdeck::course::parse_file("scenarios/a-name.md", front.as_bytes());
    let about_front = |code: &&String| {
        ["wrong-value", "invalid-id", "unknown-key", "missing-key"].contains(&code.as_str())
    };
    let codes = findings.iter().map(|finding| &finding.diagnostic.code);
    codes.filter(about_front).cloned().collect()
}
