//! What holds of every request and every policy.

use cipherdeck::policy::{CompiledPolicy, Policy, PolicyType, decide, evaluate, validate};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::question::*;

fn effect() -> impl Strategy<Value = &'static str> {
    select(vec!["Allow", "Deny", "allow", "deny", ""])
}

fn action() -> impl Strategy<Value = Value> {
    select(vec![
        json!("*"),
        json!("s3:*"),
        json!("s3:GetObject"),
        json!(["s3:Put*", "s3:Get*"]),
        json!("ec2:*"),
        json!("s3"),
        json!(7),
    ])
}

fn resource() -> impl Strategy<Value = Value> {
    select(vec![
        json!("*"),
        json!("arn:aws:s3:::notes/*"),
        json!("arn:aws:s3:::notes/${k:a}.txt"),
        json!("arn:aws:s3:::other"),
        json!("nonsense"),
        json!([]),
    ])
}

fn principal() -> impl Strategy<Value = Value> {
    select(vec![
        json!("*"),
        json!({"AWS": ALICE}),
        json!({"AWS": HOME}),
        json!({"AWS": ROLE}),
        json!({"AWS": SESSION}),
        json!({"Service": "s3.amazonaws.com"}),
        json!({"AWS": "x*"}),
        json!(3),
    ])
}

fn conditions() -> impl Strategy<Value = Value> {
    let operator = select(vec![
        "StringEquals",
        "StringNotEquals",
        "StringLikeIfExists",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringNotLike",
        "Null",
        "Bool",
        "NumericLessThan",
        "IpAddress",
        "ArnLike",
        "Bogus",
    ]);
    let value = select(vec![
        json!("a"),
        json!("true"),
        json!(["a", "b"]),
        json!("${k:a}"),
        json!("1"),
        json!([]),
        json!({}),
    ]);
    let pair = (operator, select(vec!["k:a", "k:b", "K:A"]), value);
    prop::collection::vec(pair, 0..3).prop_map(|pairs| {
        let mut conditions = json!({});
        for (operator, key, value) in pairs {
            conditions[operator][key] = value;
        }
        conditions
    })
}

/// Statements as they are found in policies of every kind, legal or not.
fn statement() -> impl Strategy<Value = Value> {
    let principal = prop::option::of((select(vec!["Principal", "NotPrincipal"]), principal()));
    let parts = (
        effect(),
        select(vec!["Action", "NotAction"]),
        action(),
        select(vec!["Resource", "NotResource"]),
        resource(),
    );
    (parts, principal, prop::option::of(conditions())).prop_map(|(parts, principal, conditions)| {
        let (effect, action_name, action, resource_name, resource) = parts;
        let mut statement = json!({"Effect": effect});
        statement[action_name] = action;
        statement[resource_name] = resource;
        if let Some((name, principal)) = principal {
            statement[name] = principal;
        }
        if let Some(conditions) = conditions {
            statement["Condition"] = conditions;
        }
        statement
    })
}

pub fn statements() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(statement(), 0..4)
}

/// Where a statement may be put.
const PLACES: usize = 7;

fn put(question: Question, place: usize, statements: &[Value]) -> Question {
    let statements = json!(statements);
    match place {
        0 => question.identity(statements),
        1 => question.resource(statements),
        2 => question.boundary(statements),
        3 => question.session(statements),
        4 => question.endpoint(statements),
        5 => question.scp(vec![statements]),
        _ => question.rcp(vec![statements]),
    }
}

pub fn asked() -> impl Strategy<Value = Question> {
    let caller = select(vec![
        ALICE,
        SESSION,
        ROOT,
        FEDERATED,
        OTHER,
        "s3.amazonaws.com",
    ]);
    let layers = prop::collection::vec((0..PLACES, statements()), 0..5);
    let target = select(vec![
        ("s3:GetObject", OBJECT),
        ("kms:Decrypt", KEY),
        ("sts:AssumeRole", ROLE),
    ]);
    (caller, target, layers, select(vec!["", "a", "true", "1"])).prop_map(
        |(caller, (action, arn), layers, held)| {
            let mut question = question().by(caller).action(action).on(arn, HOME);
            if !held.is_empty() {
                question = question.with("k:a", held).with_values("k:b", &[held]);
            }
            layers
                .iter()
                .fold(question, |question, (place, statements)| {
                    put(question, *place, statements)
                })
        },
    )
}

