//! Rules 56 to 58: actions, resources, and requests for several of them.

use cipherdeck::policy::{DecidedBy, Layer};
use serde_json::{Value, json};

use super::super::question::*;

fn allows_action(action: Value) -> bool {
    let statement = json!({"Effect": "Allow", "Action": action, "Resource": "*"});
    question().identity(statement).is_allowed()
}

fn allows_resource(resource: &str) -> bool {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": resource});
    question().identity(statement).is_allowed()
}

// Rule 56
#[test]
fn an_action_matches_by_its_name_with_wildcards_or_by_a_star() {
    for action in [
        "*",
        "s3:*",
        "s3:GetObject",
        "S3:getobject",
        "s3:Get*",
        "s3:*Object",
        "s3:G?tO*t",
    ] {
        assert!(allows_action(json!(action)), "{action}");
    }
    assert!(allows_action(json!(["ec2:*", "s3:GetObject"])));
}

// Rule 56
#[test]
fn an_action_has_no_wildcard_in_its_service_and_matches_whole_names() {
    for action in [
        "s3:GetObjects",
        "s3:Get",
        "s3",
        "s*:GetObject",
        "*:*",
        "*:GetObject",
        "GetObject",
        "",
        "s3:",
        ":GetObject",
        "s3:Get Object",
        "ec2:GetObject",
    ] {
        assert!(!allows_action(json!(action)), "{action}");
    }
    assert!(!allows_action(json!([])));
}

// Rule 56
#[test]
fn a_services_name_may_hold_a_hyphen_and_an_action_that_is_none_stops_no_deny() {
    let invoke = question().action("execute-api:Invoke");
    let allow = json!({"Effect": "Allow", "Action": "execute-api:*", "Resource": "*"});
    assert!(invoke.identity(allow).is_allowed());
    for action in [
        "s3:Get Object",
        "s3 :GetObject",
        "s3:Get/Object",
        "*:GetObject",
        "ec2",
    ] {
        let deny = json!({"Effect": "Deny", "Action": action, "Resource": "*"});
        let denied = question().identity(allow_all()).identity(deny);
        assert!(!denied.is_allowed(), "{action}");
    }
}

// Rule 56
#[test]
fn a_resources_star_crosses_slashes_and_late_colons() {
    for resource in [
        "*",
        OBJECT,
        "arn:aws:s3:::notes/*",
        "arn:aws:s3:::*",
        "arn:*:s3:::notes/?.txt",
        "arn:aws:s3:*",
    ] {
        assert!(allows_resource(resource), "{resource}");
    }
    let group = "arn:aws:logs:us-east-1:111122223333:log-group:a/b:log-stream:c";
    let statement =
        json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:logs:*:*:log-group:*"});
    assert!(question().on(group, HOME).identity(statement).is_allowed());
}

// Rule 56
#[test]
fn a_resource_tells_bucket_from_object_apart_and_has_no_wildcard_in_its_service() {
    for resource in [
        "arn:aws:s3:::notes",
        "arn:aws:s3:::Notes/*",
        "arn:aws:s3:us-east-1::notes/*",
        "arn:aws:*:::notes/*",
        "arn:aws:s?:::notes/*",
        "notes/*",
        "a*",
        "",
    ] {
        assert!(!allows_resource(resource), "{resource}");
    }
}

const QUEUE: &str = "arn:aws:sqs:us-east-1:111122223333:jobs";

// Rule 56
#[test]
fn an_incomplete_arn_of_an_identity_based_policy_is_completed_by_stars() {
    let on = |resource: &str| json!({"Effect": "Allow", "Action": "*", "Resource": resource});
    let asked = || question().on(QUEUE, HOME);
    for resource in [
        "arn:aws:sqs",
        "arn:aws:sqs:us-east-1",
        "arn:aws:sqs:*:111122223333",
    ] {
        let granted = asked().identity(on(resource)).boundary(on(resource));
        assert!(granted.is_allowed(), "{resource}");
    }
    let value = asked().identity(on("arn:aws:sqs")).layer(Layer::Identity);
    let clause = &value.policies[0].statements[0].clauses[1];
    assert_eq!(
        clause.values[0].substituted.as_deref(),
        Some("arn:aws:sqs:*:*:*")
    );
    for resource in [
        "arn:aws:sns",
        "arn:aws:sqs:eu-west-1",
        "arn:aws",
        "arn",
        "aws:sqs",
        "arn:aws:s*",
    ] {
        assert!(!asked().identity(on(resource)).is_allowed(), "{resource}");
    }
    assert!(
        !asked()
            .identity(on("arn:aws:sqs:${k:a}"))
            .with("k:a", "us-east-1")
            .is_allowed()
    );
}

