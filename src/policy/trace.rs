//! Why a decision came out as it did: layers → policies → statements → clauses.
//!
//! What stands in a policy or in the request is shared with it and not copied, so that a trace is quick to write.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::Span;

use super::decision::{DecidedBy, Decision, Layer, Outcome};
use super::document::Effect;
pub(super) use super::unspecified::Unspecified;

/// One resource of the request, and how every layer judged it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceTrace {
    /// The resource's ARN.
    pub resource: String,
    /// Whether the request is allowed for it.
    pub decision: Decision,
    /// The layer that settled that.
    pub decided_by: DecidedBy,
    /// Every layer, in the order in which AWS documents the evaluation.
    pub layers: Vec<LayerTrace>,
}

/// How one layer judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerTrace {
    /// Which layer.
    pub layer: Layer,
    /// What it says by itself.
    pub outcome: Outcome,
    /// Why, in a short phrase.
    pub why: Cow<'static, str>,
    /// The page of AWS's documentation that says so.
    pub source: Cow<'static, str>,
    /// The policies, in the order given.
    pub policies: Vec<PolicyTrace>,
}

/// One policy document, or one grant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTrace {
    /// Its place in its layer's list, counted from nought; of an organization's policies: in its level's.
    pub index: usize,
    /// Its name or ARN, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// The root, unit or account that it is attached to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
    /// What it says by itself.
    pub outcome: Outcome,
    /// Of a grant: why, in a short phrase.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<Cow<'static, str>>,
    /// Of a grant: what AWS leaves open here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unspecified: Option<Unspecified>,
    /// Its statements, in the order written.
    pub statements: Vec<StatementTrace>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementTrace {
    /// Its place in the document, counted from nought.
    pub index: usize,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sid: Option<Arc<str>>,
    /// Allow or Deny, where it says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<Effect>,
    /// Whether every clause matches.
    pub result: Truth,
    /// Whether it counts: every clause matches, or it is a Deny that cannot be evaluated.
    pub applies: bool,
    /// Its clauses. All are tested, also behind one that does not match.
    pub clauses: Vec<ClauseTrace>,
    /// Where it stands in its document.
    pub span: Span,
}

/// Whether something matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// It does.
    Matched,
    /// It does not.
    NotMatched,
    /// It cannot be told, because the policy is not legal there.
    CannotBeEvaluated,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotMatched, _) | (_, Self::NotMatched) => Self::NotMatched,
            (Self::Matched, Self::Matched) => Self::Matched,
            _ => Self::CannotBeEvaluated,
        }
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// The opposite; what cannot be told stays so.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Matched => Self::NotMatched,
            Self::NotMatched => Self::Matched,
            Self::CannotBeEvaluated => Self::CannotBeEvaluated,
        }
    }
}

impl From<bool> for Truth {
    fn from(matched: bool) -> Self {
        if matched {
            Self::Matched
        } else {
            Self::NotMatched
        }
    }
}

/// One element of a statement, or one key under one operator of its `Condition`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClauseTrace {
    /// The element's name, such as `NotAction` or `Condition`.
    pub element: Cow<'static, str>,
    /// The operator as written, such as `ForAnyValue:StringLike`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub operator: Option<Arc<str>>,
    /// The condition key as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub key: Option<Arc<str>>,
    /// What the request holds there; nothing where the key is missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request: Option<Arc<super::context::ContextValue>>,
    /// Each value that the policy lists.
    pub values: Vec<ValueTrace>,
    /// Whether the clause as a whole matches.
    pub result: Truth,
    /// Why, in a short phrase.
    pub why: Cow<'static, str>,
    /// What AWS leaves open here, so that the result follows a reading of our own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unspecified: Option<Unspecified>,
    /// Where it stands in its document.
    pub span: Span,
    /// The page of AWS's documentation that says so.
    pub source: Cow<'static, str>,
}

/// One value of the policy against what the request holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueTrace {
    /// As it stands in the policy.
    pub written: Arc<str>,
    /// With its variables filled in, where it has any and all have a value, and an incomplete ARN completed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub substituted: Option<String>,
    /// Whether it alone matches, before any negation.
    pub result: Truth,
    /// Why not, in a short phrase.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<Cow<'static, str>>,
    /// Where it stands in its document.
    pub span: Span,
}
