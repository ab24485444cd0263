//! Who listens while a request is judged: nobody, or one who writes the trace.
//!
//! Everything a listener is told comes as a closure, so that nothing is built for nobody. Parts are closed from the
//! inside out: closing a statement takes up the clauses told since the last one, and so on.

use super::trace::{ClauseTrace, LayerTrace, PolicyTrace, StatementTrace};

pub(super) trait Recorder {
    /// Whether anybody listens. If not, judging may stop at the first clause that does not match.
    const LISTENS: bool;

    fn clause(&mut self, clause: impl FnOnce() -> ClauseTrace);
    fn statement(&mut self, statement: impl FnOnce(Vec<ClauseTrace>) -> StatementTrace);
    fn policy(&mut self, policy: impl FnOnce(Vec<StatementTrace>) -> PolicyTrace);
    fn layer(&mut self, layer: impl FnOnce(Vec<PolicyTrace>) -> LayerTrace);
}

/// Nobody listens.
#[derive(Debug)]
pub(super) struct Silence;

impl Recorder for Silence {
    const LISTENS: bool = false;

    fn clause(&mut self, _clause: impl FnOnce() -> ClauseTrace) {}
    fn statement(&mut self, _statement: impl FnOnce(Vec<ClauseTrace>) -> StatementTrace) {}
    fn policy(&mut self, _policy: impl FnOnce(Vec<StatementTrace>) -> PolicyTrace) {}
    fn layer(&mut self, _layer: impl FnOnce(Vec<PolicyTrace>) -> LayerTrace) {}
}

/// Writes everything down.
#[derive(Debug, Default)]
pub(super) struct Scribe {
    clauses: Vec<ClauseTrace>,
    statements: Vec<StatementTrace>,
    policies: Vec<PolicyTrace>,
    pub(super) layers: Vec<LayerTrace>,
}

impl Recorder for Scribe {
    const LISTENS: bool = true;

    fn clause(&mut self, clause: impl FnOnce() -> ClauseTrace) {
        self.clauses.push(clause());
    }

    fn statement(&mut self, statement: impl FnOnce(Vec<ClauseTrace>) -> StatementTrace) {
        let clauses = std::mem::take(&mut self.clauses);
        self.statements.push(statement(clauses));
    }

    fn policy(&mut self, policy: impl FnOnce(Vec<StatementTrace>) -> PolicyTrace) {
        let statements = std::mem::take(&mut self.statements);
        self.policies.push(policy(statements));
    }

    fn layer(&mut self, layer: impl FnOnce(Vec<PolicyTrace>) -> LayerTrace) {
        let policies = std::mem::take(&mut self.policies);
        self.layers.push(layer(policies));
    }
}
