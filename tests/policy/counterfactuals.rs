//! What would have turned the decision round.

mod clauses;
mod context;
mod laws;
mod search;
mod statements;

use cipherdeck::policy::counterfactual::{self, Counterfactuals, EditKind};
use serde_json::{Value, json};

use super::question::*;

fn found(question: &Question) -> Counterfactuals {
    counterfactual::find(&question.request, &question.policies)
}

fn kinds(question: &Question) -> Vec<(EditKind, String)> {
    let found = found(question);
    found
        .edits
        .iter()
        .map(|edit| (edit.kind, edit.sentence.clone()))
        .collect()
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn under(effect: &str, condition: Value) -> Value {
    json!({"Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": condition})
}

/// The first edit's kind and sentence.
fn first(question: &Question) -> (EditKind, String) {
    kinds(question).remove(0)
}

/// Whether one of the edits says this.
fn offers(question: &Question, sentence: &str) -> bool {
    kinds(question)
        .iter()
        .any(|(_, told)| told.contains(sentence))
}