// Rule 56
#[test]
fn an_incomplete_arn_elsewhere_allows_nothing_and_stops_no_deny() {
    let on = |effect: &str| json!({"Effect": effect, "Action": "*", "Resource": "arn:aws:sqs"});
    let for_all = |effect: &str| {
        let mut statement = on(effect);
        statement["Principal"] = json!("*");
        statement
    };
    let granted = || question().on(QUEUE, HOME).identity(allow_all());
    assert!(
        !question()
            .on(QUEUE, HOME)
            .resource(for_all("Allow"))
            .is_allowed()
    );
    assert!(!granted().session(on("Allow")).is_allowed());
    assert!(!granted().scp(vec![on("Allow")]).is_allowed());
    assert!(!granted().endpoint(on("Allow")).is_allowed());
    assert!(!granted().resource(for_all("Deny")).is_allowed());
    assert!(!granted().scp(vec![allow_all(), on("Deny")]).is_allowed());
    assert!(!granted().rcp(vec![for_all("Deny")]).is_allowed());
}

// Rule 56
#[test]
fn not_action_and_not_resource_mean_all_others() {
    let not_action =
        |action: Value| json!({"Effect": "Allow", "NotAction": action, "Resource": "*"});
    assert!(question().identity(not_action(json!("iam:*"))).is_allowed());
    assert!(!question().identity(not_action(json!("s3:*"))).is_allowed());
    assert!(!question().identity(not_action(json!([]))).is_allowed());
    let denied = |resource: &str| {
        let deny = json!({"Effect": "Deny", "Action": "*", "NotResource": resource});
        !question().identity(allow_all()).identity(deny).is_allowed()
    };
    assert!(denied("arn:aws:s3:::other/*"));
    assert!(!denied("arn:aws:s3:::notes/*"));
}

/// An action that knows no resource, which a request shows by `*`.
fn listing(statement: Value) -> bool {
    let asked = question().action("s3:ListAllMyBuckets").on("*", HOME);
    asked.identity(statement).is_allowed()
}

// Rule 57
#[test]
fn an_action_without_resources_is_allowed_by_a_star() {
    assert!(listing(
        json!({"Effect": "Allow", "Action": "s3:List*", "Resource": "*"})
    ));
    assert!(listing(
        json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})
    ));
    assert!(listing(
        json!({"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::notes", "*"]})
    ));
}

// Rule 57
#[test]
fn an_action_without_resources_is_allowed_by_no_arn() {
    for resource in [
        "arn:aws:s3:::*",
        "arn:aws:s3:::notes",
        "arn:aws:s3:*",
        "arn:*:s3:*:*:*",
    ] {
        let statement = json!({"Effect": "Allow", "Action": "s3:*", "Resource": resource});
        assert!(!listing(statement), "{resource}");
        let all_but = json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": resource});
        assert!(!listing(all_but), "{resource}");
    }
}

const IMAGE: &str = "arn:aws:ec2:us-east-1::image/ami-1";
const INSTANCE: &str = "arn:aws:ec2:us-east-1:111122223333:instance/*";

fn launch(statements: Value) -> Question {
    question()
        .action("ec2:RunInstances")
        .on(INSTANCE, HOME)
        .and_on(IMAGE, HOME)
        .identity(statements)
}

// Rule 58
#[test]
fn a_request_for_several_resources_is_allowed_where_each_is() {
    let on = |resource: &str| json!({"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": resource});
    assert!(launch(allow_all()).is_allowed());
    assert!(launch(json!([on(INSTANCE), on(IMAGE)])).is_allowed());
    let small = json!({"StringLikeIfExists": {"ec2:InstanceType": ["t1.*", "t2.*"]}});
    assert!(launch(when(allow_all(), small)).is_allowed());
}

// Rule 58
#[test]
fn one_resource_that_is_not_allowed_is_enough_to_deny() {
    let on = |resource: &str| json!({"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": resource});
    assert_decided(&launch(on(INSTANCE)), IMPLICIT, DecidedBy::Default);
    assert_decided(&launch(on(IMAGE)), IMPLICIT, DecidedBy::Default);
    let deny = json!({"Effect": "Deny", "Action": "*", "Resource": IMAGE});
    assert_decided(
        &launch(json!([allow_all(), deny])),
        EXPLICIT,
        DecidedBy::Identity,
    );
    assert_eq!(launch(allow_all()).evaluation().trace.len(), 2);
}

// Rule 58
#[test]
fn a_request_for_no_resource_is_denied() {
    let mut none = question().identity(allow_all());
    none.request.resources.clear();
    assert_decided(&none, IMPLICIT, DecidedBy::Default);
}
