//! Findings about conditions.

use core::net::IpAddr;

use crate::base::Severity;
use crate::policy::catalogue;
use crate::policy::document::{Condition, Statement};
use crate::policy::operator::{Operator, Set, Test};
use crate::policy::template::{BadVariable, Reading, Template};
use crate::policy::value::{Meaning, Value};

use super::{Check, allows};

impl Check {
    pub(super) fn conditions(&mut self, statement: &Statement) {
        let Some(element) = &statement.condition else {
            return;
        };
        let is_legible = statement
            .illegal
            .iter()
            .all(|illegal| illegal.element != "Condition");
        if element.value.is_empty() && is_legible {
            let help = "remove it, or say under which circumstances";
            self.find(
                Severity::Suggestion,
                element.span,
                "empty-list",
                "`Condition` holds no keys",
                help,
            );
        }
        for condition in &element.value {
            self.condition(condition, statement);
        }
    }

    fn condition(&mut self, condition: &Condition, statement: &Statement) {
        let written = &condition.operator.value;
        let Some(operator) = Operator::parse(written) else {
            return self.unknown_operator(condition);
        };
        if condition.values.is_empty() {
            let message = format!("no values stand under `{}`", condition.key.value);
            self.find(
                Severity::Suggestion,
                condition.span,
                "empty-list",
                message,
                "list values or remove the key",
            );
        }
        self.values(condition, operator);
        self.set_operator(condition, operator, statement);
        self.private_addresses(condition, operator);
    }

    fn unknown_operator(&mut self, condition: &Condition) {
        let operator = &condition.operator;
        let folded = operator.value.to_ascii_lowercase();
        let base = folded.rsplit(':').next().unwrap_or(&folded);
        match base {
            "nullifexists" => self.error(
                operator.span,
                "null-with-if-exists",
                "`Null` asks whether a key is there, so `IfExists` means nothing with it",
                "write `Null`",
            ),
            "null" => self.error(
                operator.span,
                "null-with-set",
                format!("`{}` is no operator: `Null` takes no set prefix", operator.value),
                "write `Null`",
            ),
            _ => self.error(
                operator.span,
                "invalid-operator",
                format!("there is no condition operator `{}`", operator.value),
                "operators are such as `StringEquals`, `ArnLike`, `IpAddress`, also with `IfExists` or `ForAnyValue:`",
            ),
        }
    }

    fn values(&mut self, condition: &Condition, operator: Operator) {
        for value in &condition.values.values {
            let text = &value.value;
            if let Some(bad) = bad_variable(text, operator, self.variables) {
                let help =
                    "a variable has the form `${aws:username}` or `${aws:username, 'default'}`";
                self.error(
                    value.span,
                    bad.code(),
                    format!("`{text}`: {}", bad.phrase()),
                    help,
                );
                continue;
            }
            if takes_variables(operator.test) {
                self.variable_without_version(value);
            } else if text.contains("${") {
                let message = format!("`{}` takes no variables", condition.operator.value);
                self.error(
                    value.span,
                    "variable-not-supported",
                    message,
                    "write the value itself",
                );
                continue;
            }
            if let Meaning::Illegal(why) =
                Value::compile(value, operator.test, self.variables).meaning
            {
                let message = format!("`{text}` under `{}`: {why}", condition.operator.value);
                self.error(
                    value.span,
                    "type-mismatch",
                    message,
                    "every value must be of the operator's type",
                );
            }
            let is_exact = matches!(
                operator.test,
                Test::StringEquals | Test::StringEqualsIgnoreCase
            );
            if is_exact && without_variables(text).contains(['*', '?']) {
                self.find(
                    Severity::Warning,
                    value.span,
                    "wildcard-without-like",
                    format!(
                        "the wildcard in `{text}` is a plain character under `{}`",
                        condition.operator.value
                    ),
                    "write `StringLike` or `StringNotLike` if any text is meant",
                );
            }
        }
    }

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    fn set_operator(&mut self, condition: &Condition, operator: Operator, statement: &Statement) {
        let key = &condition.key;
        let folded = key.value.to_ascii_lowercase();
        let (is_multi_valued, is_single_valued) = match catalogue::condition_key(&folded) {
            Some(known) => (
                known.is_multi_valued,
                !known.is_multi_valued && !is_claim(&folded),
            ),
            None => (false, false),
        };
        match operator.set {
            None if is_multi_valued && operator.test != Test::Null => self.find(
                Severity::Warning,
                condition.operator.span,
                "missing-set-operator",
                format!("`{}` is multi-valued, and what an operator without set prefix does there is not specified", key.value),
                "write `ForAnyValue:` or `ForAllValues:` before the operator",
            ),
            Some(_) if is_single_valued => self.find(
                Severity::SecurityWarning,
                condition.operator.span,
                "set-operator-single-valued",
                format!("`{}` is single-valued, and a set prefix changes what happens when it is missing", key.value),
                "leave the prefix out",
            ),
            Some(Set::All) if allows(statement) && !demands_presence(statement, &folded) => self.find(
                Severity::SecurityWarning,
                condition.operator.span,
                "for-all-values-allow",
                format!("`ForAllValues` also matches requests without `{}`", key.value),
                "add `\"Null\": {\"key\": \"false\"}` for the same key",
            ),
            _ => {}
        }
    }

    fn private_addresses(&mut self, condition: &Condition, operator: Operator) {
        if operator.test != Test::IpAddress
            || !condition.key.value.eq_ignore_ascii_case("aws:SourceIp")
        {
            return;
        }
        for value in &condition.values.values {
            let address = value.value.split('/').next().unwrap_or_default();
            if let Ok(IpAddr::V4(address)) = address.parse()
                && address.is_private()
            {
                self.find(
                    Severity::Warning,
                    value.span,
                    "private-address",
                    format!(
                        "`{}` is a private address, which `aws:SourceIp` never holds",
                        value.value
                    ),
                    "for calls through a VPC endpoint use `aws:VpcSourceIp`",
                );
            }
        }
    }
}

/// Whether the key is a claim of an identity provider. How many values it has is for the provider to say.
fn is_claim(key: &str) -> bool {
    key.split(':')
        .next()
        .is_some_and(|prefix| prefix.contains('.'))
}

fn demands_presence(statement: &Statement, key: &str) -> bool {
    let conditions = statement
        .condition
        .iter()
        .flat_map(|element| &element.value);
    conditions.into_iter().any(|condition| {
        condition.operator.value.eq_ignore_ascii_case("Null")
            && condition.key.value.eq_ignore_ascii_case(key)
            && condition
                .values
                .values
                .iter()
                .any(|value| value.value.eq_ignore_ascii_case("false"))
    })
}

fn takes_variables(test: Test) -> bool {
    matches!(
        test,
        Test::StringEquals
            | Test::StringEqualsIgnoreCase
            | Test::StringLike
            | Test::Arn
            | Test::Bool
    )
}

fn bad_variable(text: &str, operator: Operator, variables: bool) -> Option<BadVariable> {
    let reading = Reading {
        wildcards: true,
        variables: variables && takes_variables(operator.test),
    };
    Template::parse(text, reading).err()
}

/// The text without what stands in `${…}`.
fn without_variables(text: &str) -> String {
    let mut pieces = text.split("${");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('}').map_or("", |(_, behind)| behind));
    }
    plain
}
