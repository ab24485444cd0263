//! What the editors offer inside strings.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::labs::policy::case::Case;
use crate::policy::{Policy, catalogue, names};

/// Words for the policies on a bench, each list in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What may be a value of `Action` or `NotAction`: the actions of the services that the bench speaks of, and the other
    /// services to begin with.
    pub actions: Vec<String>,
    /// What may be a name: the elements, the condition operators, and the condition keys of those services.
    pub names: Vec<String>,
}

pub(super) fn of(case: &Case) -> Words {
    let spoken_of = services(case);
    let actions = spoken_of
        .iter()
        .flat_map(|prefix| catalogue::actions(prefix));
    let keys: BTreeSet<&str> = actions
        .clone()
        .flat_map(|action| action.condition_keys.iter().copied())
        .chain(catalogue::global_keys().iter().map(|key| key.name))
        .chain(names())
        .collect();
    let starts = catalogue::services()
        .iter()
        .map(|service| format!("{}:", service.prefix));
    let actions: BTreeSet<String> = actions.map(ToString::to_string).chain(starts).collect();
    Words {
        actions: actions.into_iter().collect(),
        names: keys.into_iter().map(str::to_owned).collect(),
    }
}

/// The prefixes of the actions on the bench, in lower case.
fn services(case: &Case) -> BTreeSet<String> {
    let policies = case.policies.iter();
    let policies = policies.filter_map(|policy| Policy::parse(&policy.text).ok());
    let elements = policies
        .flat_map(|policy| policy.statements)
        .flat_map(|statement| [statement.action, statement.not_action])
        .flatten();
    let written = elements
        .flat_map(|element| element.value.values)
        .map(|value| value.value);
    let prefix = |action: String| {
        action
            .split_once(':')
            .map(|(prefix, _)| prefix.trim().to_lowercase())
    };
    written
        .chain([case.action.clone()])
        .filter_map(prefix)
        .collect()
}
