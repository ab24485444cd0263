//! Condition operators, missing keys, sets, variables.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use serde_json::{Value, json};

use super::question::{Question, compiled, question};

/// Whether an Allow of everything under `{operator: {key: policy}}` applies to a request that holds `held` there.
fn matches(operator: &str, policy: Value, held: Option<&str>) -> bool {
    let question = condition(operator, "k:key", policy);
    match held {
        Some(held) => question.with("K:Key", held).is_allowed(),
        None => question.is_allowed(),
    }
}

/// The same for a key that is multi-valued.
fn set_matches(operator: &str, policy: Value, held: &[&str]) -> bool {
    condition(operator, "k:key", policy)
        .with_values("k:key", held)
        .is_allowed()
}

fn condition(operator: &str, key: &str, policy: Value) -> Question {
    question().identity(json!({
        "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: policy}}
    }))
}

/// Whether a Deny of everything under the condition applies.
fn denies(operator: &str, policy: Value, question: Question) -> bool {
    let allowed = question.identity(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    assert!(allowed.is_allowed());
    !allowed
        .identity(json!({
            "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {operator: {"k:key": policy}}
        }))
        .is_allowed()
}

/// Operator, value of the policy, value of the request, whether they match.
type Row = (&'static str, Value, &'static str, bool);

fn check(rows: Vec<Row>) {
    for (operator, policy, held, expected) in rows {
        let found = matches(operator, policy.clone(), Some(held));
        assert_eq!(found, expected, "{operator} of {policy} against {held}");
    }
}

#[test]
fn strings_compare_exactly_without_case_or_by_wildcards() {
    check(vec![
        ("StringEquals", json!("a"), "a", true),
        ("StringEquals", json!("a"), "A", false),
        ("StringEquals", json!("a*"), "ab", false),
        ("StringEquals", json!("a*"), "a*", true),
        ("StringNotEquals", json!("a"), "b", true),
        ("StringNotEquals", json!("a"), "a", false),
        ("StringEqualsIgnoreCase", json!("Ab"), "aB", true),
        ("StringEqualsIgnoreCase", json!("Ab"), "aC", false),
        ("StringNotEqualsIgnoreCase", json!("Ab"), "aB", false),
        ("StringNotEqualsIgnoreCase", json!("Ab"), "aC", true),
        ("StringLike", json!("a*c?"), "abbcd", true),
        ("StringLike", json!("a*c?"), "abbc", false),
        ("StringLike", json!("A*"), "abc", false),
        ("StringNotLike", json!("a*"), "b", true),
        ("StringNotLike", json!("a*"), "ab", false),
        ("stringequals", json!("a"), "a", true),
    ]);
}

#[test]
fn numbers_and_booleans_may_be_written_as_such() {
    check(vec![
        ("NumericEquals", json!(10), "10.0", true),
        ("NumericEquals", json!("10"), "11", false),
        ("NumericNotEquals", json!(10), "11", true),
        ("NumericNotEquals", json!(10), "10", false),
        ("NumericLessThan", json!("10"), "9.99", true),
        ("NumericLessThan", json!("10"), "10", false),
        ("NumericLessThanEquals", json!("10"), "10", true),
        ("NumericLessThanEquals", json!("10"), "10.1", false),
        ("NumericGreaterThan", json!("9"), "10", true),
        ("NumericGreaterThan", json!("10"), "10", false),
        ("NumericGreaterThanEquals", json!("10"), "10", true),
        ("NumericGreaterThanEquals", json!("10"), "9", false),
        ("Bool", json!(true), "TRUE", true),
        ("Bool", json!("true"), "false", false),
        ("Bool", json!("false"), "false", true),
    ]);
}

#[test]
fn dates_compare_as_instants_in_every_form() {
    check(vec![
        (
            "DateEquals",
            json!("2026-01-01T00:00:00Z"),
            "2026-01-01T01:00:00+01:00",
            true,
        ),
        ("DateEquals", json!("2026"), "1767225600", true),
        ("DateEquals", json!("2026"), "2026-01-02", false),
        ("DateNotEquals", json!("2026"), "2026-01-02", true),
        ("DateNotEquals", json!("2026"), "2026-01-01", false),
        (
            "DateLessThan",
            json!("2026-01-01T00:00:00Z"),
            "2025-12-31T23:59:59Z",
            true,
        ),
        ("DateLessThan", json!("2026"), "2026", false),
        ("DateLessThanEquals", json!("2026"), "2026", true),
        ("DateLessThanEquals", json!("2026"), "2027", false),
        (
            "DateGreaterThan",
            json!("2026"),
            "2026-01-01T00:00:00.001Z",
            true,
        ),
        ("DateGreaterThan", json!("2026"), "2026", false),
        ("DateGreaterThanEquals", json!("2026"), "2026", true),
        ("DateGreaterThanEquals", json!("2026"), "2025", false),
    ]);
}

#[test]
fn addresses_lie_in_ranges_of_their_own_family() {
    check(vec![
        ("IpAddress", json!("203.0.113.0/24"), "203.0.113.77", true),
        ("IpAddress", json!("203.0.113.0/24"), "203.0.114.1", false),
        ("IpAddress", json!("203.0.113.7"), "203.0.113.7", true),
        ("IpAddress", json!("203.0.113.7"), "203.0.113.8", false),
        ("IpAddress", json!("203.0.113.9/24"), "203.0.113.200", true),
        (
            "IpAddress",
            json!("2001:db8::/32"),
            "2001:0db8:0:1::5",
            true,
        ),
        ("IpAddress", json!("2001:db8::/32"), "203.0.113.7", false),
        ("IpAddress", json!("0.0.0.0/0"), "::ffff:203.0.113.7", false),
        (
            "NotIpAddress",
            json!("203.0.113.0/24"),
            "198.51.100.1",
            true,
        ),
        (
            "NotIpAddress",
            json!("203.0.113.0/24"),
            "203.0.113.1",
            false,
        ),
        ("NotIpAddress", json!("203.0.113.0/24"), "2001:db8::1", true),
    ]);
}

#[test]
fn arns_match_part_by_part() {
    let topic = "arn:aws:sns:us-east-1:111122223333:topic:a";
    check(vec![
        (
            "ArnLike",
            json!("arn:aws:sns:*:111122223333:*"),
            topic,
            true,
        ),
        ("ArnEquals", json!("arn:aws:sns:*:*:topic:?"), topic, true),
        ("ArnLike", json!("arn:aws:sns:*:topic:a"), topic, false),
        ("ArnLike", json!("arn:aws:sns:*:*:TOPIC:a"), topic, false),
        ("ArnLike", json!("*"), topic, true),
        (
            "ArnNotLike",
            json!("arn:aws:sns:*:111122223333:*"),
            topic,
            false,
        ),
        ("ArnNotEquals", json!("arn:aws:sqs:*:*:*"), topic, true),
        ("ArnLike", json!("arn:aws:sns:*:*:*"), "no arn", false),
    ]);
}

#[test]
fn binary_values_compare_byte_by_byte() {
    check(vec![
        ("BinaryEquals", json!("QmluYXJ5"), "QmluYXJ5", true),
        ("BinaryEquals", json!("QmluYXJ5"), "QmluYXJ6", false),
    ]);
}

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

#[test]
fn values_of_a_key_are_alternatives_and_under_negation_all_are_excluded() {
    assert!(matches("StringEquals", json!(["a", "b"]), Some("b")));
    assert!(!matches("StringEquals", json!(["a", "b"]), Some("c")));
    assert!(matches("StringNotEquals", json!(["a", "b"]), Some("c")));
    assert!(!matches("StringNotEquals", json!(["a", "b"]), Some("b")));
}

#[test]
fn operators_and_keys_must_all_match() {
    let both = |first: &str, second: &str| {
        question()
            .identity(json!({
                "Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": {"StringEquals": {"k:a": "1", "k:b": "2"}, "Bool": {"k:c": "true"}}
            }))
            .with("k:a", first)
            .with("k:b", second)
    };
    assert!(both("1", "2").with("k:c", "true").is_allowed());
    assert!(!both("1", "x").with("k:c", "true").is_allowed());
    assert!(!both("x", "2").with("k:c", "true").is_allowed());
    assert!(!both("1", "2").with("k:c", "false").is_allowed());
}

#[test]
fn a_missing_key_fails_plain_operators_and_passes_negated_ones_and_if_exists() {
    for operator in [
        "StringEquals",
        "StringLike",
        "NumericLessThan",
        "Bool",
        "IpAddress",
        "ArnLike",
    ] {
        let value = match operator {
            "NumericLessThan" => json!("1"),
            "Bool" => json!("true"),
            "IpAddress" => json!("10.0.0.0/8"),
            _ => json!("*"),
        };
        assert!(!matches(operator, value.clone(), None), "{operator}");
        assert!(
            matches(&format!("{operator}IfExists"), value, None),
            "{operator}IfExists"
        );
    }
    assert!(matches("StringNotEquals", json!("a"), None));
    assert!(matches("NotIpAddress", json!("10.0.0.0/8"), None));
    assert!(matches("ArnNotLike", json!("arn:aws:sns:*:*:*"), None));
    assert!(matches("StringEqualsIfExists", json!("a"), Some("a")));
    assert!(!matches("StringEqualsIfExists", json!("a"), Some("b")));
}

#[test]
fn if_exists_lets_a_deny_apply_too() {
    assert!(denies("BoolIfExists", json!("false"), question()));
    assert!(!denies("Bool", json!("false"), question()));
    assert!(denies("StringNotEquals", json!("a"), question()));
}

#[test]
fn for_all_values_wants_every_value_and_passes_without_any() {
    assert!(set_matches(
        "ForAllValues:StringEquals",
        json!(["a", "b"]),
        &["a"]
    ));
    assert!(set_matches(
        "ForAllValues:StringEquals",
        json!(["a", "b"]),
        &["a", "b"]
    ));
    assert!(!set_matches(
        "ForAllValues:StringEquals",
        json!(["a", "b"]),
        &["a", "c"]
    ));
    assert!(set_matches("ForAllValues:StringEquals", json!(["a"]), &[]));
    assert!(matches("ForAllValues:StringEquals", json!("a"), None));
    assert!(matches("ForAllValues:StringEquals", json!("a"), Some("a")));
}

#[test]
fn for_any_value_wants_one_value_and_fails_without_any() {
    assert!(set_matches(
        "ForAnyValue:StringEquals",
        json!(["a", "b"]),
        &["x", "b"]
    ));
    assert!(!set_matches(
        "ForAnyValue:StringEquals",
        json!(["a", "b"]),
        &["x", "y"]
    ));
    assert!(!set_matches("ForAnyValue:StringEquals", json!(["a"]), &[]));
    assert!(!matches("ForAnyValue:StringEquals", json!("a"), None));
    assert!(!matches("ForAnyValue:StringNotEquals", json!("a"), None));
    assert!(matches(
        "ForAnyValue:StringEqualsIfExists",
        json!("a"),
        None
    ));
}

#[test]
fn a_negated_operator_in_a_set_judges_each_value_by_itself() {
    assert!(set_matches(
        "ForAllValues:StringNotEquals",
        json!(["a", "b"]),
        &["c", "d"]
    ));
    assert!(!set_matches(
        "ForAllValues:StringNotEquals",
        json!(["a", "b"]),
        &["c", "a"]
    ));
    assert!(set_matches(
        "ForAnyValue:StringNotLike",
        json!(["a*"]),
        &["abc", "x"]
    ));
    assert!(!set_matches(
        "ForAnyValue:StringNotLike",
        json!(["a*"]),
        &["abc", "ax"]
    ));
}

#[test]
fn a_multi_valued_key_without_set_operator_matches_nothing() {
    assert!(!set_matches("StringEquals", json!("a"), &["a"]));
    assert!(!set_matches("StringNotEquals", json!("a"), &["b"]));
    assert!(!set_matches("StringEqualsIfExists", json!("a"), &["a"]));
}

#[test]
fn key_names_and_their_tag_part_ignore_case() {
    let tag = |held: &str| {
        condition("StringEquals", "aws:ResourceTag/Team", json!("red"))
            .with(held, "red")
            .is_allowed()
    };
    assert!(tag("aws:ResourceTag/Team"));
    assert!(tag("AWS:resourcetag/TEAM"));
    assert!(!tag("aws:ResourceTag/Teams"));
}

/// Whether an Allow whose condition or resource holds a variable applies to a request with these keys.
fn resource_with(document: Value, keys: &[(&str, &str)]) -> bool {
    let mut question = question();
    for (key, value) in keys {
        question = question.with(key, value);
    }
    question.policies.identity.push(compiled(&document));
    question.is_allowed()
}

fn home_folder(version: Option<&str>, resource: &str) -> Value {
    let mut document =
        json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": resource}});
    if let Some(version) = version {
        document["Version"] = json!(version);
    }
    document
}

#[test]
fn a_variable_stands_for_what_the_request_holds() {
    let mine = || home_folder(Some("2012-10-17"), "arn:aws:s3:::notes/${AWS:userName}.txt");
    assert!(resource_with(mine(), &[("aws:username", "a")]));
    assert!(!resource_with(mine(), &[("aws:username", "b")]));
    assert!(!resource_with(mine(), &[]));
}

#[test]
fn only_version_2012_has_variables() {
    let username = [("aws:username", "a")];
    for version in [None, Some("2008-10-17")] {
        assert!(!resource_with(
            home_folder(version, "arn:aws:s3:::notes/${aws:username}.txt"),
            &username
        ));
    }
    let literal = question().on("arn:aws:s3:::notes/${aws:username}", "111122223333");
    let mut literal = literal;
    literal.policies.identity.push(compiled(&home_folder(
        None,
        "arn:aws:s3:::notes/${aws:username}",
    )));
    assert!(literal.is_allowed());
}

#[test]
fn a_default_fills_in_for_a_missing_value() {
    let team = || {
        home_folder(
            Some("2012-10-17"),
            "arn:aws:s3:::notes/${aws:PrincipalTag/file, 'a'}.txt",
        )
    };
    assert!(resource_with(team(), &[]));
    assert!(!resource_with(team(), &[("aws:PrincipalTag/file", "b")]));
}

#[test]
fn what_a_variable_holds_is_never_a_wildcard_or_another_variable() {
    let mine = || home_folder(Some("2012-10-17"), "arn:aws:s3:::notes/${aws:username}");
    assert!(!resource_with(mine(), &[("aws:username", "*")]));
    assert!(!resource_with(
        mine(),
        &[("aws:username", "${k:x}"), ("k:x", "a.txt")]
    ));
}

#[test]
fn special_characters_are_written_as_variables() {
    assert!(matches("StringLike", json!("a${*}b*"), Some("a*bc")));
    assert!(!matches("StringLike", json!("a${*}b*"), Some("axbc")));
    assert!(matches("StringEquals", json!("${?}${$}"), Some("?$")));
}

#[test]
fn a_variable_without_value_matches_nothing_so_a_negated_operator_matches() {
    assert!(!matches("StringEquals", json!("${k:none}"), Some("")));
    assert!(matches("StringNotEquals", json!("${k:none}"), Some("x")));
    let excepted =
        json!({"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::notes/${k:none}"});
    let denied = question()
        .identity(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}))
        .identity(excepted);
    assert!(!denied.is_allowed());
    let allowed =
        json!({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::notes/${k:none}"});
    assert!(question().identity(allowed).is_allowed());
}

#[test]
fn variables_work_under_string_arn_and_bool_operators_only() {
    let held = |operator: &str, policy: &str, variable: &str| {
        condition(operator, "k:key", json!(policy))
            .with("k:key", variable)
            .with("k:v", variable)
            .is_allowed()
    };
    assert!(held("StringEquals", "${k:v}", "x"));
    assert!(held("Bool", "${k:v}", "true"));
    assert!(held("ArnEquals", "${k:v}", "arn:aws:s3:::b"));
    assert!(!held("NumericEquals", "${k:v}", "1"));
    assert!(!held("DateEquals", "${k:v}", "2026"));
    assert!(!held("IpAddress", "${k:v}", "10.0.0.1"));
    assert!(!held("BinaryEquals", "${k:v}", "QQ=="));
}

#[test]
fn only_single_valued_keys_fill_variables() {
    let question = condition("StringEquals", "k:key", json!("${k:set}")).with("k:key", "a");
    assert!(question.clone().with("k:set", "a").is_allowed());
    assert!(!question.with_values("k:set", &["a"]).is_allowed());
}

#[test]
fn what_cannot_be_compared_allows_nothing_and_does_not_stop_a_deny() {
    for (operator, policy) in [
        ("StringEqual", json!("a")),
        ("NullIfExists", json!("true")),
        ("NumericEquals", json!("many")),
        ("DateLessThan", json!("soon")),
        ("IpAddress", json!("everywhere")),
        ("Bool", json!("maybe")),
        ("BinaryEquals", json!("!")),
        ("StringEquals", json!("${unclosed")),
        ("StringEquals", json!({"a": "b"})),
    ] {
        assert!(
            !matches(operator, policy.clone(), Some("a")),
            "{operator} {policy}"
        );
        assert!(
            denies(operator, policy.clone(), question().with("k:key", "a")),
            "{operator} {policy}"
        );
    }
    let elsewhere = json!({
        "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*", "Condition": {"StringEqual": {"k:key": "a"}}
    });
    let other_action = question()
        .identity(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}))
        .identity(elsewhere);
    assert!(
        other_action.is_allowed(),
        "a Deny of another action stays out of it"
    );
}
