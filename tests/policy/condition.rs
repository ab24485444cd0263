//! Whether one condition applies, in a line.

use serde_json::{Value, json};

use super::question::*;

/// Whether an Allow of everything under `{operator: {k:key: policy}}` applies to a request that holds `held` there.
pub fn matches(operator: &str, policy: Value, held: Option<&str>) -> bool {
    let question = condition(operator, "k:key", policy);
    match held {
        Some(held) => question.with("K:Key", held).is_allowed(),
        None => question.is_allowed(),
    }
}

/// The same for a key that is multi-valued.
pub fn set_matches(operator: &str, policy: Value, held: &[&str]) -> bool {
    condition(operator, "k:key", policy)
        .with_values("k:key", held)
        .is_allowed()
}

pub fn condition(operator: &str, key: &str, policy: Value) -> Question {
    question().identity(when(allow_all(), json!({operator: {key: policy}})))
}

/// Whether a Deny of everything under the condition applies.
pub fn denies(operator: &str, policy: Value, question: Question) -> bool {
    let allowed = question.identity(allow_all());
    assert!(allowed.is_allowed());
    let deny = when(deny_all(), json!({operator: {"k:key": policy}}));
    !allowed.identity(deny).is_allowed()
}

/// Operator, value of the policy, value of the request, whether they match.
pub type Row = (&'static str, Value, &'static str, bool);

pub fn check(rows: Vec<Row>) {
    for (operator, policy, held, expected) in rows {
        let found = matches(operator, policy.clone(), Some(held));
        assert_eq!(found, expected, "{operator} of {policy} against {held}");
    }
}
