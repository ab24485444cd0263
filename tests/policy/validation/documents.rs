//! The document as a whole and the elements of its statements.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let statement = legal(Identity);
    let whole = |more: Value| {
        let mut whole = document(Identity, &[json!({})]);
        for (name, value) in more.as_object().unwrap() {
            whole[name] = value.clone();
        }
        whole
    };
    let raw = |before: &str| json!(format!("{{{before}\"Statement\": {statement}}}"));
    vec![
        (
            "json-syntax",
            Identity,
            json!("{"),
            raw("\"Version\": \"2012-10-17\", "),
        ),
        ("not-an-object", Identity, json!("7"), json!({})),
        (
            "missing-statement",
            Identity,
            json!({"Version": "2012-10-17"}),
            json!({}),
        ),
        (
            "empty-statement-list",
            Identity,
            whole(json!({"Statement": []})),
            whole(json!({"Statement": legal(Identity)})),
        ),
        (
            "missing-version",
            Identity,
            raw(""),
            raw("\"Version\": \"2012-10-17\", "),
        ),
        (
            "invalid-version",
            Identity,
            whole(json!({"Version": "2026-11-22"})),
            whole(json!({"Version": "2012-10-17"})),
        ),
        (
            "old-version",
            Identity,
            whole(json!({"Version": "2008-10-17"})),
            whole(json!({})),
        ),
        (
            "rcp-version",
            Rcp,
            json!({"Version": "2008-10-17", "Statement": legal(Rcp)}),
            json!({"Version": "2012-10-17", "Statement": legal(Rcp)}),
        ),
        (
            "id-not-allowed",
            Identity,
            whole(json!({"Id": "x"})),
            whole(json!({})),
        ),
        (
            "duplicate-key",
            Identity,
            raw("\"Version\": \"2012-10-17\", \"Version\": \"2012-10-17\", "),
            raw("\"Version\": \"2012-10-17\", "),
        ),
        (
            "duplicate-key-case",
            Identity,
            json!({"Condition": {"StringEquals": {"aws:username": "a", "aws:userName": "b"}}}),
            json!({"Condition": {"StringEquals": {"aws:username": "a", "aws:userid": "b"}}}),
        ),
        (
            "invalid-character",
            Identity,
            json!({"Resource": "arn:aws:s3:::notes/☃"}),
            json!({"Resource": "arn:aws:s3:::notes/ä"}),
        ),
        (
            "duplicate-sid",
            Identity,
            document(
                Identity,
                &[
                    json!({"Sid": "A"}),
                    json!({"Sid": "A", "Resource": "arn:aws:s3:::other/*"}),
                ],
            ),
            document(
                Identity,
                &[
                    json!({"Sid": "A"}),
                    json!({"Sid": "a", "Resource": "arn:aws:s3:::other/*"}),
                ],
            ),
        ),
        (
            "invalid-sid",
            Identity,
            json!({"Sid": "read notes"}),
            json!({"Sid": "ReadNotes1"}),
        ),
        (
            "empty-sid",
            Identity,
            json!({"Sid": ""}),
            json!({"Sid": "a"}),
        ),
        (
            "redundant-statement",
            Identity,
            document(Identity, &[json!({"Action": "s3:Get*"}), json!({})]),
            document(
                Identity,
                &[json!({"Action": "s3:Get*"}), json!({"Effect": "Deny"})],
            ),
        ),
        (
            "redundant-statement",
            Identity,
            document(Identity, &[json!({}), json!({})]),
            document(
                Identity,
                &[
                    json!({}),
                    json!({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
                ],
            ),
        ),
        (
            "missing-effect",
            Identity,
            json!({"Effect": null}),
            json!({"Effect": "Deny"}),
        ),
        (
            "invalid-effect",
            Identity,
            json!({"Effect": "allow"}),
            json!({"Effect": "Allow"}),
        ),
        (
            "unknown-element",
            Identity,
            json!({"Actions": "s3:*"}),
            json!({}),
        ),
        (
            "wrong-type",
            Identity,
            json!({"Action": 5}),
            json!({"Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": 5}}}),
        ),
        (
            "wrong-type",
            Identity,
            json!({"Condition": {"StringEquals": "aws:username"}}),
            json!({"Action": "s3:GetObject"}),
        ),
        (
            "missing-action",
            Identity,
            json!({"Action": null}),
            json!({"Action": null, "Effect": "Deny", "NotAction": "iam:*"}),
        ),
        (
            "action-and-not-action",
            Identity,
            json!({"NotAction": "iam:*"}),
            json!({}),
        ),
        (
            "missing-resource",
            Identity,
            json!({"Resource": null}),
            json!({}),
        ),
        (
            "missing-resource",
            Identity,
            json!({"Resource": null, "Action": "sts:AssumeRole"}),
            json!({"Action": "s3:ListAllMyBuckets", "Resource": "*"}),
        ),
        (
            "resource-and-not-resource",
            Identity,
            json!({"Effect": "Deny", "NotResource": "arn:aws:s3:::x/*"}),
            json!({"Effect": "Deny", "Resource": null, "NotResource": "arn:aws:s3:::x/*"}),
        ),
        (
            "resource-not-allowed",
            Trust,
            json!({"Resource": "*"}),
            json!({}),
        ),
        (
            "missing-principal",
            Resource,
            json!({"Principal": null}),
            json!({}),
        ),
        (
            "principal-and-not-principal",
            Resource,
            json!({"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}}),
            json!({"Effect": "Deny", "Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        (
            "principal-not-allowed",
            Identity,
            json!({"Principal": "*"}),
            json!({}),
        ),
        (
            "principal-not-allowed",
            Scp,
            json!({"Principal": "*"}),
            json!({"Action": null, "NotAction": ["iam:*"], "Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
        ),
        (
            "empty-list",
            Identity,
            json!({"Action": []}),
            json!({"Action": "s3:GetObject"}),
        ),
        (
            "empty-list",
            Identity,
            json!({"Condition": {}}),
            json!({"Condition": {"Null": {"aws:username": "false"}}}),
        ),
        (
            "empty-list",
            Identity,
            json!({"Condition": {"StringEquals": {"aws:username": []}}}),
            json!({"Condition": {"StringEquals": {"aws:username": ["a"]}}}),
        ),
        (
            "empty-list",
            Resource,
            json!({"Principal": {"AWS": []}}),
            json!({"Principal": {"AWS": ["111122223333"]}}),
        ),
        ("empty-list", Resource, json!({"Principal": {}}), json!({})),
        ("rcp-allow", Rcp, json!({"Effect": "Allow"}), json!({})),
        (
            "rcp-principal",
            Rcp,
            json!({"Principal": {"AWS": "111122223333"}}),
            json!({"Principal": {"AWS": "*"}}),
        ),
        (
            "rcp-not-action",
            Rcp,
            json!({"Action": null, "NotAction": "s3:*"}),
            json!({"Resource": null, "NotResource": "arn:aws:s3:::notes/*"}),
        ),
        (
            "rcp-action-star",
            Rcp,
            json!({"Action": "*"}),
            json!({"Action": ["s3:*", "kms:*"]}),
        ),
    ]
}

#[test]
fn a_second_element_in_another_case_is_told_twice() {
    let text = format!(
        "{{\"Version\": \"2012-10-17\", \"version\": \"x\", \"Statement\": {}}}",
        legal(Identity)
    );
    assert_eq!(
        codes(Identity, &text),
        ["duplicate-key-case", "unknown-element"]
    );
}

#[test]
fn services_take_more_in_the_ids_of_their_resources_statements() {
    let changes = json!({"Sid": "Enable IAM User Permissions"});
    assert_eq!(codes(Key, &text(Key, &changes)), [""; 0]);
}

#[test]
fn a_version_that_is_missing_is_told_at_the_brace_that_opens_the_policy() {
    let text = "\n {\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}";
    let findings = validate(text, Identity);
    let found = findings.iter().find(|one| one.code == "missing-version");
    let span = found.unwrap().span;
    assert_eq!(
        (&text[..span.start], &text[span.start..span.end]),
        ("\n ", "{")
    );
}
