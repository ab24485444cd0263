//! Findings about policies of identities that grant more than one means to.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use crate::policy::action::ActionPattern;
use crate::policy::caller::Callers;
use crate::policy::document::{Element, Policy, Spanned, Statement, Strings};
use crate::policy::kind::PolicyType;

use super::{Check, allows, denies, is_unconditional, opening};

impl Check {
    pub(super) fn grants(&mut self, statement: &Statement) {
        // What other kinds allow is a ceiling, or is about one resource.
        if self.kind != PolicyType::Identity || !allows(statement) {
            return;
        }
        let everywhere = has(&statement.resource, "*");
        if has(&statement.action, "*") && everywhere && is_unconditional(statement) {
            return self.danger(
                opening(statement),
                "full-access",
                "this allows everything on everything",
                "allow the actions that are needed, on the resources that are needed",
            );
        }
        self.pass_role(statement, everywhere);
        self.service_linked_role(statement, everywhere);
        if let Some(element) = &statement.not_resource {
            self.danger(
                element.name,
                "not-resource-allow",
                "`NotResource` with Allow allows every other resource, also those made later",
                "list under `Resource` what is allowed, or deny what is not",
            );
        }
    }

    fn pass_role(&mut self, statement: &Statement, everywhere: bool) {
        let is_limited = conditions_on(
            statement,
            &["iam:PassedToService", "iam:AssociatedResourceArn"],
        );
        if is_limited {
            return;
        }
        let excepts = statement.not_resource.is_some();
        if let Some(element) = &statement.not_action {
            if (everywhere || excepts) && meaning(element, "iam:PassRole").is_none() {
                self.danger(
                    element.name,
                    "pass-role-not-action",
                    "what is not listed under `NotAction` is allowed, `iam:PassRole` on every role too",
                    "list `iam:PassRole` under `NotAction`, and allow it for single roles elsewhere",
                );
            }
            return;
        }
        let Some(action) = meaning_of(&statement.action, "iam:PassRole") else {
            return;
        };
        let is_named = action.value.to_ascii_lowercase().starts_with("iam:p");
        if excepts {
            self.danger(
                action.span,
                "pass-role-not-resource",
                "`iam:PassRole` is allowed on every role but some, also on those made later",
                "list the roles under `Resource`",
            );
        } else if everywhere && is_named {
            self.danger(
                action.span,
                "pass-role-star",
                "`iam:PassRole` on every role lets the caller use the strongest role there is",
                "name the roles, or add a condition on `iam:PassedToService`",
            );
        } else if everywhere {
            self.danger(
                action.span,
                "pass-role-star-in-action",
                format!(
                    "`{}` includes `iam:PassRole` on every role, the strongest too",
                    action.value
                ),
                "name the actions, and `iam:PassRole` with its roles in a statement of its own",
            );
        }
    }

    fn service_linked_role(&mut self, statement: &Statement, everywhere: bool) {
        let action = meaning_of(&statement.action, "iam:CreateServiceLinkedRole");
        let is_named =
            |action: &&Spanned<String>| action.value.to_ascii_lowercase().starts_with("iam:c");
        if let Some(action) = action.filter(is_named)
            && everywhere
            && !conditions_on(statement, &["iam:AWSServiceName"])
        {
            self.warning(
                action.span,
                "create-slr-star",
                "this creates service-linked roles for every service there is",
                "name the role's ARN, or add a condition on `iam:AWSServiceName`",
            );
        }
    }

    /// A policy that only denies everything is meant so; one that says more is not.
    pub(super) fn denies_everything(&mut self, policy: &Policy) {
        if policy.statements.len() < 2 || self.kind == PolicyType::Rcp {
            return;
        }
        for statement in policy.statements.iter().filter(|one| denies_all(one)) {
            self.warning(
                opening(statement),
                "deny-everything",
                "this denies everything to whomever the policy is for, so its other statements mean nothing",
                "name what is denied, or add the condition under which it is",
            );
        }
    }
}

fn denies_all(statement: &Statement) -> bool {
    let is_for_all = match &statement.principal {
        None => statement.not_principal.is_none(),
        Some(element) => Callers::compile(&element.value).is_everyone(),
    };
    denies(statement)
        && has(&statement.action, "*")
        && has(&statement.resource, "*")
        && is_for_all
        && is_unconditional(statement)
}

fn has(element: &Option<Element<Strings>>, wanted: &str) -> bool {
    let mut values = element.iter().flat_map(|element| &element.value.values);
    values.any(|value| value.value == wanted)
}

/// The entry that means an action, but for `*` alone.
fn meaning_of<'a>(
    element: &'a Option<Element<Strings>>,
    action: &str,
) -> Option<&'a Spanned<String>> {
    let entry = meaning(element.as_ref()?, action)?;
    (entry.value != "*").then_some(entry)
}

fn meaning<'a>(element: &'a Element<Strings>, action: &str) -> Option<&'a Spanned<String>> {
    let folded = action.to_ascii_lowercase();
    let means = |value: &&Spanned<String>| {
        ActionPattern::parse(&value.value).is_ok_and(|pattern| pattern.matches(&folded))
    };
    element.value.values.iter().find(means)
}

fn conditions_on(statement: &Statement, keys: &[&str]) -> bool {
    let mut conditions = statement
        .condition
        .iter()
        .flat_map(|element| &element.value);
    conditions.any(|condition| {
        keys.iter()
            .any(|key| condition.key.value.eq_ignore_ascii_case(key))
    })
}
