//! What the trace and its headline say.

use cipherdeck::policy::{Context, Layer, Truth};
use serde_json::json;

use super::question::*;

#[test]
fn keys_that_follow_from_the_request_are_filled_in() {
    let asked = |key: &str, value: &str| {
        question().identity(when(allow_all(), json!({"StringEquals": {key: value}})))
    };
    assert!(asked("aws:PrincipalArn", ALICE).is_allowed());
    assert!(asked("aws:PrincipalArn", ROLE).by(SESSION).is_allowed());
    assert!(asked("aws:PrincipalAccount", HOME).is_allowed());
    assert!(
        asked("aws:PrincipalType", "AssumedRole")
            .by(SESSION)
            .is_allowed()
    );
    assert!(asked("aws:ResourceAccount", HOME).is_allowed());
    let said = asked("aws:PrincipalArn", ALICE).with("aws:PrincipalArn", "else");
    assert!(!said.is_allowed(), "what the request says stands above");
}

#[test]
fn a_request_takes_another_context() {
    let asked = question().with("k:a", "1").request;
    let asked = asked.with_context(Context::new().with("k:b", "2"));
    assert!(asked.context.get("k:a").is_none());
    assert!(asked.context.get("K:B").is_some());
}

#[test]
fn the_headline_speaks_like_an_access_denied_message() {
    assert_eq!(
        question().headline(),
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: \
         \"arn:aws:s3:::notes/a.txt\" because no identity-based policy allows the s3:GetObject action"
    );
    assert_eq!(
        key_question().by(SESSION).identity(allow_all()).headline(),
        format!(
            "User: {SESSION} is not authorized to perform: kms:Decrypt on resource: {KEY} because no resource-based \
             policy allows the kms:Decrypt action"
        )
    );
    let without_resource = question().action("s3:ListAllMyBuckets").on("*", HOME);
    assert!(
        without_resource
            .headline()
            .contains("perform: s3:ListAllMyBuckets because no")
    );
    let trust = json!({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"});
    let role = question()
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
        .resource(trust);
    assert!(
        role.headline()
            .ends_with("with an explicit deny in the role trust policy")
    );
}

#[test]
fn the_headline_names_the_kind_of_policy_that_is_silent() {
    for (asked, silent) in [
        (
            question().identity(allow_all()).scp(vec![]),
            "service control policy",
        ),
        (
            question().identity(allow_all()).boundary(allow_other()),
            "permissions boundary",
        ),
        (
            question().identity(allow_all()).session(allow_other()),
            "session policy",
        ),
        (
            question().identity(allow_all()).endpoint(allow_other()),
            "VPC endpoint policy",
        ),
        (
            question().by(OTHER).identity(allow_all()),
            "resource-based policy",
        ),
    ] {
        let end = format!("because no {silent} allows the s3:GetObject action");
        assert!(asked.headline().ends_with(&end), "{}", asked.headline());
    }
}

#[test]
fn the_headline_names_the_policy_that_denies_by_its_arn() {
    let arn =
        "arn:aws:organizations::444455556666:policy/o-example/service_control_policy/p-nonotes";
    let mut denied = question().identity(allow_all()).scp(vec![allow_all()]);
    let scp = policy(deny_all()).named(arn);
    denied.policies.service_control[0].policies.push(scp);
    let end = format!("with an explicit deny in a service control policy: {arn}");
    assert!(denied.headline().ends_with(&end), "{}", denied.headline());
    let nameless = question().identity(deny_all());
    assert!(
        nameless
            .headline()
            .ends_with("with an explicit deny in an identity-based policy")
    );
}

#[test]
fn every_layer_and_clause_gives_the_page_that_says_so() {
    let asked = key_question()
        .grant(json!({"GranteePrincipal": ALICE, "Operations": ["Encrypt"]}))
        .identity(when(
            allow_all(),
            json!({"Bool": {"k:a": "true"}, "StringLike": {"k:b": ["x", "y"]}}),
        ))
        .resource(resource_statement("Allow", json!({"AWS": ROOT})));
    for layer in Layer::ALL {
        let layer = asked.layer(layer);
        assert!(layer.source.starts_with("https://docs.aws.amazon.com/"));
        let statements = layer.policies.iter().flat_map(|policy| &policy.statements);
        for clause in statements.flat_map(|statement| &statement.clauses) {
            assert!(clause.source.starts_with("https://docs.aws.amazon.com/"));
        }
    }
    let identity = asked.layer(Layer::Identity);
    let clauses = &identity.policies[0].statements[0].clauses;
    assert!(clauses[2].source.ends_with("condition_operators.html"));
    let held = asked.with("k:a", "true").layer(Layer::Identity);
    let clause = &held.policies[0].statements[0].clauses[2];
    assert!(clause.source.ends_with("#Conditions_Boolean"));
}

#[test]
fn a_resource_says_why_it_is_not_meant() {
    for (resource, why) in [
        ("arn:aws:s3:::Notes/*", "case differs"),
        ("arn:aws:s3:::other/*", "resource part differs"),
        ("arn:aws:sns:::notes/*", "service segment differs"),
        (
            "arn:aws:s3:::${k:none}",
            "a variable has no value in this request",
        ),
        ("notes/*", "neither `*` nor an ARN"),
    ] {
        let on = json!({"Effect": "Allow", "Action": "*", "Resource": resource});
        let layer = question().identity(on).layer(Layer::Identity);
        let value = layer.policies[0].statements[0].clauses[1].values[0].clone();
        assert_eq!(value.why.as_deref(), Some(why), "{resource}");
    }
}

#[test]
fn a_set_says_whether_all_or_any_of_its_values_fit_and_an_illegal_value_that_it_is() {
    let clause = |operator: &str, policy: &str, held: &[&str]| {
        let asked = question().identity(when(allow_all(), json!({operator: {"k:key": policy}})));
        let layer = asked.with_values("k:key", held).layer(Layer::Identity);
        layer.policies[0].statements[0].clauses[2].clone()
    };
    for (operator, held, why) in [
        (
            "ForAllValues:StringEquals",
            ["a", "a"],
            "every value of the request fits",
        ),
        (
            "ForAllValues:StringEquals",
            ["a", "b"],
            "a value of the request does not fit",
        ),
        (
            "ForAnyValue:StringEquals",
            ["a", "b"],
            "a value of the request fits",
        ),
        (
            "ForAnyValue:StringEquals",
            ["b", "c"],
            "no value of the request fits",
        ),
    ] {
        assert_eq!(clause(operator, "a", &held).why, why, "{operator}");
    }
    let illegal = clause("ForAnyValue:NumericEquals", "many", &[]).values[0].clone();
    assert_eq!(illegal.result, Truth::CannotBeEvaluated);
    assert_eq!(illegal.why.as_deref(), Some("not a number"));
}

#[test]
fn a_value_of_null_says_by_itself_whether_it_fits() {
    let null = |value: &str| {
        let asked = question().identity(when(allow_all(), json!({"Null": {"k:key": value}})));
        let layer = asked.with("k:key", "x").layer(Layer::Identity);
        let clauses = &layer.policies[0].statements[0].clauses;
        clauses.last().unwrap().values[0].result
    };
    assert_eq!(null("false"), Truth::Matched);
    assert_eq!(null("true"), Truth::NotMatched);
}

/// What the trace says of the only value of the last clause.
fn reason(asked: &Question) -> (Option<String>, Option<String>) {
    let layer = asked.layer(Layer::Identity);
    let clauses = &layer.policies[0].statements[0].clauses;
    let value = clauses.last().unwrap().values[0].clone();
    (
        value.substituted,
        value.why.map(std::borrow::Cow::into_owned),
    )
}

#[test]
fn every_value_says_what_it_means_here_and_why_it_does_not_match() {
    let asked = |operator: &str, policy: &str| {
        let conditions = json!({operator: {"k:key": policy}});
        question()
            .identity(when(allow_all(), conditions))
            .with("k:v", "Red")
    };
    let rows = [
        ("StringEquals", "a", None, "the key is missing"),
        ("StringEquals", "A", Some("a"), "case differs"),
        (
            "StringEquals",
            "a*",
            Some("ab"),
            "differs; wildcards are plain characters under this operator",
        ),
        ("StringEquals", "${k:v}", Some("red"), "case differs"),
        (
            "StringEquals",
            "${k:none}",
            Some("red"),
            "a variable has no value in this request",
        ),
        (
            "ArnLike",
            "arn:aws:sns:*:1:*",
            Some("arn:aws:sns:x:2:t"),
            "account segment differs",
        ),
        (
            "ArnLike",
            "arn:aws:sns:*:*:T?*",
            Some("arn:aws:sns:x:2:tt"),
            "case differs",
        ),
        (
            "ArnLike",
            "arn:aws:SNS:*:2:t*",
            Some("arn:aws:sns:x:2:t"),
            "case differs",
        ),
        (
            "ArnLike",
            "arn:aws:sns:x:2:T",
            Some("arn:aws:sns:x:2:t"),
            "case differs",
        ),
        (
            "ArnLike",
            "arn:aws:SNS:x:2:t",
            Some("arn:aws:sns:x:2:t"),
            "case differs",
        ),
        (
            "ArnLike",
            "arn:aws:sns:x:1:t",
            Some("arn:aws:sns:x:2:t"),
            "account segment differs",
        ),
        (
            "ArnLike",
            "arn:aws:sns:x:2:u",
            Some("arn:aws:sns:x:2:t"),
            "resource part differs",
        ),
        ("ArnLike", "${k:v}", Some("arn:aws:sns:x:2:t"), "differs"),
        (
            "ArnLike",
            "arn:aws:sns:*:*:*",
            Some("t"),
            "the request's value is not an ARN",
        ),
        (
            "IpAddress",
            "10.0.0.0/8",
            Some("11.0.0.1"),
            "the address is outside the range",
        ),
        (
            "IpAddress",
            "10.0.0.0/8",
            Some("::1"),
            "the address family differs",
        ),
        (
            "NumericLessThan",
            "1",
            Some("2"),
            "the comparison does not hold",
        ),
        ("DateLessThan", "soon", Some("2026"), "not a date"),
        (
            "Bool",
            "true",
            Some("maybe"),
            "the request's value is neither `true` nor `false`",
        ),
        ("BinaryEquals", "QQ==", Some("Qg=="), "the bytes differ"),
    ];
    for (operator, policy, held, why) in rows {
        let asked = asked(operator, policy);
        let asked = match held {
            Some(held) => asked.with("k:key", held),
            None => asked,
        };
        assert_eq!(
            reason(&asked).1.as_deref(),
            Some(why),
            "{operator} {policy}"
        );
    }
    let (substituted, why) = reason(&asked("StringEquals", "${k:v}").with("k:key", "Red"));
    assert_eq!((substituted.as_deref(), why), (Some("Red"), None));
}

#[test]
fn what_aws_leaves_open_is_written_only_where_it_is() {
    let open = question()
        .identity(when(allow_all(), json!({"StringEquals": {"k:key": "a"}})))
        .with_values("k:key", &["a"]);
    let written = serde_json::to_string(&open.evaluation()).unwrap();
    assert_eq!(
        written
            .matches("\"unspecified\":\"missing-set-operator\"")
            .count(),
        1
    );
    assert_eq!(written.matches("\"unspecified\"").count(), 1);
    let layer = open.layer(Layer::Identity);
    let mark = layer.policies[0].statements[0].clauses[2]
        .unspecified
        .unwrap();
    assert!(mark.to_string().starts_with("AWS does not specify "));
}
