//! Whether a scenario comes to what its author says.

use std::collections::BTreeSet;

use super::ask::{self, Question};
use super::case::Case;
use super::paper::Paper;
use crate::base::{Diagnostic, Severity, Span};
use crate::course::{Exhibit, ExhibitKind, Expected, Scenario};
use crate::policy::{DecidedBy, Decision, Policy, decide, validate, written};

/// What is wrong with a scenario beyond its form: texts that cannot be read, another decision, other findings.
#[must_use]
pub fn prove(scenario: &Scenario) -> Vec<Diagnostic> {
    let unread: Vec<Diagnostic> = scenario.exhibits.iter().filter_map(unreadable).collect();
    if !unread.is_empty() {
        return unread;
    }
    let Some(expected) = &scenario.expected else {
        return Vec::new();
    };
    let papers: Vec<Paper> = scenario.exhibits.iter().map(Paper::from).collect();
    let case = Case::of(&papers);
    let asked = ask::read(&case);
    let Some(question) = asked.complete() else {
        let message = "the lab cannot set this request out";
        return vec![Diagnostic::error(scenario.id_span, "request", message)];
    };
    let policies = case.policies.iter();
    let found = policies.flat_map(|policy| validate(&policy.text, asked.policy_type(policy.kind)));
    let codes = found
        .filter(|finding| finding.severity < Severity::Suggestion)
        .map(|finding| finding.code)
        .collect();
    let wrong = wrong_decision(&question, expected).into_iter();
    wrong.chain(wrong_findings(&codes, expected)).collect()
}

/// A text that is no JSON of its kind, at its place in the file.
fn unreadable(exhibit: &Exhibit) -> Option<Diagnostic> {
    let problem = match exhibit.kind {
        ExhibitKind::Request => written::request(&exhibit.text).err(),
        ExhibitKind::Grants => written::grants(&exhibit.text).err(),
        ExhibitKind::Policy(_) => Policy::parse(&exhibit.text).err(),
    }?;
    let Span { start, end } = problem.span;
    let span = Span::new(exhibit.span.start + start, exhibit.span.start + end);
    Some(Diagnostic { span, ..problem })
}

fn wrong_decision(question: &Question, expected: &Expected) -> Option<Diagnostic> {
    let verdict = decide(&question.request, &question.policies);
    let (came, by) = (verdict.decision, verdict.decided_by);
    (came != expected.decision || by != expected.decided_by).then(|| {
        let message = format!(
            "it comes to {}, not to {}",
            words(came, by),
            words(expected.decision, expected.decided_by)
        );
        Diagnostic::error(expected.span, "wrong-decision", message)
    })
}

fn words(decision: Decision, by: DecidedBy) -> String {
    format!(
        "`{decision:?}` decided by `{}`",
        format!("{by:?}").to_lowercase()
    )
}

fn wrong_findings(found: &BTreeSet<String>, expected: &Expected) -> Option<Diagnostic> {
    let told: BTreeSet<String> = expected.findings.iter().cloned().collect();
    (*found != told).then(|| {
        let codes: Vec<&str> = found.iter().map(String::as_str).collect();
        let message = format!("its policies have these findings: [{}]", codes.join(", "));
        Diagnostic::error(expected.span, "wrong-findings", message)
            .with_help("write them behind `findings:` if they are meant, else mend the policies")
    })
}
