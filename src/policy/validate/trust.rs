//! Findings about who may assume a role, and by which action.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>

use crate::policy::action::ActionPattern;
use crate::policy::document::{Policy, Principals, Spanned, Statement};

use super::{Check, allows, opening, principals};

const ASSUME: [&str; 3] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
];

impl Check {
    pub(super) fn trust_policy(&mut self, policy: &Policy) {
        let allowing: Vec<&Statement> =
            policy.statements.iter().filter(|one| allows(one)).collect();
        let is_readable = allowing
            .iter()
            .all(|one| one.action.is_some() && one.illegal.is_empty());
        let lets_in = allowing
            .iter()
            .any(|one| ASSUME.iter().any(|action| means(one, action).is_some()));
        if let Some(first) = allowing.first()
            && is_readable
            && !lets_in
            && allowing.iter().all(|one| !self.is_found_within(one))
        {
            self.warning(
                opening(first),
                "trust-no-assume",
                "no statement allows an action that assumes the role, so nobody can",
                "allow `sts:AssumeRole`, or one of its forms for federated users",
            );
        }
        for statement in allowing {
            self.mismatched_action(statement);
            self.web_identity(statement);
            self.saml_audience(statement);
        }
    }

    /// Source: access-analyzer-reference-policy-checks, "Mismatched action for principal"
    fn mismatched_action(&mut self, statement: &Statement) {
        let Some(Principals::Named(named)) =
            statement.principal.as_ref().map(|element| &element.value)
        else {
            return;
        };
        let is_named = |kind: &str| named.iter().any(|named| named.kind.value == kind);
        let providers = || principals(statement, "Federated");
        // What is no provider at all has a finding of its own.
        let has_saml = providers().any(|name| is_saml(name) || !name.contains('.'));
        let has_web = providers().any(|name| !is_saml(name));
        let is_ours = is_named("AWS") || is_named("Service");
        let actions = statement
            .action
            .iter()
            .flat_map(|element| &element.value.values);
        for action in actions {
            let (fits, wanted) = match action.value.to_ascii_lowercase().as_str() {
                "sts:assumerole" => (is_ours, "`AWS` and `Service` principals"),
                "sts:assumerolewithsaml" => (has_saml, "a SAML provider under `Federated`"),
                "sts:assumerolewithwebidentity" => {
                    (has_web, "a web identity provider under `Federated`")
                }
                _ => continue,
            };
            if !fits && (is_ours || has_saml || has_web) {
                self.warning(
                    action.span,
                    "mismatched-action",
                    format!("`{}` is for {wanted}, and none is named", action.value),
                    "write the action that goes with the principal, or name another principal",
                );
            }
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html>
    fn saml_audience(&mut self, statement: &Statement) {
        let is_asked = conditions_of(statement).any(|key| key.eq_ignore_ascii_case("saml:aud"));
        let has_saml = principals(statement, "Federated").any(is_saml);
        if let Some(action) = means(statement, "sts:assumerolewithsaml")
            && has_saml
            && !is_asked
        {
            self.suggestion(
                action.span,
                "saml-no-audience",
                "the assertion may be meant for another service",
                "add `\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}`",
            );
        }
    }

    fn is_found_within(&self, statement: &Statement) -> bool {
        let (start, end) = (statement.span.start, statement.span.end);
        let mut findings = self.findings.iter();
        findings.any(|finding| {
            finding.code == "trust-action" && (start..end).contains(&finding.span.start)
        })
    }
}

fn is_saml(provider: &str) -> bool {
    provider.contains(":saml-provider/")
}

/// The entry of `Action` that means an action, which is in lower case.
pub(super) fn means<'a>(statement: &'a Statement, action: &str) -> Option<&'a Spanned<String>> {
    let mut actions = statement
        .action
        .iter()
        .flat_map(|element| &element.value.values);
    actions.find(|written| {
        ActionPattern::parse(&written.value).is_ok_and(|pattern| pattern.matches(action))
    })
}

/// The keys of a statement's conditions.
pub(super) fn conditions_of(statement: &Statement) -> impl Iterator<Item = &str> {
    let conditions = statement
        .condition
        .iter()
        .flat_map(|element| &element.value);
    conditions.map(|condition| condition.key.value.as_str())
}
