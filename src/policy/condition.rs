//! One key under one operator of a `Condition`.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::Span;

use super::caller::NOT_A_STRING;
use super::document;
use super::key::Key;
use super::operator::{Operator, Set, Test};
use super::recorder::Recorder;
use super::trace::{ClauseTrace, Truth, Unspecified, ValueTrace};
use super::value::{Meaning, Value};
use super::view::{Held, View};

const OPERATORS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const IF_EXISTS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists";
const MULTIPLE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html";
const SETS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";

/// Why a single-valued operator on a multi-valued key matches nothing.
pub(super) const NEEDS_SET: &str =
    "the key is multi-valued and the operator has no set prefix, so nothing matches";

/// A condition, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    operator_written: Arc<str>,
    key_written: Arc<str>,
    key: Key,
    /// Nothing where there is no such operator.
    operator: Option<Operator>,
    values: Vec<Value>,
    span: Span,
}

/// What a condition came to: the reason, and the page that says so.
struct Finding {
    truth: Truth,
    why: &'static str,
    source: &'static str,
}

impl Condition {
    pub(super) fn compile(written: &document::Condition, variables: bool) -> Self {
        let operator = Operator::parse(&written.operator.value);
        let compile = |value| match operator {
            Some(operator) => Value::compile(value, operator.test, variables),
            None => Value {
                written: value.value.as_str().into(),
                span: value.span,
                meaning: Meaning::Illegal("there is no such operator"),
            },
        };
        let legal = written.values.values.iter().map(compile);
        let illegal = written.values.illegal.iter().map(|illegal| Value {
            written: Arc::default(),
            span: illegal.span,
            meaning: Meaning::Illegal(NOT_A_STRING),
        });
        Self {
            values: legal.chain(illegal).collect(),
            operator_written: written.operator.value.as_str().into(),
            key: Key::new(&written.key.value),
            key_written: written.key.value.as_str().into(),
            operator,
            span: written.span,
        }
    }

    pub(super) fn test<R: Recorder>(&self, view: &View<'_>, recorder: &mut R) -> Truth {
        let held = view.get(&self.key);
        let finding = self.find(held.as_ref(), view);
        recorder.clause(|| ClauseTrace {
            element: Cow::Borrowed("Condition"),
            operator: Some(self.operator_written.clone()),
            key: Some(self.key_written.clone()),
            request: view.told(&self.key),
            values: self.value_traces(held.as_ref(), view),
            result: finding.truth,
            why: Cow::Borrowed(finding.why),
            unspecified: self.unspecified(held.as_ref(), view),
            span: self.span,
            source: Cow::Borrowed(finding.source),
        });
        finding.truth
    }

    fn find(&self, held: Option<&Held<'_>>, view: &View<'_>) -> Finding {
        let Some(operator) = self.operator else {
            return found(
                Truth::CannotBeEvaluated,
                "there is no such operator",
                OPERATORS,
            );
        };
        // A set without members is the same as no key.
        let held = held.filter(|held| !matches!(held, Held::Multiple([])));
        if operator.test == Test::Null {
            return self.presence(held.is_some());
        }
        let Some(held) = held else {
            return missing(operator);
        };
        match (operator.set, held) {
            (None, Held::Single(value)) => {
                let truth = self.value(operator, value, view);
                let source = if self.values.len() > 1 {
                    MULTIPLE
                } else {
                    operator.test.page()
                };
                found(truth, reason(truth, operator.negated), source)
            }
            (None, Held::Multiple(_)) => found(Truth::NotMatched, NEEDS_SET, SETS),
            (Some(set), Held::Single(value)) => {
                self.set(set, operator, std::iter::once(&**value), view)
            }
            (Some(set), Held::Multiple(values)) => {
                self.set(set, operator, values.iter().map(String::as_str), view)
            }
        }
    }

    fn presence(&self, is_present: bool) -> Finding {
        let truth = self.values.iter().map(|value| match &value.meaning {
            Meaning::Null(wants_missing) => Truth::from(*wants_missing != is_present),
            _ => Truth::CannotBeEvaluated,
        });
        let truth = truth.fold(Truth::NotMatched, Truth::or);
        let why = if is_present {
            "the key is present"
        } else {
            "the key is missing"
        };
        found(truth, why, Test::Null.page())
    }

    /// One value of the request against all of the policy: any of them, or under a negated operator none of them.
    fn value(&self, operator: Operator, held: &str, view: &View<'_>) -> Truth {
        let mut any = Truth::NotMatched;
        for value in &self.values {
            any = any.or(value.judge(held, view).0);
            if any == Truth::Matched {
                break;
            }
        }
        if operator.negated { any.negated() } else { any }
    }

