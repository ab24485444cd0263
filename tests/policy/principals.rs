//! Whom `Principal` and `NotPrincipal` mean.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use serde_json::{Value, json};

use super::question::*;

/// Whether a Deny for `principal` hits the caller.
fn hits(caller: &str, principal: Value) -> bool {
    let denied = question()
        .by(caller)
        .identity(allow_all())
        .resource(resource_statement("Deny", principal));
    !denied.is_allowed()
}

/// Whether a Deny for everyone but `principal` hits the caller.
fn spares(caller: &str, principal: Value) -> bool {
    let statement =
        json!({"Effect": "Deny", "NotPrincipal": principal, "Action": "*", "Resource": "*"});
    question()
        .by(caller)
        .identity(allow_all())
        .resource(statement)
        .is_allowed()
}

#[test]
fn a_deny_of_a_role_or_account_hits_all_its_sessions() {
    assert!(hits(SESSION, json!({"AWS": ROLE})));
    assert!(hits(SESSION, json!({"AWS": ROOT})));
    assert!(hits(SESSION, json!({"AWS": HOME})));
    assert!(hits(SESSION, json!({"AWS": SESSION})));
    assert!(hits(SESSION, json!({"AWS": [OTHER, ROLE]})));
    assert!(!hits(SESSION, json!({"AWS": ALICE})));
    assert!(!hits(SESSION, json!({"AWS": "444455556666"})));
    assert!(!hits(
        SESSION,
        json!({"AWS": "arn:aws:sts::111122223333:assumed-role/Reader/bob"})
    ));
}

#[test]
fn a_role_is_known_by_its_name_whatever_its_path() {
    assert!(hits(
        SESSION,
        json!({"AWS": "arn:aws:iam::111122223333:role/teams/red/Reader"})
    ));
    assert!(!hits(
        SESSION,
        json!({"AWS": "arn:aws:iam::111122223333:role/reader"})
    ));
    assert!(!hits(
        SESSION,
        json!({"AWS": "arn:aws:iam::444455556666:role/Reader"})
    ));
    assert!(!hits(
        SESSION,
        json!({"AWS": "arn:aws-cn:iam::111122223333:role/Reader"})
    ));
}

#[test]
fn user_names_tell_case_apart() {
    assert!(hits(ALICE, json!({"AWS": ALICE})));
    assert!(!hits(
        ALICE,
        json!({"AWS": "arn:aws:iam::111122223333:user/Alice"})
    ));
}

#[test]
fn a_partial_wildcard_allows_nobody_and_stops_no_deny() {
    let some = "arn:aws:iam::111122223333:user/*";
    assert!(
        !question()
            .resource(resource_statement("Allow", json!({"AWS": some})))
            .is_allowed()
    );
    assert!(hits(ALICE, json!({"AWS": some})));
}

#[test]
fn a_unique_id_is_nobody_any_more() {
    assert!(!hits(ALICE, json!({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})));
    assert!(
        !question()
            .resource(resource_statement(
                "Allow",
                json!({"AWS": "AROACKCEVSQ6C2EXAMPLE"})
            ))
            .is_allowed()
    );
}

#[test]
fn not_principal_spares_only_callers_whose_whole_chain_is_listed() {
    assert!(spares(ALICE, json!({"AWS": [ROOT, ALICE]})));
    assert!(!spares(ALICE, json!({"AWS": ALICE})));
    assert!(!spares(ALICE, json!({"AWS": ROOT})));
    assert!(spares(SESSION, json!({"AWS": [HOME, ROLE, SESSION]})));
    assert!(!spares(SESSION, json!({"AWS": [ROLE, SESSION]})));
    assert!(!spares(SESSION, json!({"AWS": [ROOT, ROLE]})));
    assert!(spares(ROOT, json!({"AWS": ROOT})));
    assert!(!spares(OTHER, json!({"AWS": [ROOT, ALICE]})));
}

#[test]
fn a_caller_with_a_boundary_is_never_spared() {
    let statement = json!({"Effect": "Deny", "NotPrincipal": {"AWS": [ROOT, ALICE]}, "Action": "*", "Resource": "*"});
    let base = question().identity(allow_all()).resource(statement);
    assert!(base.is_allowed());
    assert!(!base.boundary(allow_all()).is_allowed());
}

#[test]
fn not_principal_with_allow_grants_nothing() {
    let statement =
        json!({"Effect": "Allow", "NotPrincipal": {"AWS": OTHER}, "Action": "*", "Resource": "*"});
    assert!(!question().resource(statement).is_allowed());
}

#[test]
fn a_principal_where_none_may_stand_allows_nothing_and_stops_no_deny() {
    let statement = |effect: &str| resource_statement(effect, json!("*"));
    assert!(!question().identity(statement("Allow")).is_allowed());
    assert!(
        !question()
            .identity(allow_all())
            .identity(statement("Deny"))
            .is_allowed()
    );
    assert!(
        !question()
            .identity(allow_all())
            .resource(deny_all())
            .is_allowed(),
        "one that is missing stops no deny either"
    );
    assert!(!question().resource(allow_all()).is_allowed());
}
