//! Edits by which a statement no longer applies.

use crate::policy::decision::Outcome;
use crate::policy::document::Effect;
use crate::policy::trace::{StatementTrace, Truth};

use super::case::{Candidate, Case, Document, is};
use super::clauses::{self, Clause, exempt_caller};
use super::context;
use super::edit::EditKind;

/// What might lift the denials that apply.
pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for document in &case.documents {
        let denies = document
            .traces
            .iter()
            .any(|(_, policy)| policy.outcome == Outcome::ExplicitlyDenied);
        if denies {
            let denying = document.statements().map(|(_, statement)| statement);
            for statement in
                denying.filter(|statement| is(statement, Effect::Deny) && statement.applies)
            {
                loosen(case, document, statement, &mut candidates);
                candidates.extend(exempt_caller(case, document, statement));
            }
            candidates.extend(clauses::version(document));
        }
        let stands_in_the_way = document
            .traces
            .iter()
            .any(|(layer, _)| !layer.outcome.passes());
        if stands_in_the_way {
            candidates.push(document.detached());
        }
    }
    candidates
}

/// Another context, a clause that matches less, or the whole statement taken out.
pub(super) fn loosen<'a>(
    case: &Case<'a>,
    document: &Document<'a>,
    statement: &'a StatementTrace,
    candidates: &mut Vec<Candidate>,
) {
    for clause in statement
        .clauses
        .iter()
        .filter(|clause| clause.result == Truth::Matched)
    {
        candidates.extend(context::candidates(case, clause));
        let clause = Clause::of(case, document, statement, clause);
        candidates.extend(clause.iter().flat_map(Clause::exclude));
    }
    candidates.extend(removed(document, statement));
}

fn removed(document: &Document<'_>, statement: &StatementTrace) -> Option<Candidate> {
    let draft = document.draft()?;
    let patch = draft.remove_statement(statement.index)?;
    let sentence = format!("remove {}", document.part(statement));
    let mut candidate = document.candidate(
        EditKind::RemoveStatement,
        Some(statement.index),
        patch,
        0,
        sentence,
    );
    candidate.before = draft.text(statement.span).to_owned();
    candidate.after.clear();
    Some(candidate)
}
