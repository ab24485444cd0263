//! Edits of statements that nearly apply, and statements and policies that are missing.

use crate::policy::decision::{Layer, Outcome};
use crate::policy::document::Effect;
use crate::policy::trace::StatementTrace;

use super::case::{Candidate, Case, Document, failing, is};
use super::clauses::{self, Clause};
use super::context;
use super::denials;
use super::grants;
use super::minimal::{Minimal, full_access};

/// What might allow where a layer says nothing.
pub(super) fn that_would_allow(case: &Case<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for document in &case.documents {
        let mut is_silent = false;
        for (layer, statement) in document.statements() {
            if !layer.outcome.passes() && !statement.applies {
                is_silent = true;
                nearly(case, document, statement, Effect::Allow, &mut candidates);
            }
        }
        if is_silent {
            candidates.extend(clauses::version(document));
        }
    }
    for layer in Layer::ALL {
        match layer {
            Layer::Grant | Layer::Rcp => {}
            Layer::Scp => silent_levels(case, &mut candidates),
            _ if lacks_an_allow(case, layer) => missing(case, layer, &mut candidates),
            _ => {}
        }
    }
    candidates
}

/// What might deny where everything allows.
pub(super) fn that_would_deny(case: &Case<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for document in &case.documents {
        for (_, statement) in document.statements() {
            match statement.effect {
                Some(Effect::Allow) if statement.applies => {
                    denials::loosen(case, document, statement, &mut candidates);
                }
                Some(Effect::Deny) => {
                    nearly(case, document, statement, Effect::Deny, &mut candidates);
                }
                _ => {}
            }
        }
        let mut said = document.traces.iter().map(|(_, policy)| policy.outcome);
        if said.any(|outcome| outcome == Outcome::Allowed) {
            candidates.push(document.detached());
        }
    }
    // The closer to the caller, the safer.
    for (risk, layer) in (0..).zip(Layer::ALL.into_iter().rev()) {
        if !case.says(layer, Outcome::NotApplicable) {
            candidates.extend(deny(case, layer, risk));
        }
    }
    candidates.extend(grants::revocations(case));
    candidates
}

/// Edits by which a statement applies that one clause keeps from it, or conditions that another context satisfies.
fn nearly<'a>(
    case: &Case<'a>,
    document: &Document<'a>,
    statement: &'a StatementTrace,
    effect: Effect,
    candidates: &mut Vec<Candidate>,
) {
    if !is(statement, effect) {
        return;
    }
    let failing = failing(statement);
    if failing.iter().all(|clause| clause.element == "Condition") {
        let conditions = failing.iter();
        candidates.extend(conditions.flat_map(|clause| context::candidates(case, clause)));
    }
    if let [clause] = failing[..] {
        let clause = Clause::of(case, document, statement, clause);
        candidates.extend(clause.iter().flat_map(Clause::admit));
    }
}

/// Whether a layer should allow and does not, be it that it also denies.
fn lacks_an_allow(case: &Case<'_>, layer: Layer) -> bool {
    case.says(layer, Outcome::ImplicitlyDenied)
        || case.says(layer, Outcome::ExplicitlyDenied) && !case.of(layer).any(allows)
}

fn allows(document: &Document<'_>) -> bool {
    document
        .statements()
        .any(|(_, statement)| is(statement, Effect::Allow) && statement.applies)
}

/// A statement more in a layer that says nothing, or the first policy.
fn missing(case: &Case<'_>, layer: Layer, candidates: &mut Vec<Candidate>) {
    let editable = case.of(layer).find(|document| document.draft().is_some());
    for minimal in Minimal::all(case, layer, Effect::Allow) {
        match (editable, layer) {
            (Some(document), _) => candidates.extend(minimal.added_to(document)),
            (None, Layer::Identity) => candidates.push(minimal.attached(layer, None, "the caller")),
            (None, Layer::Resource) => {
                candidates.push(minimal.attached(layer, None, "the resource"));
            }
            (None, _) => {}
        }
    }
}

/// A statement or `FullAWSAccess` for every level at which no service control policy allows.
fn silent_levels(case: &Case<'_>, candidates: &mut Vec<Candidate>) {
    let refuses = [Outcome::ImplicitlyDenied, Outcome::ExplicitlyDenied];
    if !refuses
        .iter()
        .any(|outcome| case.says(Layer::Scp, *outcome))
    {
        return;
    }
    for (number, level) in case.policies.service_control.iter().enumerate() {
        let is_here = |document: &&Document<'_>| document.at.level == Some(number);
        let here = || case.of(Layer::Scp).filter(is_here);
        if here().any(allows) {
            continue;
        }
        let editable = here().find(|document| document.draft().is_some());
        let minimal = Minimal::all(case, Layer::Scp, Effect::Allow);
        let added = editable.into_iter().flat_map(|document| {
            minimal
                .iter()
                .filter_map(|minimal| minimal.added_to(document))
        });
        candidates.extend(added);
        candidates.push(full_access(number, &level.id));
    }
}

/// A Deny of just this.
fn deny(case: &Case<'_>, layer: Layer, risk: u8) -> Option<Candidate> {
    let minimal = Minimal::all(case, layer, Effect::Deny);
    let minimal = minimal.into_iter().next()?.with_risk(risk);
    if let Some(document) = case.of(layer).find(|document| document.draft().is_some()) {
        return minimal.added_to(document);
    }
    match layer {
        Layer::Identity => Some(minimal.attached(layer, None, "the caller")),
        Layer::Scp => {
            let (number, level) = case
                .policies
                .service_control
                .iter()
                .enumerate()
                .next_back()?;
            Some(minimal.attached(layer, Some(number), &format!("`{}`", level.id)))
        }
        _ => None,
    }
}
