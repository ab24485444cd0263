//! No kind of finding is without its tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

use super::cases;

/// Where findings are made.
const SOURCES: [&str; 5] = [
    "src/policy/validate.rs",
    "src/policy/validate",
    "src/policy/document/read.rs",
    "src/policy/json.rs",
    "src/policy/template.rs",
];

/// Codes that a table cannot hold: of bytes that are no text, of documents too long to write down, of what is never found
/// alone. They have tests of their own.
const ELSEWHERE: [&str; 5] = [
    "not-utf8",
    "over-default-quota",
    "pass-role-not-resource",
    "too-long",
    "variable-needs-version",
];

/// Literals in the form of a code that are none.
const NO_CODES: [&str; 10] = [
    "2008-10-17",
    "2012-10-17",
    "aws-global",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
];

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        return found.push(path.to_owned());
    }
    for entry in fs::read_dir(path).unwrap() {
        files(&entry.unwrap().path(), found);
    }
}

fn literals(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.insert(literal.to_string().trim_matches('"').to_owned());
            }
            _ => {}
        }
    }
}

fn is_code(text: &str) -> bool {
    text.contains('-')
        && text.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn written_codes() -> BTreeSet<String> {
    let (mut paths, mut found) = (Vec::new(), BTreeSet::new());
    for source in SOURCES {
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(source),
            &mut paths,
        );
    }
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        // What stands behind the tests' mark is not the program.
        let program = text.split("#[cfg(test)]").next().unwrap();
        literals(program.parse().unwrap(), &mut found);
    }
    found.retain(|text| is_code(text) && !NO_CODES.contains(&text.as_str()));
    found
}

#[test]
fn every_code_that_the_program_writes_is_in_a_table() {
    let tested: BTreeSet<&str> = cases()
        .iter()
        .map(|(code, ..)| *code)
        .chain(ELSEWHERE)
        .collect();
    let written = written_codes();
    let untested: Vec<&String> = written
        .iter()
        .filter(|code| !tested.contains(code.as_str()))
        .collect();
    assert!(untested.is_empty(), "without a test: {untested:?}");
    assert!(tested.len() >= 60, "only {} codes", tested.len());
}
