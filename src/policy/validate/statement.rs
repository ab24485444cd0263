//! Findings about one statement: which elements it has, its actions and resources.

use crate::base::{Severity, Span};
use crate::policy::action::{ActionPattern, BadAction};
use crate::policy::arn_pattern::{ArnPattern, BadArn};
use crate::policy::document::{Element, Spanned, Statement, Strings};
use crate::policy::kind::{PolicyType, Presence};
use crate::policy::pattern::Pattern;

use super::{Check, allows, opening};

impl Check {
    pub(super) fn statement(&mut self, statement: &Statement) {
        self.elements(statement);
        for (element, is_not) in [(&statement.action, false), (&statement.not_action, true)] {
            if let Some(element) = element {
                self.actions(element, is_not);
            }
        }
        for element in [&statement.resource, &statement.not_resource]
            .into_iter()
            .flatten()
        {
            self.resources(element);
        }
        self.pass_role(statement);
        self.principals(statement);
        self.conditions(statement);
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

    fn actions(&mut self, element: &Element<Strings>, is_not: bool) {
        self.not_empty(element, if is_not { "NotAction" } else { "Action" });
        for action in &element.value.values {
            let written = &action.value;
            match ActionPattern::parse(written) {
                Ok(_) => self.action_fits(action, is_not),
                Err(BadAction::ServiceWildcard) => self.error(
                    action.span,
                    "action-service-wildcard",
                    format!("`{written}` has a wildcard in its service"),
                    "write the service in full, or `*` alone for everything",
                ),
                Err(BadAction::Form) => self.error(
                    action.span,
                    "invalid-action",
                    format!("`{written}` is no action"),
                    "write `*` or for example `s3:GetObject`",
                ),
            }
        }
        self.redundant(&element.value.values);
    }

    fn action_fits(&mut self, action: &Spanned<String>, is_not: bool) {
        let written = &action.value;
        let is_sts = written.to_ascii_lowercase().starts_with("sts:") || written == "*";
        if self.kind == PolicyType::Trust && !is_not && !is_sts {
            self.error(
                action.span,
                "trust-action",
                format!("`{written}` says nothing about who may assume a role"),
                "a trust policy holds actions such as `sts:AssumeRole`",
            );
        }
    }

    /// Actions that another of the same list covers already.
    fn redundant(&mut self, actions: &[Spanned<String>]) {
        // Every pair is compared, so long lists are left alone.
        if actions.len() > 200 {
            return;
        }
        let folded: Vec<String> = actions
            .iter()
            .map(|action| action.value.to_ascii_lowercase())
            .collect();
        for (index, action) in actions.iter().enumerate() {
            let covers = |other: usize| {
                let is_same = folded[other] == folded[index];
                let is_wider = folded[other].contains('*')
                    && Pattern::wild(&folded[other]).matches(&folded[index]);
                if is_same { other < index } else { is_wider }
            };
            if let Some(other) = (0..actions.len()).find(|&other| other != index && covers(other)) {
                let message = format!(
                    "`{}` is covered by `{}`",
                    action.value, actions[other].value
                );
                self.find(
                    Severity::Suggestion,
                    action.span,
                    "redundant-action",
                    message,
                    "remove it",
                );
            }
        }
    }

    fn resources(&mut self, element: &Element<Strings>) {
        self.not_empty(element, "Resource");
        for resource in &element.value.values {
            let written = &resource.value;
            let Err(bad) = ArnPattern::resource(written, self.variables) else {
                self.variable_without_version(resource);
                continue;
            };
            let (code, help) = match bad {
                BadArn::Variable(bad) => (bad.code(), "a variable has the form `${aws:username}`"),
                BadArn::Prefix | BadArn::Parts => (
                    "invalid-resource",
                    "write `*` or `arn:partition:service:region:account-id:resource`",
                ),
                BadArn::ServiceWildcard => (
                    "resource-service-wildcard",
                    "write the service in full, or `*` for every resource",
                ),
                BadArn::EarlyVariable => (
                    "variable-in-arn",
                    "variables may stand behind the ARN's fifth colon only",
                ),
            };
            self.error(
                resource.span,
                code,
                format!("`{written}`: {}", bad.phrase()),
                help,
            );
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    fn pass_role(&mut self, statement: &Statement) {
        let (Some(action), Some(resource)) = (&statement.action, &statement.resource) else {
            return;
        };
        let passes = |action: &&Spanned<String>| {
            let folded = action.value.to_ascii_lowercase();
            folded.starts_with("iam:p") && Pattern::wild(&folded).matches("iam:passrole")
        };
        let is_limited = statement.condition.as_ref().is_some_and(|condition| {
            let mut keys = condition.value.iter().map(|condition| &condition.key.value);
            keys.any(|key| key.eq_ignore_ascii_case("iam:PassedToService"))
        });
        let everything = resource
            .value
            .values
            .iter()
            .any(|resource| resource.value == "*");
        if let Some(action) = action.value.values.iter().find(passes)
            && allows(statement)
            && everything
            && !is_limited
        {
            self.find(
                Severity::SecurityWarning,
                action.span,
                "pass-role-star",
                "`iam:PassRole` on every role lets the caller use the strongest role there is",
                "name the roles, or add a condition on `iam:PassedToService`",
            );
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

    pub(super) fn not_empty(&mut self, element: &Element<Strings>, name: &str) {
        if element.value.is_empty() {
            let message = format!("`{name}` lists nothing");
            self.find(
                Severity::Suggestion,
                element.span,
                "empty-list",
                message,
                "list something or remove the statement",
            );
        }
    }

    /// A variable in a document whose version has none.
    pub(super) fn variable_without_version(&mut self, text: &Spanned<String>) {
        if !self.variables && text.value.contains("${") {
            self.find(
                Severity::Warning,
                text.span,
                "variable-needs-version",
                format!(
                    "`{}` holds a variable, and the policy's version has none",
                    text.value
                ),
                "write `\"Version\": \"2012-10-17\"`; until then it is plain text",
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
