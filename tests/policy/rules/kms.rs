//! Rules 29 to 31 and 36 to 39: key policies, what other accounts may, aliases, and the keys of conditions.

use cipherdeck::policy::{DecidedBy, PolicyType};
use serde_json::{Value, json};

use super::super::question::*;

const ALIAS: &str = "arn:aws:kms:us-east-1:111122223333:alias/app";

fn named(name: &str) -> Value {
    resource_statement("Allow", json!({"AWS": name}))
}

// Rule 29
#[test]
fn nobody_uses_a_key_unless_its_policy_says_so() {
    let granted = key_question().identity(allow_all());
    assert_decided(&granted, IMPLICIT, DecidedBy::Resource);
    assert_decided(&key_question().by(ROOT), IMPLICIT, DecidedBy::Resource);
    let for_others = granted.resource(named(OTHER));
    assert_decided(&for_others, IMPLICIT, DecidedBy::Resource);
}

// Rule 29
#[test]
fn a_key_policy_that_names_the_caller_suffices_and_one_for_the_account_passes_the_right_on() {
    let direct = key_question().resource(named(ALICE));
    assert_decided(&direct, ALLOWED, DecidedBy::Resource);
    let passed_on = || key_question().resource(named(ROOT));
    assert_decided(&passed_on(), IMPLICIT, DecidedBy::Identity);
    assert_decided(
        &passed_on().identity(allow_all()),
        ALLOWED,
        DecidedBy::Identity,
    );
    assert_decided(&passed_on().by(ROOT), ALLOWED, DecidedBy::Identity);
    let bounded = passed_on().identity(allow_all()).boundary(allow_other());
    assert_decided(&bounded, IMPLICIT, DecidedBy::Boundary);
}

// Rule 29
#[test]
fn an_identity_policy_can_always_deny_a_key() {
    let denied = key_question().identity(deny_all()).resource(named(ALICE));
    assert_decided(&denied, EXPLICIT, DecidedBy::Identity);
}

