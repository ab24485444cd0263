//! Versions of the policies side by side: the same requests asked of each.

use serde::{Deserialize, Serialize};

use super::ask;
use super::case::Case;
use crate::policy::{DecidedBy, Decision, grid};

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

    /// The bench as it was set out.
    pub(super) fn first_case(&self) -> &Case {
        &self.policies[0]
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
            rows: rows(&requests, &policies),
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

/// A text that cannot be read leaves its row or column empty.
fn rows(requests: &[Case], versions: &[Case]) -> Vec<Row> {
    let readable = |case: &Case| ask::read(case).complete();
    let asked = requests
        .iter()
        .map(|case| readable(case).map(|question| question.request));
    let given = versions
        .iter()
        .map(|case| readable(case).map(|question| question.policies));
    let (asked, asked_at) = compact(asked);
    let (given, given_at) = compact(given);
    let grid = grid(&asked, &given);
    let verdict = |request: usize, version: usize| {
        let cell = grid.cell(asked_at[request]?, given_at[version]?)?;
        Some((cell.decision, cell.decided_by))
    };
    let cell = |request, version: usize| {
        let decision = |version| verdict(request, version).map(|(decision, _)| decision);
        Cell {
            verdict: verdict(request, version),
            is_changed: version > 0 && decision(version) != decision(version - 1),
        }
    };
    let row = |(number, case): (usize, &Case)| Row {
        request: case.sentence(),
        cells: (0..versions.len())
            .map(|version| cell(number, version))
            .collect(),
    };
    requests.iter().enumerate().map(row).collect()
}

/// What is there, and for each place where that is now.
fn compact<T>(all: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<Option<usize>>) {
    let mut there = Vec::new();
    let mut at = Vec::new();
    for one in all {
        at.push(one.as_ref().map(|_| there.len()));
        there.extend(one);
    }
    (there, at)
}
