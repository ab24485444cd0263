//! What there is to see of the policy lab.

use serde::{Deserialize, Serialize};

use crate::base::{Diagnostic, Lines, Place, Severity, Span};
use crate::policy::{Decision, evaluate, validate};

use super::ask::{self, Asked};
use super::tree::{self, Branch};
use super::{Field, PolicyBench, SCENARIOS};

/// The bench as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// What the scenarios are called, in the order of their numbers.
    pub scenarios: Vec<String>,
    /// The scenario that was set out last, by its number.
    pub scenario: usize,
    /// What happens in it and what to try.
    pub story: String,
    /// Every text, in the order of [`Field::ALL`].
    pub fields: Vec<FieldView>,
    /// The decision; nothing while a text cannot be read.
    pub answer: Option<Answer>,
}

impl View {
    /// One text with what is said about it.
    #[must_use]
    pub fn field(&self, field: Field) -> &FieldView {
        &self.fields[field as usize]
    }
}

/// One text with what is said about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldView {
    /// Which one.
    pub field: Field,
    /// What stands there.
    pub text: String,
    /// What is wrong with it, in the order of the text.
    pub notes: Vec<Note>,
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where, in texts of several lines.
    pub place: Option<Place>,
    /// Where, in bytes.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of this kind of finding.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The decision and its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// Why, in one sentence.
    pub headline: String,
    /// One branch a layer.
    pub layers: Vec<Branch>,
}

pub(super) fn of(bench: &PolicyBench) -> View {
    let asked = ask::read(bench);
    let fields = Field::ALL.map(|field| {
        let text = bench.text(field);
        FieldView {
            field,
            text: text.to_owned(),
            notes: notes(field, text, &asked),
        }
    });
    let answer = asked.complete().map(|(request, policies)| {
        let evaluation = evaluate(&request, &policies);
        Answer {
            decision: evaluation.decision,
            layers: tree::branches(&evaluation, bench),
            headline: evaluation.headline,
        }
    });
    View {
        scenarios: SCENARIOS
            .iter()
            .map(|scenario| scenario.title.to_owned())
            .collect(),
        scenario: bench.scenario,
        story: SCENARIOS[bench.scenario].story.to_owned(),
        fields: fields.to_vec(),
        answer,
    }
}

fn notes(field: Field, text: &str, asked: &Asked) -> Vec<Note> {
    let lines = Lines::new(text);
    let found = match asked.policy_type(field) {
        // An empty text is a layer that is not there.
        Some(kind) if !text.trim().is_empty() => validate(text, kind),
        _ => asked.problem(field).into_iter().cloned().collect(),
    };
    let has_places = text.contains('\n') || asked.policy_type(field).is_some();
    let note = |found: Diagnostic| Note {
        place: has_places.then(|| lines.place(found.span.start)),
        span: found.span,
        severity: found.severity,
        code: found.code,
        message: found.message,
        help: found.help,
    };
    found.into_iter().map(note).collect()
}
