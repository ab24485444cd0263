//! `cipherdeck policy`, sentence by sentence of its contract.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::question::{ALICE, HOME, KEY, OBJECT, ROLE, ROOT, SESSION};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cipherdeck"))
        .arg("policy")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments never reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn evaluate(lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = run(&["evaluate"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    answers(&output)
}

/// A line about `principal`, with more members.
fn line(principal: Value, action: &str, resource: &str, more: Value) -> Value {
    let mut line = json!({
        "id": "q",
        "request": {"principal": principal, "action": action, "resource": {"resource": resource, "accountId": HOME}, "context": {}}
    });
    for (name, value) in more.as_object().unwrap() {
        line[name] = value.clone();
    }
    line
}

fn allow() -> Value {
    json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
}

fn open_to(principal: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}})
}

fn decisions(lines: &[Value]) -> Vec<String> {
    evaluate(lines)
        .iter()
        .map(|answer| answer["decision"].as_str().unwrap_or("error").to_owned())
        .collect()
}

#[test]
fn a_line_in_is_a_line_out_in_order_and_exit_0_whatever_the_decision() {
    let lines = [
        json!({"id": 1, "request": {"principal": ALICE, "action": "s3:GetObject",
            "resource": {"resource": OBJECT, "accountId": HOME}, "context": {}}, "identityPolicies": [allow()]}),
        json!({"id": {"any": "thing"}, "request": {"principal": ALICE, "action": "s3:GetObject",
            "resource": {"resource": OBJECT, "accountId": HOME}, "context": {}}}),
    ];
    let layers = |identity: &str| {
        json!({
            "identity": identity, "resource": "NotApplicable", "boundary": "NotApplicable", "session": "NotApplicable",
            "scp": "NotApplicable", "rcp": "NotApplicable", "endpoint": "NotApplicable", "grant": "NotApplicable"
        })
    };
    assert_eq!(
        evaluate(&lines),
        [
            json!({"id": 1, "decision": "Allowed", "decidedBy": "identity", "layers": layers("Allowed")}),
            json!({"id": {"any": "thing"}, "decision": "ImplicitlyDenied", "decidedBy": "default", "layers": layers("ImplicitlyDenied")}),
        ]
    );
}

#[test]
fn a_line_that_cannot_be_read_says_where_and_the_next_is_answered() {
    let good = line(
        json!(ALICE),
        "s3:GetObject",
        OBJECT,
        json!({"identityPolicies": [allow()]}),
    );
    let input = format!(
        "{{\"id\": 1, \"request\": nonsense}}\n\n{}\n{}\n{}\n{good}",
        json!({"id": 3}),
        line(json!("alice"), "s3:GetObject", OBJECT, json!({})),
        line(
            json!(ALICE),
            "s3:GetObject",
            OBJECT,
            json!({"identityPolicies": [7]})
        ),
    );
    let output = run(&["evaluate", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let answers = answers(&output);
    assert_eq!(answers.len(), 6);
    let error = |index: usize| answers[index]["error"].as_str().unwrap().to_owned();
    assert!(error(0).starts_with("line 1, column 2"), "{}", error(0));
    assert!(error(1).starts_with("line 2"));
    assert_eq!(
        answers[2],
        json!({"id": 3, "error": "line 3: the line has no `request`"})
    );
    assert!(error(3).contains("a principal is an ARN"));
    assert_eq!(answers[3]["id"], "q");
    assert!(error(4).contains("a policy is an object, this is a number"));
    assert_eq!(answers[5]["decision"], "Allowed");
}

#[test]
fn bytes_that_are_no_text_are_one_broken_line() {
    let output = run(&["evaluate"], b"\xff\xfe\n{}\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        answers(&output)[0]["error"],
        "line 1, column 1: the line is not UTF-8"
    );
    assert_eq!(answers(&output).len(), 2);
    assert!(answers(&run(&["evaluate"], b"")).is_empty());
}

#[test]
fn a_layer_under_a_wrong_name_is_refused_and_other_members_are_not() {
    let misspelt = line(
        json!(ALICE),
        "s3:GetObject",
        OBJECT,
        json!({"serviceControlPolicy": []}),
    );
    let more = line(
        json!(ALICE),
        "s3:GetObject",
        OBJECT,
        json!({"identityPolicies": [allow()], "expected": "Allowed"}),
    );
    assert_eq!(decisions(&[misspelt, more]), ["error", "Allowed"]);
}

#[test]
fn the_caller_is_told_by_its_arn_its_service_or_its_type() {
    let object = |principal: Value, more: Value| line(principal, "s3:GetObject", OBJECT, more);
    let federated = json!({"type": "Federated", "provider": "accounts.google.com"});
    let web = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": "sts:AssumeRoleWithWebIdentity"
    }});
    let lines = [
        object(json!(SESSION), json!({"identityPolicies": [allow()]})),
        object(
            json!("arn:aws:sts::111122223333:federated-user/bob"),
            json!({"identityPolicies": [allow()]}),
        ),
        object(json!(ROOT), json!({})),
        object(
            json!("lambda.amazonaws.com"),
            json!({"resourcePolicy": open_to(json!({"Service": "lambda.amazonaws.com"}))}),
        ),
        object(
            json!({"type": "Anonymous"}),
            json!({"resourcePolicy": open_to(json!("*"))}),
        ),
        line(
            federated,
            "sts:AssumeRoleWithWebIdentity",
            ROLE,
            json!({"resourcePolicy": web}),
        ),
        object(
            json!("arn:aws:iam::444455556666:user/eve"),
            json!({"identityPolicies": [allow()]}),
        ),
        object(
            json!("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s"),
            json!({"identityPolicies": [allow()], "serviceControlPolicies": [{"orgIdentifier": "r", "policies": []}]}),
        ),
    ];
    let expected = [
        "Allowed",
        "Allowed",
        "Allowed",
        "Allowed",
        "Allowed",
        "Allowed",
        "ImplicitlyDenied",
        "Allowed",
    ];
    assert_eq!(decisions(&lines), expected);
}

