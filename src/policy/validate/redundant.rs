//! Findings about what could be left out, because something else says it already.

use std::collections::HashMap;

use crate::policy::document::{Element, Policy, Principals, Spanned, Statement, Strings};
use crate::policy::operator::Test;
use crate::policy::pattern::Pattern;

use super::{Check, effect};

/// Every pair of a list is compared, so longer lists are left alone.
const MANY: usize = 200;

impl Check {
    pub(super) fn redundant_actions(&mut self, actions: &[Spanned<String>]) {
        let folded: Vec<String> = actions
            .iter()
            .map(|action| action.value.to_ascii_lowercase())
            .collect();
        self.redundant("redundant-action", actions, |one, other| {
            covers_text(&folded[one], &folded[other])
        });
    }

    pub(super) fn redundant_resources(&mut self, resources: &[Spanned<String>]) {
        self.redundant("redundant-resource", resources, |one, other| {
            covers_arn(&resources[one].value, &resources[other].value)
        });
    }

    /// Source: access-analyzer-reference-policy-checks, "Redundant condition value"
    pub(super) fn redundant_values(&mut self, values: &[Spanned<String>], test: Test) {
        let covers: fn(&str, &str) -> bool = match test {
            Test::StringLike => covers_text,
            Test::Arn => covers_arn,
            _ => |one, other| one == other,
        };
        self.redundant("redundant-value", values, |one, other| {
            covers(&values[one].value, &values[other].value)
        });
    }

    pub(super) fn redundant_principals(&mut self, element: &Element<Principals>) {
        let Principals::Named(named) = &element.value else {
            return;
        };
        for named in named {
            let names = &named.names.values;
            self.redundant("redundant-principal", names, |one, other| {
                names[one].value == names[other].value || names[one].value == "*"
            });
        }
    }

    /// Those of a list that another one covers; of two that cover each other the later.
    fn redundant(
        &mut self,
        code: &str,
        list: &[Spanned<String>],
        covers: impl Fn(usize, usize) -> bool,
    ) {
        if !self.looks_closer || list.len() > MANY {
            return;
        }
        for (index, item) in list.iter().enumerate() {
            let mut others = (0..list.len()).filter(|&other| other != index);
            let by = others
                .find(|&other| covers(other, index) && (other < index || !covers(index, other)));
            if let Some(by) = by {
                let message = format!("`{}` is covered by `{}`", item.value, list[by].value);
                self.suggestion(item.span, code, message, "remove it");
            }
        }
    }

    pub(super) fn redundant_statements(&mut self, policy: &Policy) {
        // Only statements that differ in nothing but their actions and resources are compared.
        let mut alike: HashMap<String, Vec<&Statement>> = HashMap::new();
        for statement in &policy.statements {
            if let Some(frame) = frame(statement, &policy.source) {
                alike.entry(frame).or_default().push(statement);
            }
        }
        for statements in alike.into_values() {
            if statements.len() > MANY / 4 {
                continue;
            }
            for (index, statement) in statements.iter().enumerate() {
                let mut others = (0..statements.len()).filter(|&other| other != index);
                let is_covered = others.any(|other| {
                    let (one, two) = (statements[other], *statement);
                    covers_statement(one, two) && (other < index || !covers_statement(two, one))
                });
                if is_covered {
                    self.suggestion(
                        super::opening(statement),
                        "redundant-statement",
                        "another statement says all of this already",
                        "remove it",
                    );
                }
            }
        }
    }
}

/// All of a statement but its id, actions and resources, without white space; nothing where it cannot be compared.
fn frame(statement: &Statement, source: &str) -> Option<String> {
    let effect = effect(statement)?;
    let action = statement.action.as_ref()?;
    let is_long = |element: &Element<Strings>| element.value.values.len() > MANY / 4;
    let resource = statement.resource.as_ref();
    if !statement.illegal.is_empty()
        || statement.not_action.is_some()
        || statement.not_resource.is_some()
        || is_long(action)
        || resource.is_some_and(is_long)
    {
        return None;
    }
    let mut frame = format!("{effect:?} {}", resource.is_some());
    let principal = statement.principal.as_ref().map(|element| element.span);
    let not_principal = statement.not_principal.as_ref().map(|element| element.span);
    let condition = statement.condition.as_ref().map(|element| element.span);
    for (index, span) in [principal, not_principal, condition]
        .into_iter()
        .enumerate()
    {
        let text = span
            .and_then(|span| source.get(span.start..span.end))
            .unwrap_or_default();
        frame.push_str(&format!(" {index}:"));
        frame.extend(text.chars().filter(|char| !char.is_whitespace()));
    }
    Some(frame)
}

fn covers_statement(one: &Statement, other: &Statement) -> bool {
    let all = |one: &Option<Element<Strings>>, other: &Option<Element<Strings>>, fold: bool| {
        let values = |element: &Option<Element<Strings>>| -> Vec<String> {
            let strings = element.iter().flat_map(|element| &element.value.values);
            let fold = |text: &String| {
                if fold {
                    text.to_ascii_lowercase()
                } else {
                    text.clone()
                }
            };
            strings.map(|value| fold(&value.value)).collect()
        };
        let covers = if fold { covers_text } else { covers_arn };
        let (one, other) = (values(one), values(other));
        let is_covered = |text: &String| one.iter().any(|wide| covers(wide, text));
        other.iter().all(is_covered)
    };
    all(&one.action, &other.action, true) && all(&one.resource, &other.resource, false)
}

/// Whether the first pattern means all that the second does.
fn covers_text(one: &str, other: &str) -> bool {
    one == other || one.contains('*') && !other.contains('?') && Pattern::wild(one).matches(other)
}

/// The same of ARNs, whose wildcards do not cross the first five colons.
fn covers_arn(one: &str, other: &str) -> bool {
    if one == "*" || one == other {
        return true;
    }
    // A wildcard that a variable brings along is none.
    if one.contains("${") {
        return false;
    }
    let parts = |text: &str| -> Vec<String> { text.splitn(6, ':').map(str::to_owned).collect() };
    let (one, other) = (parts(one), parts(other));
    let mut pairs = one.iter().zip(&other);
    one.len() == 6 && other.len() == 6 && pairs.all(|(one, other)| covers_text(one, other))
}
