//! The trace as a tree to open and close: layers, statements, clauses, values.

use serde::{Deserialize, Serialize};

use crate::base::{Lines, Place, Span};
use crate::policy::{
    ClauseTrace, ContextValue, DecidedBy, Decision, Effect, Evaluation, Layer, LayerTrace, Outcome,
    PolicyTrace, ResourceTrace, StatementTrace, Truth, Unspecified, ValueTrace,
};

use super::ask::Question;
use super::case::Case;
use super::field::{Field, FieldId};
use super::form::Act;
use super::organization;

/// One line of the trace with what lies beneath it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// What it is about.
    pub title: String,
    /// What came of it, where anything did.
    pub mark: Option<Mark>,
    /// Why, in a short phrase.
    pub why: String,
    /// Where it stands on the bench.
    pub at: Option<At>,
    /// The page of AWS's documentation that says so.
    pub source: Option<String>,
    /// What can be done about it.
    pub act: Option<Act>,
    /// Whether it is worth opening first: it decided.
    pub is_open: bool,
    /// What lies beneath it.
    pub children: Vec<Branch>,
}

/// A place in a text on the bench.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// Which text.
    pub field: FieldId,
    /// The range in bytes.
    pub span: Span,
    /// Line and column of its beginning.
    pub place: Place,
}

impl Branch {
    /// A branch with nothing beneath it and nothing to do.
    pub(super) fn new(title: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            mark: None,
            why: why.into(),
            at: None,
            source: None,
            act: None,
            is_open: false,
            children: Vec::new(),
        }
    }
}

/// What came of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It allows.
    Allows,
    /// It denies.
    Denies,
    /// It should have allowed and does not.
    Silent,
    /// It matches the request.
    Matches,
    /// It does not match the request.
    Differs,
    /// It cannot be told, because it is not legal.
    Unclear,
    /// It plays no part.
    Idle,
    /// AWS's documentation leaves it open, and the evaluator follows a reading of its own.
    Unspecified,
}

impl Mark {
    /// The word beside it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allows => "allows",
            Self::Denies => "denies",
            Self::Silent => "does not allow",
            Self::Matches => "matches",
            Self::Differs => "does not match",
            Self::Unclear => "cannot be evaluated",
            Self::Idle => "plays no part",
            Self::Unspecified => "not specified by AWS",
        }
    }
}

impl From<Outcome> for Mark {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Allowed => Self::Allows,
            Outcome::ImplicitlyDenied => Self::Silent,
            Outcome::ExplicitlyDenied => Self::Denies,
            Outcome::NotApplicable => Self::Idle,
        }
    }
}

impl From<Decision> for Mark {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Allowed => Self::Allows,
            Decision::ImplicitlyDenied => Self::Silent,
            Decision::ExplicitlyDenied => Self::Denies,
        }
    }
}

impl From<Truth> for Mark {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Matched => Self::Matches,
            Truth::NotMatched => Self::Differs,
            Truth::CannotBeEvaluated => Self::Unclear,
        }
    }
}

/// One branch a layer; where several resources are asked for, one a resource with its layers beneath it.
pub(super) fn branches(evaluation: &Evaluation, question: &Question, case: &Case) -> Vec<Branch> {
    let grower = Grower { question, case };
    match &evaluation.trace[..] {
        [only] => grower.layers(only),
        several => several
            .iter()
            .map(|resource| Branch {
                mark: Some(resource.decision.into()),
                is_open: resource.decision == evaluation.decision,
                children: grower.layers(resource),
                ..Branch::new(format!("`{}`", resource.resource), "")
            })
            .collect(),
    }
}

/// Knows the texts that a trace speaks of.
struct Grower<'a> {
    question: &'a Question,
    case: &'a Case,
}

/// A text on the bench with its lines; none where a trace speaks of no text.
struct Source<'a> {
    number: Option<usize>,
    lines: Lines<'a>,
}

impl Source<'_> {
    fn at(&self, span: Span) -> Option<At> {
        Some(At {
            field: Field::Policy(self.number?).into(),
            place: self.lines.place(span.start),
            span,
        })
    }
}

