//! Rules 46 to 50: case, wildcards, ARNs, dates, numbers, addresses, bytes.

use cipherdeck::policy::{Layer, Unspecified};
use serde_json::json;

use super::super::condition::*;
use super::super::question::*;

// Rule 46
#[test]
fn names_of_keys_and_of_tags_in_them_do_not_tell_case_apart() {
    let tag = |held: &str| {
        let asked = condition("StringEquals", "aws:ResourceTag/Team", json!("red"));
        asked.with(held, "red").is_allowed()
    };
    assert!(tag("aws:ResourceTag/Team"));
    assert!(tag("AWS:resourcetag/TEAM"));
    assert!(!tag("aws:ResourceTag/Teams"));
    assert!(matches("stringequals", json!("a"), Some("a")));
    assert!(matches("Bool", json!("True"), Some("tRUE")));
}

// Rule 46
#[test]
fn keys_that_differ_in_their_middle_only_are_different_keys() {
    let (asked_for, held) = (
        "aws:RequestTag/OwnerDepartment",
        "aws:RequestTag/AdminDepartment",
    );
    let asked = condition("StringEquals", asked_for, json!("red"));
    assert!(!asked.clone().with(held, "red").is_allowed());
    assert!(asked.with(held, "blue").with(asked_for, "red").is_allowed());
}

// Rule 46
#[test]
fn actions_do_not_tell_case_apart_and_resources_do() {
    let allow = |action: &str, resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
        question().identity(statement).is_allowed()
    };
    assert!(allow("S3:getOBJECT", OBJECT));
    assert!(allow("s3:getobj*", OBJECT));
    assert!(
        question()
            .action("S3:GETOBJECT")
            .identity(allow_all())
            .is_allowed()
    );
    assert!(!allow("s3:GetObject", "arn:aws:s3:::Notes/a.txt"));
    assert!(!allow("s3:GetObject", "arn:aws:S3:::notes/a.txt"));
}

// Rule 46
#[test]
fn values_tell_case_apart_unless_the_operator_says_not() {
    check(vec![
        ("StringEquals", json!("a"), "A", false),
        ("StringLike", json!("A*"), "abc", false),
        (
            "ArnLike",
            json!("arn:aws:sns:*:*:Topic"),
            "arn:aws:sns:::topic",
            false,
        ),
        ("StringEqualsIgnoreCase", json!("Ä"), "ä", true),
        ("StringNotEqualsIgnoreCase", json!("Ä"), "ä", false),
    ]);
}

// Rule 47
#[test]
fn wildcards_count_under_like_and_the_arn_operators() {
    check(vec![
        ("StringLike", json!("a*"), "abc", true),
        ("StringLike", json!("a?c"), "abc", true),
        ("StringNotLike", json!("a*"), "abc", false),
        (
            "ArnEquals",
            json!("arn:aws:sns:*:*:t?pic"),
            "arn:aws:sns:us-east-1:1:topic",
            true,
        ),
        (
            "ArnNotEquals",
            json!("arn:aws:sns:*:*:*"),
            "arn:aws:sns:us-east-1:1:topic",
            false,
        ),
        ("ArnLike", json!("*"), "arn:aws:sns:us-east-1:1:topic", true),
    ]);
}

// Rule 47
#[test]
fn wildcards_are_plain_characters_elsewhere() {
    check(vec![
        ("StringEquals", json!("a*"), "abc", false),
        ("StringEquals", json!("a*"), "a*", true),
        ("StringEquals", json!("a?"), "ab", false),
        ("StringEqualsIgnoreCase", json!("a*"), "abc", false),
        ("StringNotEquals", json!("a*"), "abc", true),
    ]);
}

// Rule 48
#[test]
fn arns_match_part_by_part_and_the_last_part_may_hold_colons() {
    let topic = "arn:aws:sns:us-east-1:111122223333:topic:a";
    check(vec![
        (
            "ArnLike",
            json!("arn:aws:sns:*:111122223333:*"),
            topic,
            true,
        ),
        (
            "ArnLike",
            json!("arn:aws:sns:us-*-1:*:topic:?"),
            topic,
            true,
        ),
        ("ArnLike", json!("arn:*:*:*:*:*"), topic, true),
    ]);
}

