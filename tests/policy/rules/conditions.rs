//! Rules 40 to 45: operators, several keys and values, missing keys, sets.

use cipherdeck::policy::{Layer, Unspecified};
use serde_json::{Value, json};

use super::super::condition::*;
use super::super::question::*;

/// Every operator with a value of the policy, a request's value that matches it, and one that does not.
const OPERATORS: [(&str, &str, &str, &str); 26] = [
    ("StringEquals", "a", "a", "A"),
    ("StringNotEquals", "a", "A", "a"),
    ("StringEqualsIgnoreCase", "Ab", "aB", "aC"),
    ("StringNotEqualsIgnoreCase", "Ab", "aC", "aB"),
    ("StringLike", "a*c?", "abbcd", "abbc"),
    ("StringNotLike", "a*", "b", "ab"),
    ("NumericEquals", "10", "10.0", "11"),
    ("NumericNotEquals", "10", "11", "10"),
    ("NumericLessThan", "10", "9.99", "10"),
    ("NumericLessThanEquals", "10", "10", "10.1"),
    ("NumericGreaterThan", "9", "10", "9"),
    ("NumericGreaterThanEquals", "10", "10", "9"),
    (
        "DateEquals",
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00+01:00",
        "2026-01-02",
    ),
    ("DateNotEquals", "2026", "2026-01-02", "2026-01-01"),
    ("DateLessThan", "2026", "2025-12-31T23:59:59Z", "2026"),
    ("DateLessThanEquals", "2026", "2026", "2027"),
    (
        "DateGreaterThan",
        "2026",
        "2026-01-01T00:00:00.001Z",
        "2026",
    ),
    ("DateGreaterThanEquals", "2026", "2026", "2025"),
    ("Bool", "true", "TRUE", "false"),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", "QmluYXJ6"),
    ("IpAddress", "203.0.113.0/24", "203.0.113.77", "203.0.114.1"),
    (
        "NotIpAddress",
        "203.0.113.0/24",
        "198.51.100.1",
        "203.0.113.1",
    ),
    (
        "ArnEquals",
        "arn:aws:sns:*:*:a",
        "arn:aws:sns:eu-west-1:1:a",
        "arn:aws:sqs:eu-west-1:1:a",
    ),
    (
        "ArnLike",
        "arn:aws:sns:*:*:a",
        "arn:aws:sns:eu-west-1:1:a",
        "arn:aws:sns:eu-west-1:1:A",
    ),
    (
        "ArnNotEquals",
        "arn:aws:sqs:*:*:*",
        "arn:aws:sns:eu-west-1:1:a",
        "arn:aws:sqs:eu-west-1:1:a",
    ),
    (
        "ArnNotLike",
        "arn:aws:sqs:*:*:*",
        "arn:aws:sns:eu-west-1:1:a",
        "arn:aws:sqs:eu-west-1:1:a",
    ),
];

// Rule 40
#[test]
fn every_operator_compares_in_its_way_alone_with_if_exists_and_in_sets() {
    for (operator, policy, fits, _) in OPERATORS {
        assert!(matches(operator, json!(policy), Some(fits)), "{operator}");
        let if_exists = format!("{operator}IfExists");
        assert!(
            matches(&if_exists, json!(policy), Some(fits)),
            "{if_exists}"
        );
        for set in ["ForAllValues", "ForAnyValue"] {
            for operator in [
                format!("{set}:{operator}"),
                format!("{set}:{operator}IfExists"),
            ] {
                assert!(set_matches(&operator, json!(policy), &[fits]), "{operator}");
            }
        }
    }
}

// Rule 40
#[test]
fn every_operator_fails_on_what_it_does_not_match() {
    for (operator, policy, _, differs) in OPERATORS {
        assert!(
            !matches(operator, json!(policy), Some(differs)),
            "{operator}"
        );
        let if_exists = format!("{operator}IfExists");
        assert!(
            !matches(&if_exists, json!(policy), Some(differs)),
            "{if_exists}"
        );
        for set in ["ForAllValues", "ForAnyValue"] {
            let operator = format!("{set}:{operator}");
            assert!(
                !set_matches(&operator, json!(policy), &[differs]),
                "{operator}"
            );
        }
    }
}

