//! What a learner says before the decision is shown, and how right that was.

use serde::{Deserialize, Serialize};

use super::ask;
use super::case::Case;
use crate::policy::{DecidedBy, Decision, decide};

/// A verdict and its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prediction {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// The layer that settles it.
    pub decided_by: DecidedBy,
}

/// A prediction beside what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// What the learner said.
    pub predicted: Prediction,
    /// What was decided at that moment.
    pub came: Prediction,
}

impl Graded {
    /// Whether verdict and reason were right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.predicted == self.came
    }

    /// Whether the verdict was right, whatever the reason.
    #[must_use]
    pub fn is_decision_right(&self) -> bool {
        self.predicted.decision == self.came.decision
    }
}

/// Whether the decision is there to see.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Not before a prediction.
    Hidden,
    /// It is, after this prediction if there was one.
    Shown(Option<Graded>),
}

/// What a scenario makes known of the learner. The first prediction alone tells: after it, the decision was there to see.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trial {
    /// Nothing was shown yet.
    Open,
    /// The decision was shown, after this verdict if it was a scenario's own.
    Over(Option<bool>),
}

impl Trial {
    /// One prediction, made of the case as it was set out or of another one.
    pub(super) fn predicted(&mut self, graded: Option<Graded>, is_as_set_out: bool) {
        if matches!(self, Self::Open) {
            let graded = graded.filter(|_| is_as_set_out);
            *self = Self::Over(graded.map(|graded| graded.is_right()));
        }
    }

    pub(super) fn verdict(self) -> Option<bool> {
        match self {
            Self::Open => None,
            Self::Over(verdict) => verdict,
        }
    }
}

/// Nothing where a text cannot be read: there is no decision to hold the prediction against.
pub(super) fn grade(predicted: Prediction, case: &Case) -> Option<Graded> {
    let question = ask::read(case).complete()?;
    let verdict = decide(&question.request, &question.policies);
    let came = Prediction {
        decision: verdict.decision,
        decided_by: verdict.decided_by,
    };
    Some(Graded { predicted, came })
}
