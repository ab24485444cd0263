//! Findings about set operators.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use crate::policy::catalogue;
use crate::policy::document::{Condition, Statement};
use crate::policy::operator::{Operator, Set, Test};
use crate::policy::validate::{Check, allows};

impl Check {
    pub(super) fn set_operator(
        &mut self,
        condition: &Condition,
        operator: Operator,
        statement: &Statement,
    ) {
        let key = &condition.key;
        // `ForAnyValue` does no harm to a key of one value, and of services' own keys the list is not always sure.
        let is_global = key.value.to_ascii_lowercase().starts_with("aws:");
        let (is_multi_valued, is_single_valued) = match catalogue::condition_key(&key.value) {
            Some(known) => (
                known.is_multi_valued,
                !known.is_multi_valued && !is_claim(&key.value),
            ),
            None => (false, false),
        };
        match operator.set {
            None if is_multi_valued && operator.test != Test::Null => self.warning(
                condition.operator.span,
                "missing-set-operator",
                format!("`{}` is multi-valued, and what an operator without set prefix does there is not specified", key.value),
                "write `ForAnyValue:` or `ForAllValues:` before the operator",
            ),
            Some(set) if is_single_valued && (set == Set::All || is_global) => self.danger(
                condition.operator.span,
                "set-operator-single-valued",
                format!("`{}` is single-valued, and a set prefix changes what happens when it is missing", key.value),
                "leave the prefix out",
            ),
            Some(Set::All) if allows(statement) && !demands_presence(statement, &key.value) => self.danger(
                condition.operator.span,
                "for-all-values-allow",
                format!("`ForAllValues` also matches requests without `{}`", key.value),
                "add `\"Null\": {\"key\": \"false\"}` for the same key",
            ),
            _ => {}
        }
    }
}

/// Whether the key is a claim of an identity provider. How many values it has is for the provider to say.
fn is_claim(key: &str) -> bool {
    key.split(':')
        .next()
        .is_some_and(|prefix| prefix.contains('.'))
}

fn demands_presence(statement: &Statement, key: &str) -> bool {
    let conditions = statement
        .condition
        .iter()
        .flat_map(|element| &element.value);
    conditions.into_iter().any(|condition| {
        condition.operator.value.eq_ignore_ascii_case("Null")
            && condition.key.value.eq_ignore_ascii_case(key)
            && condition
                .values
                .values
                .iter()
                .any(|value| value.value.eq_ignore_ascii_case("false"))
    })
}
