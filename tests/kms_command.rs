//! What `cipherdeck kms` promises to those who script it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cipherdeck"));
    command.arg("kms").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = command(arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A wrong usage ends before the input is read.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// The answers to lines that are given as JSON.
fn answers(lines: &[Value]) -> Vec<Value> {
    let input: Vec<String> = lines.iter().map(Value::to_string).collect();
    let output = run(&[], &input.join("\n"));
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A conversation in which a line may depend on earlier answers.
struct Conversation {
    child: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Conversation {
    fn begin() -> Self {
        let mut child = command(&[]).spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }

    fn ask(&mut self, line: &Value) -> Value {
        let stdin = self.child.stdin.as_mut().unwrap();
        writeln!(stdin, "{line}").unwrap();
        stdin.flush().unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }

    fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

fn create_key() -> Value {
    json!({"target": "TrentService.CreateKey", "body": {}})
}

#[test]
fn an_answer_comes_for_every_line_at_once_and_the_state_lives_as_long_as_the_process() {
    let mut kms = Conversation::begin();
    let created = kms.ask(&create_key());
    assert_eq!(created["status"], 200);
    let metadata = &created["body"]["KeyMetadata"];
    assert_eq!(metadata["AWSAccountId"], "111122223333");
    assert_eq!(metadata["KeyState"], "Enabled");
    let key = &metadata["KeyId"];
    let encrypted = kms.ask(
        &json!({"target": "TrentService.Encrypt", "body": {"KeyId": key, "Plaintext": "aGVsbG8="}}),
    );
    let blob = &encrypted["body"]["CiphertextBlob"];
    let decrypted =
        kms.ask(&json!({"target": "TrentService.Decrypt", "body": {"CiphertextBlob": blob}}));
    assert_eq!(decrypted["body"]["Plaintext"], "aGVsbG8=");
    assert_eq!(decrypted["body"]["KeyId"], metadata["Arn"]);
    kms.end();
}

#[test]
fn an_operation_without_output_answers_an_empty_object() {
    let mut kms = Conversation::begin();
    let key = kms.ask(&create_key())["body"]["KeyMetadata"]["KeyId"].clone();
    let disabled = kms.ask(&json!({"target": "TrentService.DisableKey", "body": {"KeyId": key}}));
    assert_eq!(disabled, json!({"status": 200, "body": {}}));
    kms.end();
}

#[test]
fn a_refusal_has_the_type_and_message_of_aws() {
    let lines = [
        json!({"target": "TrentService.DescribeKey", "body": {"KeyId": "nonsense"}}),
        json!({"target": "TrentService.Frobnicate", "body": {}}),
        json!({"target": "Frobnicate"}),
    ];
    let answers = answers(&lines);
    assert_eq!(
        answers[0],
        json!({"status": 400, "body": {"__type": "NotFoundException", "message": "Invalid keyId 'nonsense'"}})
    );
    for unknown in &answers[1..] {
        assert_eq!(unknown["status"], 400);
        assert_eq!(unknown["body"]["__type"], "UnknownOperationException");
        assert!(unknown["body"]["message"].is_string());
    }
}

#[test]
fn a_line_that_cannot_be_read_answers_an_error_and_the_process_goes_on() {
    let lines = [
        "{",
        "",
        "[]",
        r#"{"body":{}}"#,
        r#"{"target":"TrentService.ListKeys","caller":"alice"}"#,
        r#"{"target":"TrentService.ListKeys","caller":"arn:aws:s3:::bucket"}"#,
        r#"{"target":"TrentService.ListKeys","region":"the moon"}"#,
        r#"{"target":"TrentService.ListKeys","at":"yesterday"}"#,
        "{\"target\":\"\u{0}\"}",
        r#"{"target":"TrentService.ListKeys"}"#,
    ];
    let output = run(&[], &lines.join("\n"));
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len());
    let (last, errors) = answers.split_last().unwrap();
    for (error, line) in errors.iter().zip(lines) {
        assert!(error["error"].is_string(), "{line}: {error}");
    }
    assert_eq!(
        last,
        &json!({"status": 200, "body": {"Keys": [], "Truncated": false}})
    );
}

#[test]
fn a_line_that_is_no_utf_8_is_an_error_too() {
    let mut child = command(&[]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b"\xff\xfe\n{\"target\":\"TrentService.ListKeys\"}\n")
        .unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("{\"error\":"), "{text}");
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn the_clock_starts_at_the_first_time_given_moves_only_by_what_is_given_and_never_back() {
    let created_at = |at: Option<&str>| {
        let mut line = create_key();
        if let Some(at) = at {
            line["at"] = json!(at);
        }
        line
    };
    let lines = [
        created_at(Some("2025-06-01T00:00:00Z")),
        created_at(None),
        created_at(Some("2025-06-01T02:00:00+01:00")),
        created_at(Some("2020-01-01T00:00:00Z")),
    ];
    let dates: Vec<Value> = answers(&lines)
        .iter()
        .map(|answer| answer["body"]["KeyMetadata"]["CreationDate"].clone())
        .collect();
    assert_eq!(
        dates,
        [1_748_736_000, 1_748_736_000, 1_748_739_600, 1_748_739_600]
    );
    let without = answers(&[create_key()]);
    assert_eq!(
        without[0]["body"]["KeyMetadata"]["CreationDate"],
        1_767_225_600
    );
}

#[test]
fn what_is_due_happens_when_the_clock_passes_it() {
    let mut kms = Conversation::begin();
    let key = kms.ask(&create_key())["body"]["KeyMetadata"]["KeyId"].clone();
    let body = json!({"KeyId": key, "PendingWindowInDays": 7});
    let scheduled = kms.ask(&json!({"target": "TrentService.ScheduleKeyDeletion", "body": body}));
    assert_eq!(
        scheduled["body"]["DeletionDate"],
        1_767_225_600 + 7 * 86_400
    );
    let mut describe = |at: &str| {
        let body = json!({"KeyId": key});
        kms.ask(&json!({"target": "TrentService.DescribeKey", "at": at, "body": body}))
    };
    assert_eq!(
        describe("2026-01-07T23:59:59Z")["body"]["KeyMetadata"]["KeyState"],
        "PendingDeletion"
    );
    assert_eq!(
        describe("2026-01-08T00:00:00Z")["body"]["__type"],
        "NotFoundException"
    );
    kms.end();
}

#[test]
fn callers_have_the_rights_that_key_policies_give_them_and_the_administrator_those_of_the_account()
{
    let mut kms = Conversation::begin();
    let created = kms.ask(&create_key());
    let arn = created["body"]["KeyMetadata"]["Arn"].clone();
    let mut describe = |caller: &str| {
        let body = json!({"KeyId": arn});
        let line = json!({"target": "TrentService.DescribeKey", "caller": caller, "body": body});
        kms.ask(&line)["status"].clone()
    };
    // The default key policy delegates to the account, whose root user and administrators may.
    assert_eq!(describe("arn:aws:iam::111122223333:root"), 200);
    assert_eq!(
        describe("arn:aws:iam::111122223333:role/Administrator"),
        200
    );
    assert_eq!(
        describe("arn:aws:sts::111122223333:assumed-role/Administrator/me"),
        200
    );
    // Nobody knows alice: she has no identity policies. A stranger's account is not named in the policy.
    assert_eq!(describe("arn:aws:iam::111122223333:user/alice"), 400);
    assert_eq!(describe("arn:aws:iam::444455556666:root"), 400);

    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
         "Action": "kms:DescribeKey", "Resource": "*"},
    ]});
    let body = json!({"KeyId": arn, "Policy": policy.to_string()});
    let put = kms.ask(&json!({"target": "TrentService.PutKeyPolicy", "body": body}));
    assert_eq!(put["status"], 200, "{put}");
    let body = json!({"KeyId": arn});
    let alice = json!({"target": "TrentService.DescribeKey", "caller": "arn:aws:iam::111122223333:user/alice", "body": body});
    assert_eq!(kms.ask(&alice)["status"], 200);
    kms.end();
}

