//! Rules 1 to 9: in which order the layers are asked, and whom each limits.

use cipherdeck::policy::{DecidedBy, Layer, Outcome};
use serde_json::json;

use super::super::question::*;

const LINKED: &str = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSupport/s";

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

// Rule 4
#[test]
fn an_scp_limits_users_roles_and_the_root_user_of_its_account() {
    for caller in [ALICE, SESSION, ROOT, FEDERATED] {
        let asked = question().by(caller).identity(allow_all()).scp(vec![]);
        assert_decided(&asked, IMPLICIT, DecidedBy::Scp);
    }
    let elsewhere = question().identity(allow_all()).scp(vec![]);
    assert!(!elsewhere.managed_by(AWAY).is_allowed());
}

// Rule 4
#[test]
fn an_scp_limits_neither_management_account_nor_linked_roles_services_and_strangers() {
    let limited = |question: Question| question.identity(allow_all()).scp(vec![]);
    assert!(limited(question()).managed_by(HOME).is_allowed());
    assert!(limited(question().by(ROOT)).managed_by(HOME).is_allowed());
    assert!(limited(question().by(LINKED)).is_allowed());
    let open = || resource_statement("Allow", json!("*"));
    assert!(limited(question().anonymously().resource(open())).is_allowed());
    assert!(limited(question().by("lambda.amazonaws.com").resource(open())).is_allowed());
}

fn only(action: &str) -> serde_json::Value {
    json!({"Effect": "Allow", "Action": action, "Resource": "*"})
}

// Rule 5
#[test]
fn an_allow_at_every_level_lets_pass() {
    let base = || question().identity(allow_all());
    assert!(
        base()
            .scp(vec![allow_all()])
            .scp(vec![only("s3:*")])
            .is_allowed()
    );
    assert!(
        base().scp(vec![only("ec2:*"), only("s3:*")]).is_allowed(),
        "policies of one level are a union"
    );
    assert!(base().is_allowed(), "no levels at all limit nothing");
}

// Rule 5
#[test]
fn a_level_without_an_allow_of_its_own_denies_and_names_itself() {
    let base = || question().identity(allow_all());
    for asked in [
        base().scp(vec![allow_all()]).scp(vec![only("ec2:*")]),
        base().scp(vec![only("ec2:*")]).scp(vec![only("s3:*")]),
        base().scp(vec![allow_all()]).scp(vec![]),
        base().scp(vec![]).scp(vec![allow_all()]),
    ] {
        assert_decided(&asked, IMPLICIT, DecidedBy::Scp);
        assert_eq!(
            asked.layer(Layer::Scp).why,
            "nothing attached to `o-level` allows this"
        );
    }
}

// Rule 5
#[test]
fn a_deny_at_one_level_wins_and_an_scp_alone_grants_nothing() {
    let denied = question()
        .identity(allow_all())
        .scp(vec![allow_all(), deny_all()])
        .scp(vec![allow_all()]);
    assert_decided(&denied, EXPLICIT, DecidedBy::Scp);
    let nobody = question().scp(vec![allow_all()]);
    assert_decided(&nobody, IMPLICIT, DecidedBy::Default);
}

fn under_rcp() -> Question {
    question()
        .identity(allow_all())
        .resource(resource_statement("Allow", json!("*")))
        .rcp(vec![resource_statement("Deny", json!("*"))])
}

// Rule 6
#[test]
fn an_rcp_limits_a_members_resources_whoever_calls() {
    for caller in [ALICE, SESSION, ROOT, OTHER, "lambda.amazonaws.com"] {
        assert_decided(&under_rcp().by(caller), EXPLICIT, DecidedBy::Rcp);
    }
    assert_decided(&under_rcp().anonymously(), EXPLICIT, DecidedBy::Rcp);
    for (action, arn) in [
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q"),
        (
            "dynamodb:GetItem",
            "arn:aws:dynamodb:us-east-1:111122223333:table/t",
        ),
        (
            "aoss:APIAccessAll",
            "arn:aws:aoss:us-east-1:111122223333:collection/c",
        ),
        (
            "xray:GetGroup",
            "arn:aws:xray:us-east-1:111122223333:group/g",
        ),
    ] {
        let asked = under_rcp().action(action).on(arn, HOME);
        assert_decided(&asked, EXPLICIT, DecidedBy::Rcp);
    }
    assert_decided(&under_rcp().managed_by(AWAY), EXPLICIT, DecidedBy::Rcp);
}

// Rule 6
#[test]
fn an_rcp_spares_the_management_account_linked_roles_and_other_services() {
    assert!(under_rcp().managed_by(HOME).is_allowed());
    assert!(under_rcp().by(LINKED).is_allowed());
    let topic = "arn:aws:sns:us-east-1:111122223333:t";
    assert!(
        under_rcp()
            .action("sns:Publish")
            .on(topic, HOME)
            .is_allowed()
    );
    let every_bucket = under_rcp().action("s3:ListAllMyBuckets").on("*", HOME);
    assert!(every_bucket.is_allowed(), "there is no resource to limit");
}

// Rule 6
#[test]
fn an_rcp_spares_aws_managed_keys_the_retiring_of_grants_and_trust_in_linked_roles() {
    let key = || under_rcp().action("kms:Decrypt").on(KEY, HOME);
    assert_decided(&key(), EXPLICIT, DecidedBy::Rcp);
    assert!(key().aws_managed_key().is_allowed());
    assert!(key().action("kms:RetireGrant").is_allowed());
    assert_decided(&key().action("kms:RevokeGrant"), EXPLICIT, DecidedBy::Rcp);
    let assume = |role: &str| {
        let trust = json!({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"});
        let by = question()
            .by("support.amazonaws.com")
            .action("sts:AssumeRole");
        by.on(role, HOME)
            .resource(trust)
            .rcp(vec![resource_statement("Deny", json!("*"))])
    };
    let linked = "arn:aws:iam::111122223333:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport";
    assert!(assume(linked).is_allowed());
    assert_decided(&assume(ROLE), EXPLICIT, DecidedBy::Rcp);
}

// Rule 7
#[test]
fn an_rcp_never_grants_and_full_access_is_implied() {
    let allow = vec![resource_statement("Allow", json!("*"))];
    assert_decided(&question().rcp(allow), IMPLICIT, DecidedBy::Default);
    assert!(question().identity(allow_all()).rcp(vec![]).is_allowed());
    let other =
        json!({"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"});
    assert!(
        question()
            .identity(allow_all())
            .rcp(vec![other])
            .is_allowed()
    );
}

// Rule 7
#[test]
fn an_rcp_of_another_form_stops_no_deny() {
    for (element, value) in [
        ("Principal", json!({"AWS": ALICE})),
        ("Principal", json!({"AWS": OTHER})),
        ("NotPrincipal", json!({"AWS": [ROOT, ALICE]})),
        ("NotAction", json!("ec2:*")),
    ] {
        let mut deny =
            json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"});
        let name = element.trim_start_matches("Not");
        deny.as_object_mut().unwrap().remove(name);
        deny[element] = value;
        let asked = question().identity(allow_all()).rcp(vec![deny.clone()]);
        let expected = if deny["Principal"] == json!({"AWS": OTHER}) || element == "NotPrincipal" {
            // What names others, or spares this caller, does not match, whatever its form.
            ALLOWED
        } else {
            EXPLICIT
        };
        assert_eq!(asked.decision(), expected, "{deny}");
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
