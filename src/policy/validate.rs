//! What is wrong with a document, as a policy of its kind.
//!
//! Source of most findings: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod condition;
mod principal;
mod size;
mod statement;

pub use size::Size;

use std::collections::HashSet;

use crate::base::{Diagnostic, Severity, Span};

use super::document::{Effect, Policy, Statement};
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
        findings: policy.problems.clone(),
    };
    check.characters(policy);
    check.version(policy);
    check.id(policy);
    check.size(policy);
    check.sids(policy);
    for statement in &policy.statements {
        check.statement(statement);
    }
    check.findings.sort_by_key(|finding| finding.span);
    check.findings
}

/// The finding about a document whose bytes are no text from `offset` on.
#[must_use]
pub fn not_utf8(offset: usize) -> Diagnostic {
    Diagnostic::error(Span::at(offset), "not-utf8", "the document is not UTF-8")
}

struct Check {
    kind: PolicyType,
    /// Whether the document's version has policy variables.
    variables: bool,
    findings: Vec<Diagnostic>,
}

impl Check {
    fn error(&mut self, span: Span, code: &str, message: impl Into<String>, help: &str) {
        self.find(Severity::Error, span, code, message, help);
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

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
    fn characters(&mut self, policy: &Policy) {
        let is_allowed = |char: char| matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}');
        let source = &policy.source;
        if let Some((at, char)) = source.char_indices().find(|(_, char)| !is_allowed(*char)) {
            let message = format!(
                "`{char}` (U+{:04X}) is no character of a policy",
                u32::from(char)
            );
            let help = "policies hold tabs, line ends and the characters from U+0020 to U+00FF";
            self.error(
                Span::new(at, at + char.len_utf8()),
                "invalid-character",
                message,
                help,
            );
        }
    }

    fn version(&mut self, policy: &Policy) {
        let start = Span::new(policy.span.start, policy.span.start + 1);
        match &policy.version {
            None if policy
                .problems
                .iter()
                .any(|problem| problem.message.contains("`Version`")) => {}
            None => self.find(
                Severity::Warning,
                start,
                "missing-version",
                "the policy has no `Version`, so it is read as `2008-10-17`",
                "add `\"Version\": \"2012-10-17\"`",
            ),
            Some(version) => match version.value.value.as_str() {
                "2012-10-17" => {}
                "2008-10-17" if self.kind == PolicyType::Rcp => self.error(
                    version.span,
                    "rcp-version",
                    "a resource control policy is of version `2012-10-17`",
                    "write `2012-10-17`",
                ),
                "2008-10-17" => self.find(
                    Severity::Suggestion,
                    version.span,
                    "old-version",
                    "`2008-10-17` has no policy variables",
                    "write `2012-10-17`, and look through every `${` first: it becomes a variable",
                ),
                other => self.error(
                    version.span,
                    "invalid-version",
                    format!("there is no version `{other}`"),
                    "a policy's version is the language's, not your own date: write `2012-10-17`",
                ),
            },
        }
    }

    fn id(&mut self, policy: &Policy) {
        let may_have_id = matches!(
            self.kind,
            PolicyType::Resource | PolicyType::Key | PolicyType::Trust | PolicyType::Endpoint
        );
        if let Some(id) = policy.id.as_ref().filter(|_| !may_have_id) {
            self.error(
                id.name,
                "id-not-allowed",
                "only policies of resources have an `Id`",
                "remove it",
            );
        }
    }

    fn sids(&mut self, policy: &Policy) {
        // Services take blanks and more in the ids of their resources' policies; IAM and Organizations do not.
        let is_strict = !matches!(
            self.kind,
            PolicyType::Resource | PolicyType::Key | PolicyType::Endpoint
        );
        let mut seen = HashSet::new();
        for sid in policy
            .statements
            .iter()
            .filter_map(|statement| statement.sid.as_ref())
        {
            let text = sid.value.value.as_str();
            if is_strict && !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let message = format!("`{text}` holds more than letters and digits");
                self.error(
                    sid.span,
                    "invalid-sid",
                    message,
                    "write it with A-Z, a-z and 0-9 only",
                );
            }
            if !text.is_empty() && !seen.insert(text) {
                let message = format!("the `Sid` `{text}` stands here a second time");
                self.error(
                    sid.span,
                    "duplicate-sid",
                    message,
                    "give every statement an id of its own",
                );
            }
        }
    }
}

/// Whether a statement allows; one without a legible effect does not.
fn allows(statement: &Statement) -> bool {
    let effect = statement.effect.as_ref();
    effect.is_some_and(|effect| Effect::of(&effect.value.value) == Some(Effect::Allow))
}

/// The place of a statement's opening brace.
fn opening(statement: &Statement) -> Span {
    Span::new(statement.span.start, statement.span.start + 1)
}