fn partly_passed_on() -> Question {
    let statement = json!({
        "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:Describe*", "Resource": "*",
        "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    });
    key_question().identity(allow_all()).resource(statement)
}

// Rule 30
#[test]
fn what_the_key_policy_passes_on_can_be_allowed() {
    let asked = partly_passed_on().action("kms:DescribeKey");
    assert!(
        asked
            .with("kms:ViaService", "s3.us-east-1.amazonaws.com")
            .is_allowed()
    );
}

// Rule 30
#[test]
fn what_the_key_policy_keeps_back_cannot() {
    let via = |service: &str| partly_passed_on().with("kms:ViaService", service);
    assert!(
        !via("s3.us-east-1.amazonaws.com").is_allowed(),
        "another action"
    );
    let describe = |question: Question| question.action("kms:DescribeKey").is_allowed();
    assert!(!describe(via("ebs.us-east-1.amazonaws.com")));
    assert!(!describe(partly_passed_on()));
}

// Rule 31
#[test]
fn a_star_in_a_key_policy_is_the_key_itself() {
    assert!(key_question().resource(named(ALICE)).is_allowed());
    let other = json!({
        "Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "*",
        "Resource": "arn:aws:kms:us-east-1:111122223333:key/another"
    });
    assert!(!key_question().resource(other).is_allowed());
}

// Rule 31
#[test]
fn a_statement_of_a_key_policy_without_resource_has_no_effect() {
    let statement =
        |effect: &str| json!({"Effect": effect, "Principal": {"AWS": ALICE}, "Action": "*"});
    assert!(!key_question().resource(statement("Allow")).is_allowed());
    let both = json!([statement("Deny"), named(ALICE)]);
    assert!(key_question().resource(both).is_allowed());
    let bucket = json!([statement("Deny"), named(ALICE)]);
    assert!(
        !question().resource(bucket).is_allowed(),
        "elsewhere it stops no deny"
    );
}

fn foreign() -> Question {
    key_question()
        .by(OTHER)
        .identity(allow_all())
        .resource(named(AWAY))
}

// Rule 36
#[test]
fn another_accounts_key_serves_cryptography_and_grants() {
    for operation in [
        "CreateGrant",
        "Decrypt",
        "DeriveSharedSecret",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateMac",
        "GetKeyRotationStatus",
        "GetPublicKey",
        "ListGrants",
        "ReEncryptFrom",
        "ReEncryptTo",
        "RetireGrant",
        "RevokeGrant",
        "Sign",
        "Verify",
        "VerifyMac",
    ] {
        assert!(
            foreign().action(&format!("kms:{operation}")).is_allowed(),
            "{operation}"
        );
    }
}

// Rule 36
#[test]
fn another_accounts_key_serves_nothing_else_whoever_allows_it() {
    for operation in [
        "ScheduleKeyDeletion",
        "PutKeyPolicy",
        "EnableKeyRotation",
        "ListKeyRotations",
    ] {
        let asked = foreign().action(&format!("kms:{operation}"));
        assert_decided(&asked, IMPLICIT, DecidedBy::Resource);
        let own = key_question().identity(allow_all()).resource(named(ROOT));
        assert!(own.action(&format!("kms:{operation}")).is_allowed());
    }
    let denied = foreign()
        .action("kms:PutKeyPolicy")
        .resource(resource_statement("Deny", json!("*")));
    assert_decided(&denied, EXPLICIT, DecidedBy::Resource);
    let alias = foreign().action("kms:DeleteAlias").on(ALIAS, HOME);
    assert!(!alias.is_allowed());
}

/// Whether a key policy's Allow under these conditions applies to Alice's request.
fn under(conditions: Value) -> Question {
    key_question().resource(when(named(ALICE), conditions))
}

// Rule 37
#[test]
fn the_name_in_an_encryption_context_key_does_not_tell_case_apart() {
    let app = || under(json!({"StringEquals": {"kms:EncryptionContext:App": "one"}}));
    for written in ["kms:EncryptionContext:App", "KMS:encryptioncontext:aPP"] {
        assert!(app().with(written, "one").is_allowed(), "{written}");
    }
}

// Rule 37
#[test]
fn the_value_in_an_encryption_context_key_is_compared_by_the_operator() {
    let app = |operator: &str| under(json!({operator: {"kms:EncryptionContext:App": "one"}}));
    let one = "kms:EncryptionContext:App";
    assert!(!app("StringEquals").with(one, "One").is_allowed());
    assert!(app("StringEqualsIgnoreCase").with(one, "One").is_allowed());
    assert!(
        !app("StringEquals")
            .with("kms:EncryptionContext:Apps", "one")
            .is_allowed()
    );
    assert!(!app("StringEquals").is_allowed());
}

// Rule 37
#[test]
fn lists_of_operations_and_context_keys_are_multi_valued() {
    let granted = || {
        under(json!({"ForAllValues:StringEquals": {"kms:GrantOperations": ["Encrypt", "Decrypt"]}}))
    };
    let create = |operations: &[&str]| {
        let asked = granted().action("kms:CreateGrant");
        asked
            .with_values("kms:GrantOperations", operations)
            .is_allowed()
    };
    assert!(create(&["Decrypt"]));
    assert!(!create(&["Decrypt", "CreateGrant"]));
    let keys = under(json!({"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "App"}}));
    assert!(
        keys.clone()
            .with_values("kms:EncryptionContextKeys", &["Team", "App"])
            .is_allowed()
    );
    assert!(
        !keys
            .with_values("kms:EncryptionContextKeys", &["Team"])
            .is_allowed()
    );
}

fn aws_managed() -> Question {
    let everyone = resource_statement("Allow", json!({"AWS": "*"}));
    let statement = when(
        everyone,
        json!({"StringEquals": {"kms:CallerAccount": HOME}}),
    );
    key_question().resource(statement).aws_managed_key()
}

// Rule 38
#[test]
fn everyone_of_the_callers_account_is_a_direct_grant() {
    assert_decided(
        &aws_managed().with("kms:CallerAccount", HOME),
        ALLOWED,
        DecidedBy::Resource,
    );
}

// Rule 38
#[test]
fn another_callers_account_is_none() {
    assert!(!aws_managed().with("kms:CallerAccount", AWAY).is_allowed());
    assert!(!aws_managed().is_allowed());
}

// Rule 39
#[test]
fn an_alias_takes_the_permission_on_it_and_on_its_key() {
    for action in ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"] {
        let asked = question()
            .action(action)
            .on(ALIAS, HOME)
            .identity(allow_all());
        let both = asked.and_on(KEY, HOME).resource(named(ROOT));
        assert_decided(&both, ALLOWED, DecidedBy::Identity);
    }
}

// Rule 29, 39
#[test]
fn a_bucket_called_key_or_alias_is_a_bucket() {
    for object in ["arn:aws:s3:::key/a.txt", "arn:aws:s3:::alias/a.txt"] {
        let asked = || question().on(object, HOME);
        assert_decided(&asked().identity(allow_all()), ALLOWED, DecidedBy::Identity);
        let by_policy = asked().resource(named(ALICE));
        assert_decided(&by_policy, ALLOWED, DecidedBy::Resource);
    }
    let store = "arn:aws:kms:us-east-1:111122223333:custom-key-store/s";
    let store = question()
        .action("kms:DescribeCustomKeyStores")
        .on(store, HOME);
    assert!(store.identity(allow_all()).is_allowed());
}

#[test]
fn a_request_tells_what_kind_of_policy_its_resources_have() {
    let asked = |arn: &str| question().action("kms:CreateAlias").on(arn, HOME);
    let kind = |asked: Question| asked.request.resource_policy_type();
    assert_eq!(kind(asked(ALIAS).and_on(KEY, HOME)), PolicyType::Key);
    assert_eq!(kind(asked(KEY).and_on(ALIAS, HOME)), PolicyType::Key);
    assert_eq!(kind(asked(ALIAS)), PolicyType::Resource);
    assert_eq!(kind(question()), PolicyType::Resource);
    let role = question().action("sts:AssumeRole").on(ROLE, HOME);
    assert_eq!(kind(role), PolicyType::Trust);
    let tag = question().action("sts:TagSession").on(ROLE, HOME);
    assert_eq!(kind(tag), PolicyType::Trust);
    let token = question().action("sts:GetFederationToken").on(ALICE, HOME);
    assert_eq!(kind(token), PolicyType::Resource);
    let get = question().action("iam:GetRole").on(ROLE, HOME);
    assert_eq!(kind(get), PolicyType::Resource);
}

// Rule 39
#[test]
fn the_permission_on_the_alias_or_on_the_key_alone_is_too_little() {
    let only = |arn: &str| json!({"Effect": "Allow", "Action": "kms:*", "Resource": arn});
    let asked = |statements: Value| {
        let asked = question()
            .action("kms:CreateAlias")
            .on(ALIAS, HOME)
            .and_on(KEY, HOME);
        asked.resource(named(ROOT)).identity(statements)
    };
    assert!(asked(json!([only(ALIAS), only(KEY)])).is_allowed());
    assert!(!asked(only(ALIAS)).is_allowed());
    assert!(!asked(only(KEY)).is_allowed());
    let by_key_policy = question()
        .action("kms:CreateAlias")
        .on(ALIAS, HOME)
        .resource(named(ALICE));
    assert!(!by_key_policy.is_allowed(), "an alias has no policy");
}
