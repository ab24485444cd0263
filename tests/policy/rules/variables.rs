//! Rules 51 to 55: variables, their defaults, and the version that they need.

use cipherdeck::policy::{Layer, Unspecified};
use serde_json::{Value, json};

use super::super::condition::*;
use super::super::question::*;

const TODAY: &str = "2012-10-17";

/// An Allow of everything on this resource, as an identity policy of this version, for a request with these keys.
fn on(version: Option<&str>, resource: &str, keys: &[(&str, &str)]) -> Question {
    let mut document =
        json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": resource}});
    if let Some(version) = version {
        document["Version"] = json!(version);
    }
    let mut question = question();
    for (key, value) in keys {
        question = question.with(key, value);
    }
    question.policies.identity.push(compiled(&document));
    question
}

fn allows(resource: &str, keys: &[(&str, &str)]) -> bool {
    on(Some(TODAY), resource, keys).is_allowed()
}

// Rule 51
#[test]
fn a_variable_behind_the_fifth_colon_stands_for_what_the_request_holds() {
    let mine = "arn:aws:s3:::notes/${AWS:userName}.txt";
    assert!(allows(mine, &[("aws:username", "a")]));
    assert!(!allows(mine, &[("aws:username", "b")]));
    assert!(allows(
        "arn:aws:s3:::${k:bucket}/*",
        &[("k:bucket", "notes")]
    ));
    assert!(allows("arn:aws:s3:::notes/*${k:a}*", &[("k:a", ".t")]));
    assert!(allows("arn:aws:s3:::notes/${ k:a }.txt", &[("k:a", "a")]));
}

// Rule 51
#[test]
fn a_variable_before_the_fifth_colon_allows_nothing_and_stops_no_deny() {
    for resource in [
        "arn:${k:a}:s3:::notes/*",
        "arn:aws:${k:a}:::notes/*",
        "arn:aws:s3:${k:a}::notes/*",
        "arn:aws:s3::${k:a}:notes/*",
        "${k:a}",
    ] {
        for value in ["aws", "s3", "", OBJECT] {
            assert!(!allows(resource, &[("k:a", value)]), "{resource}");
        }
        let deny = json!({"Effect": "Deny", "Action": "*", "Resource": resource});
        let denied = question().identity(allow_all()).identity(deny);
        assert!(!denied.is_allowed(), "{resource}");
    }
}

// Rule 51
#[test]
fn only_single_valued_keys_fill_variables() {
    let asked = condition("StringEquals", "k:key", json!("${k:set}")).with("k:key", "a");
    assert!(asked.clone().with("k:set", "a").is_allowed());
    assert!(!asked.with_values("k:set", &["a"]).is_allowed());
}

// Rule 51
#[test]
fn variables_work_in_policies_of_every_layer() {
    let mine = |effect: &str| json!({"Effect": effect, "Action": "*", "Resource": "arn:aws:s3:::notes/${aws:username}.txt"});
    let for_all = |effect: &str| {
        let mut statement = mine(effect);
        statement["Principal"] = json!("*");
        statement
    };
    let asked = |user: &str| {
        let asked = question()
            .identity(mine("Allow"))
            .resource(for_all("Allow"));
        let asked = asked.boundary(mine("Allow")).session(mine("Allow"));
        asked
            .endpoint(for_all("Allow"))
            .scp(vec![mine("Allow")])
            .with("aws:username", user)
    };
    assert!(asked("a").is_allowed());
    assert!(!asked("b").is_allowed());
    assert!(!asked("a").rcp(vec![for_all("Deny")]).is_allowed());
}

// Rule 52
#[test]
fn a_default_fills_in_for_a_missing_value() {
    let team = "arn:aws:s3:::notes/${aws:PrincipalTag/file, 'a'}.txt";
    assert!(allows(team, &[]));
    assert!(matches("StringEquals", json!("${k:none, ''}"), Some("")));
    assert!(matches(
        "StringEquals",
        json!("${k:none, 'a, }b'}"),
        Some("a, }b")
    ));
}

// Rule 52
#[test]
fn a_value_stands_above_the_default_and_one_without_quotes_is_not_legal() {
    let team = "arn:aws:s3:::notes/${aws:PrincipalTag/file, 'a'}.txt";
    assert!(!allows(team, &[("aws:PrincipalTag/file", "b")]));
    assert!(!allows("arn:aws:s3:::notes/${k:none, a}.txt", &[]));
    assert!(!matches(
        "StringEquals",
        json!("${k:none, \"a\"}"),
        Some("a")
    ));
    assert!(denies(
        "StringEquals",
        json!("${k:none, a}"),
        question().with("k:key", "b")
    ));
}

