//! Rules 4 to 7: whom and what the policies of an organization limit.

use cipherdeck::policy::{DecidedBy, Layer, Truth};
use serde_json::json;

use super::super::question::*;

const LINKED: &str = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSupport/s";

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
fn full_access_may_be_written_out_and_no_other_allow_among_rcps() {
    let result = |statement: serde_json::Value| {
        let asked = question().identity(allow_all()).rcp(vec![statement]);
        assert!(asked.is_allowed());
        asked.layer(Layer::Rcp).policies[0].statements[0].result
    };
    let full = || resource_statement("Allow", json!("*"));
    assert_eq!(result(full()), Truth::Matched);
    let narrow = json!({"StringEquals": {"aws:PrincipalAccount": HOME}});
    assert_eq!(result(when(full(), narrow)), Truth::CannotBeEvaluated);
    for (element, value) in [
        ("Action", json!("s3:*")),
        ("Resource", json!("arn:aws:s3:::*")),
        ("Principal", json!({"AWS": ALICE})),
    ] {
        let mut other = full();
        other[element] = value;
        assert_eq!(result(other), Truth::CannotBeEvaluated, "{element}");
    }
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
