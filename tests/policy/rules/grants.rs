//! Rules 32 to 35: grants on keys.

use cipherdeck::policy::{DecidedBy, Grant, Layer, Outcome, Unspecified};
use serde_json::{Value, json};

use super::super::question::*;

fn grant(grantee: &str, operations: &[&str]) -> Value {
    json!({"GranteePrincipal": grantee, "Operations": operations})
}

fn with(mut grant: Value, name: &str, value: Value) -> Value {
    grant[name] = value;
    grant
}

/// A question of the role's session under a grant for the role.
fn granted(operations: &[&str]) -> Question {
    key_question().by(SESSION).grant(grant(ROLE, operations))
}

// Rule 32
#[test]
fn a_grant_allows_its_grantee_the_operations_that_it_lists() {
    for operation in [
        "Decrypt",
        "DeriveSharedSecret",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateMac",
        "ReEncryptFrom",
        "ReEncryptTo",
        "Sign",
        "Verify",
        "VerifyMac",
        "CreateGrant",
        "DescribeKey",
        "GetPublicKey",
        "RetireGrant",
    ] {
        let asked = granted(&[operation]).action(&format!("kms:{operation}"));
        assert_decided(&asked, ALLOWED, DecidedBy::Grant);
    }
}

// Rule 32
#[test]
fn a_grant_allows_no_other_operation_and_nobody_else() {
    assert!(!granted(&["Decrypt"]).action("kms:Encrypt").is_allowed());
    assert!(!granted(&["Decrypt"]).by(ALICE).is_allowed());
    assert!(!granted(&["Decrypt"]).anonymously().is_allowed());
    let never = granted(&["ScheduleKeyDeletion"]).action("kms:ScheduleKeyDeletion");
    assert!(!never.is_allowed(), "no grant can allow this");
    let everyone = key_question().grant(grant("*", &["Decrypt"]));
    assert!(!everyone.is_allowed());
}

// Rule 32
#[test]
fn a_grantee_is_a_user_role_session_account_or_service() {
    for (grantee, caller) in [
        (ALICE, ALICE),
        (ROLE, SESSION),
        (SESSION, SESSION),
        (FEDERATED, FEDERATED),
        ("s3.amazonaws.com", "s3.amazonaws.com"),
        (HOME, ROOT),
    ] {
        let asked = key_question()
            .by(caller)
            .grant(grant(grantee, &["Decrypt"]));
        assert_decided(&asked, ALLOWED, DecidedBy::Grant);
        assert_eq!(asked.layer(Layer::Grant).policies[0].unspecified, None);
    }
    let account = key_question().grant(grant(ROOT, &["Decrypt"]));
    let open = account.layer(Layer::Grant).policies[0].unspecified;
    assert_eq!(open, Some(Unspecified::AccountGrantee));
}

fn constrained(constraints: Value) -> Question {
    let grant = grant(ROLE, &["Decrypt", "DescribeKey", "RetireGrant"]);
    let grant = with(grant, "Constraints", constraints);
    key_question().by(SESSION).grant(grant)
}

const APP: &str = "kms:EncryptionContext:App";

// Rule 32
#[test]
fn a_grant_may_demand_an_encryption_context_or_a_part_of_it() {
    let equals = constrained(json!({"EncryptionContextEquals": {"App": "one"}}));
    assert!(equals.with(APP, "one").is_allowed());
    let subset = constrained(json!({"EncryptionContextSubset": {"App": "one"}}));
    assert!(
        subset
            .with(APP, "one")
            .with("kms:EncryptionContext:B", "2")
            .is_allowed()
    );
}

// Rule 32
#[test]
fn an_encryption_context_is_demanded_to_the_letter() {
    let equals = || constrained(json!({"EncryptionContextEquals": {"App": "one"}}));
    assert!(!equals().is_allowed());
    assert!(!equals().with(APP, "One").is_allowed());
    assert!(
        !equals()
            .with("kms:EncryptionContext:app", "one")
            .is_allowed()
    );
    assert!(
        !equals()
            .with(APP, "one")
            .with("kms:EncryptionContext:B", "2")
            .is_allowed()
    );
    let subset = || constrained(json!({"EncryptionContextSubset": {"App": "one"}}));
    assert!(!subset().with("kms:EncryptionContext:B", "2").is_allowed());
    assert!(
        !subset()
            .with("kms:EncryptionContext:app", "one")
            .is_allowed()
    );
}

// Rule 32
#[test]
fn operations_without_encryption_context_are_not_held_to_one() {
    for kind in ["EncryptionContextEquals", "EncryptionContextSubset"] {
        let asked = || constrained(json!({kind: {"App": "one"}}));
        assert!(asked().action("kms:DescribeKey").is_allowed());
        assert!(asked().action("kms:RetireGrant").is_allowed());
        assert!(!asked().is_allowed());
    }
}

