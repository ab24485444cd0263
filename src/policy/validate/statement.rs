//! Findings about one statement: which elements it has.

use crate::base::Span;
use crate::policy::document::{Element, Statement};
use crate::policy::kind::{PolicyType, Presence};

use super::reach::Reach;
use super::{Check, allows, opening};

impl Check {
    pub(super) fn statement(&mut self, statement: &Statement) {
        self.elements(statement);
        for (element, is_not) in [(&statement.action, false), (&statement.not_action, true)] {
            if let Some(element) = element {
                self.actions(element, is_not);
            }
        }
        for (element, is_not) in [
            (&statement.resource, false),
            (&statement.not_resource, true),
        ] {
            if let Some(element) = element {
                self.resources(element, is_not);
            }
        }
        self.principals(statement);
        let reach = if self.looks_closer {
            Reach::of(statement)
        } else {
            None
        };
        self.conditions(statement, reach.as_ref());
        if let Some(reach) = &reach {
            self.targets(statement, reach);
        }
        self.grants(statement);
        self.access(statement);
        self.control_policy(statement);
    }

    fn elements(&mut self, statement: &Statement) {
        let action = present(&statement.action, &statement.not_action);
        self.exactly_one("action", action, Presence::Required, statement);
        let resource = present(&statement.resource, &statement.not_resource);
        self.exactly_one("resource", resource, self.kind.resource(), statement);
        let principal = present(&statement.principal, &statement.not_principal);
        self.exactly_one("principal", principal, self.kind.principal(), statement);
    }

    /// An element and its `Not…` form: one, none or both, as the kind of policy wants.
    fn exactly_one(
        &mut self,
        element: &str,
        found: (Option<Span>, Option<Span>),
        presence: Presence,
        statement: &Statement,
    ) {
        let name = title(element);
        let kind = self.kind;
        match (found, presence) {
            ((Some(_), Some(second)), _) => self.error(
                second,
                &format!("{element}-and-not-{element}"),
                format!("the statement has both `{name}` and `Not{name}`"),
                "keep one of them",
            ),
            ((None, None), Presence::Required) => self.error(
                opening(statement),
                &format!("missing-{element}"),
                format!("the statement has neither `{name}` nor `Not{name}`"),
                &format!("add `{name}`"),
            ),
            ((Some(span), None) | (None, Some(span)), Presence::Forbidden) => self.error(
                span,
                &format!("{element}-not-allowed"),
                format!("a policy of type {kind} names no {element}"),
                match element {
                    "principal" => "remove it: whom the policy is attached to is its principal",
                    _ => "remove it: the role that the policy belongs to is its resource",
                },
            ),
            _ => {}
        }
    }

    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
    fn control_policy(&mut self, statement: &Statement) {
        if self.kind != PolicyType::Rcp {
            return;
        }
        if let Some(effect) = statement.effect.as_ref().filter(|_| allows(statement)) {
            self.error(
                effect.span,
                "rcp-allow",
                "a resource control policy can only deny",
                "write `Deny`; `RCPFullAWSAccess` allows everything else",
            );
        }
        if let Some(not_action) = &statement.not_action {
            self.error(
                not_action.name,
                "rcp-not-action",
                "a resource control policy cannot hold `NotAction`",
                "list the actions under `Action`",
            );
        }
        let stars = statement
            .action
            .iter()
            .flat_map(|action| &action.value.values);
        for star in stars.filter(|action| action.value == "*") {
            self.error(
                star.span,
                "rcp-action-star",
                "a resource control policy cannot deny `*`",
                "name the services, such as `s3:*`",
            );
        }
    }
}

fn present<T>(
    plain: &Option<Element<T>>,
    not: &Option<Element<T>>,
) -> (Option<Span>, Option<Span>) {
    (
        plain.as_ref().map(|element| element.name),
        not.as_ref().map(|element| element.name),
    )
}

fn title(element: &str) -> &'static str {
    match element {
        "action" => "Action",
        "resource" => "Resource",
        _ => "Principal",
    }
}
