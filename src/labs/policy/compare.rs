//! Versions of the policies side by side: the same requests asked of each.

use serde::{Deserialize, Serialize};

use super::ask;
use super::case::Case;
use crate::policy::{DecidedBy, Decision, decide};

/// Requests against versions of the policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What the versions are called, the oldest first.
    pub versions: Vec<String>,
    /// One row a request.
    pub rows: Vec<Row>,
}

/// One request, asked of every version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Who wants to do what to which resource.
    pub request: String,
    /// One cell a version.
    pub cells: Vec<Cell>,
}

/// What one version makes of one request; nothing where a text of either cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The decision and the layer that settled it.
    pub verdict: Option<(Decision, DecidedBy)>,
    /// Whether the version before it decided otherwise.
    pub is_changed: bool,
}

/// What was kept to compare with.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    policies: Vec<Case>,
    requests: Vec<Case>,
}

impl Kept {
    /// A bench that was just set out is the first version of both.
    pub(super) fn first(case: &Case) -> Self {
        Self {
            policies: vec![case.clone()],
            requests: vec![case.clone()],
        }
    }

    pub(super) fn keep_policies(&mut self, case: &Case) {
        add(&mut self.policies, case, Case::has_policies_of);
    }

    pub(super) fn keep_request(&mut self, case: &Case) {
        add(&mut self.requests, case, Case::has_request_of);
    }

    /// Everything that was kept, and the bench as it stands.
    pub(super) fn compare(&self, now: &Case) -> Comparison {
        let (mut policies, mut requests) = (self.policies.clone(), self.requests.clone());
        let is_new = add(&mut policies, now, Case::has_policies_of);
        add(&mut requests, now, Case::has_request_of);
        let count = policies.len();
        let name = |number: usize| match number {
            0 => "as set out".to_owned(),
            number if number + 1 == count && is_new => "now".to_owned(),
            number => format!("version {}", number + 1),
        };
        Comparison {
            versions: (0..count).map(name).collect(),
            rows: requests
                .iter()
                .map(|request| row(request, &policies))
                .collect(),
        }
    }
}

/// Adds a case unless one like it is there; says whether it did.
fn add(cases: &mut Vec<Case>, case: &Case, is_same: fn(&Case, &Case) -> bool) -> bool {
    let is_new = !cases.iter().any(|kept| is_same(kept, case));
    if is_new {
        cases.push(case.clone());
    }
    is_new
}

fn row(request: &Case, versions: &[Case]) -> Row {
    let mut before = None;
    let cells = versions.iter().map(|version| {
        let verdict = verdict(&request.with_policies_of(version));
        let is_changed = before.is_some_and(|before| before != decision(verdict));
        before = Some(decision(verdict));
        Cell {
            verdict,
            is_changed,
        }
    });
    Row {
        cells: cells.collect(),
        request: request.sentence(),
    }
}

fn decision(verdict: Option<(Decision, DecidedBy)>) -> Option<Decision> {
    verdict.map(|(decision, _)| decision)
}

fn verdict(case: &Case) -> Option<(Decision, DecidedBy)> {
    let question = ask::read(case).complete()?;
    let verdict = decide(&question.request, &question.policies);
    Some((verdict.decision, verdict.decided_by))
}
