//! The strings of `Action`, `Resource` and their `Not…` forms, each compiled or known to be illegal.

use std::borrow::Cow;

use crate::base::Span;
use crate::policy::arn_pattern::{ArnPattern, BadArn};
use crate::policy::caller::NOT_A_STRING;
use crate::policy::document::{Element, Strings};
use crate::policy::template::{Reading, Template};
use crate::policy::trace::{Truth, ValueTrace};

/// One string of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<T> {
    written: String,
    span: Span,
    meaning: Result<T, &'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ResourcePattern {
    pub(super) pattern: ArnPattern,
    /// The text with its variables, for explanations.
    pub(super) template: Option<Template>,
}

impl ResourcePattern {
    pub(super) fn parse(text: &str, variables: bool) -> Result<Self, &'static str> {
        let reading = Reading {
            wildcards: true,
            variables,
        };
        let pattern = ArnPattern::resource(text, variables).map_err(BadArn::phrase)?;
        let template = Template::parse(text, reading)
            .ok()
            .filter(Template::has_variables);
        Ok(Self { pattern, template })
    }
}

impl<T> Entry<T> {
    pub(super) fn legal(&self) -> Option<&T> {
        self.meaning.as_ref().ok()
    }

    pub(super) fn truth(&self, test: impl Fn(&T) -> Result<(), &'static str>) -> Truth {
        match &self.meaning {
            Ok(meaning) => Truth::from(test(meaning).is_ok()),
            Err(_) => Truth::CannotBeEvaluated,
        }
    }

    pub(super) fn trace(
        &self,
        test: impl Fn(&T) -> Result<(), &'static str>,
        substituted: impl Fn(&T) -> Option<String>,
    ) -> ValueTrace {
        let why = match &self.meaning {
            Ok(meaning) => test(meaning).err(),
            Err(why) => Some(*why),
        };
        ValueTrace {
            written: self.written.clone(),
            substituted: self.meaning.as_ref().ok().and_then(substituted),
            result: self.truth(test),
            why: why.map(Cow::Borrowed),
            span: self.span,
        }
    }
}

pub(super) fn any<T>(entries: &[Entry<T>], test: impl Fn(&T) -> Result<(), &'static str>) -> Truth {
    let mut any = Truth::NotMatched;
    for entry in entries {
        any = any.or(entry.truth(&test));
        if any == Truth::Matched {
            break;
        }
    }
    any
}

/// All but nothing is not everything: an empty `Not…` list cannot be evaluated.
pub(super) fn negated_if(is_negated: bool, truth: Truth, is_empty: bool) -> Truth {
    match (is_negated, is_empty) {
        (false, _) => truth,
        (true, false) => truth.negated(),
        (true, true) => Truth::CannotBeEvaluated,
    }
}

pub(super) fn entries<T>(
    element: &Element<Strings>,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Vec<Entry<T>> {
    let legal = element.value.values.iter().map(|value| Entry {
        meaning: parse(&value.value),
        written: value.value.clone(),
        span: value.span,
    });
    let illegal = element.value.illegal.iter().map(|illegal| Entry {
        meaning: Err(NOT_A_STRING),
        written: String::new(),
        span: illegal.span,
    });
    legal.chain(illegal).collect()
}
