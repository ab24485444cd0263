//! What may be chosen instead of typing it, and what there is to know of a text.

use std::collections::BTreeSet;

use crate::labs::policy::case::{Case, KeyTexts};
use crate::policy::{NamedPrincipals, Policy, PolicyType, Principals, Size};

/// The callers of the simulated account, and whoever the policies name.
pub(super) fn principals(case: &Case, callers: &[String]) -> Vec<String> {
    let mut found: BTreeSet<String> = callers.iter().cloned().collect();
    found.insert("anonymous".to_owned());
    for principal in
        statements(case).filter_map(|statement| statement.principal.or(statement.not_principal))
    {
        if let Principals::Named(kinds) = principal.value {
            found.extend(kinds.into_iter().flat_map(named));
        }
    }
    found.into_iter().collect()
}

/// Those that can ask by themselves: no accounts, no wildcards.
fn named(kind: NamedPrincipals) -> impl Iterator<Item = String> {
    let is_federated = kind.kind.value == "Federated";
    kind.names
        .values
        .into_iter()
        .map(|name| name.value)
        .filter(|name| !name.contains('*') && !name.bytes().all(|byte| byte.is_ascii_digit()))
        .map(move |name| {
            if is_federated {
                format!("federated {name}")
            } else {
                name
            }
        })
}

/// The resources that the policies name to the letter.
pub(super) fn resources(case: &Case) -> Vec<String> {
    let elements =
        statements(case).filter_map(|statement| statement.resource.or(statement.not_resource));
    let values = elements.flat_map(|element| element.value.values);
    let found: BTreeSet<String> = values
        .map(|value| value.value.replace("/*", "/example"))
        .filter(|arn| !arn.contains(['*', '?', '$']))
        .collect();
    found.into_iter().collect()
}

fn statements(case: &Case) -> impl Iterator<Item = crate::policy::Statement> {
    let policies = case.policies.iter();
    let policies = policies.filter_map(|policy| Policy::parse(&policy.text).ok());
    policies.flat_map(|policy| policy.statements)
}

/// The actions of the service that is asked for.
pub(super) fn actions(_action: &str) -> Vec<String> {
    Vec::new()
}

/// The condition keys that may be in a request.
pub(super) fn keys(_case: &Case) -> Vec<String> {
    Vec::new()
}

/// What a condition key holds.
pub(super) fn about_key(texts: &KeyTexts) -> String {
    if texts.is_set {
        "a set: one value a line".to_owned()
    } else {
        String::new()
    }
}

/// How long a policy of this kind is and may be.
pub(super) fn size(text: &str, kind: PolicyType) -> String {
    let Size { used, limit } = Size::of(text, kind);
    format!("length {used} of {limit}")
}
