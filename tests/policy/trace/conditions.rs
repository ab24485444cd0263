//! What the trace says of a condition and its values.

use cipherdeck::policy::{Layer, Truth};
use serde_json::json;

use super::super::question::*;

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
        (
            "StringEquals",
            "${k:v",
            Some("red"),
            "a variable is not closed",
        ),
        ("StringEquals", "${}", Some("red"), "a variable is empty"),
        (
            "StringEquals",
            "${k:v, red}",
            Some("red"),
            "a variable's default is not in single quotes",
        ),
        (
            "StringEquals",
            "${k:*}",
            Some("red"),
            "a variable's name cannot be read",
        ),
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

#[test]
fn a_multi_valued_key_under_a_set_operator_leaves_nothing_open() {
    for operator in ["ForAnyValue:StringEquals", "ForAllValues:StringEquals"] {
        let set = json!({operator: {"k:key": "a"}});
        let asked = question().identity(when(allow_all(), set));
        let layer = asked.with_values("k:key", &["a"]).layer(Layer::Identity);
        let clause = &layer.policies[0].statements[0].clauses[2];
        assert_eq!(clause.unspecified, None, "{operator}");
    }
}
