//! The organization as a tree: what each root, unit and account leaves of the request.

use crate::policy::{LayerTrace, Outcome};

use super::ask::Question;
use super::tree::{Branch, Mark};

/// The levels from the root down, each within the one above it, with its policies first.
pub(super) fn grow(layer: &LayerTrace, policies: Vec<Branch>, _question: &Question) -> Vec<Branch> {
    let mut levels: Vec<(String, Vec<(Outcome, Branch)>)> = Vec::new();
    for (trace, branch) in layer.policies.iter().zip(policies) {
        let id = trace.level.clone().unwrap_or_default();
        match levels.last_mut().filter(|(last, _)| *last == id) {
            Some((_, policies)) => policies.push((trace.outcome, branch)),
            None => levels.push((id, vec![(trace.outcome, branch)])),
        }
    }
    let mut below: Vec<Branch> = Vec::new();
    for (id, policies) in levels.into_iter().rev() {
        let outcomes: Vec<Outcome> = policies.iter().map(|(outcome, _)| *outcome).collect();
        let mark = Mark::from(union(&outcomes));
        let mut children: Vec<Branch> = policies.into_iter().map(|(_, branch)| branch).collect();
        children.append(&mut below);
        below = vec![Branch {
            mark: Some(mark),
            is_open: true,
            children,
            ..Branch::new(format!("`{id}`"), "")
        }];
    }
    below
}

/// What the policies of one level say together: a Deny wins, else one Allow suffices.
fn union(outcomes: &[Outcome]) -> Outcome {
    [
        Outcome::ExplicitlyDenied,
        Outcome::Allowed,
        Outcome::ImplicitlyDenied,
    ]
    .into_iter()
    .find(|outcome| outcomes.contains(outcome))
    .unwrap_or(Outcome::NotApplicable)
}
