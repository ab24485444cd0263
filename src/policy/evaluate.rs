//! From all the policies to one decision.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>

use super::decision::{DecidedBy, Decision, Evaluation, Layer, Outcome, Outcomes, Verdict};
use super::headline;
use super::judge::{Judged, judge};
use super::layers::Policies;
use super::recorder::{Recorder, Scribe, Silence};
use super::request::Request;
use super::scope::Scope;
use super::settle::settle;
use super::trace::ResourceTrace;
use super::view::View;

/// Decides `request` under `policies`.
///
/// Of several resources every one must be allowed. A request for none is denied.
#[must_use]
pub fn decide(request: &Request, policies: &Policies) -> Verdict {
    let verdicts = request.resources.iter();
    let verdicts =
        verdicts.map(|resource| one(&View::new(request, resource), policies, &mut Silence));
    worst(verdicts)
}

/// Decides `request` under `policies`, with the trace that says why. The decision is that of [`decide`].
#[must_use]
pub fn evaluate(request: &Request, policies: &Policies) -> Evaluation {
    let mut trace = Vec::with_capacity(request.resources.len());
    let mut verdicts = Vec::with_capacity(request.resources.len());
    for resource in &request.resources {
        let mut scribe = Scribe::default();
        let verdict = one(&View::new(request, resource), policies, &mut scribe);
        trace.push(ResourceTrace {
            resource: resource.arn.clone(),
            decision: verdict.decision,
            decided_by: verdict.decided_by,
            layers: scribe.layers,
        });
        verdicts.push(verdict);
    }
    let verdict = worst(verdicts.into_iter());
    Evaluation {
        decision: verdict.decision,
        decided_by: verdict.decided_by,
        layers: verdict.layers,
        headline: headline::sentence(request, &verdict, &trace),
        trace,
    }
}

fn one<R: Recorder>(view: &View<'_>, policies: &Policies, recorder: &mut R) -> Verdict {
    let scope = Scope::of(view, policies);
    let judged: Judged = judge(&scope, view, policies, recorder);
    let (decision, decided_by) = settle(&scope, &judged);
    Verdict {
        decision,
        decided_by,
        layers: judged.outcomes,
    }
}

/// The first explicit denial, else the first implicit one, else the first resource's verdict.
fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let severity = |verdict: &Verdict| match verdict.decision {
        Decision::ExplicitlyDenied => 0,
        Decision::ImplicitlyDenied => 1,
        Decision::Allowed => 2,
    };
    verdicts.min_by_key(severity).unwrap_or(Verdict {
        decision: Decision::ImplicitlyDenied,
        decided_by: DecidedBy::Default,
        layers: Outcomes::default(),
    })
}

impl Outcomes {
    pub(super) fn set(&mut self, layer: Layer, outcome: Outcome) {
        *match layer {
            Layer::Rcp => &mut self.rcp,
            Layer::Scp => &mut self.scp,
            Layer::Endpoint => &mut self.endpoint,
            Layer::Resource => &mut self.resource,
            Layer::Grant => &mut self.grant,
            Layer::Identity => &mut self.identity,
            Layer::Boundary => &mut self.boundary,
            Layer::Session => &mut self.session,
        } = outcome;
    }
}
