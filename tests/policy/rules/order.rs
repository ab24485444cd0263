//! Rules 1 to 3, 8 and 9: in which order the layers are asked, and what an account's own policies leave.

use cipherdeck::policy::{DecidedBy, Layer, Outcome};
use serde_json::json;

use super::super::question::*;

// Rule 1
#[test]
fn nothing_is_allowed_by_default() {
    for caller in [ALICE, SESSION, FEDERATED] {
        assert_decided(&question().by(caller), IMPLICIT, DecidedBy::Default);
    }
    assert_decided(&question().anonymously(), IMPLICIT, DecidedBy::Default);
}

// Rule 1
#[test]
fn the_root_user_may_do_everything_in_its_own_account_that_nothing_takes_away() {
    let root = || question().by(ROOT);
    assert_decided(&root(), ALLOWED, DecidedBy::Identity);
    assert_decided(&root().scp(vec![]), IMPLICIT, DecidedBy::Scp);
    let deny = || resource_statement("Deny", json!("*"));
    assert_decided(&root().rcp(vec![deny()]), EXPLICIT, DecidedBy::Rcp);
    assert_decided(&root().resource(deny()), EXPLICIT, DecidedBy::Resource);
    assert!(
        root().boundary(allow_other()).is_allowed(),
        "no boundary can be set on it"
    );
    let elsewhere = question().by("arn:aws:iam::444455556666:root");
    assert_decided(&elsewhere, IMPLICIT, DecidedBy::Resource);
}

/// The root user's question about the policy of its account's bucket, which denies everything to everyone.
fn locked_out(action: &str) -> Question {
    question()
        .by(ROOT)
        .action(action)
        .on("arn:aws:s3:::notes", HOME)
        .resource(resource_statement("Deny", json!("*")))
}

// Rule 1
#[test]
fn no_bucket_policy_locks_the_root_user_out_of_itself() {
    for action in [
        "s3:GetBucketPolicy",
        "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
    ] {
        assert_decided(&locked_out(action), ALLOWED, DecidedBy::Identity);
        let layer = locked_out(action).layer(Layer::Resource);
        assert_eq!(layer.outcome, Outcome::NotApplicable);
    }
}

// Rule 1
#[test]
fn a_bucket_policy_locks_out_everyone_else_and_the_root_user_of_all_else() {
    assert_decided(&locked_out("s3:ListBucket"), EXPLICIT, DecidedBy::Resource);
    let put = || locked_out("s3:PutBucketPolicy");
    assert_decided(
        &put().by(ALICE).identity(allow_all()),
        EXPLICIT,
        DecidedBy::Resource,
    );
    assert_decided(
        &put().by("arn:aws:iam::444455556666:root"),
        EXPLICIT,
        DecidedBy::Resource,
    );
    assert_decided(&put().scp(vec![]), IMPLICIT, DecidedBy::Scp);
    let rcp = vec![resource_statement("Deny", json!("*"))];
    assert_decided(&put().rcp(rcp), EXPLICIT, DecidedBy::Rcp);
    assert_decided(
        &put().endpoint(allow_other()),
        IMPLICIT,
        DecidedBy::Endpoint,
    );
}

/// A question that every layer answers with an Allow.
fn open() -> Question {
    question()
        .identity(allow_all())
        .resource(resource_statement("Allow", json!("*")))
        .boundary(allow_all())
        .session(allow_all())
        .endpoint(resource_statement("Allow", json!("*")))
        .scp(vec![allow_all()])
        .rcp(vec![])
}

// Rule 2
#[test]
fn one_deny_in_any_layer_decides_whatever_the_others_allow() {
    let deny = || resource_statement("Deny", json!("*"));
    assert_decided(&open().identity(deny_all()), EXPLICIT, DecidedBy::Identity);
    assert_decided(&open().resource(deny()), EXPLICIT, DecidedBy::Resource);
    assert_decided(&open().boundary(deny_all()), EXPLICIT, DecidedBy::Boundary);
    assert_decided(&open().session(deny_all()), EXPLICIT, DecidedBy::Session);
    assert_decided(&open().endpoint(deny()), EXPLICIT, DecidedBy::Endpoint);
    assert_decided(
        &open().scp(vec![allow_all(), deny_all()]),
        EXPLICIT,
        DecidedBy::Scp,
    );
    assert_decided(&open().rcp(vec![deny()]), EXPLICIT, DecidedBy::Rcp);
}

