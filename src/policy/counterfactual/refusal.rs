//! Who stands in the way: the fewest layers that would all have to change their mind.

use crate::policy::caller::Grip;
use crate::policy::decision::{Decision, Layer, Outcome};
use crate::policy::judge::{Judged, judge};
use crate::policy::recorder::Silence;
use crate::policy::scope::Scope;
use crate::policy::settle::settle;
use crate::policy::trace::ResourceTrace;
use crate::policy::view::View;

use super::Refusal;
use super::case::{Case, kind_called};

/// Of two sets of layers that are equally small, the one that comes first here counts. Grants never refuse: they only
/// fail to allow.
const ORDER: [Layer; 7] = [
    Layer::Identity,
    Layer::Resource,
    Layer::Boundary,
    Layer::Session,
    Layer::Endpoint,
    Layer::Scp,
    Layer::Rcp,
];

pub(super) fn refusals(case: &Case<'_>) -> Vec<Refusal> {
    let mut refusals: Vec<Refusal> = Vec::new();
    for (resource, branch) in case.request.resources.iter().zip(&case.evaluation.trace) {
        if branch.decision.is_allowed() {
            continue;
        }
        let view = View::new(case.request, resource);
        let scope = Scope::of(&view, case.policies);
        let judged = judge(&scope, &view, case.policies, &mut Silence);
        // Where no change of mind helps, the resource's side has the last word.
        let layers = fewest(&scope, &judged).unwrap_or_else(|| vec![Layer::Resource]);
        for layer in layers {
            if !refusals.iter().any(|known| known.layer == layer) {
                refusals.push(refusal(case, branch, layer));
            }
        }
    }
    refusals.sort_by_key(|refusal| refusal.layer);
    refusals
}

/// How sentences call a layer.
fn called(case: &Case<'_>, layer: Layer) -> &'static str {
    match layer {
        Layer::Rcp => "resource control policies",
        Layer::Scp => "service control policies",
        Layer::Identity => "identity policies",
        one => kind_called(case.request, one),
    }
}

fn fewest(scope: &Scope, judged: &Judged) -> Option<Vec<Layer>> {
    let layers = |set: u32| {
        let is_in = move |at: &usize| set & (1 << at) != 0;
        (0..ORDER.len()).filter(is_in).map(|at| ORDER[at])
    };
    // Who refuses comes before who is not even asked.
    let unasked = |set: u32| {
        layers(set)
            .filter(|layer| judged.outcomes.of(*layer).passes())
            .count()
    };
    let mut sets: Vec<u32> = (0..1 << ORDER.len()).collect();
    sets.sort_by_cached_key(|set| (set.count_ones(), unasked(*set), *set));
    sets.into_iter()
        .find(|set| {
            let mut willing = *judged;
            for layer in layers(*set) {
                willing.outcomes.set(layer, Outcome::Allowed);
                if layer == Layer::Resource {
                    willing.resource_grip = Some(Grip::Direct);
                }
            }
            settle(scope, &willing).0 == Decision::Allowed
        })
        .map(|set| layers(set).collect())
}

fn refusal(case: &Case<'_>, branch: &ResourceTrace, layer: Layer) -> Refusal {
    let trace = branch.layers.iter().find(|trace| trace.layer == layer);
    Refusal {
        layer,
        called: called(case, layer).to_owned(),
        outcome: trace.map_or(Outcome::NotApplicable, |trace| trace.outcome),
        why: trace
            .map(|trace| trace.why.clone().into_owned())
            .unwrap_or_default(),
    }
}
