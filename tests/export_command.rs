//! `cipherdeck export`, `cipherdeck schema`: what they write and how they end.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cipherdeck"));
    let project = env!("CARGO_MANIFEST_DIR");
    command
        .args(arguments)
        .current_dir(project)
        .output()
        .unwrap()
}

fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn a_name_that_ends_with_txt_makes_text_and_any_other_a_package() {
    let (text, package) = (scratch("course.txt"), scratch("course.apkg"));
    for file in [&text, &package] {
        let output = run(&["export", "--anki", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    assert!(
        fs::read_to_string(text)
            .unwrap()
            .starts_with("#separator:tab\n")
    );
    assert!(fs::read(package).unwrap().starts_with(b"PK\x03\x04"));
}

#[test]
fn a_learners_own_decks_go_with_their_progress() {
    let file = scratch("own.txt");
    let progress = "tests/golden/store/export-2.jsonl";
    let output = run(&[
        "export",
        "--anki",
        file.to_str().unwrap(),
        "--progress",
        progress,
    ]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = fs::read_to_string(file).unwrap();
    assert!(
        text.contains("\"cipherdeck:mine-dek\"\t\"Cipherdeck\"\t\"Cipherdeck::Own decks::Mine\"")
    );
}

#[test]
fn damaged_progress_is_refused_with_its_place_and_nothing_is_written() {
    let (damaged, file) = (scratch("damaged.jsonl"), scratch("never.apkg"));
    let golden = fs::read_to_string("tests/golden/store/export-2.jsonl").unwrap();
    fs::write(&damaged, golden.replacen("\"at\":5", "\"at\":x", 1)).unwrap();
    let damaged = damaged.to_str().unwrap();
    let output = run(&[
        "export",
        "--anki",
        file.to_str().unwrap(),
        "--progress",
        damaged,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with(&format!("{damaged}:2:")), "{told}");
    assert!(!file.exists());
}

#[test]
fn wrong_usage_ends_with_2() {
    assert_eq!(run(&["export"]).status.code(), Some(2));
    assert_eq!(
        run(&["export", "nowhere", "--anki", "x.apkg"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn the_schema_is_the_one_that_is_checked_in() {
    let output = run(&["schema"]);
    assert_eq!(
        output.stdout,
        fs::read("docs/front-matter.schema.json").unwrap()
    );
}
