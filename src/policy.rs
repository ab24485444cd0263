//! Documents in, decision and trace out. A pure function that knows nothing of the cloud.

mod decision;
mod layers;
mod request;

pub use decision::{DecidedBy, Decision, Evaluation};
pub use layers::{Grant, KeyManager, Level, Policies};
pub use request::{Context, ContextValue, Principal, Request, Resource};

/// Decides `request` under `policies`, with the trace that says why.
#[must_use]
pub fn evaluate(request: &Request, policies: &Policies) -> Evaluation {
    let _ = (request, policies);
    Evaluation {
        decision: Decision::ImplicitlyDenied,
        decided_by: DecidedBy::Default,
    }
}