// Rule 48
#[test]
fn no_wildcard_of_an_arn_crosses_one_of_the_first_five_colons() {
    let topic = "arn:aws:sns:us-east-1:111122223333:topic:a";
    check(vec![
        ("ArnLike", json!("arn:aws:sns:*:topic:a"), topic, false),
        ("ArnLike", json!("arn:aws:*:topic:a"), topic, false),
        ("ArnLike", json!("arn:aws:sns:*:topic"), topic, false),
        (
            "ArnNotLike",
            json!("arn:aws:sns:*:444455556666:*"),
            topic,
            true,
        ),
        ("ArnLike", json!("arn:aws:sns:*:*:*"), "no arn", false),
        ("ArnNotLike", json!("arn:aws:sns:*:*:*"), "no arn", true),
    ]);
    let wide = json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:*:notes/*"});
    assert!(!question().identity(wide).is_allowed());
}

// Rule 49
#[test]
fn dates_are_instants_in_every_form() {
    check(vec![
        (
            "DateEquals",
            json!("2026-01-01T00:00:00Z"),
            "2026-01-01T01:00:00+01:00",
            true,
        ),
        ("DateEquals", json!("2026"), "1767225600", true),
        ("DateEquals", json!("2026-01"), "2026-01-01T00:00Z", true),
        (
            "DateLessThan",
            json!("1767225600"),
            "2025-12-31T23:59:59.999Z",
            true,
        ),
        (
            "DateEquals",
            json!("2026-01-01T00:00:00Z"),
            "2026-01-01T00:00:01Z",
            false,
        ),
        ("DateLessThan", json!("tomorrow"), "2026", false),
        ("DateNotEquals", json!("2026"), "tomorrow", false),
    ]);
}

// Rule 49
#[test]
fn numbers_are_decimal_and_compare_by_value() {
    check(vec![
        ("NumericEquals", json!(10), "10.0", true),
        ("NumericLessThan", json!("10"), "9", true),
        ("NumericLessThan", json!(-9), "-10", true),
        ("NumericEquals", json!("+7"), "7", true),
        ("NumericGreaterThan", json!(0.5), "0.50", false),
        ("NumericEquals", json!("1e1"), "10", false),
        ("NumericNotEquals", json!("10"), "ten", false),
    ]);
}

// Rule 49
#[test]
fn addresses_lie_in_ranges_of_their_own_family() {
    check(vec![
        ("IpAddress", json!("203.0.113.0/24"), "203.0.113.0", true),
        ("IpAddress", json!("203.0.113.0/24"), "203.0.113.255", true),
        ("IpAddress", json!("203.0.113.9/24"), "203.0.113.200", true),
        ("IpAddress", json!("203.0.113.7"), "203.0.113.7", true),
        (
            "IpAddress",
            json!("2001:DB8:1234:5678::/64"),
            "2001:db8:1234:5678::9",
            true,
        ),
        ("NotIpAddress", json!("203.0.113.0/24"), "2001:db8::1", true),
        ("IpAddress", json!("203.0.113.0/24"), "203.0.112.255", false),
        ("IpAddress", json!("203.0.113.7"), "203.0.113.8", false),
        ("IpAddress", json!("2001:db8::/32"), "203.0.113.7", false),
        ("IpAddress", json!("::/0"), "203.0.113.7", false),
        ("IpAddress", json!("0.0.0.0/0"), "::ffff:203.0.113.7", false),
    ]);
}

// Rule 49
#[test]
fn binary_values_are_base64_and_compare_byte_by_byte() {
    check(vec![
        (
            "BinaryEquals",
            json!("QmluYXJ5VmFsdWVJbkJhc2U2NA=="),
            "QmluYXJ5VmFsdWVJbkJhc2U2NA==",
            true,
        ),
        ("BinaryEquals", json!("QmluYXJ5"), "QmluYXJ6", false),
        ("BinaryEquals", json!("QmluYXJ5"), "Binary", false),
        ("BinaryEquals", json!("not base64"), "not base64", false),
    ]);
}

// Rule 49
#[test]
fn what_cannot_be_compared_allows_nothing_stops_no_deny_and_is_marked_as_open() {
    for (operator, policy) in [
        ("NumericEquals", "1"),
        ("NumericNotEquals", "1"),
        ("DateLessThan", "2026"),
        ("IpAddress", "10.0.0.0/8"),
        ("NotIpAddress", "10.0.0.0/8"),
        ("Bool", "true"),
        ("BinaryEquals", "QQ=="),
    ] {
        let asked = condition(operator, "k:key", json!(policy)).with("k:key", "§");
        assert!(!asked.is_allowed(), "{operator}");
        assert!(
            denies(operator, json!(policy), question().with("k:key", "§")),
            "{operator}"
        );
        let layer = asked.layer(Layer::Identity);
        let clause = layer.policies[0].statements[0].clauses.last().unwrap();
        assert_eq!(clause.unspecified, Some(Unspecified::IncomparableValue));
    }
}

// Rule 50
#[test]
fn variables_count_under_string_arn_and_bool_operators() {
    for (operator, value) in [
        ("StringEquals", "x"),
        ("StringEqualsIgnoreCase", "x"),
        ("StringLike", "x"),
        ("ArnEquals", "arn:aws:s3:::b"),
        ("ArnLike", "arn:aws:s3:::b"),
        ("Bool", "true"),
    ] {
        let asked = condition(operator, "k:key", json!("${k:v}")).with("k:key", value);
        assert!(asked.clone().with("k:v", value).is_allowed(), "{operator}");
        assert!(!asked.with("k:v", "other").is_allowed(), "{operator}");
    }
}

// Rule 50
#[test]
fn variables_count_under_no_other_operator() {
    for (operator, value) in [
        ("NumericEquals", "1"),
        ("DateEquals", "2026"),
        ("IpAddress", "10.0.0.1"),
        ("BinaryEquals", "QQ=="),
        ("Null", "false"),
    ] {
        let asked = condition(operator, "k:key", json!("${k:v}")).with("k:key", value);
        assert!(!asked.with("k:v", value).is_allowed(), "{operator}");
        let held = question().with("k:key", value).with("k:v", value);
        assert!(denies(operator, json!("${k:v}"), held), "{operator}");
    }
}
