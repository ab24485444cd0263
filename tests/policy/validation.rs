//! What is found wrong with a document, as a policy of its kind.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

use cipherdeck::base::Severity;
use cipherdeck::policy::PolicyType::{self, *};
use cipherdeck::policy::{Size, validate};
use serde_json::{Value, json};

fn codes(kind: PolicyType, text: &str) -> Vec<String> {
    validate(text, kind)
        .into_iter()
        .map(|finding| finding.code)
        .collect()
}

/// The codes found in a policy of one statement.
fn found(kind: PolicyType, statement: Value) -> Vec<String> {
    codes(
        kind,
        &json!({"Version": "2012-10-17", "Statement": [statement]}).to_string(),
    )
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
fn changed(kind: PolicyType, changes: Value) -> Value {
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

#[test]
fn a_legal_policy_of_each_kind_has_no_findings() {
    for kind in PolicyType::ALL {
        assert_eq!(found(kind, legal(kind)), [""; 0], "{kind}");
    }
}

#[test]
fn every_code_fires_where_it_should_and_alone() {
    let cases = [
        ("missing-effect", Identity, json!({"Effect": null})),
        ("invalid-effect", Identity, json!({"Effect": "allow"})),
        ("unknown-element", Identity, json!({"Actions": "s3:*"})),
        ("wrong-type", Identity, json!({"Action": 5})),
        ("missing-action", Identity, json!({"Action": null})),
        (
            "action-and-not-action",
            Identity,
            json!({"NotAction": "iam:*"}),
        ),
        ("missing-resource", Identity, json!({"Resource": null})),
        (
            "resource-and-not-resource",
            Identity,
            json!({"NotResource": "arn:aws:s3:::x"}),
        ),
        ("resource-not-allowed", Trust, json!({"Resource": "*"})),
        ("missing-principal", Resource, json!({"Principal": null})),
        (
            "principal-and-not-principal",
            Resource,
            json!({"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        ("principal-not-allowed", Identity, json!({"Principal": "*"})),
        ("principal-not-allowed", Scp, json!({"Principal": "*"})),
        (
            "invalid-principal",
            Resource,
            json!({"Principal": {"AWS": "alice"}}),
        ),
        ("invalid-principal", Resource, json!({"Principal": "alice"})),
        (
            "invalid-principal-type",
            Resource,
            json!({"Principal": {"User": "alice"}}),
        ),
        (
            "principal-wildcard",
            Resource,
            json!({"Principal": {"AWS": "arn:aws:iam::111122223333:user/*"}}),
        ),
        (
            "variable-in-principal",
            Resource,
            json!({"Principal": {"AWS": "arn:aws:iam::111122223333:user/${aws:username}"}}),
        ),
        (
            "principal-gone",
            Resource,
            json!({"Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"}}),
        ),
        (
            "any-service",
            Resource,
            json!({"Principal": {"Service": "*"}}),
        ),
        (
            "not-principal-allow",
            Resource,
            json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        (
            "not-principal-not-allowed",
            Trust,
            json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        ("invalid-sid", Identity, json!({"Sid": "read notes"})),
        ("invalid-action", Identity, json!({"Action": "GetObject"})),
        (
            "action-service-wildcard",
            Identity,
            json!({"Action": "s*:GetObject"}),
        ),
        (
            "redundant-action",
            Identity,
            json!({"Action": ["s3:Get*", "s3:GetObject"]}),
        ),
        (
            "redundant-action",
            Identity,
            json!({"Action": ["s3:GetObject", "S3:getobject"]}),
        ),
        ("trust-action", Trust, json!({"Action": "s3:GetObject"})),
        ("empty-list", Identity, json!({"Action": []})),
        ("invalid-resource", Identity, json!({"Resource": "notes/*"})),
        (
            "resource-service-wildcard",
            Identity,
            json!({"Resource": "arn:aws:*:::notes"}),
        ),
        (
            "variable-in-arn",
            Identity,
            json!({"Resource": "arn:aws:s3::${aws:PrincipalAccount}:notes"}),
        ),
        (
            "variable-not-closed",
            Identity,
            json!({"Resource": "arn:aws:s3:::${aws:username"}),
        ),
        (
            "variable-empty",
            Identity,
            json!({"Resource": "arn:aws:s3:::${}"}),
        ),
        (
            "variable-default",
            Identity,
            json!({"Resource": "arn:aws:s3:::${aws:username, none}"}),
        ),
        (
            "variable-name",
            Identity,
            json!({"Resource": "arn:aws:s3:::${a*}"}),
        ),
        (
            "pass-role-star",
            Identity,
            json!({"Action": "iam:PassRole", "Resource": "*"}),
        ),
        ("rcp-allow", Rcp, json!({"Effect": "Allow"})),
        (
            "rcp-principal",
            Rcp,
            json!({"Principal": {"AWS": "111122223333"}}),
        ),
        (
            "rcp-not-action",
            Rcp,
            json!({"Action": null, "NotAction": "s3:*"}),
        ),
        ("rcp-action-star", Rcp, json!({"Action": "*"})),
    ];
    for (code, kind, changes) in cases {
        assert_eq!(
            found(kind, changed(kind, changes.clone())),
            [code],
            "{kind} {changes}"
        );
    }
}

#[test]
fn every_code_about_conditions_fires_where_it_should_and_alone() {
    let cases = [
        (
            "invalid-operator",
            json!({"StringEqual": {"aws:username": "a"}}),
        ),
        (
            "null-with-if-exists",
            json!({"NullIfExists": {"aws:username": "true"}}),
        ),
        (
            "null-with-set",
            json!({"ForAllValues:Null": {"aws:TagKeys": "true"}}),
        ),
        (
            "type-mismatch",
            json!({"NumericLessThan": {"s3:max-keys": "many"}}),
        ),
        (
            "type-mismatch",
            json!({"DateLessThan": {"aws:CurrentTime": "soon"}}),
        ),
        (
            "type-mismatch",
            json!({"Bool": {"aws:SecureTransport": "maybe"}}),
        ),
        (
            "type-mismatch",
            json!({"IpAddress": {"aws:SourceIp": "here"}}),
        ),
        (
            "type-mismatch",
            json!({"ArnLike": {"aws:SourceArn": "topic"}}),
        ),
        (
            "variable-not-supported",
            json!({"NumericEquals": {"s3:max-keys": "${aws:username}"}}),
        ),
        (
            "variable-not-closed",
            json!({"StringEquals": {"aws:username": "${a"}}),
        ),
        (
            "wildcard-without-like",
            json!({"StringEquals": {"aws:username": "a*"}}),
        ),
        (
            "missing-set-operator",
            json!({"StringEquals": {"aws:TagKeys": "team"}}),
        ),
        (
            "set-operator-single-valued",
            json!({"ForAnyValue:StringEquals": {"aws:username": "a"}}),
        ),
        (
            "for-all-values-allow",
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": "team"}}),
        ),
        (
            "private-address",
            json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        ),
        ("empty-list", json!({"StringEquals": {"aws:username": []}})),
        ("empty-list", json!({})),
        ("wrong-type", json!({"StringEquals": "aws:username"})),
    ];
    for (code, condition) in cases {
        assert_eq!(
            found(
                Identity,
                changed(Identity, json!({"Condition": condition.clone()}))
            ),
            [code],
            "{condition}"
        );
    }
}

#[test]
fn what_only_looks_alike_is_not_found() {
    let fine = [
        (
            Identity,
            json!({"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/app"}),
        ),
        (
            Identity,
            json!({"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}),
        ),
        (
            Identity,
            json!({
                "Action": "iam:PassRole", "Resource": "*",
                "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
            }),
        ),
        (
            Identity,
            json!({"Condition": {"StringEquals": {"aws:username": "${*}a"}}}),
        ),
        (
            Identity,
            json!({"Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}}),
        ),
        (
            Identity,
            json!({"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "t"}, "Null": {"aws:TagKeys": "false"}}}),
        ),
        (
            Identity,
            json!({"Effect": "Deny", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "t"}}}),
        ),
        (
            Identity,
            json!({"Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}}),
        ),
        (Identity, json!({"Sid": "ReadNotes1"})),
        (Key, json!({"Sid": "Enable IAM User Permissions"})),
        (
            Scp,
            json!({"Action": null, "NotAction": ["iam:*"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
        ),
        (
            Resource,
            json!({"Effect": "Deny", "Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        (
            Trust,
            json!({"Action": ["sts:AssumeRole", "sts:TagSession"]}),
        ),
    ];
    for (kind, changes) in fine {
        assert_eq!(
            found(kind, changed(kind, changes.clone())),
            [""; 0],
            "{kind} {changes}"
        );
    }
}

#[test]
fn findings_about_the_document_as_a_whole() {
    let statement = legal(Identity).to_string();
    let with = |more: &str| codes(Identity, &format!("{{{more}\"Statement\": {statement}}}"));
    assert_eq!(with(""), ["missing-version"]);
    assert_eq!(with("\"Version\": \"2026-11-22\","), ["invalid-version"]);
    assert_eq!(with("\"Version\": \"2008-10-17\","), ["old-version"]);
    assert_eq!(
        with("\"Version\": \"2012-10-17\", \"Id\": \"x\","),
        ["id-not-allowed"]
    );
    assert_eq!(
        with("\"Version\": \"2012-10-17\", \"version\": \"x\","),
        ["duplicate-key-case", "unknown-element"]
    );
    assert_eq!(
        with("\"Version\": \"2012-10-17\", \"Version\": \"2012-10-17\","),
        ["duplicate-key"]
    );
    assert_eq!(
        codes(Identity, "{\"Version\": \"2012-10-17\"}"),
        ["missing-statement"]
    );
    assert_eq!(codes(Identity, "{"), ["json-syntax"]);
    assert_eq!(codes(Identity, "7"), ["not-an-object"]);
    let rcp = json!({"Version": "2008-10-17", "Statement": legal(Rcp)}).to_string();
    assert_eq!(codes(Rcp, &rcp), ["rcp-version"]);
    let twice = json!({"Version": "2012-10-17", "Statement": [
        changed(Identity, json!({"Sid": "A"})), changed(Identity, json!({"Sid": "A"}))
    ]});
    assert_eq!(codes(Identity, &twice.to_string()), ["duplicate-sid"]);
    let old = json!({"Version": "2008-10-17", "Statement": changed(Identity, json!({"Resource": "arn:aws:s3:::${aws:username}"}))});
    let mut found = codes(Identity, &old.to_string());
    found.sort();
    assert_eq!(found, ["old-version", "variable-needs-version"]);
    let snowman = json!({"Version": "2012-10-17", "Statement": changed(Identity, json!({"Resource": "arn:aws:s3:::☃"}))});
    assert_eq!(codes(Identity, &snowman.to_string()), ["invalid-character"]);
}

#[test]
fn sizes_count_white_space_only_where_aws_does() {
    let spaced = format!("{{{}}}", " ".repeat(11_000));
    assert_eq!(
        Size::of(&spaced, Identity),
        Size {
            used: 2,
            limit: 6144
        }
    );
    assert_eq!(
        Size::of(&spaced, Scp),
        Size {
            used: 11_002,
            limit: 10_240
        }
    );
    for (kind, limit) in [
        (Identity, 6144),
        (Boundary, 6144),
        (Trust, 8192),
        (Session, 2048),
        (Key, 32_768),
        (Scp, 10_240),
        (Rcp, 5120),
    ] {
        let mut statement = legal(kind);
        statement["Sid"] = json!("a".repeat(limit));
        assert_eq!(found(kind, statement), ["too-long"], "{kind}");
    }
}

#[test]
fn every_finding_says_what_to_do_and_how_bad_it_is() {
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
