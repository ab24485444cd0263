//! Findings about a KMS key's policy as a whole.
//!
//! Sources: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>

use crate::base::Span;
use crate::policy::caller::{Callers, Who};
use crate::policy::document::{Policy, Statement};

use super::trust::means;
use super::{Check, allows};

impl Check {
    pub(super) fn key_policy(&mut self, policy: &Policy) {
        for statement in &policy.statements {
            let resources = statement
                .resource
                .iter()
                .flat_map(|element| &element.value.values);
            for resource in resources.filter(|resource| resource.value != "*") {
                if !self.is_found_at(resource.span) {
                    self.warning(
                        resource.span,
                        "key-resource",
                        format!("`{}` is not how a key policy names its key", resource.value),
                        "write `*`, which means this key and no other",
                    );
                }
            }
        }
        let is_readable = policy.problems.is_empty()
            && policy
                .statements
                .iter()
                .all(|statement| statement.not_action.is_none());
        if !is_readable || policy.statements.is_empty() {
            return;
        }
        let start = Span::new(policy.span.start, policy.span.start + 1);
        let managing: Vec<&Statement> = policy
            .statements
            .iter()
            .filter(|one| allows(one) && means(one, "kms:putkeypolicy").is_some())
            .collect();
        if managing.is_empty() {
            self.warning(
                start,
                "key-policy-lockout",
                "nobody may change this policy again, so KMS refuses it unless told to skip that check",
                "allow `kms:*` to the account: `\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}`",
            );
        } else if !managing.iter().any(|statement| names_account(statement)) {
            self.suggestion(
                start,
                "key-policy-no-account",
                "the account itself may not manage the key: policies of its users and roles mean nothing here, and when those named are gone nobody can",
                "allow `kms:*` to the account: `\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}`",
            );
        }
    }
}

fn names_account(statement: &Statement) -> bool {
    let callers = statement
        .principal
        .as_ref()
        .map(|element| Callers::compile(&element.value));
    callers.is_some_and(|callers| {
        let mut entries = callers.entries.iter();
        entries.any(|entry| matches!(entry.who, Who::Account { .. } | Who::Everyone))
    })
}