#[test]
fn a_context_value_in_brackets_makes_its_key_multi_valued() {
    let asked = |operator: &str, held: Value| {
        let policy = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:TagKeys": "team"}}
        }});
        let mut line = line(
            json!(ALICE),
            "s3:GetObject",
            OBJECT,
            json!({"identityPolicies": [policy]}),
        );
        line["request"]["context"] = json!({"aws:TagKeys": held});
        line
    };
    let lines = [
        asked("StringEquals", json!("team")),
        asked("StringEquals", json!(["team"])),
        asked("ForAnyValue:StringEquals", json!(["team"])),
    ];
    assert_eq!(
        decisions(&lines),
        ["Allowed", "ImplicitlyDenied", "Allowed"]
    );
}

#[test]
fn empty_layers_limit_nothing_but_an_empty_scp_level_denies_all() {
    let with = |more: Value| {
        let mut line = line(json!(ALICE), "s3:GetObject", OBJECT, more);
        line["identityPolicies"] = json!([allow()]);
        line
    };
    let level = |policies: Value| json!([{"orgIdentifier": "r-root", "policies": policies}]);
    let lines = [
        with(
            json!({"permissionBoundaries": [], "endpointPolicies": [], "serviceControlPolicies": [], "resourceControlPolicies": []}),
        ),
        with(json!({"sessionPolicy": null, "resourcePolicy": null})),
        with(json!({"serviceControlPolicies": level(json!([]))})),
        with(json!({"serviceControlPolicies": level(json!([allow()]))})),
        with(json!({"resourceControlPolicies": level(json!([]))})),
        with(json!({"managementAccount": HOME, "serviceControlPolicies": level(json!([]))})),
    ];
    let expected = [
        "Allowed",
        "Allowed",
        "ImplicitlyDenied",
        "Allowed",
        "Allowed",
        "Allowed",
    ];
    assert_eq!(decisions(&lines), expected);
    assert_eq!(evaluate(&lines[2..3])[0]["decidedBy"], "scp");
}

#[test]
fn every_layer_may_be_given_and_named_as_the_one_that_decides() {
    let put = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}});
    let deny_all = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"
    }});
    let with = |more: Value| {
        let mut line = line(json!(SESSION), "s3:GetObject", OBJECT, more);
        line["identityPolicies"] = json!([allow()]);
        line
    };
    let lines = [
        with(json!({"permissionBoundaries": [put]})),
        with(json!({"sessionPolicy": put})),
        with(json!({"endpointPolicies": [put]})),
        with(json!({"resourcePolicy": deny_all})),
        with(json!({"resourceControlPolicies": [{"orgIdentifier": "r", "policies": [deny_all]}]})),
    ];
    let by: Vec<Value> = evaluate(&lines)
        .iter()
        .map(|answer| answer["decidedBy"].clone())
        .collect();
    assert_eq!(by, ["boundary", "session", "endpoint", "resource", "rcp"]);
}

