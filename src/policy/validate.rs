//! What is wrong with a document, as a policy of its kind.
//!
//! What the [catalogue](super::catalogue) does not know may exist all the same, so what is found by it is a warning.
//!
//! Source of most findings: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod access;
mod action;
mod arn;
mod condition;
mod document;
mod grants;
mod key_policy;
mod oidc;
mod principal;
mod reach;
mod redundant;
mod resource;
mod size;
mod slip;
mod statement;
mod target;
mod trust;
mod variable;

pub use size::Size;

use crate::base::{Diagnostic, Severity, Span};

use super::document::{Effect, Policy, Principals, Statement};
use super::kind::PolicyType;

/// Everything that is wrong with a document as a policy of this kind, in the order of the text.
#[must_use]
pub fn validate(text: &str, kind: PolicyType) -> Vec<Diagnostic> {
    match Policy::parse(text) {
        Ok(policy) => validate_policy(&policy, kind),
        Err(problem) => vec![problem],
    }
}

/// The same of a document that was read.
#[must_use]
pub fn validate_policy(policy: &Policy, kind: PolicyType) -> Vec<Diagnostic> {
    let mut check = Check {
        kind,
        variables: policy.has_variables(),
        looks_closer: policy.source.len() <= LONGEST,
        findings: policy.problems.clone(),
    };
    check.document(policy);
    check.size(policy);
    for statement in &policy.statements {
        check.statement(statement);
    }
    check.denies_everything(policy);
    match kind {
        PolicyType::Key => check.key_policy(policy),
        PolicyType::Trust => check.trust_policy(policy),
        _ => {}
    }
    if check.looks_closer {
        check.redundant_statements(policy);
    }
    check.findings.sort_by_key(|finding| finding.span);
    check.findings
}

/// The finding about a document whose bytes are no text from `offset` on.
#[must_use]
pub fn not_utf8(offset: usize) -> Diagnostic {
    Diagnostic::error(Span::at(offset), "not-utf8", "the document is not UTF-8")
}

/// Bytes, twice as many as the longest policy of any kind may have. What is longer is refused for its size, and what
/// it says is not compared with the catalogue, nor its parts with each other.
const LONGEST: usize = 2 * 32_768;

struct Check {
    kind: PolicyType,
    /// Whether the document's version has policy variables.
    variables: bool,
    /// Whether the document is of a length that a policy may have.
    looks_closer: bool,
    findings: Vec<Diagnostic>,
}

impl Check {
    fn error(&mut self, span: Span, code: &str, message: impl Into<String>, help: &str) {
        self.find(Severity::Error, span, code, message, help);
    }

    fn danger(&mut self, span: Span, code: &str, message: impl Into<String>, help: &str) {
        self.find(Severity::SecurityWarning, span, code, message, help);
    }

    fn warning(&mut self, span: Span, code: &str, message: impl Into<String>, help: &str) {
        self.find(Severity::Warning, span, code, message, help);
    }

    fn suggestion(&mut self, span: Span, code: &str, message: impl Into<String>, help: &str) {
        self.find(Severity::Suggestion, span, code, message, help);
    }

    fn find(
        &mut self,
        severity: Severity,
        span: Span,
        code: &str,
        message: impl Into<String>,
        help: &str,
    ) {
        let finding = Diagnostic::error(span, code, message).with_severity(severity);
        self.findings.push(finding.with_help(help));
    }

    /// The name that is a slip away from the one written. Where much is wrong, the first findings have to do.
    fn did_you_mean<'a>(
        &self,
        written: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        if self.findings.len() < 32 {
            slip::did_you_mean(written, known)
        } else {
            None
        }
    }

    /// Whether something at this place was found already, so that no more need be said about it.
    fn is_found_at(&self, span: Span) -> bool {
        self.findings
            .iter()
            .rev()
            .take(64)
            .any(|finding| finding.span == span)
    }
}

/// Whether a statement allows; one without a legible effect does not.
fn allows(statement: &Statement) -> bool {
    effect(statement) == Some(Effect::Allow)
}

/// Whether a statement denies.
fn denies(statement: &Statement) -> bool {
    effect(statement) == Some(Effect::Deny)
}

fn effect(statement: &Statement) -> Option<Effect> {
    Effect::of(&statement.effect.as_ref()?.value.value)
}

/// Whether nothing limits when a statement applies.
fn is_unconditional(statement: &Statement) -> bool {
    let condition = statement.condition.as_ref();
    condition.is_none_or(|condition| condition.value.is_empty())
}

/// The names that a statement's `Principal` lists under this kind.
fn principals<'a>(statement: &'a Statement, kind: &'a str) -> impl Iterator<Item = &'a str> {
    let named = match &statement.principal {
        Some(element) => match &element.value {
            Principals::Named(named) => named.as_slice(),
            _ => &[],
        },
        None => &[],
    };
    let of_kind = named.iter().filter(move |named| named.kind.value == kind);
    of_kind.flat_map(|named| named.names.values.iter().map(|name| name.value.as_str()))
}

/// The place of a statement's opening brace.
fn opening(statement: &Statement) -> Span {
    Span::new(statement.span.start, statement.span.start + 1)
}
