//! The trace as a tree to open and close: layers, statements, clauses, values.

use serde::{Deserialize, Serialize};

use crate::base::{Lines, Place};
use crate::policy::{
    ClauseTrace, ContextValue, DecidedBy, Effect, Evaluation, Layer, LayerTrace, Outcome,
    StatementTrace, Truth, ValueTrace,
};

use super::{Field, PolicyBench};

/// One line of the trace with what lies beneath it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// What it is about.
    pub title: String,
    /// What came of it.
    pub mark: Mark,
    /// Why, in a short phrase.
    pub why: String,
    /// Where it stands in its text.
    pub place: Option<Place>,
    /// The page of AWS's documentation that says so.
    pub source: Option<String>,
    /// Whether it is worth opening first: it decided.
    pub is_open: bool,
    /// What lies beneath it.
    pub children: Vec<Branch>,
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

impl From<Truth> for Mark {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Matched => Self::Matches,
            Truth::NotMatched => Self::Differs,
            Truth::CannotBeEvaluated => Self::Unclear,
        }
    }
}

/// One branch a layer, of the one resource that the lab asks for.
pub(super) fn branches(evaluation: &Evaluation, bench: &PolicyBench) -> Vec<Branch> {
    let layers = evaluation
        .trace
        .iter()
        .flat_map(|resource| &resource.layers);
    layers
        .map(|layer| layer_branch(layer, evaluation.decided_by, bench))
        .collect()
}

fn layer_branch(layer: &LayerTrace, decided_by: DecidedBy, bench: &PolicyBench) -> Branch {
    let (title, field) = name(layer.layer);
    let lines = Lines::new(field.map_or("", |field| bench.text(field)));
    let statements = layer.policies.iter().flat_map(|policy| &policy.statements);
    let is_decisive = DecidedBy::from(layer.layer) == decided_by
        || decided_by == DecidedBy::Default && layer.layer == Layer::Identity;
    Branch {
        title: title.to_owned(),
        mark: layer.outcome.into(),
        why: layer.why.clone().into_owned(),
        place: None,
        source: None,
        is_open: is_decisive && !layer.policies.is_empty(),
        children: statements
            .map(|statement| statement_branch(statement, &lines))
            .collect(),
    }
}

fn statement_branch(statement: &StatementTrace, lines: &Lines<'_>) -> Branch {
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
        title: format!("Statement {}{sid}: {effect}", statement.index + 1),
        mark,
        why: statement_why(statement),
        place: Some(lines.place(statement.span.start)),
        source: None,
        is_open: statement.applies || mark == Mark::Unclear,
        children: statement
            .clauses
            .iter()
            .map(|clause| clause_branch(clause, lines))
            .collect(),
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

fn clause_branch(clause: &ClauseTrace, lines: &Lines<'_>) -> Branch {
    Branch {
        title: title(clause),
        mark: clause.result.into(),
        why: match &clause.request {
            None => clause.why.clone().into_owned(),
            Some(held) => format!("{}; the request holds {}", clause.why, quoted(held)),
        },
        place: Some(lines.place(clause.span.start)),
        source: Some(clause.source.clone().into_owned()),
        is_open: false,
        children: clause
            .values
            .iter()
            .map(|value| value_branch(value, lines))
            .collect(),
    }
}

fn value_branch(value: &ValueTrace, lines: &Lines<'_>) -> Branch {
    let written = &value.written;
    Branch {
        title: match value
            .substituted
            .as_ref()
            .filter(|filled| *filled != written)
        {
            Some(filled) => format!("`{written}`, which is `{filled}` here"),
            None => format!("`{written}`"),
        },
        mark: value.result.into(),
        why: value.why.clone().unwrap_or_default().into_owned(),
        place: Some(lines.place(value.span.start)),
        source: None,
        is_open: false,
        children: Vec::new(),
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

fn name(layer: Layer) -> (&'static str, Option<Field>) {
    match layer {
        Layer::Rcp => ("Resource control policy", Some(Field::ResourceControl)),
        Layer::Scp => ("Service control policy", Some(Field::ServiceControl)),
        Layer::Endpoint => ("VPC endpoint policy", None),
        Layer::Resource => ("Resource policy", Some(Field::ResourcePolicy)),
        Layer::Grant => ("KMS grants", None),
        Layer::Identity => ("Identity policy", Some(Field::IdentityPolicy)),
        Layer::Boundary => ("Permissions boundary", Some(Field::Boundary)),
        Layer::Session => ("Session policy", Some(Field::SessionPolicy)),
    }
}
