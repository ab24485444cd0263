//! What another request would turn.

use cipherdeck::policy::counterfactual::EditKind;
use serde_json::json;

use super::super::question::*;
use super::{first, kinds, offers, under};

#[test]
fn a_condition_that_fails_is_answered_by_another_context_with_values_of_the_policy() {
    let limited = |condition| question().identity(under("Allow", condition));
    let cases = [
        (
            json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
            "sign in with MFA",
        ),
        (
            json!({"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}),
            "call from the address `198.51.100.7`",
        ),
        (
            json!({"StringLike": {"aws:RequestedRegion": "eu-*"}}),
            "ask in the Region `eu-west-1`",
        ),
        (
            json!({"StringEquals": {"kms:EncryptionContext:team": "red"}}),
            "pass the encryption context `team` = `red`",
        ),
        (
            json!({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
            "send `aws:MultiFactorAuthAge` with the value `3599`",
        ),
        (
            json!({"DateGreaterThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}),
            "ask at `2027-01-01T00:00:00Z`",
        ),
        (
            json!({"Null": {"aws:TokenIssueTime": "false"}}),
            "send `aws:TokenIssueTime`",
        ),
        (
            json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}),
            "send `aws:TagKeys` with the value `[team]`",
        ),
    ];
    for (condition, sentence) in cases {
        let (kind, told) = first(&limited(condition));
        assert_eq!(kind, EditKind::ChangeContext, "{told}");
        assert!(told.starts_with(sentence), "{told}");
    }
}

#[test]
fn who_one_is_cannot_be_chosen() {
    for key in ["aws:PrincipalArn", "aws:PrincipalOrgID", "aws:userid"] {
        let asked = question().identity(under("Allow", json!({"StringEquals": {key: "x"}})));
        assert!(
            kinds(&asked)
                .iter()
                .all(|(kind, _)| *kind != EditKind::ChangeContext),
            "{key}"
        );
    }
    let own = question().identity(under(
        "Allow",
        json!({"StringEquals": {"aws:username": "alice"}}),
    ));
    assert!(offers(&own, "send `aws:username` with the value `alice`"));
    let others = question().identity(under(
        "Allow",
        json!({"StringEquals": {"aws:username": "bob"}}),
    ));
    assert!(!offers(&others, "send `aws:username`"));
}

#[test]
fn what_is_always_there_is_not_left_out() {
    let plain = question()
        .with("aws:SecureTransport", "false")
        .identity(allow_all())
        .identity(under(
            "Deny",
            json!({"Bool": {"aws:SecureTransport": "false"}}),
        ));
    assert!(offers(&plain, "call over TLS"));
    assert!(!offers(&plain, "leave `aws:SecureTransport` out"));
}

#[test]
fn a_grant_wants_the_encryption_context_that_it_demands() {
    let under = |constraint: &str| {
        let grant = json!({"GranteePrincipal": ROLE, "Operations": ["Decrypt"], "Constraints": {constraint: {"team": "red"}}});
        key_question().by(SESSION).grant(grant)
    };
    let missing = under("EncryptionContextSubset");
    assert_eq!(
        first(&missing).1,
        "pass the encryption context `team` = `red`"
    );
    let wrong_case = missing.with("kms:EncryptionContext:Team", "red");
    assert_eq!(
        first(&wrong_case).1,
        "pass the encryption context `team` = `red`"
    );
    let one_too_many = under("EncryptionContextEquals")
        .with("kms:EncryptionContext:team", "red")
        .with("kms:EncryptionContext:stage", "prod");
    assert_eq!(
        first(&one_too_many).1,
        "leave `kms:EncryptionContext:stage` out of the request"
    );
}

#[test]
fn a_young_grant_wants_its_token() {
    let grant = json!({"GranteePrincipal": ROLE, "Operations": ["Decrypt"], "state": "pending", "GrantToken": "t-1"});
    let asked = key_question().by(SESSION).grant(grant);
    let (kind, told) = first(&asked);
    assert_eq!(kind, EditKind::PassGrantToken);
    assert_eq!(told, "pass the grant token `t-1`, or wait five minutes");
}

#[test]
fn what_allows_a_range_of_numbers_is_left_by_the_nearest_number_outside() {
    for (operator, held, outside) in [
        ("NumericEquals", "10", "11"),
        ("NumericLessThan", "3", "10"),
        ("NumericLessThanEquals", "3", "11"),
        ("NumericGreaterThan", "30", "10"),
        ("NumericGreaterThanEquals", "30", "9"),
    ] {
        let limited = under("Allow", json!({operator: {"s3:max-keys": "10"}}));
        let asked = question().with("s3:max-keys", held).identity(limited);
        let change = format!("change `s3:max-keys` from `{held}` to `{outside}`");
        assert!(offers(&asked, &change), "{operator}: {:?}", kinds(&asked));
    }
}
