//! What may be chosen instead of typing it, and what there is to know of a text.

use std::collections::BTreeSet;

use crate::labs::policy::case::{Case, KeyTexts};
use crate::policy::catalogue;
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

/// The actions of the service that is asked for, and the other services to begin with.
pub(super) fn actions(action: &str) -> Vec<String> {
    let prefix = action.split(':').next().unwrap_or_default().trim();
    let actions = catalogue::actions(prefix).iter().map(ToString::to_string);
    let services = catalogue::services().iter();
    actions
        .chain(services.map(|service| format!("{}:", service.prefix)))
        .collect()
}

/// The condition keys that a request for this action may hold.
pub(super) fn keys(case: &Case) -> Vec<String> {
    let action = catalogue::action(case.action.trim());
    let own = action
        .map_or(&[][..], |action| &action.condition_keys)
        .iter()
        .copied();
    let global = catalogue::global_keys().iter().map(|key| key.name);
    let found: BTreeSet<&str> = own.chain(global).collect();
    found.into_iter().map(str::to_owned).collect()
}

/// What a condition key holds.
pub(super) fn about_key(texts: &KeyTexts) -> String {
    let known = catalogue::condition_key(texts.key.trim());
    let holds = match known {
        _ if texts.key.trim().is_empty() => return String::new(),
        None => "not in the catalogue of keys".to_owned(),
        Some(key) if key.is_multi_valued => format!("a set of {}", key.value_type),
        Some(key) => key.value_type.to_string(),
    };
    if texts.is_set {
        format!("{holds}; one value a line")
    } else {
        holds
    }
}

/// How long a policy of this kind is and may be.
pub(super) fn size(text: &str, kind: PolicyType) -> String {
    let Size { used, limit } = Size::of(text, kind);
    format!("length {used} of {limit}")
}