// Rule 40
#[test]
fn another_operator_allows_nothing_and_stops_no_deny() {
    for operator in [
        "StringEqual",
        "NullIfExists",
        "ForAllValues:Null",
        "ForSome:StringEquals",
        "IfExists",
    ] {
        assert!(
            !matches(operator, json!("true"), Some("true")),
            "{operator}"
        );
        assert!(
            denies(operator, json!("true"), question().with("k:key", "true")),
            "{operator}"
        );
    }
}

// Rule 40
#[test]
fn null_asks_whether_a_key_is_there() {
    assert!(matches("Null", json!("true"), None));
    assert!(matches("Null", json!(true), None));
    assert!(!matches("Null", json!("true"), Some("x")));
    assert!(matches("Null", json!("false"), Some("x")));
    assert!(!matches("Null", json!("false"), None));
    assert!(set_matches("Null", json!("true"), &[]));
    assert!(set_matches("Null", json!("false"), &["x"]));
}

/// Whether an Allow with three keys under two operators applies.
fn together(first: &str, second: &str, third: &str) -> bool {
    let conditions = json!({"StringEquals": {"k:a": "1", "k:b": "2"}, "Bool": {"k:c": "true"}});
    let asked = question().identity(when(allow_all(), conditions));
    asked
        .with("k:a", first)
        .with("k:b", second)
        .with("k:c", third)
        .is_allowed()
}

// Rule 41
#[test]
fn operators_and_keys_match_together() {
    assert!(together("1", "2", "true"));
}

// Rule 41
#[test]
fn one_operator_or_key_that_does_not_match_is_enough_to_fail() {
    assert!(!together("x", "2", "true"));
    assert!(!together("1", "x", "true"));
    assert!(!together("1", "2", "false"));
}

// Rule 41
#[test]
fn of_several_values_one_must_match() {
    assert!(matches("StringEquals", json!(["a", "b"]), Some("a")));
    assert!(matches("StringEquals", json!(["a", "b"]), Some("b")));
    assert!(!matches("StringEquals", json!(["a", "b"]), Some("c")));
    assert!(!matches("StringEquals", json!([]), Some("a")));
}

// Rule 41
#[test]
fn under_negation_none_of_several_values_may_match() {
    assert!(matches("StringNotEquals", json!(["a", "b"]), Some("c")));
    assert!(!matches("StringNotEquals", json!(["a", "b"]), Some("a")));
    assert!(!matches("StringNotEquals", json!(["a", "b"]), Some("b")));
    assert!(matches(
        "NotIpAddress",
        json!(["10.0.0.0/8", "192.0.2.0/24"]),
        Some("203.0.113.1")
    ));
    assert!(!matches(
        "ArnNotLike",
        json!(["arn:aws:sns:*:*:*", "arn:aws:sqs:*:*:*"]),
        Some("arn:aws:sqs:::q")
    ));
}

fn is_negated(operator: &str) -> bool {
    operator.contains("Not")
}

// Rule 42
#[test]
fn a_missing_key_passes_negated_operators_if_exists_and_for_all_values() {
    for (operator, policy, ..) in OPERATORS {
        if is_negated(operator) {
            assert!(matches(operator, json!(policy), None), "{operator}");
        }
        for operator in [
            format!("{operator}IfExists"),
            format!("ForAllValues:{operator}"),
            format!("ForAnyValue:{operator}IfExists"),
        ] {
            assert!(matches(&operator, json!(policy), None), "{operator}");
        }
        assert!(
            set_matches(&format!("ForAllValues:{operator}"), json!(policy), &[]),
            "{operator}"
        );
    }
}

// Rule 42
#[test]
fn a_missing_key_fails_plain_operators_and_for_any_value() {
    for (operator, policy, ..) in OPERATORS {
        if !is_negated(operator) {
            assert!(!matches(operator, json!(policy), None), "{operator}");
        }
        let any = format!("ForAnyValue:{operator}");
        assert!(!matches(&any, json!(policy), None), "{any}");
        assert!(!set_matches(&any, json!(policy), &[]), "{any}");
    }
}

