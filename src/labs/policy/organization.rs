//! The organization as a tree: what each root, unit and account leaves of what could be asked for.

use crate::policy::catalogue::{self, Action};
use crate::policy::{Layer, LayerTrace, Outcome, Policies, Request, decide};

use super::ask::Question;
use super::tree::{Branch, Mark};

/// The levels from the root down, each within the one above it, with its policies first.
pub(super) fn grow(layer: &LayerTrace, policies: Vec<Branch>, question: &Question) -> Vec<Branch> {
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
        let left = Left::at(layer.layer, &id, question);
        let mut children: Vec<Branch> = policies.into_iter().map(|(_, branch)| branch).collect();
        children.extend(left.as_ref().and_then(Left::branch));
        children.append(&mut below);
        let mark = Mark::from(union(layer.layer, &outcomes));
        below = vec![Branch {
            mark: Some(mark),
            is_open: true,
            children,
            ..Branch::new(
                format!("`{id}`"),
                left.map_or_else(String::new, |left| left.sentence()),
            )
        }];
    }
    below
}

/// What the policies of one level say together: a Deny wins, else one Allow suffices. RCPs only subtract.
fn union(layer: Layer, outcomes: &[Outcome]) -> Outcome {
    let order = match layer {
        Layer::Rcp => &[Outcome::ExplicitlyDenied][..],
        _ => &[
            Outcome::ExplicitlyDenied,
            Outcome::Allowed,
            Outcome::ImplicitlyDenied,
        ],
    };
    let found = order.iter().find(|outcome| outcomes.contains(outcome));
    found.copied().unwrap_or(Outcome::Allowed)
}

/// The actions of the requested service that pass this level and all above it, in these circumstances.
struct Left {
    service: &'static str,
    all: usize,
    actions: Vec<&'static Action>,
}

/// More names than this nobody reads.
const MOST_NAMES: usize = 60;

impl Left {
    /// Nothing for a service whose actions are not listed.
    fn at(layer: Layer, id: &str, question: &Question) -> Option<Self> {
        let prefix = question.request.action.split(':').next()?;
        let service = catalogue::service(prefix)?;
        let policies = down_to(layer, id, &question.policies);
        let passes = |action: &&Action| {
            let request = Request {
                action: action.to_string(),
                ..question.request.clone()
            };
            decide(&request, &policies).layers.of(layer).passes()
        };
        Some(Self {
            service: service.prefix,
            all: service.actions.len(),
            actions: service.actions.iter().filter(passes).collect(),
        })
    }

    fn sentence(&self) -> String {
        let Self {
            service,
            all,
            actions,
        } = self;
        format!(
            "{} of {all} actions of `{service}` are left here",
            actions.len()
        )
    }

    /// Their names, unless it is all or none of them.
    fn branch(&self) -> Option<Branch> {
        let is_part = !self.actions.is_empty() && self.actions.len() < self.all;
        is_part.then(|| {
            let names = self
                .actions
                .iter()
                .take(MOST_NAMES)
                .map(|action| format!("`{}`", action.name));
            let mut names = names.collect::<Vec<_>>().join(", ");
            if self.actions.len() > MOST_NAMES {
                names.push_str(", …");
            }
            let children = vec![Branch::new(names, "")];
            Branch {
                children,
                ..Branch::new("What is left", "")
            }
        })
    }
}

/// The organization's policies of one kind, from the root down to this place.
fn down_to(layer: Layer, id: &str, policies: &Policies) -> Policies {
    let levels = match layer {
        Layer::Rcp => &policies.resource_control,
        _ => &policies.service_control,
    };
    let end = levels.iter().position(|level| level.id == id);
    let levels = levels[..end.map_or(levels.len(), |end| end + 1)].to_vec();
    let mut only = Policies {
        management_account: policies.management_account.clone(),
        key_manager: policies.key_manager,
        ..Policies::default()
    };
    match layer {
        Layer::Rcp => only.resource_control = levels,
        _ => only.service_control = levels,
    }
    only
}
