//! Condition keys: whether they exist, come with the actions, and fit their operator.

use super::*;

fn on(operator: &str, key: &str, value: Value) -> Value {
    json!({"Condition": {operator: {key: value}}})
}

fn asked(action: &str, operator: &str, key: &str, value: &str) -> Value {
    json!({"Action": action, "Resource": "*", "Condition": {operator: {key: value}}})
}

pub(super) fn cases() -> Vec<Case> {
    let name = "StringEquals";
    vec![
        (
            "invalid-key-format",
            Identity,
            on(name, "username", json!("a")),
            on(name, "AWS:USERNAME", json!("a")),
        ),
        (
            "missing-tag-key",
            Identity,
            on(name, "aws:PrincipalTag", json!("a")),
            on(name, "aws:PrincipalTag/team", json!("a")),
        ),
        (
            "missing-tag-key",
            Identity,
            asked("kms:Decrypt", name, "kms:EncryptionContext", "a"),
            asked("kms:Decrypt", name, "kms:EncryptionContext:app", "a"),
        ),
        (
            "unknown-global-key",
            Identity,
            on(name, "aws:UserNames", json!("a")),
            on(name, "aws:username", json!("a")),
        ),
        (
            "unknown-key",
            Identity,
            asked("kms:Decrypt", name, "kms:ViaServices", "a"),
            asked(
                "kms:Decrypt",
                name,
                "kms:ViaService",
                "s3.eu-central-1.amazonaws.com",
            ),
        ),
        (
            "unknown-key",
            Identity,
            on(name, "nosuch:key", json!("a")),
            on(name, "token.example.org:sub", json!("a")),
        ),
        (
            "deprecated-key",
            Resource,
            on(name, "aws:SourceOwner", json!("111122223333")),
            on(name, "aws:SourceAccount", json!("111122223333")),
        ),
        (
            "key-not-applicable",
            Identity,
            on(name, "s3:prefix", json!("a")),
            asked("s3:ListBucket", name, "s3:prefix", "a"),
        ),
        (
            "key-not-applicable",
            Identity,
            asked("kms:Decrypt", "Bool", "kms:GrantIsForAWSResource", "true"),
            asked("kms:*", "Bool", "kms:GrantIsForAWSResource", "true"),
        ),
        (
            "key-not-applicable",
            Identity,
            asked(
                "iam:GetRole",
                name,
                "iam:PassedToService",
                "ec2.amazonaws.com",
            ),
            json!({"Action": ["iam:GetRole", "iam:PassRole"], "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}),
        ),
        (
            "tag-key-not-applicable",
            Identity,
            asked("iam:ListUsers", name, "aws:RequestTag/team", "a"),
            asked("iam:CreateUser", name, "aws:RequestTag/team", "a"),
        ),
        (
            "tag-key-not-applicable",
            Identity,
            asked("s3:ListAllMyBuckets", name, "aws:ResourceTag/team", "a"),
            asked("ec2:StartInstances", name, "aws:ResourceTag/team", "a"),
        ),
        (
            "operator-key-mismatch",
            Identity,
            on(name, "aws:SourceIp", json!("203.0.113.7")),
            on("IpAddress", "aws:SourceIp", json!("203.0.113.7")),
        ),
        (
            "operator-key-mismatch",
            Identity,
            on(name, "aws:SecureTransport", json!("true")),
            on("Bool", "aws:SecureTransport", json!("true")),
        ),
        (
            "operator-key-mismatch",
            Identity,
            on(
                "NumericEquals",
                "aws:PrincipalAccount",
                json!("111122223333"),
            ),
            on(name, "aws:PrincipalAccount", json!("111122223333")),
        ),
        (
            "operator-key-mismatch",
            Identity,
            on("Bool", "aws:username", json!("true")),
            on("Null", "aws:username", json!("true")),
        ),
        (
            "operator-key-mismatch",
            Identity,
            on(name, "aws:CurrentTime", json!("2026-01-31")),
            on("NumericLessThan", "aws:EpochTime", json!("1800000000")),
        ),
        (
            "string-like-on-arn",
            Identity,
            on(
                "StringLike",
                "aws:PrincipalArn",
                json!("arn:aws:iam::*:role/a"),
            ),
            on(
                "ArnLike",
                "aws:PrincipalArn",
                json!("arn:aws:iam::*:role/a"),
            ),
        ),
        (
            "string-like-on-arn",
            Identity,
            on(
                "StringNotLike",
                "aws:PrincipalArn",
                json!("arn:aws:iam::*:role/a"),
            ),
            on(
                name,
                "aws:PrincipalArn",
                json!("arn:aws:iam::111122223333:role/a"),
            ),
        ),
        (
            "missing-set-operator",
            Identity,
            asked("iam:CreateUser", name, "aws:TagKeys", "team"),
            asked(
                "iam:CreateUser",
                "ForAnyValue:StringEquals",
                "aws:TagKeys",
                "team",
            ),
        ),
        (
            "missing-set-operator",
            Identity,
            asked("kms:CreateGrant", name, "kms:GrantOperations", "Decrypt"),
            asked("kms:CreateGrant", "Null", "kms:GrantOperations", "false"),
        ),
        (
            "set-operator-single-valued",
            Identity,
            on("ForAnyValue:StringEquals", "aws:username", json!("a")),
            on(name, "aws:username", json!(["a", "b"])),
        ),
        (
            "set-operator-single-valued",
            Identity,
            on(
                "ForAllValues:StringEquals",
                "s3:ResourceAccount",
                json!("111122223333"),
            ),
            json!({
                "Action": "secretsmanager:GetSecretValue", "Resource": "*",
                "Condition": {"ForAnyValue:StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}
            }),
        ),
        (
            "for-all-values-allow",
            Identity,
            asked(
                "iam:CreateUser",
                "ForAllValues:StringEquals",
                "aws:TagKeys",
                "team",
            ),
            json!({"Action": "iam:CreateUser", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "t"}, "Null": {"aws:TagKeys": "false"}}}),
        ),
        (
            "for-all-values-allow",
            Resource,
            json!({"Action": "s3:PutObjectTagging", "Condition": {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": "a"}}}),
            json!({"Effect": "Deny", "Action": "s3:PutObjectTagging", "Condition": {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": "a"}}}),
        ),
    ]
}

#[test]
fn what_an_unknown_action_comes_with_nobody_knows() {
    let open = [
        json!({"Action": "*", "Resource": "*"}),
        json!({"Action": ["s3:GetObject", "sagemaker:*"], "Resource": "*"}),
        json!({"Effect": "Deny", "Action": null, "NotAction": "iam:*"}),
    ];
    for mut changes in open {
        changes["Condition"] =
            json!({"StringEquals": {"s3:prefix": "a", "aws:ResourceTag/team": "a"}});
        assert_eq!(
            codes(Identity, &text(Identity, &changes)),
            [""; 0],
            "{changes}"
        );
    }
}
