//! Rules 25 to 28: callers from other accounts, roles to assume, and what cannot be denied or shared.

use cipherdeck::policy::DecidedBy;
use serde_json::{Value, json};

use super::super::question::*;

const AWAY_SESSION: &str = "arn:aws:sts::444455556666:assumed-role/Reader/eve";

fn named(name: &str) -> Value {
    resource_statement("Allow", json!({"AWS": name}))
}

// Rule 25
#[test]
fn across_accounts_both_sides_together_allow() {
    let granted = || question().by(OTHER).identity(allow_all());
    for principal in [json!({"AWS": AWAY}), json!({"AWS": OTHER}), json!("*")] {
        let asked = granted().resource(resource_statement("Allow", principal));
        assert_decided(&asked, ALLOWED, DecidedBy::Identity);
    }
}

// Rule 25
#[test]
fn across_accounts_one_side_alone_does_not() {
    let base = || question().by(OTHER);
    assert_decided(&base().identity(allow_all()), IMPLICIT, DecidedBy::Resource);
    assert_decided(&base().resource(named(AWAY)), IMPLICIT, DecidedBy::Identity);
    assert_decided(&base(), IMPLICIT, DecidedBy::Default);
}

// Rule 25
#[test]
fn across_accounts_being_named_spares_nothing() {
    for caller in [OTHER, AWAY_SESSION] {
        let base = || question().by(caller).resource(named(caller));
        assert_decided(&base(), IMPLICIT, DecidedBy::Identity);
        let granted = || base().identity(allow_all());
        assert_decided(
            &granted().boundary(allow_other()),
            IMPLICIT,
            DecidedBy::Boundary,
        );
        assert_decided(
            &granted().session(allow_other()),
            IMPLICIT,
            DecidedBy::Session,
        );
    }
}

// Rule 26
#[test]
fn the_scps_of_the_callers_account_limit_it_on_foreign_resources_too() {
    let asked = question()
        .by(OTHER)
        .identity(allow_all())
        .resource(named(AWAY));
    assert!(asked.is_allowed());
    assert_decided(&asked.scp(vec![]), IMPLICIT, DecidedBy::Scp);
}

// Rule 26
#[test]
fn which_account_is_the_management_account_tells_scps_and_rcps_apart() {
    let asked = || {
        question()
            .by(OTHER)
            .identity(allow_all())
            .resource(named(AWAY))
    };
    let deny = || vec![resource_statement("Deny", json!("*"))];
    assert!(asked().scp(vec![]).managed_by(AWAY).is_allowed());
    assert_decided(
        &asked().rcp(deny()).managed_by(AWAY),
        EXPLICIT,
        DecidedBy::Rcp,
    );
    assert!(asked().rcp(deny()).managed_by(HOME).is_allowed());
    assert_decided(
        &asked().scp(vec![]).managed_by(HOME),
        IMPLICIT,
        DecidedBy::Scp,
    );
}

fn trust(principal: Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
}

fn assume(caller: &str) -> Question {
    question()
        .by(caller)
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
}

// Rule 27
#[test]
fn a_trust_policy_that_names_the_caller_suffices_within_the_account() {
    assert!(
        assume(ALICE)
            .resource(trust(json!({"AWS": ALICE})))
            .is_allowed()
    );
    assert!(
        assume(SESSION)
            .resource(trust(json!({"AWS": ROLE})))
            .is_allowed()
    );
    let service = assume("ec2.amazonaws.com");
    assert!(
        service
            .resource(trust(json!({"Service": "ec2.amazonaws.com"})))
            .is_allowed()
    );
}

// Rule 27
#[test]
fn a_trust_policy_that_names_the_account_wants_an_identity_policy_too() {
    let by_account = || assume(ALICE).resource(trust(json!({"AWS": ROOT})));
    assert_decided(&by_account(), IMPLICIT, DecidedBy::Identity);
    assert_decided(
        &by_account().identity(allow_all()),
        ALLOWED,
        DecidedBy::Identity,
    );
}

// Rule 27
#[test]
fn an_identity_policy_alone_assumes_no_role() {
    assert_decided(
        &assume(ALICE).identity(allow_all()),
        IMPLICIT,
        DecidedBy::Resource,
    );
    assert!(!assume(ROOT).is_allowed(), "not even for the root user");
    let for_others = assume(ALICE)
        .identity(allow_all())
        .resource(trust(json!({"AWS": OTHER})));
    assert_decided(&for_others, IMPLICIT, DecidedBy::Resource);
}

// Rule 27
#[test]
fn a_role_is_assumed_from_another_account_only_if_both_sides_allow() {
    let trusted = || assume(OTHER).resource(trust(json!({"AWS": OTHER})));
    assert!(!trusted().is_allowed());
    assert!(trusted().identity(allow_all()).is_allowed());
    assert!(!assume(OTHER).identity(allow_all()).is_allowed());
}

// Rule 27
#[test]
fn a_trust_policy_that_names_a_resource_allows_nothing_and_stops_no_deny() {
    let with_resource = |effect: &str| resource_statement(effect, json!({"AWS": ALICE}));
    assert!(!assume(ALICE).resource(with_resource("Allow")).is_allowed());
    let denied = json!([trust(json!({"AWS": ALICE})), with_resource("Deny")]);
    assert!(!assume(ALICE).resource(denied).is_allowed());
}

// Rule 28
#[test]
fn nobody_can_be_denied_to_ask_who_they_are() {
    for caller in [ALICE, SESSION, ROOT, FEDERATED] {
        let asked = question()
            .by(caller)
            .action("sts:GetCallerIdentity")
            .on("*", HOME);
        let denied = asked
            .identity(deny_all())
            .boundary(deny_all())
            .scp(vec![deny_all()]);
        assert_decided(&denied, ALLOWED, DecidedBy::Default);
    }
}

// Rule 28
#[test]
fn other_questions_can_be_denied_and_the_anonymous_are_nobody() {
    let other = question()
        .action("sts:GetSessionToken")
        .identity(deny_all());
    assert_decided(&other, EXPLICIT, DecidedBy::Identity);
    let nobody = question().action("sts:GetCallerIdentity").anonymously();
    assert!(!nobody.is_allowed());
}

// Rule 28
#[test]
fn an_aws_managed_key_serves_its_own_account_only() {
    let open = |caller: &str| {
        let everyone = resource_statement("Allow", json!("*"));
        key_question()
            .by(caller)
            .identity(allow_all())
            .resource(everyone)
    };
    assert!(open(OTHER).is_allowed());
    assert_decided(
        &open(OTHER).aws_managed_key(),
        IMPLICIT,
        DecidedBy::Resource,
    );
    assert!(open(ALICE).aws_managed_key().is_allowed());
}
