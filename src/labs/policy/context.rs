//! Which condition keys the policies ask for and the request does not have.

use std::collections::BTreeMap;

use crate::policy::Policy;

use super::case::Case;

/// A key that a policy mentions, with a value that it names, if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mentioned {
    pub(super) key: String,
    pub(super) value: String,
}

/// Every key that the policies mention and the context lacks, in the order of the alphabet.
pub(super) fn missing(case: &Case) -> Vec<Mentioned> {
    let mut found: BTreeMap<String, Mentioned> = BTreeMap::new();
    let policies = case.policies.iter();
    for policy in policies.filter_map(|policy| Policy::parse(&policy.text).ok()) {
        let statements = policy.statements.iter();
        for condition in statements
            .filter_map(|statement| statement.condition.as_ref())
            .flat_map(|element| &element.value)
        {
            let key = condition.key.value.trim();
            let first = condition.values.values.first();
            let value = first
                .map(|value| value.value.as_str())
                .filter(|value| is_plain(value));
            let mentioned = Mentioned {
                key: key.to_owned(),
                value: value.unwrap_or_default().to_owned(),
            };
            found.entry(key.to_ascii_lowercase()).or_insert(mentioned);
        }
        for key in variables(&policy.source) {
            let mentioned = Mentioned {
                key: key.to_owned(),
                value: String::new(),
            };
            found.entry(key.to_ascii_lowercase()).or_insert(mentioned);
        }
    }
    for texts in &case.keys {
        found.remove(&texts.key.trim().to_ascii_lowercase());
    }
    for derived in DERIVED {
        found.remove(derived);
    }
    found
        .into_values()
        .filter(|mentioned| !mentioned.key.is_empty())
        .collect()
}

/// What follows from the request itself, in lower case.
const DERIVED: [&str; 4] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principaltype",
    "aws:resourceaccount",
];

/// Whether a policy's value can stand in a request as it is.
fn is_plain(value: &str) -> bool {
    !value.contains(['*', '?', '$', '/'])
}

/// The names in `${…}`, without their defaults.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.split("${").skip(1);
    behind.filter_map(|rest| {
        let name = rest.split(['}', ',']).next()?.trim();
        name.contains(':').then_some(name)
    })
}