fn document(statement: &str) -> String {
    format!(r#"{{"Statement":{statement},"Version":"2012-10-17"}}"#)
}

/// The same JSON with all members and all lists from the last to the first.
fn turned(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            let members = members.map(|(name, value)| format!("{name:?}:{}", turned(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().rev().map(turned).collect();
            format!("[{}]", values.join(","))
        }
        other => other.to_string(),
    }
}

fn put_policy(mut question: Question, place: usize, policy: CompiledPolicy) -> Question {
    let level = |policy| cipherdeck::policy::Level {
        id: "o-level".to_owned(),
        policies: vec![policy],
    };
    let policies = &mut question.policies;
    match place {
        0 => policies.identity.push(policy),
        1 => policies.resource = Some(policy),
        2 => policies.boundaries.push(policy),
        3 => policies.session.push(policy),
        4 => policies.endpoint.push(policy),
        5 => policies.service_control.push(level(policy)),
        _ => policies.resource_control.push(level(policy)),
    }
    question
}

/// A legal policy's text with one byte cut, doubled or changed.
pub fn mutated() -> impl Strategy<Value = String> {
    (statements(), any::<Index>(), 0..3_u8, any::<char>()).prop_map(
        |(statements, at, how, char)| {
            let document =
                json!({"Version": "2012-10-17", "Id": "x", "Statement": statements}).to_string();
            let mut chars: Vec<char> = document.chars().collect();
            let at = at.index(chars.len());
            match how {
                0 => {
                    chars.remove(at);
                }
                1 => chars.insert(at, char),
                _ => chars[at] = char,
            }
            chars.into_iter().collect()
        },
    )
}

/// Reads, checks and evaluates a text in every place; all that is asked is that it comes back.
fn survives(text: &str) {
    for kind in PolicyType::ALL {
        let _ = validate(text, kind);
    }
    let Ok(policy) = CompiledPolicy::parse(text) else {
        return;
    };
    let mut asked = question().identity(allow_all());
    asked.policies.identity.push(policy.clone());
    asked.policies.boundaries.push(policy.clone());
    asked.policies.resource = Some(policy);
    let _ = asked.verdict();
}

proptest! {
    #[test]
    fn no_text_does_harm(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_damaged_policy_does_harm(text in mutated()) {
        survives(&text);
    }

    #[test]
    fn no_request_does_harm(action in any::<String>(), resource in any::<String>(), key in any::<String>(), held in any::<String>()) {
        let mut asked = question().with(&key, &held).identity(allow_all());
        asked.request.action = action;
        asked.request.resources = vec![cipherdeck::policy::Resource::new(resource)];
        let _ = asked.verdict();
        let _ = key.parse::<cipherdeck::policy::Principal>();
    }

    #[test]
    fn the_trace_changes_no_decision(asked in asked()) {
        prop_assert_eq!(decide(&asked.request, &asked.policies), evaluate(&asked.request, &asked.policies).verdict());
    }

    #[test]
    fn another_deny_never_allows(asked in asked(), place in 0..PLACES, others in statements(), mut deny in statement()) {
        deny["Effect"] = json!("Deny");
        let before = put(asked.clone(), place, &others);
        let after = put(asked, place, &[others, vec![deny]].concat());
        prop_assert!(before.is_allowed() || !after.is_allowed());
    }

    #[test]
    fn without_an_allow_a_denial_stays_one(asked in asked(), place in 0..PLACES, others in statements(), mut allow in statement()) {
        allow["Effect"] = json!("Allow");
        let with = put(asked.clone(), place, &[others.clone(), vec![allow]].concat());
        let without = put(asked, place, &others);
        prop_assert!(with.is_allowed() || !without.is_allowed());
    }

    #[test]
    fn the_order_of_statements_decides_nothing(statements in statements(), place in 0..PLACES, other in statements()) {
        let mut turned = statements.clone();
        turned.reverse();
        let base = || put(question().identity(allow_all()), (place + 1) % PLACES, &other);
        let (one, two) = (put(base(), place, &statements), put(base(), place, &turned));
        prop_assert_eq!(one.verdict(), two.verdict());
    }

    #[test]
    fn the_order_of_policies_decides_nothing(asked in asked(), others in prop::collection::vec(statements(), 2..4), level in statements()) {
        let mut asked = others.iter().fold(asked, |asked, statements| asked.identity(json!(statements)));
        let levels = others.iter().map(|statements| json!(statements)).chain([json!(level)]);
        asked = asked.scp(levels.clone().collect()).rcp(levels.collect());
        let mut turned = asked.clone();
        let policies = &mut turned.policies;
        policies.identity.reverse();
        policies.service_control.iter_mut().for_each(|level| level.policies.reverse());
        policies.resource_control.iter_mut().for_each(|level| level.policies.reverse());
        prop_assert_eq!(asked.verdict(), turned.verdict());
    }

    #[test]
    fn the_order_of_keys_and_values_decides_nothing(statement in statement(), place in 0..PLACES, other in statements()) {
        let base = || put(question().identity(allow_all()).with("k:a", "a"), (place + 1) % PLACES, &other);
        let straight = CompiledPolicy::parse(&document(&statement.to_string())).unwrap();
        let turned = CompiledPolicy::parse(&document(&turned(&statement))).unwrap();
        prop_assert_eq!(put_policy(base(), place, straight).verdict(), put_policy(base(), place, turned).verdict());
    }

    #[test]
    fn places_lie_within_the_text(text in mutated()) {
        let problems = match Policy::parse(&text) {
            Ok(policy) => policy.problems,
            Err(problem) => vec![problem],
        };
        for problem in problems {
            prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?}");
        }
    }
}
