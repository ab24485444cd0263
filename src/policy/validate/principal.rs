//! Findings about who a statement names.

use std::collections::HashSet;

use crate::base::{Arn, Span};
use crate::policy::caller::{Callers, Entry, Who};
use crate::policy::document::{Element, NamedPrincipals, Principals, Statement};
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
            if kinds.is_empty() {
                self.names_nobody(element.span);
            }
            for named in kinds {
                let kind = named.kind.value.as_str();
                if !matches!(kind, "AWS" | "Service" | "Federated" | "CanonicalUser") {
                    let message = format!("there is no kind of principal `{kind}`");
                    let help = "the kinds are `AWS`, `Service`, `Federated` and `CanonicalUser`";
                    self.error(named.kind.span, "invalid-principal-type", message, help);
                } else if named.names.is_empty() {
                    self.names_nobody(named.kind.span);
                } else if kind == "CanonicalUser" {
                    self.canonical_users(named);
                }
            }
        }
        let arn_like = names_of_aws(element);
        for entry in Callers::compile(&element.value).entries {
            self.name(&entry, arn_like.contains(&*entry.written));
        }
        self.redundant_principals(element);
    }

    fn names_nobody(&mut self, span: Span) {
        let help = "name somebody or remove the statement";
        self.suggestion(span, "empty-list", "this names nobody", help);
    }

    fn name(&mut self, entry: &Entry, is_arn_like: bool) {
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
            Who::Illegal(why) if is_arn_like => self.error(
                entry.span,
                "invalid-principal",
                format!("`{written}`: {why}"),
                "write an account, or the ARN of a user, role, session or federated user",
            ),
            Who::UniqueId => self.warning(
                entry.span,
                "principal-gone",
                format!("`{written}` is the id of a user or role that is gone"),
                "a user or role of the same name made anew has another id: name it again",
            ),
            Who::AnyService => self.danger(
                entry.span,
                "any-service",
                "this names every AWS service, on behalf of whomever",
                "name the service, and add conditions on `aws:SourceArn` or `aws:SourceAccount`",
            ),
            Who::AnyFederated => self.danger(
                entry.span,
                "any-federated",
                "this names every identity provider there is",
                "name the provider by its ARN or its domain",
            ),
            Who::Service(name) if !is_service_principal(name) => self.error(
                entry.span,
                "invalid-service-principal",
                format!("`{name}` is no service principal"),
                "a service's principal is such as `lambda.amazonaws.com`",
            ),
            Who::Federated(name) => self.federated(name, entry.span),
            Who::User(_)
            | Who::Role { .. }
            | Who::Session(_)
            | Who::FederatedUser(_)
            | Who::Account { .. } => {
                if let Some(rest) = written.strip_prefix("arn:") {
                    let partition = rest.split(':').next().unwrap_or_default();
                    self.partition(partition, entry.span);
                }
            }
            _ => {}
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
    fn federated(&mut self, name: &str, span: Span) {
        if self.kind != PolicyType::Trust {
            self.warning(
                span,
                "federated-outside-trust",
                format!(
                    "`{name}` assumes roles and calls nothing else, so it is never the caller here"
                ),
                "name the role that is assumed, or ask for `aws:FederatedProvider` in a condition",
            );
        } else if !is_provider(name) {
            self.error(
                span,
                "invalid-federated-principal",
                format!("`{name}` is no identity provider"),
                "write a provider's ARN, or a domain such as `cognito-identity.amazonaws.com`",
            );
        }
    }

    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html>
    fn canonical_users(&mut self, named: &NamedPrincipals) {
        if matches!(self.kind, PolicyType::Key | PolicyType::Trust) {
            return self.error(
                named.kind.span,
                "canonical-user-not-allowed",
                "only S3 knows canonical users",
                "name the account under `AWS`",
            );
        }
        for name in &named.names.values {
            let is_sound =
                name.value.len() == 64 && name.value.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_sound {
                self.error(
                    name.span,
                    "invalid-canonical-user",
                    format!("`{}` is no canonical user id", name.value),
                    "it is 64 hexadecimal digits; an account's twelve digits go under `AWS`",
                );
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

/// The names under `AWS`; the others have findings of their own.
fn names_of_aws(element: &Element<Principals>) -> HashSet<&str> {
    let Principals::Named(kinds) = &element.value else {
        return HashSet::new();
    };
    let kinds = kinds.iter().filter(|named| named.kind.value == "AWS");
    kinds
        .flat_map(|named| named.names.values.iter().map(|name| name.value.as_str()))
        .collect()
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
fn is_service_principal(name: &str) -> bool {
    let domains = [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".aws.internal",
        ".api.aws",
        ".amazon.com",
    ];
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    domains
        .iter()
        .filter_map(|domain| name.strip_suffix(domain))
        .any(|rest| rest.split('.').all(is_label))
}

fn is_provider(name: &str) -> bool {
    match name.parse::<Arn>() {
        Ok(arn) => {
            let kinds = ["oidc-provider/", "saml-provider/"];
            arn.service == "iam" && kinds.iter().any(|kind| arn.resource.starts_with(kind))
        }
        Err(_) => name.contains('.') && !name.contains([' ', ':']),
    }
}