#[test]
fn keys_roles_and_aliases_have_rules_of_their_own() {
    let more = || json!({"identityPolicies": [allow()]});
    let mut granted = line(json!(SESSION), "kms:Decrypt", KEY, json!({}));
    granted["grants"] = json!([{"GranteePrincipal": ROLE, "Operations": ["Decrypt"]}]);
    let mut open = line(json!(ALICE), "kms:Decrypt", KEY, more());
    open["resourcePolicy"] = open_to(json!({"AWS": ROOT}));
    let mut managed = line(
        json!("arn:aws:iam::444455556666:user/eve"),
        "kms:Decrypt",
        KEY,
        more(),
    );
    managed["resourcePolicy"] = open_to(json!("*"));
    let mut own = managed.clone();
    managed["keyManager"] = json!("AWS");
    own["keyManager"] = json!("CUSTOMER");
    let lines = [
        line(json!(ALICE), "kms:Decrypt", KEY, more()),
        open,
        line(json!(ALICE), "sts:AssumeRole", ROLE, more()),
        line(
            json!(ALICE),
            "kms:DeleteAlias",
            "arn:aws:kms:us-east-1:111122223333:alias/a",
            more(),
        ),
        granted,
        managed,
        own,
    ];
    let expected = [
        "ImplicitlyDenied",
        "Allowed",
        "ImplicitlyDenied",
        "Allowed",
        "Allowed",
        "ImplicitlyDenied",
        "Allowed",
    ];
    assert_eq!(decisions(&lines), expected);
}

#[test]
fn a_young_grant_works_with_its_token_in_the_request() {
    let mut asked = line(json!(SESSION), "kms:Decrypt", KEY, json!({}));
    asked["grants"] = json!([{
        "GranteePrincipal": ROLE, "Operations": ["Decrypt"], "state": "pending", "GrantToken": "AQpAM2Rh"
    }]);
    let mut passing = asked.clone();
    passing["request"]["grantTokens"] = json!(["AQpAM2Rh"]);
    assert_eq!(
        decisions(&[asked, passing]),
        ["ImplicitlyDenied", "Allowed"]
    );
}

#[test]
fn several_resources_must_all_be_allowed() {
    let one = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": OBJECT}});
    let asked = |policy: Value| {
        let mut line = line(
            json!(ALICE),
            "s3:GetObject",
            OBJECT,
            json!({"identityPolicies": [policy]}),
        );
        line["request"]["resource"] = json!([
            {"resource": OBJECT, "accountId": HOME}, {"resource": "arn:aws:s3:::notes/b", "accountId": HOME}
        ]);
        line
    };
    assert_eq!(
        decisions(&[asked(one), asked(allow())]),
        ["ImplicitlyDenied", "Allowed"]
    );
}

#[test]
fn the_trace_is_written_only_when_asked_for() {
    let asked = line(
        json!(ALICE),
        "s3:GetObject",
        OBJECT,
        json!({"identityPolicies": [allow()]}),
    );
    let output = run(&["evaluate", "--trace"], format!("{asked}\n").as_bytes());
    let answer = &answers(&output)[0];
    assert!(
        answer["trace"]["headline"]
            .as_str()
            .unwrap()
            .starts_with("User: ")
    );
    let layers = answer["trace"]["resources"][0]["layers"]
        .as_array()
        .unwrap();
    assert_eq!(layers.len(), 8);
    let identity = layers
        .iter()
        .find(|layer| layer["layer"] == "identity")
        .unwrap();
    assert_eq!(
        identity["policies"][0]["statements"][0]["clauses"][0]["why"],
        "the action is listed"
    );
    assert_eq!(evaluate(&[asked])[0].get("trace"), None);
}

fn validate(kind: &str, text: &str) -> (Vec<Value>, Option<i32>) {
    let output = run(&["validate", "--type", kind], text.as_bytes());
    (answers(&output), output.status.code())
}

#[test]
fn validate_prints_a_line_a_finding_and_exits_1_only_for_errors() {
    let (findings, exit) = validate(
        "identity",
        "{\n \"Version\": \"2012-10-17\",\n \"Statement\": {\"Effect\": \"Allow\", \"Resource\": \"*\"}\n}",
    );
    assert_eq!(
        findings,
        [json!({
            "line": 3, "column": 15, "severity": "error", "code": "missing-action",
            "message": "the statement has neither `Action` nor `NotAction`", "help": "add `Action`"
        })]
    );
    assert_eq!(exit, Some(1));
    let (findings, exit) = validate(
        "identity",
        &json!({"Statement": allow()["Statement"]}).to_string(),
    );
    assert_eq!(
        (findings[0]["code"].as_str(), exit),
        (Some("missing-version"), Some(0))
    );
    let sound = json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*"}
    });
    assert_eq!(validate("identity", &sound.to_string()), (vec![], Some(0)));
    let (findings, exit) = validate("scp", "{");
    assert_eq!(
        (findings[0]["code"].as_str(), exit),
        (Some("json-syntax"), Some(1))
    );
}

#[test]
fn every_kind_of_policy_may_be_validated_and_no_other() {
    for kind in [
        "identity", "resource", "scp", "rcp", "trust", "key", "session", "boundary", "endpoint",
    ] {
        assert_eq!(validate(kind, "[]").1, Some(1), "{kind}");
    }
    assert_eq!(validate("bucket", "{}").1, Some(2));
    assert_eq!(run(&["validate"], b"{}").status.code(), Some(2));
    assert_eq!(
        run(&["evaluate", "/no/such/file"], b"").status.code(),
        Some(2)
    );
}
