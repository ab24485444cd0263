//! The decision, why it is so, and what would change it.

use serde::{Deserialize, Serialize};

use super::ask::Question;
use super::case::Case;
use super::compare::{Comparison, Kept};
use super::edits;
use super::misreadings;
use super::tree::{self, Branch};
use crate::policy::{DecidedBy, Decision, evaluate};

/// The decision and its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// The layer that settled it.
    pub decided_by: DecidedBy,
    /// Why, in one sentence.
    pub headline: String,
    /// The way through the layers.
    pub path: Vec<Branch>,
    /// What would turn the decision round.
    pub edits: Vec<Branch>,
    /// Who would get it wrong.
    pub misreadings: Vec<Branch>,
    /// Earlier versions of the policies beside the present one.
    pub comparison: Comparison,
}

pub(super) fn of(question: &Question, case: &Case, kept: &Kept) -> Answer {
    let evaluation = evaluate(&question.request, &question.policies);
    Answer {
        decision: evaluation.decision,
        decided_by: evaluation.decided_by,
        path: tree::branches(&evaluation, question, case),
        edits: edits::branches(question, case, evaluation.decision),
        misreadings: misreadings::branches(question),
        headline: evaluation.headline,
        comparison: kept.compare(case),
    }
}