// Rule 52
#[test]
fn special_characters_are_written_as_variables() {
    assert!(matches("StringLike", json!("a${*}b*"), Some("a*bc")));
    assert!(!matches("StringLike", json!("a${*}b*"), Some("axbc")));
    assert!(matches("StringLike", json!("${?}"), Some("?")));
    assert!(!matches("StringLike", json!("${?}"), Some("x")));
    assert!(matches("StringEquals", json!("${?}${$}"), Some("?$")));
}

fn but(effect: &str) -> Value {
    json!({"Effect": effect, "Action": "*", "NotResource": "arn:aws:s3:::notes/${k:none}"})
}

// Rule 53
#[test]
fn a_variable_without_value_matches_nothing() {
    assert!(!matches("StringEquals", json!("${k:none}"), Some("")));
    assert!(!matches("StringLike", json!("*${k:none}"), Some("x")));
    assert!(!matches(
        "ArnLike",
        json!("arn:aws:s3:::${k:none}"),
        Some("arn:aws:s3:::")
    ));
    assert!(!allows("arn:aws:s3:::notes/${k:none}", &[]));
    let deny =
        json!({"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::notes/*${k:none}"});
    assert!(question().identity(allow_all()).identity(deny).is_allowed());
    assert!(
        matches("StringEquals", json!(["${k:none}", "a"]), Some("a")),
        "other values still count"
    );
}

// Rule 53
#[test]
fn a_negated_operator_and_not_resource_match_where_a_variable_has_no_value() {
    assert!(matches("StringNotEquals", json!("${k:none}"), Some("x")));
    assert!(matches("StringNotLike", json!("${k:none}*"), Some("x")));
    assert!(matches(
        "ArnNotLike",
        json!("arn:aws:s3:::${k:none}"),
        Some("arn:aws:s3:::b")
    ));
    assert!(
        !question()
            .identity(allow_all())
            .identity(but("Deny"))
            .is_allowed()
    );
    assert!(question().identity(but("Allow")).is_allowed());
    let held = |value: &str| question().identity(but("Allow")).with("k:none", value);
    assert!(!held("a.txt").is_allowed());
    assert!(held("b.txt").is_allowed());
}

const MINE: &str = "arn:aws:s3:::notes/${aws:username}";

// Rule 54
#[test]
fn what_a_variable_holds_is_taken_to_the_letter() {
    assert!(allows(MINE, &[("aws:username", "a.txt")]));
    let held = |value: &str| condition("StringLike", "k:key", json!("${k:v}-*")).with("k:v", value);
    assert!(held("a*").with("k:key", "a*-1").is_allowed());
    assert!(held("${k:key}").with("k:key", "${k:key}-1").is_allowed());
}

// Rule 54
#[test]
fn what_a_variable_holds_is_never_a_wildcard_or_another_variable_and_that_is_marked_as_open() {
    for (value, other) in [("*", "x"), ("?.txt", "x"), ("${k:x}", "a.txt")] {
        let asked = on(
            Some(TODAY),
            MINE,
            &[("aws:username", value), ("k:x", other)],
        );
        assert!(!asked.is_allowed(), "{value}");
        let layer = asked.layer(Layer::Identity);
        let clauses = &layer.policies[0].statements[0].clauses;
        let resource = clauses
            .iter()
            .find(|clause| clause.element == "Resource")
            .unwrap();
        assert_eq!(resource.unspecified, Some(Unspecified::WildcardInVariable));
    }
    let held = |value: &str| condition("StringLike", "k:key", json!("${k:v}-*")).with("k:v", value);
    assert!(!held("a*").with("k:key", "ab-1").is_allowed());
}

// Rule 55
#[test]
fn version_2012_has_variables() {
    assert!(on(Some(TODAY), MINE, &[("aws:username", "a.txt")]).is_allowed());
}

// Rule 55
#[test]
fn an_older_version_or_none_takes_a_variable_for_plain_text() {
    for version in [None, Some("2008-10-17")] {
        let asked = || on(version, MINE, &[("aws:username", "a.txt")]);
        assert!(!asked().is_allowed());
        assert!(asked().on(MINE, HOME).is_allowed());
    }
}

// Rule 55
#[test]
fn a_version_that_does_not_exist_allows_nothing_and_stops_no_deny() {
    let of = |effect: &str| {
        let statement = json!({"Effect": effect, "Action": "*", "Resource": "*"});
        compiled(&json!({"Version": "2026-11-22", "Statement": statement}))
    };
    let mut allowed = question();
    allowed.policies.identity.push(of("Allow"));
    assert!(!allowed.is_allowed());
    let mut denied = question().identity(allow_all());
    denied.policies.identity.push(of("Deny"));
    assert!(!denied.is_allowed());
}
