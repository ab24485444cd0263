//! Findings about the document as a whole.

use std::collections::HashSet;

use crate::base::Span;
use crate::policy::document::Policy;
use crate::policy::kind::PolicyType;

use super::Check;

impl Check {
    pub(super) fn document(&mut self, policy: &Policy) {
        self.characters(policy);
        self.version(policy);
        self.id(policy);
        self.sids(policy);
        self.is_not_empty(policy);
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
            None => self.warning(
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
                "2008-10-17" => self.suggestion(
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
            if text.is_empty() {
                self.suggestion(
                    sid.span,
                    "empty-sid",
                    "the `Sid` is empty",
                    "say in a word what the statement is for, or leave the element out",
                );
            } else if !seen.insert(text) {
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

    fn is_not_empty(&mut self, policy: &Policy) {
        if policy.statements.is_empty() && policy.problems.is_empty() {
            self.warning(
                Span::new(policy.span.start, policy.span.start + 1),
                "empty-statement-list",
                "the policy has no statement, so it says nothing",
                "write at least one statement",
            );
        }
    }
}