// Rule 42
#[test]
fn a_missing_key_does_the_same_in_a_deny() {
    assert!(denies("BoolIfExists", json!("false"), question()));
    assert!(denies("StringNotEquals", json!("a"), question()));
    assert!(denies("ForAllValues:StringEquals", json!("a"), question()));
    assert!(!denies("Bool", json!("false"), question()));
    assert!(!denies(
        "ForAnyValue:StringNotEquals",
        json!("a"),
        question()
    ));
}

// Rule 43
#[test]
fn a_negated_operator_for_all_values_wants_that_none_matches() {
    let all = |held: &[&str]| set_matches("ForAllValues:StringNotEquals", json!(["a", "b"]), held);
    assert!(all(&["c", "d"]));
    assert!(!all(&["c", "a"]));
    assert!(!all(&["a", "b"]));
}

// Rule 43
#[test]
fn a_negated_operator_for_any_value_wants_that_one_does_not_match() {
    let any = |held: &[&str]| set_matches("ForAnyValue:StringNotLike", json!(["a*", "b*"]), held);
    assert!(any(&["abc", "x"]));
    assert!(!any(&["abc", "bx"]));
}

// Rule 44
#[test]
fn a_multi_valued_key_is_compared_by_set_operators() {
    assert!(set_matches("ForAnyValue:StringEquals", json!("a"), &["a"]));
    assert!(set_matches("ForAllValues:StringEquals", json!("a"), &["a"]));
    assert!(set_matches(
        "ForAnyValue:StringEquals",
        json!("a"),
        &["x", "a"]
    ));
    assert!(!set_matches(
        "ForAllValues:StringEquals",
        json!("a"),
        &["x", "a"]
    ));
    assert!(
        matches("StringEquals", json!(["a", "b"]), Some("a")),
        "a list in the policy needs none"
    );
}

// Rule 44
#[test]
fn a_multi_valued_key_without_set_operator_matches_nothing_and_is_marked_as_open() {
    for (operator, policy, fits, _) in OPERATORS {
        for operator in [operator.to_owned(), format!("{operator}IfExists")] {
            assert!(
                !set_matches(&operator, json!(policy), &[fits]),
                "{operator}"
            );
            assert!(
                !set_matches(&operator, json!(policy), &[fits, fits]),
                "{operator}"
            );
        }
    }
    let asked = condition("StringEquals", "k:key", json!("a")).with_values("k:key", &["a"]);
    assert_eq!(mark(&asked), Some(Unspecified::MissingSetOperator));
    let set = condition("ForAnyValue:StringEquals", "k:key", json!("a"));
    assert_eq!(mark(&set.with_values("k:key", &["a"])), None);
    let single = condition("StringEquals", "k:key", json!("a")).with("k:key", "a");
    assert_eq!(mark(&single), None);
}

/// What AWS leaves open in the only condition of the only identity policy.
fn mark(asked: &Question) -> Option<Unspecified> {
    let layer = asked.layer(Layer::Identity);
    layer.policies[0].statements[0]
        .clauses
        .last()
        .unwrap()
        .unspecified
}

fn tags(null: bool) -> Value {
    let mut conditions = json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]}});
    if null {
        conditions["Null"] = json!({"aws:TagKeys": "false"});
    }
    conditions
}

// Rule 45
#[test]
fn for_all_values_lets_a_request_without_the_key_pass() {
    let asked = || question().identity(when(allow_all(), tags(false)));
    assert!(asked().with_values("aws:TagKeys", &["team"]).is_allowed());
    assert!(asked().is_allowed());
    assert!(asked().with_values("aws:TagKeys", &[]).is_allowed());
    assert!(
        asked().with("aws:TagKeys", "team").is_allowed(),
        "also of a single value"
    );
}

// Rule 45
#[test]
fn null_false_beside_it_does_not() {
    let asked = || question().identity(when(allow_all(), tags(true)));
    assert!(asked().with_values("aws:TagKeys", &["team"]).is_allowed());
    assert!(!asked().is_allowed());
    assert!(!asked().with_values("aws:TagKeys", &[]).is_allowed());
    assert!(
        !asked()
            .with_values("aws:TagKeys", &["team", "cost"])
            .is_allowed()
    );
}