// Rule 32
#[test]
fn a_service_is_held_to_the_resource_that_it_asks_for() {
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/notes";
    let service = "dynamodb.amazonaws.com";
    let grant = json!({
        "GranteeServicePrincipal": service, "Operations": ["Decrypt"], "Constraints": {"SourceArn": table}
    });
    let asked = || key_question().by(service).grant(grant.clone());
    assert!(asked().with("aws:SourceArn", table).is_allowed());
    assert!(
        !asked()
            .with(
                "aws:SourceArn",
                "arn:aws:dynamodb:us-east-1:111122223333:table/other"
            )
            .is_allowed()
    );
    assert!(!asked().is_allowed());
    let user = with(
        self::grant(ALICE, &["Decrypt"]),
        "Constraints",
        json!({"SourceArn": table}),
    );
    assert!(
        key_question().grant(user).is_allowed(),
        "only services are held to it"
    );
}

// Rule 33
#[test]
fn a_grant_works_without_any_policy_in_every_account() {
    assert_decided(&granted(&["Decrypt"]), ALLOWED, DecidedBy::Grant);
    let foreign = key_question().by(OTHER).grant(grant(OTHER, &["Decrypt"]));
    assert_decided(&foreign, ALLOWED, DecidedBy::Grant);
    let beside = foreign.resource(resource_statement("Allow", json!({"AWS": AWAY})));
    assert_decided(&beside, ALLOWED, DecidedBy::Grant);
}

