//! Findings about policies of resources that let in more than one means to.
//!
//! Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use crate::policy::caller::{Callers, Who};
use crate::policy::catalogue;
use crate::policy::document::{Condition, Statement};
use crate::policy::kind::PolicyType;
use crate::policy::operator::{Operator, Test};

use super::condition::demands;
use super::{Check, allows, principals};

impl Check {
    pub(super) fn access(&mut self, statement: &Statement) {
        let is_of_resource = matches!(
            self.kind,
            PolicyType::Resource | PolicyType::Key | PolicyType::Trust
        );
        if !is_of_resource || !allows(statement) {
            return;
        }
        self.public(statement);
        // A role is passed to the service that assumes it, by somebody of its own account.
        if self.kind != PolicyType::Trust {
            self.deputy(statement);
        }
    }

    fn public(&mut self, statement: &Statement) {
        let Some(element) = &statement.principal else {
            return;
        };
        let callers = Callers::compile(&element.value).entries;
        let star = callers.into_iter().find(|entry| entry.who == Who::Everyone);
        if let Some(star) = star
            && !has(statement, names_caller)
        {
            self.danger(
                star.span,
                "public-access",
                "this allows anyone in the world, signed in to AWS or not",
                "name the principals, or add a condition such as `aws:PrincipalOrgID`",
            );
        }
    }

    fn deputy(&mut self, statement: &Statement) {
        let service = principals(statement, "Service").find(|name| *name != "*");
        if let Some(service) = service
            && !has(statement, names_source)
        {
            let span = statement.principal.as_ref().map(|element| element.span);
            self.suggestion(
                span.unwrap_or(statement.span),
                "confused-deputy",
                format!("`{service}` may be sent here by a customer of AWS that is not you"),
                "add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`",
            );
        }
    }
}

/// Whether a condition that a request must fulfil is on a key that `is_meant`.
fn has(statement: &Statement, is_meant: fn(&str) -> bool) -> bool {
    let limits = |condition: &Condition| {
        let operator = Operator::parse(&condition.operator.value);
        operator.is_some_and(|operator| demands(operator) && operator.test != Test::Null)
            && is_meant(&condition.key.value.to_ascii_lowercase())
    };
    statement
        .condition
        .iter()
        .flat_map(|element| &element.value)
        .any(limits)
}

/// Whether a key says who calls, or from where. One that nobody knows may.
fn names_caller(key: &str) -> bool {
    let names = [
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principaltag/",
        "aws:principalservicename",
        "aws:principalisawsservice",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:userid",
        "aws:username",
        "aws:vpce",
        "aws:vpcsourceip",
        "kms:calleraccount",
        "lambda:functionurlauthtype",
        "s3:dataaccesspoint",
        "sts:externalid",
    ];
    names.iter().any(|name| key.starts_with(name)) || catalogue::condition_key(key).is_none()
}

/// Whether a key says for whom a service calls.
fn names_source(key: &str) -> bool {
    let names = [
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "kms:calleraccount",
        "kms:encryptioncontext",
        "kms:viaservice",
    ];
    names.iter().any(|name| key.starts_with(name)) || catalogue::condition_key(key).is_none()
}