#[test]
fn a_key_lives_in_one_region() {
    let mut kms = Conversation::begin();
    let mut line = create_key();
    line["region"] = json!("eu-central-1");
    let created = kms.ask(&line);
    let metadata = &created["body"]["KeyMetadata"];
    assert!(
        metadata["Arn"]
            .as_str()
            .unwrap()
            .starts_with("arn:aws:kms:eu-central-1:")
    );
    let here = kms.ask(&json!({"target": "TrentService.ListKeys", "body": {}}));
    assert_eq!(here["body"]["Keys"], json!([]));
    kms.end();
}

#[test]
fn the_same_seed_and_lines_give_the_same_bytes_and_another_seed_others() {
    let input = format!(
        "{0}\n{0}\n",
        json!({"target": "TrentService.GenerateRandom", "body": {"NumberOfBytes": 32}})
    );
    let first = run(&["--seed", "1"], &input).stdout;
    assert_eq!(first, run(&["--seed", "1"], &input).stdout);
    assert_ne!(first, run(&["--seed", "2"], &input).stdout);
    let text = String::from_utf8(first).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_ne!(lines[0], lines[1]);
}

#[test]
fn quotas_are_off_unless_asked_for_and_then_count_by_the_second_of_the_clock() {
    let create = |at: &str| json!({"target": "TrentService.CreateKey", "at": at}).to_string();
    let now = create("2026-01-01T00:00:00Z");
    let later = create("2026-01-01T00:00:01Z");
    let input = [&[now.as_str(); 6][..], &[&later]].concat().join("\n");
    let statuses = |arguments: &[&str]| -> Vec<Value> {
        let text = String::from_utf8(run(arguments, &input).stdout).unwrap();
        let answers = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        answers
            .map(|answer| match &answer["body"]["__type"] {
                Value::Null => answer["status"].clone(),
                kind => kind.clone(),
            })
            .collect()
    };
    assert_eq!(statuses(&[]), [200; 7]);
    let throttled = statuses(&["--quotas"]);
    assert_eq!(throttled[..5], [200; 5]);
    assert_eq!(throttled[5], "ThrottlingException");
    assert_eq!(throttled[6], 200);
}

#[test]
fn a_wrong_usage_exits_with_two() {
    assert_eq!(run(&["--seed", "x"], "").status.code(), Some(2));
    assert_eq!(run(&["--nonsense"], "").status.code(), Some(2));
}
