//! Operators and values, and conditions that do something else than one thinks.

use super::*;

fn on(operator: &str, key: &str, value: Value) -> Value {
    json!({"Condition": {operator: {key: value}}})
}

fn denied(operator: &str, key: &str, value: &str) -> Value {
    json!({"Effect": "Deny", "Condition": {operator: {key: value}}})
}

pub(super) fn cases() -> Vec<Case> {
    let mfa = "aws:MultiFactorAuthPresent";
    let listing = |operator: &str, value: &str| json!({"Action": "s3:ListBucket", "Resource": "*", "Condition": {operator: {"s3:max-keys": value}}});
    vec![
        (
            "invalid-operator",
            Identity,
            on("StringEqual", "aws:username", json!("a")),
            on("stringequals", "aws:username", json!("a")),
        ),
        (
            "null-with-if-exists",
            Identity,
            on("NullIfExists", "aws:username", json!("true")),
            on("Null", "aws:username", json!("true")),
        ),
        (
            "null-with-set",
            Identity,
            json!({"Action": "iam:CreateUser", "Resource": "*", "Condition": {"ForAllValues:Null": {"aws:TagKeys": "true"}}}),
            json!({"Action": "iam:CreateUser", "Resource": "*", "Condition": {"Null": {"aws:TagKeys": "true"}}}),
        ),
        (
            "type-mismatch",
            Identity,
            listing("NumericLessThan", "many"),
            listing("NumericLessThan", "10.5"),
        ),
        (
            "type-mismatch",
            Identity,
            on("DateLessThan", "aws:CurrentTime", json!("soon")),
            on(
                "DateLessThan",
                "aws:CurrentTime",
                json!("2026-01-31T12:00:00Z"),
            ),
        ),
        (
            "type-mismatch",
            Identity,
            on("Bool", "aws:SecureTransport", json!("maybe")),
            on("Bool", "aws:SecureTransport", json!("TRUE")),
        ),
        (
            "type-mismatch",
            Identity,
            on("IpAddress", "aws:SourceIp", json!("here")),
            on("IpAddress", "aws:SourceIp", json!("2001:db8::/32")),
        ),
        (
            "type-mismatch",
            Identity,
            on("ArnLike", "aws:SourceArn", json!("topic")),
            on("ArnLike", "aws:SourceArn", json!("arn:aws:sns:*:*:topic")),
        ),
        (
            "variable-not-supported",
            Identity,
            listing("NumericEquals", "${aws:username}"),
            on(
                "Bool",
                "aws:SecureTransport",
                json!("${aws:SecureTransport}"),
            ),
        ),
        (
            "variable-not-closed",
            Identity,
            on("StringEquals", "aws:username", json!("${a")),
            on("StringEquals", "aws:username", json!("$a")),
        ),
        (
            "unknown-variable",
            Identity,
            on(
                "StringEquals",
                "aws:username",
                json!("${aws:PrincipalTags/a}"),
            ),
            on(
                "StringEquals",
                "aws:username",
                json!("${aws:PrincipalTag/a}"),
            ),
        ),
        (
            "wildcard-without-like",
            Identity,
            on("StringEquals", "aws:username", json!("a*")),
            on("StringEquals", "aws:username", json!("${*}a")),
        ),
        (
            "redundant-value",
            Identity,
            on("StringLike", "aws:username", json!(["a*", "ab"])),
            on("StringLike", "aws:username", json!(["a?", "b"])),
        ),
        (
            "redundant-value",
            Identity,
            on("StringEquals", "aws:username", json!(["a", "a"])),
            on("StringEquals", "aws:username", json!(["a", "A"])),
        ),
        (
            "private-address",
            Identity,
            on("IpAddress", "aws:SourceIp", json!("10.0.0.0/8")),
            on("IpAddress", "aws:VpcSourceIp", json!("10.0.0.0/8")),
        ),
        (
            "private-address",
            Identity,
            on("IpAddress", "aws:SourceIp", json!("fd00::/8")),
            on("IpAddress", "aws:SourceIp", json!("203.0.113.0/24")),
        ),
        (
            "cidr-everything",
            Identity,
            on("IpAddress", "aws:SourceIp", json!("0.0.0.0/0")),
            on("IpAddress", "aws:SourceIp", json!("203.0.113.0/32")),
        ),
        (
            "cidr-host-bits",
            Identity,
            on("IpAddress", "aws:SourceIp", json!("203.0.113.7/24")),
            on("IpAddress", "aws:SourceIp", json!("203.0.113.7")),
        ),
        (
            "ambiguous-date",
            Identity,
            on("DateLessThan", "aws:CurrentTime", json!("2026")),
            on("DateLessThan", "aws:CurrentTime", json!("2026-01")),
        ),
        (
            "bool-both-values",
            Identity,
            on("Bool", "aws:SecureTransport", json!(["true", "false"])),
            on("Bool", "aws:SecureTransport", json!(["true"])),
        ),
        (
            "invalid-region",
            Identity,
            on("StringEquals", "aws:RequestedRegion", json!("frankfurt")),
            on(
                "StringEquals",
                "aws:RequestedRegion",
                json!(["eu-central-1", "us-gov-east-1"]),
            ),
        ),
        (
            "invalid-account",
            Identity,
            on("StringEquals", "aws:PrincipalAccount", json!(12345)),
            on(
                "StringEquals",
                "aws:PrincipalAccount",
                json!("012345678901"),
            ),
        ),
        (
            "invalid-organization",
            Identity,
            on("StringEquals", "aws:PrincipalOrgID", json!("a1b2c3d4e5")),
            on("StringEquals", "aws:PrincipalOrgID", json!("o-a1b2c3d4e5")),
        ),
        (
            "invalid-organization-path",
            Identity,
            on(
                "ForAnyValue:StringEquals",
                "aws:PrincipalOrgPaths",
                json!("o-a1b2c3d4e5"),
            ),
            on(
                "ForAnyValue:StringLike",
                "aws:PrincipalOrgPaths",
                json!("o-a1b2c3d4e5/r-ab12/ou-ab12-*"),
            ),
        ),
        (
            "invalid-vpc",
            Identity,
            on("StringEquals", "aws:SourceVpc", json!("vpce-1a2b3c4d")),
            on("StringEquals", "aws:SourceVpc", json!("vpc-1a2b3c4d")),
        ),
        (
            "invalid-vpc-endpoint",
            Identity,
            on("StringEquals", "aws:SourceVpce", json!("vpc-1a2b3c4d")),
            on("StringLike", "aws:SourceVpce", json!("vpce-*")),
        ),
        (
            "never-matches",
            Identity,
            json!({"Condition": {"Null": {"aws:username": "true"}, "StringEquals": {"aws:username": "a"}}}),
            json!({"Condition": {"Null": {"aws:username": "false"}, "StringEquals": {"aws:username": "a"}}}),
        ),
        (
            "redundant-if-exists",
            Identity,
            denied("StringNotEqualsIfExists", "aws:username", "a"),
            denied("StringNotEquals", "aws:username", "a"),
        ),
        (
            "mfa-missing-key",
            Identity,
            denied("Bool", mfa, "false"),
            denied("BoolIfExists", mfa, "false"),
        ),
        (
            "mfa-if-exists",
            Identity,
            on("BoolIfExists", mfa, json!("true")),
            on("Bool", mfa, json!("true")),
        ),
        (
            "source-ip-via-service",
            Identity,
            denied("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"),
            json!({"Effect": "Deny", "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:ViaAWSService": "false"}}}),
        ),
    ]
}

#[test]
fn a_variable_in_a_version_without_them_is_found_beside_the_version() {
    let statement = changed(
        Identity,
        &json!({"Resource": "arn:aws:s3:::notes/${aws:username}"}),
    );
    let old = json!({"Version": "2008-10-17", "Statement": statement});
    let mut found = codes(Identity, &old.to_string());
    found.sort();
    assert_eq!(found, ["old-version", "variable-needs-version"]);
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
#[test]
fn a_deny_by_address_that_spares_services_or_names_a_network_denies_no_service_unawares() {
    for (operator, key, value) in [
        ("StringNotEquals", "aws:SourceVpc", "vpc-1a2b3c4d"),
        ("StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d"),
        (
            "StringNotEquals",
            "aws:CalledViaFirst",
            "athena.amazonaws.com",
        ),
        ("Bool", "aws:PrincipalIsAWSService", "false"),
    ] {
        let mut conditions = json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}});
        conditions[operator] = json!({key: value});
        let changes = json!({"Effect": "Deny", "Condition": conditions});
        let found = codes(Identity, &text(Identity, &changes));
        assert!(
            !found.contains(&"source-ip-via-service".to_owned()),
            "{key}"
        );
    }
}