    fn set<'v>(
        &self,
        set: Set,
        operator: Operator,
        held: impl Iterator<Item = &'v str>,
        view: &View<'_>,
    ) -> Finding {
        let mut each = held.map(|value| self.value(operator, value, view));
        match set {
            Set::All => {
                let truth = each.fold(Truth::Matched, Truth::and);
                let why = match truth {
                    Truth::Matched => "every value of the request fits",
                    _ => "a value of the request does not fit",
                };
                found(truth, why, SETS)
            }
            Set::Any => {
                let truth = each.try_fold(Truth::NotMatched, |any, one| match any.or(one) {
                    Truth::Matched => Err(Truth::Matched),
                    other => Ok(other),
                });
                let truth = truth.unwrap_or_else(|matched| matched);
                let why = match truth {
                    Truth::Matched => "a value of the request fits",
                    _ => "no value of the request fits",
                };
                found(truth, why, SETS)
            }
        }
    }

    /// What AWS leaves open here.
    fn unspecified(&self, held: Option<&Held<'_>>, view: &View<'_>) -> Option<Unspecified> {
        let operator = self
            .operator
            .filter(|operator| operator.test != Test::Null)?;
        match held? {
            Held::Multiple([_, ..]) if operator.set.is_none() => {
                Some(Unspecified::MissingSetOperator)
            }
            held => {
                let values = self.values.iter();
                let mut all = values.flat_map(|value| held.values().map(move |one| (value, one)));
                all.find_map(|(value, one)| value.unspecified(one, view))
            }
        }
    }

    fn value_traces(&self, held: Option<&Held<'_>>, view: &View<'_>) -> Vec<ValueTrace> {
        let held: Vec<&str> = held.into_iter().flat_map(Held::values).collect();
        let trace = |value: &Value| {
            let (result, why) = value.trace(&held, view);
            ValueTrace {
                written: value.written.clone(),
                substituted: value.substituted(view),
                result,
                why: why.map(Cow::Borrowed),
                span: value.span,
            }
        };
        self.values.iter().map(trace).collect()
    }
}

impl Value {
    /// The value against everything the request holds: whether any of it matches, else why the first does not.
    fn trace(&self, held: &[&str], view: &View<'_>) -> (Truth, Option<&'static str>) {
        if let Meaning::Null(wants_missing) = self.meaning {
            return (Truth::from(wants_missing == held.is_empty()), None);
        }
        let mut all = held.iter().map(|one| (one, self.judge(one, view)));
        let Some((first, (mut truth, why))) = all.next() else {
            return match self.meaning {
                Meaning::Illegal(why) => (Truth::CannotBeEvaluated, Some(why)),
                _ => (Truth::NotMatched, Some("the key is missing")),
            };
        };
        let why = if why == "differs" {
            self.closer_reason(first, view).unwrap_or(why)
        } else {
            why
        };
        for (_, (one, _)) in all {
            truth = truth.or(one);
        }
        (truth, (truth != Truth::Matched).then_some(why))
    }
}

fn missing(operator: Operator) -> Finding {
    match operator {
        Operator {
            if_exists: true, ..
        } => found(
            Truth::Matched,
            "the key is missing, which `IfExists` lets pass",
            IF_EXISTS,
        ),
        Operator {
            set: Some(Set::All),
            ..
        } => found(
            Truth::Matched,
            "the key is missing, which `ForAllValues` lets pass",
            SETS,
        ),
        Operator {
            set: Some(Set::Any),
            ..
        } => found(Truth::NotMatched, "the key is missing", SETS),
        Operator { negated: true, .. } => found(
            Truth::Matched,
            "the key is missing, which a negated operator lets pass",
            OPERATORS,
        ),
        _ => found(Truth::NotMatched, "the key is missing", OPERATORS),
    }
}

fn reason(truth: Truth, negated: bool) -> &'static str {
    match (truth, negated) {
        (Truth::Matched, false) => "a value matches",
        (Truth::Matched, true) => "no value matches, as the operator wants",
        (Truth::NotMatched, false) => "no value matches",
        (Truth::NotMatched, true) => "a value matches, which the operator excludes",
        (Truth::CannotBeEvaluated, _) => "a value cannot be compared",
    }
}

fn found(truth: Truth, why: &'static str, source: &'static str) -> Finding {
    Finding { truth, why, source }
}
