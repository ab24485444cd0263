//! Actions, resources and what is not legal.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use serde_json::{Value, json};

use super::question::*;

fn allows_action(action: Value) -> bool {
    question()
        .identity(json!({"Effect": "Allow", "Action": action, "Resource": "*"}))
        .is_allowed()
}

fn allows_resource(resource: Value) -> bool {
    question()
        .identity(json!({"Effect": "Allow", "Action": "*", "Resource": resource}))
        .is_allowed()
}

fn denies(statement: Value) -> bool {
    !question()
        .identity(allow_all())
        .identity(statement)
        .is_allowed()
}

#[test]
fn action_names_ignore_case_and_hold_wildcards_in_the_name_only() {
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
    for action in [
        "s3:GetObjects",
        "s3:Get",
        "s3",
        "s*:GetObject",
        "*:*",
        "GetObject",
        "",
        "s3:",
        "s3:Get Object",
    ] {
        assert!(!allows_action(json!(action)), "{action}");
    }
    assert!(allows_action(json!(["ec2:*", "s3:GetObject"])));
    assert!(!allows_action(json!([])));
}

#[test]
fn resources_tell_case_and_bucket_from_object_apart() {
    for resource in [
        "*",
        OBJECT,
        "arn:aws:s3:::notes/*",
        "arn:aws:s3:::*",
        "arn:*:s3:::notes/?.txt",
        "arn:aws:s3:*",
    ] {
        assert!(allows_resource(json!(resource)), "{resource}");
    }
    for resource in [
        "arn:aws:s3:::notes",
        "arn:aws:s3:::Notes/*",
        "arn:aws:s3:us-east-1::notes/*",
        "notes/*",
        "arn:aws:*:::notes/*",
    ] {
        assert!(!allows_resource(json!(resource)), "{resource}");
    }
}

#[test]
fn not_action_and_not_resource_mean_all_others() {
    let not_action =
        |action: &str| json!({"Effect": "Allow", "NotAction": action, "Resource": "*"});
    assert!(question().identity(not_action("iam:*")).is_allowed());
    assert!(!question().identity(not_action("s3:*")).is_allowed());
    let not_resource =
        |resource: &str| json!({"Effect": "Deny", "Action": "*", "NotResource": resource});
    assert!(denies(not_resource("arn:aws:s3:::other/*")));
    assert!(!denies(not_resource("arn:aws:s3:::notes/*")));
    assert!(
        !question()
            .identity(json!({"Effect": "Allow", "NotAction": [], "Resource": "*"}))
            .is_allowed()
    );
}

#[test]
fn what_is_not_legal_allows_nothing_and_stops_no_deny() {
    let cases = [
        json!({"Action": "*", "NotAction": "iam:*", "Resource": "*"}),
        json!({"Resource": "*"}),
        json!({"Action": "*"}),
        json!({"Action": "*", "Resource": "*", "NotResource": "arn:aws:s3:::x"}),
        json!({"Action": "*", "Resource": "*", "condition": {}}),
        json!({"Action": ["s3:Get*", 5], "Resource": ["*"], "Condition": 7}),
        json!({"Action": 5, "Resource": "*"}),
        json!({"Action": "*", "Resource": [null]}),
        json!({"Action": "s3*", "Resource": "*"}),
        json!({"Action": "*", "Resource": "notes"}),
        json!({"Action": "*", "Resource": "arn:aws:s3::${aws:PrincipalAccount}:notes/*"}),
    ];
    for mut case in cases {
        case["Effect"] = json!("Allow");
        assert!(!question().identity(case.clone()).is_allowed(), "{case}");
        case["Effect"] = json!("Deny");
        assert!(denies(case.clone()), "{case}");
    }
}

#[test]
fn a_repeated_key_allows_nothing_and_stops_no_deny() {
    let parse = |text: &str| cipherdeck::policy::CompiledPolicy::parse(text).unwrap();
    let with = |effect: &str| {
        parse(&format!(
            r#"{{"Statement":{{"Effect":"{effect}","Action":"*","Action":"s3:*","Resource":"*"}}}}"#
        ))
    };
    let mut allowed = question();
    allowed.policies.identity.push(with("Allow"));
    assert!(!allowed.is_allowed());
    let mut denied = question().identity(allow_all());
    denied.policies.identity.push(with("Deny"));
    assert!(!denied.is_allowed());
}

#[test]
fn an_effect_in_the_wrong_case_allows_nothing_and_loses_no_denial() {
    assert!(
        !question()
            .identity(json!({"Effect": "allow", "Action": "*", "Resource": "*"}))
            .is_allowed()
    );
    assert!(denies(
        json!({"Effect": "deny", "Action": "*", "Resource": "*"})
    ));
    assert!(
        !question()
            .identity(json!({"Action": "*", "Resource": "*"}))
            .is_allowed()
    );
}

#[test]
fn a_version_that_does_not_exist_allows_nothing_and_stops_no_deny() {
    let of = |effect: &str| {
        compiled(&json!({
            "Version": "2026-11-22", "Statement": {"Effect": effect, "Action": "*", "Resource": "*"}
        }))
    };
    let mut allowed = question();
    allowed.policies.identity.push(of("Allow"));
    assert!(!allowed.is_allowed());
    let mut denied = question().identity(allow_all());
    denied.policies.identity.push(of("Deny"));
    assert!(!denied.is_allowed());
}
