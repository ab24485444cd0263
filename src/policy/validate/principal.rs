//! Findings about who a statement names.

use crate::base::Severity;
use crate::policy::caller::{Callers, Who};
use crate::policy::document::{Element, Principals, Statement};
use crate::policy::kind::{PolicyType, Presence};

use super::{Check, allows};

impl Check {
    pub(super) fn principals(&mut self, statement: &Statement) {
        // Where no principal may stand, that alone is worth saying.
        if self.kind.principal() == Presence::Forbidden {
            return;
        }
        for element in [&statement.principal, &statement.not_principal]
            .into_iter()
            .flatten()
        {
            self.names(element);
        }
        if let Some(element) = &statement.not_principal {
            self.not_principal(element, statement);
        }
        if let Some(element) = statement
            .principal
            .as_ref()
            .filter(|_| self.kind == PolicyType::Rcp)
            && !Callers::compile(&element.value).is_everyone()
        {
            let help = "write `\"Principal\": \"*\"` and tell callers apart by conditions";
            let message = "the principal of a resource control policy is always `*`";
            self.error(element.span, "rcp-principal", message, help);
        }
    }

    fn names(&mut self, element: &Element<Principals>) {
        if let Principals::Named(kinds) = &element.value {
            for named in kinds {
                let kind = named.kind.value.as_str();
                if !matches!(kind, "AWS" | "Service" | "Federated" | "CanonicalUser") {
                    let message = format!("there is no kind of principal `{kind}`");
                    let help = "the kinds are `AWS`, `Service`, `Federated` and `CanonicalUser`";
                    self.error(named.kind.span, "invalid-principal-type", message, help);
                }
            }
        }
        for entry in Callers::compile(&element.value).entries {
            let written = &entry.written;
            match &entry.who {
                // What is no string at all was found on reading.
                Who::Illegal(_) if written.is_empty() => {}
                Who::Illegal(_) if written.contains("${") => self.error(
                    entry.span,
                    "variable-in-principal",
                    format!("`{written}` holds a variable"),
                    "principals hold no variables; use a condition on `aws:PrincipalArn` or a tag",
                ),
                Who::Illegal(_) if written.contains(['*', '?']) => self.error(
                    entry.span,
                    "principal-wildcard",
                    format!("`{written}` has a wildcard among other characters"),
                    "name it in full, or write `*` with a condition on `aws:PrincipalArn`",
                ),
                Who::Illegal(why) if is_arn_like(element, written) => self.error(
                    entry.span,
                    "invalid-principal",
                    format!("`{written}`: {why}"),
                    "write an account, or the ARN of a user, role, session or federated user",
                ),
                Who::UniqueId => self.find(
                    Severity::Warning,
                    entry.span,
                    "principal-gone",
                    format!("`{written}` is the id of a user or role that is gone"),
                    "a user or role of the same name made anew has another id: name it again",
                ),
                Who::AnyService => self.find(
                    Severity::SecurityWarning,
                    entry.span,
                    "any-service",
                    "this names every AWS service, on behalf of whomever",
                    "name the service, and add conditions on `aws:SourceArn` or `aws:SourceAccount`",
                ),
                _ => {}
            }
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    fn not_principal(&mut self, element: &Element<Principals>, statement: &Statement) {
        match self.kind {
            PolicyType::Trust => self.error(
                element.name,
                "not-principal-not-allowed",
                "a trust policy cannot hold `NotPrincipal`",
                "name who may assume the role under `Principal`",
            ),
            PolicyType::Rcp => self.error(
                element.name,
                "not-principal-not-allowed",
                "a resource control policy cannot hold `NotPrincipal`",
                "write `\"Principal\": \"*\"` and tell callers apart by conditions",
            ),
            _ if allows(statement) => self.error(
                element.name,
                "not-principal-allow",
                "`NotPrincipal` with Allow is not supported; it would have let in everyone else, strangers included",
                "name who is allowed under `Principal`",
            ),
            _ => {}
        }
    }
}

/// Whether a name is one of `AWS`; the others have findings of their own.
fn is_arn_like(element: &Element<Principals>, written: &str) -> bool {
    let Principals::Named(kinds) = &element.value else {
        return false;
    };
    kinds
        .iter()
        .filter(|named| named.kind.value == "AWS")
        .any(|named| named.names.values.iter().any(|name| name.value == written))
}