// Rule 2
#[test]
fn a_deny_that_does_not_apply_decides_nothing() {
    let elsewhere = || json!({"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"});
    let mut for_another = elsewhere();
    for_another["Principal"] = json!("*");
    let still = open()
        .identity(elsewhere())
        .boundary(elsewhere())
        .session(elsewhere())
        .endpoint(for_another.clone())
        .scp(vec![allow_all(), elsewhere()])
        .rcp(vec![for_another]);
    assert_decided(&still, ALLOWED, DecidedBy::Resource);
}

// Rule 2
#[test]
fn every_deny_that_applies_stands_in_the_trace() {
    let asked = open().identity(deny_all()).session(deny_all());
    for layer in [Layer::Identity, Layer::Session] {
        assert_eq!(asked.layer(layer).outcome, Outcome::ExplicitlyDenied);
    }
    assert_eq!(asked.layer(Layer::Boundary).outcome, Outcome::Allowed);
}

// Rule 3
#[test]
fn the_first_layer_that_must_allow_and_does_not_is_to_blame() {
    let silent = || {
        question()
            .by(SESSION)
            .identity(allow_all())
            .boundary(allow_other())
            .session(allow_other())
    };
    assert_decided(&silent(), IMPLICIT, DecidedBy::Boundary);
    let put =
        || json!({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"});
    assert_decided(&silent().endpoint(put()), IMPLICIT, DecidedBy::Endpoint);
    let under_scp = silent().endpoint(put()).scp(vec![]);
    assert_decided(&under_scp, IMPLICIT, DecidedBy::Scp);
    let deny = resource_statement("Deny", json!("*"));
    assert_decided(&under_scp.rcp(vec![deny]), EXPLICIT, DecidedBy::Rcp);
}

// Rule 3
#[test]
fn a_layer_that_is_not_there_is_not_asked() {
    let asked = question().identity(allow_all());
    assert_decided(&asked, ALLOWED, DecidedBy::Identity);
    for layer in Layer::ALL {
        let expected = match layer {
            Layer::Identity => Outcome::Allowed,
            _ => Outcome::NotApplicable,
        };
        assert_eq!(asked.verdict().layers.of(layer), expected, "{layer:?}");
    }
}

// Rule 8
#[test]
fn an_endpoint_policy_that_allows_lets_pass_and_grants_nothing() {
    let base = || question().identity(allow_all());
    assert!(
        base()
            .endpoint(resource_statement("Allow", json!("*")))
            .is_allowed()
    );
    assert!(
        base().endpoint(allow_all()).is_allowed(),
        "it may name no principal"
    );
    let nobody = question().endpoint(allow_all());
    assert_decided(&nobody, IMPLICIT, DecidedBy::Default);
}

// Rule 8
#[test]
fn an_endpoint_policy_that_says_nothing_stands_in_the_way_of_every_caller() {
    let put =
        || json!({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"});
    let base = || question().resource(resource_statement("Allow", json!("*")));
    for caller in [ALICE, SESSION, ROOT, "lambda.amazonaws.com"] {
        assert!(base().by(caller).is_allowed());
        let asked = base().by(caller).endpoint(put());
        assert_decided(&asked, IMPLICIT, DecidedBy::Endpoint);
    }
    let for_another = resource_statement("Allow", json!({"AWS": OTHER}));
    assert!(!base().endpoint(for_another).is_allowed());
}

// Rule 9
#[test]
fn identity_boundary_and_session_must_all_allow() {
    let base = || question().by(SESSION).identity(allow_all());
    assert!(
        base()
            .boundary(allow_all())
            .session(allow_all())
            .is_allowed()
    );
    assert!(
        question()
            .identity(allow_other())
            .identity(allow_all())
            .is_allowed(),
        "a group's policies count as the user's"
    );
}

// Rule 9
#[test]
fn what_one_of_identity_boundary_and_session_leaves_out_is_denied() {
    let base = || question().by(SESSION).identity(allow_all());
    assert_decided(
        &base().boundary(allow_other()),
        IMPLICIT,
        DecidedBy::Boundary,
    );
    assert_decided(&base().session(allow_other()), IMPLICIT, DecidedBy::Session);
    let bare = question()
        .by(SESSION)
        .boundary(allow_all())
        .session(allow_all());
    assert_decided(&bare, IMPLICIT, DecidedBy::Default);
}
