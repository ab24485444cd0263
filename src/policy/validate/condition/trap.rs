//! Findings about conditions that do something else than one thinks.

use crate::policy::document::{Condition, Statement};
use crate::policy::operator::{Operator, Set, Test};
use crate::policy::validate::{Check, allows, denies, principals};

impl Check {
    pub(super) fn traps(&mut self, statement: &Statement, conditions: &[Condition]) {
        for condition in conditions {
            let Some(operator) = Operator::parse(&condition.operator.value) else {
                continue;
            };
            self.useless_if_exists(condition, operator);
            self.second_factor(condition, operator, statement);
            self.source_address(condition, operator, statement);
            self.absent_for_services(condition, operator, statement);
        }
        if self.looks_closer {
            self.contradiction(conditions);
        }
    }

    /// A negated operator matches a missing key anyway.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists>
    fn useless_if_exists(&mut self, condition: &Condition, operator: Operator) {
        let written = &condition.operator.value;
        let matches_missing =
            operator.set == Some(Set::All) || operator.set.is_none() && operator.negated;
        if operator.if_exists && matches_missing {
            self.suggestion(
                condition.operator.span,
                "redundant-if-exists",
                format!("`{written}` matches a missing key without `IfExists` too"),
                "leave the suffix out, and see whether a missing key should match at all",
            );
        }
    }

    /// A request that was made with an access key does not hold the key at all.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>
    fn second_factor(&mut self, condition: &Condition, operator: Operator, statement: &Statement) {
        let is_asked = condition
            .key
            .value
            .eq_ignore_ascii_case("aws:MultiFactorAuthPresent");
        if !is_asked || operator.test != Test::Bool {
            return;
        }
        let is_presence_asked = conditions(statement).any(|other| {
            other.operator.value.eq_ignore_ascii_case("Null")
                && other.key.value.eq_ignore_ascii_case(&condition.key.value)
        });
        let asks = |wanted: &str| {
            let mut values = condition.values.values.iter();
            values.all(|value| value.value.eq_ignore_ascii_case(wanted))
                && !condition.values.values.is_empty()
        };
        if denies(statement) && !operator.if_exists && asks("false") && !is_presence_asked {
            self.danger(
                condition.operator.span,
                "mfa-missing-key",
                "a request with a long-term access key does not hold `aws:MultiFactorAuthPresent`, so this does not deny it",
                "write `BoolIfExists`",
            );
        } else if allows(statement) && operator.if_exists && asks("true") {
            self.danger(
                condition.operator.span,
                "mfa-if-exists",
                "a request with a long-term access key does not hold `aws:MultiFactorAuthPresent`, so this allows it without MFA",
                "write `Bool`",
            );
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html>
    fn source_address(&mut self, condition: &Condition, operator: Operator, statement: &Statement) {
        let is_asked = condition.key.value.eq_ignore_ascii_case("aws:SourceIp");
        let excuses = |key: &str| {
            let folded = key.to_ascii_lowercase();
            folded.starts_with("aws:calledvia")
                || folded.starts_with("aws:sourcevpc")
                || matches!(
                    folded.as_str(),
                    "aws:viaawsservice" | "aws:principalisawsservice" | "aws:vpcsourceip"
                )
        };
        if is_asked
            && operator.test == Test::IpAddress
            && operator.negated
            && denies(statement)
            && !conditions(statement).any(|other| excuses(&other.key.value))
        {
            self.suggestion(
                condition.operator.span,
                "source-ip-via-service",
                "this also denies what AWS services do on the caller's behalf, which comes from their own addresses",
                "add `\"Bool\": {\"aws:ViaAWSService\": \"false\"}`",
            );
        }
    }

    /// Source: access-analyzer-reference-policy-checks, "Unsupported condition key for service principal"
    fn absent_for_services(
        &mut self,
        condition: &Condition,
        operator: Operator,
        statement: &Statement,
    ) {
        let folded = condition.key.value.to_ascii_lowercase();
        // Not `aws:PrincipalTag/…`: IAM Roles Anywhere brings what a certificate says.
        let is_of_caller = matches!(
            folded.as_str(),
            "aws:principalaccount"
                | "aws:principalarn"
                | "aws:principalorgid"
                | "aws:principalorgpaths"
                | "aws:userid"
                | "aws:username"
        );
        let is_for_services = principals(statement, "Service").next().is_some()
            && ["AWS", "Federated", "CanonicalUser"]
                .iter()
                .all(|kind| principals(statement, kind).next().is_none());
        if is_of_caller && is_for_services && allows(statement) && demands(operator) {
            self.warning(
                condition.key.span,
                "key-absent-for-service",
                format!(
                    "a service that calls does not bring `{}`, so nothing is allowed",
                    condition.key.value
                ),
                "for services there are `aws:SourceArn`, `aws:SourceAccount` and `aws:SourceOrgID`",
            );
        }
    }

    /// A key that must be missing and must have a value.
    fn contradiction(&mut self, conditions: &[Condition]) {
        let wants_missing = |condition: &&Condition| {
            let values = &condition.values.values;
            condition.operator.value.eq_ignore_ascii_case("Null")
                && !values.is_empty()
                && values
                    .iter()
                    .all(|value| value.value.eq_ignore_ascii_case("true"))
        };
        let missing: std::collections::HashSet<String> = conditions
            .iter()
            .filter(wants_missing)
            .map(|condition| condition.key.value.to_ascii_lowercase())
            .collect();
        for condition in conditions {
            let operator = Operator::parse(&condition.operator.value);
            if operator.is_some_and(|operator| operator.test != Test::Null && demands(operator))
                && missing.contains(&condition.key.value.to_ascii_lowercase())
            {
                self.warning(
                    condition.span,
                    "never-matches",
                    format!("`{}` must be missing and must have a value, so the statement never applies", condition.key.value),
                    "remove one of the two; all conditions of a statement must hold together",
                );
            }
        }
    }
}

/// Whether the operator does not match where its key is missing.
pub(in crate::policy::validate) fn demands(operator: Operator) -> bool {
    !operator.if_exists
        && match operator.set {
            None => !operator.negated,
            Some(Set::Any) => true,
            Some(Set::All) => false,
        }
}

fn conditions(statement: &Statement) -> impl Iterator<Item = &Condition> {
    statement
        .condition
        .iter()
        .flat_map(|element| &element.value)
}
