//! Conditions misread, from what the trace says of each.

use serde_json::Value;

use crate::policy::{ClauseTrace, ContextValue, Evaluation, Policies, Truth};

use super::documents::{Document, reread_judged};

/// Every condition for which `misread` knows better: one that is taken for true is struck out, a statement with one
/// that is taken for false does not apply.
pub(super) fn misread(
    policies: &Policies,
    evaluation: &Evaluation,
    misread: impl Fn(&ClauseTrace) -> Option<bool>,
) -> Policies {
    reread_judged(policies, evaluation, |judged, document: &mut Document| {
        let mut applies = vec![true; document.statements.len()];
        for statement in &judged.statements {
            let Some(written) = document.statements.get_mut(statement.index) else {
                continue;
            };
            for clause in statement
                .clauses
                .iter()
                .filter(|clause| clause.element == "Condition")
            {
                match misread(clause) {
                    Some(true) => strike(written.get_mut("Condition"), clause),
                    Some(false) => applies[statement.index] = false,
                    None => {}
                }
            }
        }
        let mut applies = applies.into_iter();
        document
            .statements
            .retain(|_| applies.next().unwrap_or(true));
    })
}

/// A missing key matches, under whatever operator.
pub(super) fn missing_key_matches(clause: &ClauseTrace) -> Option<bool> {
    (is_missing(clause) && operator(clause) != "null").then_some(true)
}

/// A key must be there to match, also under a negated operator.
pub(super) fn missing_key_never_matches(clause: &ClauseTrace) -> Option<bool> {
    (is_missing(clause) && is_negated(clause) && !operator(clause).ends_with("ifexists"))
        .then_some(false)
}

/// It is enough to differ from one of several values.
pub(super) fn negated_list_is_or(clause: &ClauseTrace) -> Option<bool> {
    let is_list = clause.values.len() > 1
        && matches!(clause.request.as_deref(), Some(ContextValue::Single(_)));
    let differs = clause
        .values
        .iter()
        .any(|value| value.result == Truth::NotMatched);
    (is_list && is_negated(clause)).then_some(differs)
}

pub(super) fn for_all_values_needs_values(clause: &ClauseTrace) -> Option<bool> {
    (is_missing(clause) && operator(clause).starts_with("forallvalues:")).then_some(false)
}

pub(super) fn null_true_means_present(clause: &ClauseTrace) -> Option<bool> {
    match clause.result {
        Truth::CannotBeEvaluated => None,
        result => (operator(clause) == "null").then_some(result == Truth::NotMatched),
    }
}

fn is_missing(clause: &ClauseTrace) -> bool {
    clause
        .request
        .as_ref()
        .is_none_or(|held| held.as_slice().is_empty())
}

fn is_negated(clause: &ClauseTrace) -> bool {
    operator(clause).contains("not")
}

fn operator(clause: &ClauseTrace) -> String {
    clause
        .operator
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn strike(conditions: Option<&mut Value>, clause: &ClauseTrace) {
    let (Some(operator), Some(key)) = (&clause.operator, &clause.key) else {
        return;
    };
    let keys = conditions.and_then(|conditions| conditions.get_mut(&**operator));
    if let Some(keys) = keys.and_then(Value::as_object_mut) {
        keys.remove(&**key);
    }
}