// Rule 33
#[test]
fn a_grant_gives_way_to_denials_and_to_organization_policies() {
    let granted = || granted(&["Decrypt"]);
    assert_decided(
        &granted().identity(deny_all()),
        EXPLICIT,
        DecidedBy::Identity,
    );
    let deny = || resource_statement("Deny", json!("*"));
    assert_decided(&granted().resource(deny()), EXPLICIT, DecidedBy::Resource);
    assert_decided(&granted().rcp(vec![deny()]), EXPLICIT, DecidedBy::Rcp);
    assert_decided(&granted().scp(vec![]), IMPLICIT, DecidedBy::Scp);
    let endpoint = json!({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"});
    assert_decided(&granted().endpoint(endpoint), IMPLICIT, DecidedBy::Endpoint);
    let foreign = key_question()
        .by(OTHER)
        .aws_managed_key()
        .grant(grant(OTHER, &["Decrypt"]));
    assert_decided(&foreign, IMPLICIT, DecidedBy::Resource);
}

fn young() -> Question {
    let grant = with(grant(ROLE, &["Decrypt"]), "state", json!("pending"));
    key_question()
        .by(SESSION)
        .grant(with(grant, "GrantToken", json!("AQpAM2Rh")))
}

// Rule 33
#[test]
fn a_young_grant_works_for_a_request_that_passes_its_token() {
    assert_decided(
        &young().passing_token("AQpAM2Rh"),
        ALLOWED,
        DecidedBy::Grant,
    );
}

// Rule 33
#[test]
fn a_young_grant_does_not_work_without_its_token() {
    assert!(!young().is_allowed());
    assert!(!young().passing_token("another").is_allowed());
    let tokenless = with(grant(ROLE, &["Decrypt"]), "state", json!("pending"));
    assert!(
        !key_question()
            .by(SESSION)
            .grant(tokenless)
            .passing_token("")
            .is_allowed()
    );
}

/// A request of `caller` to create a grant for these operations.
fn creating(question: Question, operations: &[&str]) -> Question {
    let asked = question.action("kms:CreateGrant");
    asked.with_values("kms:GrantOperations", operations)
}

// Rule 34
#[test]
fn by_a_policy_one_may_grant_what_one_may_not_do() {
    let only = json!({"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "kms:CreateGrant", "Resource": "*"});
    let asked = creating(key_question().resource(only.clone()), &["Decrypt", "Sign"]);
    assert_decided(&asked, ALLOWED, DecidedBy::Resource);
    assert!(!key_question().resource(only).is_allowed());
}

// Rule 34
#[test]
fn by_a_grant_one_passes_on_no_more_than_it_has() {
    let parent = || granted(&["CreateGrant", "Decrypt"]);
    assert!(creating(parent(), &["Decrypt"]).is_allowed());
    assert!(creating(parent(), &["Decrypt", "CreateGrant"]).is_allowed());
    assert!(!creating(parent(), &["Decrypt", "Encrypt"]).is_allowed());
    assert!(!creating(granted(&["Decrypt"]), &["Decrypt"]).is_allowed());
    let unknown = parent().action("kms:CreateGrant");
    let open = unknown.layer(Layer::Grant).policies[0].unspecified;
    assert_eq!(open, Some(Unspecified::UnknownGrantOperations));
}

/// Whether a grant whose constraint is `parent` lets its grantee create one of type `child` with these pairs.
fn passes_on(parent: Value, child: Option<&str>, pairs: &[(&str, &str)]) -> bool {
    let grant = with(
        grant(ROLE, &["CreateGrant", "Decrypt"]),
        "Constraints",
        parent,
    );
    let mut asked = creating(key_question().by(SESSION).grant(grant), &["Decrypt"]);
    if let Some(kind) = child {
        asked = asked.with("kms:GrantConstraintType", kind);
    }
    for (name, value) in pairs {
        asked = asked.with(&format!("kms:EncryptionContext:{name}"), value);
    }
    asked.is_allowed()
}

const EQUALS: Option<&str> = Some("EncryptionContextEquals");
const SUBSET: Option<&str> = Some("EncryptionContextSubset");

// Rule 34
#[test]
fn a_constraint_is_passed_on_equally_strict_or_stricter() {
    let equals = || json!({"EncryptionContextEquals": {"App": "one"}});
    let subset = || json!({"EncryptionContextSubset": {"App": "one"}});
    assert!(passes_on(equals(), EQUALS, &[("App", "one")]));
    assert!(passes_on(subset(), SUBSET, &[("App", "one")]));
    assert!(passes_on(subset(), SUBSET, &[("App", "one"), ("B", "2")]));
    assert!(passes_on(subset(), EQUALS, &[("App", "one"), ("B", "2")]));
}

// Rule 34
#[test]
fn a_constraint_is_never_passed_on_laxer() {
    let equals = || json!({"EncryptionContextEquals": {"App": "one"}});
    let subset = || json!({"EncryptionContextSubset": {"App": "one"}});
    assert!(!passes_on(equals(), None, &[]));
    assert!(!passes_on(equals(), SUBSET, &[("App", "one")]));
    assert!(!passes_on(equals(), EQUALS, &[("App", "one"), ("B", "2")]));
    assert!(!passes_on(equals(), EQUALS, &[("App", "two")]));
    assert!(!passes_on(subset(), None, &[("App", "one")]));
    assert!(!passes_on(subset(), SUBSET, &[("B", "2")]));
    assert!(!passes_on(subset(), EQUALS, &[]));
}

fn retirable() -> Value {
    let grant = with(grant(ROLE, &["Decrypt"]), "RetiringPrincipal", json!(ALICE));
    with(grant, "IssuingAccount", json!(ROOT))
}

fn retiring(caller: &str) -> Question {
    key_question()
        .by(caller)
        .action("kms:RetireGrant")
        .grant(retirable())
}

// Rule 35
#[test]
fn a_grant_is_retired_by_its_retiring_principal_and_by_the_account_that_made_it() {
    assert_decided(&retiring(ALICE), ALLOWED, DecidedBy::Grant);
    assert_decided(&retiring(ROOT), ALLOWED, DecidedBy::Grant);
    let passed_on = retiring("arn:aws:iam::111122223333:user/bob").identity(allow_all());
    assert_decided(&passed_on, ALLOWED, DecidedBy::Grant);
    let listed = granted(&["Decrypt", "RetireGrant"]).action("kms:RetireGrant");
    assert_decided(&listed, ALLOWED, DecidedBy::Grant);
}

// Rule 35
#[test]
fn a_grant_is_not_retired_by_a_grantee_that_may_not_or_by_strangers() {
    assert!(!retiring(SESSION).is_allowed());
    assert!(!retiring("arn:aws:iam::111122223333:user/bob").is_allowed());
    assert!(!retiring(OTHER).identity(allow_all()).is_allowed());
    assert_decided(
        &retiring(ALICE).identity(deny_all()),
        EXPLICIT,
        DecidedBy::Identity,
    );
    let decrypting = key_question().grant(retirable());
    assert!(!decrypting.is_allowed(), "who may retire it may not use it");
}

// Rule 35
#[test]
fn to_revoke_a_grant_is_a_matter_of_policies() {
    let revoking = || key_question().action("kms:RevokeGrant");
    assert!(!revoking().grant(retirable()).is_allowed());
    assert!(
        !revoking()
            .by(SESSION)
            .grant(grant(ROLE, &["RevokeGrant"]))
            .is_allowed()
    );
    let allowed = revoking().resource(resource_statement("Allow", json!({"AWS": ALICE})));
    assert_decided(&allowed, ALLOWED, DecidedBy::Resource);
}

#[test]
fn a_grant_is_saved_whole() {
    for mut written in [retirable(), constrained_grant()] {
        written["state"] = json!("pending");
        let grant: Grant = serde_json::from_value(written).unwrap();
        let saved = serde_json::to_string(&grant).unwrap();
        assert_eq!(serde_json::from_str::<Grant>(&saved).unwrap(), grant);
        assert!(saved.contains("pending"));
    }
    let active: Grant = serde_json::from_value(retirable()).unwrap();
    assert!(!serde_json::to_string(&active).unwrap().contains("state"));
}

fn constrained_grant() -> Value {
    with(
        grant(ROLE, &["Decrypt"]),
        "Constraints",
        json!({"EncryptionContextEquals": {"App": "one"}, "SourceArn": "arn:aws:s3:::notes"}),
    )
}

#[test]
fn grants_on_what_is_no_key_play_no_part() {
    let bucket = question().grant(grant(ALICE, &["GetObject"]));
    assert_eq!(bucket.layer(Layer::Grant).outcome, Outcome::NotApplicable);
    assert!(!bucket.is_allowed());
}
