//! Findings about conditions.

mod key;
mod set;
mod trap;
mod value;

pub(super) use trap::demands;

use crate::policy::document::{Condition, Spanned, Statement};
use crate::policy::operator::{Operator, Test};
use crate::policy::template::{BadVariable, Reading, Template};
use crate::policy::value::{Meaning, Value};

use super::Check;
use super::reach::Reach;

impl Check {
    pub(super) fn conditions(&mut self, statement: &Statement, reach: Option<&Reach<'_>>) {
        let Some(element) = &statement.condition else {
            return;
        };
        let is_legible = statement
            .illegal
            .iter()
            .all(|illegal| illegal.element != "Condition");
        if element.value.is_empty() && is_legible {
            self.suggestion(
                element.span,
                "empty-list",
                "`Condition` holds no keys",
                "remove it, or say under which circumstances",
            );
        }
        for condition in &element.value {
            self.condition(condition, statement);
            if self.looks_closer {
                self.condition_key(condition, reach);
            }
        }
        self.traps(statement, &element.value);
    }

    fn condition(&mut self, condition: &Condition, statement: &Statement) {
        let written = &condition.operator.value;
        let Some(operator) = Operator::parse(written) else {
            return self.unknown_operator(&condition.operator);
        };
        if condition.values.is_empty() {
            self.suggestion(
                condition.span,
                "empty-list",
                format!("no values stand under `{}`", condition.key.value),
                "list values or remove the key",
            );
        }
        for value in &condition.values.values {
            if self.value_is_legible(value, operator, condition) {
                self.value_form(value, operator, condition, statement);
            }
        }
        self.redundant_values(&condition.values.values, operator.test);
        self.both_booleans(condition, operator);
        self.set_operator(condition, operator, statement);
    }

    fn unknown_operator(&mut self, operator: &Spanned<String>) {
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

    /// Whether the value can be compared at all.
    fn value_is_legible(
        &mut self,
        value: &Spanned<String>,
        operator: Operator,
        condition: &Condition,
    ) -> bool {
        let (text, written) = (&value.value, &condition.operator.value);
        if let Some(bad) = bad_variable(text, operator, self.variables) {
            let help = "a variable has the form `${aws:username}` or `${aws:username, 'default'}`";
            self.error(
                value.span,
                bad.code(),
                format!("`{text}`: {}", bad.phrase()),
                help,
            );
            return false;
        }
        if takes_variables(operator.test) {
            self.variable_without_version(value);
            self.variable_names(value);
        } else if text.contains("${") {
            self.error(
                value.span,
                "variable-not-supported",
                format!("`{written}` takes no variables"),
                "write the value itself",
            );
            return false;
        }
        if let Meaning::Illegal(why) = Value::compile(value, operator.test, self.variables).meaning
        {
            self.error(
                value.span,
                "type-mismatch",
                format!("`{text}` under `{written}`: {why}"),
                "every value must be of the operator's type",
            );
            return false;
        }
        let is_exact = matches!(
            operator.test,
            Test::StringEquals | Test::StringEqualsIgnoreCase
        );
        if is_exact && without_variables(text).contains(['*', '?']) {
            self.warning(
                value.span,
                "wildcard-without-like",
                format!("the wildcard in `{text}` is a plain character under `{written}`"),
                "write `StringLike` or `StringNotLike` if any text is meant",
            );
            return false;
        }
        true
    }
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