impl Grower<'_> {
    fn layers(&self, resource: &ResourceTrace) -> Vec<Branch> {
        let layers = resource.layers.iter();
        layers
            .map(|layer| self.layer(layer, resource.decided_by))
            .collect()
    }

    fn layer(&self, layer: &LayerTrace, decided_by: DecidedBy) -> Branch {
        let is_decisive = DecidedBy::from(layer.layer) == decided_by
            || decided_by == DecidedBy::Default && layer.layer == Layer::Identity;
        let policies = layer.policies.iter();
        let policies: Vec<Branch> = policies
            .map(|policy| self.policy(layer.layer, policy))
            .collect();
        let children = match layer.layer {
            Layer::Scp | Layer::Rcp => organization::grow(layer, policies, self.question),
            _ => policies,
        };
        Branch {
            mark: Some(layer.outcome.into()),
            is_open: is_decisive && !children.is_empty(),
            children,
            ..Branch::new(name(layer.layer), layer.why.clone())
        }
    }

    fn policy(&self, layer: Layer, policy: &PolicyTrace) -> Branch {
        let number = self
            .question
            .number(layer, policy.level.as_deref(), policy.index);
        let text = number.and_then(|number| self.case.policies.get(number));
        let source = Source {
            number,
            lines: Lines::new(text.map_or("", |policy| &policy.text)),
        };
        let title = policy.name.clone().map_or_else(
            || format!("{} {}", word(layer), policy.index + 1),
            |name| format!("`{name}`"),
        );
        Branch {
            mark: Some(policy.outcome.into()),
            is_open: policy.outcome != Outcome::NotApplicable,
            children: policy
                .statements
                .iter()
                .map(|statement| statement_branch(statement, &source))
                .chain(policy.unspecified.map(open_branch))
                .collect(),
            ..Branch::new(title, policy.why.clone().unwrap_or_default())
        }
    }
}

fn statement_branch(statement: &StatementTrace, source: &Source<'_>) -> Branch {
    let sid = statement
        .sid
        .as_ref()
        .map_or_else(String::new, |sid| format!(", `{sid}`"));
    let effect = match statement.effect {
        Some(Effect::Allow) => "Allow",
        Some(Effect::Deny) => "Deny",
        None => "no effect",
    };
    let mark = match (statement.applies, statement.effect, statement.result) {
        (true, Some(Effect::Allow), _) => Mark::Allows,
        (true, _, _) => Mark::Denies,
        (false, _, Truth::CannotBeEvaluated) => Mark::Unclear,
        (false, ..) => Mark::Differs,
    };
    Branch {
        mark: Some(mark),
        at: source.at(statement.span),
        is_open: statement.applies || mark == Mark::Unclear,
        children: statement
            .clauses
            .iter()
            .map(|clause| clause_branch(clause, source))
            .collect(),
        ..Branch::new(
            format!("Statement {}{sid}: {effect}", statement.index + 1),
            statement_why(statement),
        )
    }
}

fn statement_why(statement: &StatementTrace) -> String {
    let failing = statement
        .clauses
        .iter()
        .find(|clause| clause.result != Truth::Matched);
    match (failing, statement.applies) {
        (None, _) => "every clause matches".to_owned(),
        (Some(clause), true) => {
            format!("{}: {}, and such a Deny applies", title(clause), clause.why)
        }
        (Some(clause), false) => format!("{}: {}", title(clause), clause.why),
    }
}

fn clause_branch(clause: &ClauseTrace, source: &Source<'_>) -> Branch {
    let why = match &clause.request {
        None => clause.why.clone().into_owned(),
        Some(held) => format!("{}; the request holds {}", clause.why, quoted(held)),
    };
    Branch {
        mark: Some(clause.result.into()),
        at: source.at(clause.span),
        source: Some(clause.source.clone().into_owned()),
        children: clause
            .values
            .iter()
            .map(|value| value_branch(value, source))
            .chain(clause.unspecified.map(open_branch))
            .collect(),
        ..Branch::new(title(clause), why)
    }
}

/// What is left open, and the reading taken.
fn open_branch(open: Unspecified) -> Branch {
    Branch {
        mark: Some(Mark::Unspecified),
        ..Branch::new(open.to_string(), "")
    }
}

fn value_branch(value: &ValueTrace, source: &Source<'_>) -> Branch {
    let written = &value.written;
    let title = match value
        .substituted
        .as_deref()
        .filter(|filled| *filled != &**written)
    {
        Some(filled) => format!("`{written}`, which is `{filled}` here"),
        None => format!("`{written}`"),
    };
    Branch {
        mark: Some(value.result.into()),
        at: source.at(value.span),
        ..Branch::new(title, value.why.clone().unwrap_or_default())
    }
}

fn title(clause: &ClauseTrace) -> String {
    match (&clause.operator, &clause.key) {
        (Some(operator), Some(key)) => format!("{} {operator} {key}", clause.element),
        _ => clause.element.clone().into_owned(),
    }
}

fn quoted(held: &ContextValue) -> String {
    match held {
        ContextValue::Single(value) => format!("`{value}`"),
        ContextValue::Multiple(values) => format!("[{}]", values.join(", ")),
    }
}

fn name(layer: Layer) -> &'static str {
    match layer {
        Layer::Rcp => "Resource control policies",
        Layer::Scp => "Service control policies",
        Layer::Endpoint => "VPC endpoint policy",
        Layer::Resource => "Resource's policy",
        Layer::Grant => "KMS grants",
        Layer::Identity => "Identity policies",
        Layer::Boundary => "Permissions boundary",
        Layer::Session => "Session policy",
    }
}

/// What one of a layer's documents is called where it has no name.
fn word(layer: Layer) -> &'static str {
    match layer {
        Layer::Grant => "Grant",
        _ => "Policy",
    }
}
