//! Many requests under several versions of the policies: what each comes to, and what a new version changes.

use serde::{Deserialize, Serialize};

use super::decision::{DecidedBy, Decision};
use super::evaluate::decide;
use super::layers::Policies;
use super::request::Request;

/// What every request comes to under every version of the policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// One row a request, in each one cell a version.
    pub rows: Vec<Vec<Cell>>,
}

/// What one request comes to under one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    /// Whether it is allowed.
    pub decision: Decision,
    /// The layer that settled it.
    pub decided_by: DecidedBy,
}

/// A request that comes to something else under another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its row, counted from nought.
    pub request: usize,
    /// What it came to.
    pub from: Cell,
    /// What it comes to.
    pub to: Cell,
}

/// Decides every request under every version. Policies are compiled already, so each is compiled once, however many
/// requests there are.
#[must_use]
pub fn grid(requests: &[Request], versions: &[Policies]) -> Grid {
    let cell = |request: &Request, policies: &Policies| {
        let verdict = decide(request, policies);
        Cell {
            decision: verdict.decision,
            decided_by: verdict.decided_by,
        }
    };
    let row = |request| {
        versions
            .iter()
            .map(|version| cell(request, version))
            .collect()
    };
    Grid {
        rows: requests.iter().map(row).collect(),
    }
}

impl Grid {
    /// What one request comes to under one version, both counted from nought.
    #[must_use]
    pub fn cell(&self, request: usize, version: usize) -> Option<Cell> {
        self.rows.get(request)?.get(version).copied()
    }

    /// The requests that come to something else under version `to` than under `from`, be it that only another layer
    /// settles them. A version that does not exist differs from none.
    #[must_use]
    pub fn diff(&self, from: usize, to: usize) -> Vec<Difference> {
        let differences = (0..self.rows.len()).filter_map(|request| {
            let (from, to) = (self.cell(request, from)?, self.cell(request, to)?);
            (from != to).then_some(Difference { request, from, to })
        });
        differences.collect()
    }
}

impl Difference {
    /// Whether the request was denied and is allowed, or the other way round.
    #[must_use]
    pub fn turns(&self) -> bool {
        self.from.decision.is_allowed() != self.to.decision.is_allowed()
    }
}
