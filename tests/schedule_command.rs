//! `cipherdeck schedule` against py-fsrs 6.3.2.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn schedule(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cipherdeck"))
        .arg("schedule")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command was built");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin
        .write_all(input.as_bytes())
        .expect("the command reads all");
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("the output is text");
    let read = |line| serde_json::from_str(line).expect("each line is JSON");
    text.lines().map(read).collect()
}

fn number(value: &Value, field: &str) -> f64 {
    value[field].as_f64().expect("it is a number")
}

#[track_caller]
fn assert_near(actual: &Value, expected: &Value) {
    for field in ["card", "state", "step", "due"] {
        assert_eq!(
            actual[field], expected[field],
            "{field} of {actual}, expected {expected}"
        );
    }
    let (stability, difficulty) = (
        number(expected, "stability"),
        number(expected, "difficulty"),
    );
    assert!(
        (number(actual, "stability") / stability - 1.0).abs() < 1e-5,
        "{actual}, expected {expected}"
    );
    assert!(
        (number(actual, "difficulty") - difficulty).abs() < 1e-5,
        "{actual}, expected {expected}"
    );
}

/// Twelve random histories with gaps that do not straddle a roll-over, as py-fsrs 6.3.2 schedules them without fuzz.
#[test]
fn random_histories_agree_with_py_fsrs() {
    let golden = include_str!("golden/py-fsrs-6.3.2.jsonl");
    let cases: Vec<Value> = golden
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let input: String = cases
        .iter()
        .map(|case| format!("{}\n", case["review"]))
        .collect();
    let output = schedule(&["--no-fuzz"], &input);
    assert!(output.status.success());
    let answers = lines(&output);
    assert_eq!(answers.len(), cases.len());
    for (answer, case) in answers.iter().zip(&cases) {
        assert_near(answer, &case["expected"]);
    }
}

/// Each review when due: 3,3,3,1,3,3,4,2,3,3 (py-fsrs 6.3.2).
#[test]
fn a_card_reviewed_whenever_it_is_due_grows_as_in_py_fsrs() {
    let ratings = [3, 3, 3, 1, 3, 3, 4, 2, 3, 3];
    let stabilities = [
        2.3065,
        2.3065,
        10.971_048_26,
        1.539_012_53,
        1.571_841_59,
        4.934_768_72,
        18.936_343_63,
        36.002_696_65,
        71.851_273_62,
        135.948_966_24,
    ];
    let mut input = String::new();
    let mut at = "2026-01-01T00:00:00Z".to_owned();
    let mut answers = Vec::new();
    for rating in ratings {
        input.push_str(&format!(
            "{{\"card\":\"a\",\"rating\":{rating},\"at\":\"{at}\"}}\n"
        ));
        answers = lines(&schedule(&["--no-fuzz"], &input));
        at = answers.last().unwrap()["due"].as_str().unwrap().to_owned();
    }
    for (answer, stability) in answers.iter().zip(stabilities) {
        assert!(
            (number(answer, "stability") / stability - 1.0).abs() < 1e-5,
            "{answer}"
        );
    }
    assert_eq!(at, "2026-10-11T00:20:00Z");
}

#[test]
fn the_learners_day_decides_how_many_days_passed() {
    let around_four = "{\"card\":1,\"rating\":4,\"at\":\"2026-01-01T12:00:00Z\"}\n\
                       {\"card\":1,\"rating\":3,\"at\":\"2026-01-10T03:00:00Z\"}\n\
                       {\"card\":1,\"rating\":3,\"at\":\"2026-01-10T05:00:00Z\"}\n";
    let growth = |arguments: &[&str]| {
        let output = schedule(arguments, around_four);
        let answers = lines(&output);
        number(&answers[2], "stability") / number(&answers[1], "stability")
    };
    let next_day = growth(&["--no-fuzz"]);
    let same_day = growth(&["--no-fuzz", "--rollover-hour", "6"]);
    assert!(
        next_day > same_day,
        "a day later a recall says more: {next_day}, {same_day}"
    );
    let in_tokyo = growth(&["--no-fuzz", "--timezone", "Asia/Tokyo"]);
    assert!(
        in_tokyo < next_day,
        "12:00 and 14:00 in Tokyo are one day: {in_tokyo}"
    );
}

#[test]
fn a_higher_retention_asks_sooner() {
    let input = "{\"card\":\"a\",\"rating\":4,\"at\":\"2026-01-01T12:00:00Z\"}\n";
    let due = |retention: &str| {
        let output = schedule(&["--no-fuzz", "--retention", retention], input);
        lines(&output)[0]["due"].as_str().unwrap().to_owned()
    };
    assert_eq!(due("0.9"), "2026-01-09T12:00:00Z");
    assert!(due("0.95") < due("0.9") && due("0.9") < due("0.8"));
}

#[test]
fn fuzz_gives_the_same_days_in_every_run() {
    let input: String = (0..50)
        .map(|card| {
            format!("{{\"card\":\"c{card}\",\"rating\":4,\"at\":\"2026-01-01T12:00:00Z\"}}\n")
        })
        .collect();
    let first = schedule(&[], &input).stdout;
    assert_eq!(first, schedule(&[], &input).stdout);
    assert_ne!(first, schedule(&["--no-fuzz"], &input).stdout);
}

#[test]
fn a_line_that_cannot_be_read_is_answered_in_its_place() {
    let input = "nonsense\n{\"card\":\"a\",\"rating\":5,\"at\":\"2026-01-01T00:00:00Z\"}\n\
                 {\"card\":\"a\",\"rating\":3,\"at\":\"today\"}\n{\"card\":\"a\",\"rating\":3,\"at\":\"2026-01-01T00:00:00Z\"}\n";
    let output = schedule(&[], input);
    let answers = lines(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        answers[..3]
            .iter()
            .all(|answer| answer["error"].is_string())
    );
    assert_eq!(answers[3]["state"], "Learning");
    assert_eq!(answers[3]["step"], 1);
}

#[test]
fn wrong_usage_is_told_apart() {
    for arguments in [
        ["--retention", "1"],
        ["--retention", "nan"],
        ["--timezone", "Mars/Base"],
        ["--rollover-hour", "24"],
    ] {
        let output = schedule(&arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
}
