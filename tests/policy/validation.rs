//! What is found wrong with a document, as a policy of its kind: each kind of finding where it should be and alone, and
//! not where something only looks like it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod access;
mod actions;
mod complete;
mod conditions;
mod documents;
mod keys;
mod principals;
mod resources;
mod size;
mod trust;

use cipherdeck::base::Severity;
use cipherdeck::policy::PolicyType::{self, *};
use cipherdeck::policy::validate;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// A kind of finding, the kind of policy, where it is found and where it is not. Both are what differs from a legal
/// statement of that kind, or a whole document.
type Case = (&'static str, PolicyType, Value, Value);

/// Every table, so that none can be forgotten.
fn cases() -> Vec<Case> {
    let tables = [
        access::cases,
        actions::cases,
        conditions::cases,
        documents::cases,
        keys::cases,
        principals::cases,
        resources::cases,
        trust::cases,
    ];
    tables.into_iter().flat_map(|table| table()).collect()
}

fn codes(kind: PolicyType, text: &str) -> Vec<String> {
    validate(text, kind)
        .into_iter()
        .map(|finding| finding.code)
        .collect()
}

/// A statement that is legal in policies of this kind.
fn legal(kind: PolicyType) -> Value {
    let mut statement =
        json!({"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::notes/*"});
    match kind {
        Identity | Scp | Session | Boundary => {}
        Resource | Endpoint => statement["Principal"] = json!({"AWS": "111122223333"}),
        Key => {
            return json!({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"});
        }
        Trust => {
            return json!({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"});
        }
        Rcp => {
            return json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"});
        }
    }
    statement
}

/// The legal statement with some elements set otherwise; `null` takes one away.
fn changed(kind: PolicyType, changes: &Value) -> Value {
    let mut statement = legal(kind);
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => {
                statement.as_object_mut().unwrap().remove(name);
            }
            value => statement[name] = value.clone(),
        }
    }
    statement
}

/// A document of these statements, each a change of the legal one.
fn document(kind: PolicyType, statements: &[Value]) -> Value {
    let statements: Vec<Value> = statements.iter().map(|one| changed(kind, one)).collect();
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// The changes with more of them.
fn with(changes: &Value, more: Value) -> Value {
    let mut all = changes.clone();
    for (name, value) in more.as_object().unwrap() {
        all[name] = value.clone();
    }
    all
}

fn text(kind: PolicyType, written: &Value) -> String {
    match written {
        Value::String(text) => text.clone(),
        whole if whole.get("Statement").is_some() || whole.get("Version").is_some() => {
            whole.to_string()
        }
        changes => document(kind, std::slice::from_ref(changes)).to_string(),
    }
}

#[test]
fn a_legal_policy_of_each_kind_has_no_findings() {
    for kind in PolicyType::ALL {
        assert_eq!(codes(kind, &text(kind, &json!({}))), [""; 0], "{kind}");
    }
}

/// Every case whose findings are other than these.
fn surprises(wanted: impl Fn(&Case) -> (Value, Vec<&'static str>)) -> Vec<String> {
    let surprise = |case: Case| {
        let (written, wanted) = wanted(&case);
        let (code, kind, ..) = case;
        let text = text(kind, &written);
        let found = codes(kind, &text);
        (found != wanted).then(|| format!("{code}: {found:?} in {kind} {text}"))
    };
    cases().into_iter().filter_map(surprise).collect()
}

#[test]
fn every_code_fires_where_it_should_and_alone() {
    let surprises = surprises(|(code, _, fires, _)| (fires.clone(), vec![code]));
    assert!(surprises.is_empty(), "\n{}", surprises.join("\n"));
}

#[test]
fn what_only_looks_alike_is_not_found() {
    let surprises = surprises(|(_, _, _, alike)| (alike.clone(), vec![]));
    assert!(surprises.is_empty(), "\n{}", surprises.join("\n"));
}

#[test]
fn every_finding_says_what_to_do_in_the_house_style() {
    for (code, kind, fires, _) in cases() {
        for finding in validate(&text(kind, &fires), kind) {
            let message = &finding.message;
            let starts_low = message
                .chars()
                .next()
                .is_some_and(|first| !first.is_uppercase());
            assert!(starts_low && !message.ends_with('.'), "{code}: {message}");
            if !matches!(code, "json-syntax" | "wrong-type") {
                let help = finding.help.unwrap_or_default();
                assert!(!help.is_empty() && !help.ends_with('.'), "{code}: {help}");
            }
        }
    }
}

#[test]
fn a_finding_has_its_place_and_says_how_bad_it_is() {
    let text = "{\"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"allow\", \"Action\": \"*\", \"Resource\": \"*\"}}";
    let findings = validate(text, Identity);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Error);
    assert_eq!(
        &text[findings[0].span.start..findings[0].span.end],
        "\"allow\""
    );
    assert_eq!(
        findings[0].help.as_deref(),
        Some("write `Allow` or `Deny`, in this case")
    );
}

#[test]
fn what_the_catalogue_does_not_know_is_never_an_error() {
    let unknown = [
        json!({"Action": "nosuch:Thing"}),
        json!({"Action": "s3:NoSuchThing"}),
        json!({"Resource": "arn:aws:nosuch:::thing"}),
        json!({"Resource": "arn:aws:s3:eu-central-1:111122223333:nosuch/thing"}),
        json!({"Condition": {"StringEquals": {"aws:NoSuchKey": "a"}}}),
        json!({"Condition": {"StringEquals": {"s3:NoSuchKey": "a"}}}),
        json!({"Condition": {"StringEquals": {"nosuch:Key": "a"}}}),
    ];
    for changes in unknown {
        let findings = validate(&text(Identity, &changes), Identity);
        assert!(!findings.is_empty(), "{changes}");
        for finding in findings {
            assert_eq!(
                finding.severity,
                Severity::Warning,
                "{changes}: {finding:?}"
            );
        }
    }
}

#[test]
fn a_service_that_is_known_by_name_only_has_no_unknown_actions_or_keys() {
    let changes = json!({
        "Action": "sagemaker:NoSuchAction", "Resource": "arn:aws:sagemaker:eu-central-1:111122223333:nosuch/thing",
        "Condition": {"StringEquals": {"sagemaker:NoSuchKey": "a", "token.example.org:sub": "b"}}
    });
    assert_eq!(codes(Identity, &text(Identity, &changes)), [""; 0]);
}

/// In a time that does not grow with the square of the length: were it so, this test would run for minutes.
#[test]
fn a_document_far_over_every_quota_is_answered_for_its_form() {
    let actions: Vec<String> = (0..10_000)
        .map(|number| format!("ec2:*{number}*"))
        .collect();
    let resources: Vec<String> = (0..3_000)
        .map(|number| format!("arn:aws:ec2:*:*:instance/*{number}*"))
        .collect();
    let long = json!({"Action": actions, "Resource": resources});
    assert_eq!(codes(Identity, &text(Identity, &long)), ["too-long"]);
    let many = vec![json!({"Condition": {"StringLike": {"s3:prefix": "a"}}}); 2_000];
    let many = document(Identity, &many).to_string();
    assert_eq!(codes(Identity, &many), ["too-long"]);
}

#[test]
fn a_document_somewhat_over_its_quota_is_still_read_word_by_word() {
    let actions: Vec<String> = (0..3_000).map(|number| format!("s3:Get{number}")).collect();
    let long = text(Identity, &json!({"Action": actions}));
    let found = codes(Identity, &long);
    assert!((33_000..65_000).contains(&long.len()), "{}", long.len());
    assert!(found.contains(&"unknown-action".to_owned()));
    assert!(found.contains(&"too-long".to_owned()));
}

proptest! {
    /// Also in a damaged document.
    #[test]
    fn findings_lie_within_the_text(case in select(cases()), kind in select(PolicyType::ALL.to_vec()), at in any::<Index>(), put in ".?") {
        let text = text(case.1, &case.2);
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..=at, put.chars());
        let damaged: String = chars.into_iter().collect();
        for text in [text, damaged] {
            for finding in validate(&text, kind) {
                prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?} in {text}");
            }
        }
    }
}
