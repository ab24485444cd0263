//! The strings of `Action`, `Resource` and their `Not…` forms, each compiled or known to be illegal.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::Span;
use crate::policy::arn_pattern::{ArnPattern, BadArn};
use crate::policy::caller::NOT_A_STRING;
use crate::policy::document::{Element, Strings};
use crate::policy::kind::PolicyType;
use crate::policy::template::{Reading, Template};
use crate::policy::trace::{Truth, ValueTrace};
use crate::policy::view::View;

/// One string of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<T> {
    written: Arc<str>,
    span: Span,
    meaning: Result<T, &'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ResourcePattern {
    pattern: ArnPattern,
    /// The text with its variables, for explanations.
    pub(super) template: Option<Template>,
    /// With the parts that the text leaves out, where it does.
    completed: Option<String>,
}

impl ResourcePattern {
    pub(super) fn parse(text: &str, variables: bool) -> Result<Self, &'static str> {
        let reading = Reading {
            wildcards: true,
            variables,
        };
        let (pattern, completed) = match ArnPattern::resource(text, variables) {
            Err(BadArn::Parts) => {
                let pattern = ArnPattern::incomplete_resource(text, variables);
                (pattern, Some(completed(text)))
            }
            whole => (whole, None),
        };
        let template = Template::parse(text, reading)
            .ok()
            .filter(Template::has_variables);
        Ok(Self {
            pattern: pattern.map_err(BadArn::phrase)?,
            template,
            completed,
        })
    }

    pub(super) fn is_everything(&self) -> bool {
        self.pattern == ArnPattern::Everything
    }

    /// Whether the request's resource is meant, in a policy of this kind.
    pub(super) fn judge(&self, kind: PolicyType, view: &View<'_>) -> Truth {
        if self.is_misplaced(kind) {
            Truth::CannotBeEvaluated
        } else {
            Truth::from(self.pattern.matches(&view.arn, view))
        }
    }

    /// Why it is not, in a short phrase.
    pub(super) fn difference(&self, kind: PolicyType, view: &View<'_>) -> &'static str {
        if self.is_misplaced(kind) {
            "only identity-based policies complete an ARN of fewer than six parts"
        } else {
            self.pattern.difference(&view.arn, view)
        }
    }

    fn is_misplaced(&self, kind: PolicyType) -> bool {
        self.completed.is_some() && !matches!(kind, PolicyType::Identity | PolicyType::Boundary)
    }

    /// What the text stands for in this request, where that is not the text itself.
    pub(super) fn meant(&self, view: &View<'_>) -> Option<String> {
        let filled = self.template.as_ref().map(|template| template.text(view));
        match (filled, &self.completed) {
            (None, completed) => completed.clone(),
            (Some(filled), None) => filled,
            (Some(filled), Some(_)) => filled.map(|text| completed(&text)),
        }
    }
}

fn completed(text: &str) -> String {
    let missing = 5_usize.saturating_sub(text.matches(':').count());
    format!("{text}{}", ":*".repeat(missing))
}

impl<T> Entry<T> {
    pub(super) fn legal(&self) -> Option<&T> {
        self.meaning.as_ref().ok()
    }

    fn judge(&self, test: impl Fn(&T) -> Truth) -> Truth {
        match &self.meaning {
            Ok(meaning) => test(meaning),
            Err(_) => Truth::CannotBeEvaluated,
        }
    }

    pub(super) fn trace(
        &self,
        test: impl Fn(&T) -> Truth,
        difference: impl Fn(&T) -> &'static str,
        meant: impl Fn(&T) -> Option<String>,
    ) -> ValueTrace {
        let result = self.judge(test);
        let why = || match &self.meaning {
            Ok(meaning) => difference(meaning),
            Err(why) => why,
        };
        ValueTrace {
            written: self.written.clone(),
            substituted: self.meaning.as_ref().ok().and_then(meant),
            result,
            why: (result != Truth::Matched).then(|| Cow::Borrowed(why())),
            span: self.span,
        }
    }
}

pub(super) fn any<T>(entries: &[Entry<T>], test: impl Fn(&T) -> Truth) -> Truth {
    let mut any = Truth::NotMatched;
    for entry in entries {
        any = any.or(entry.judge(&test));
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
        written: value.value.as_str().into(),
        span: value.span,
    });
    let illegal = element.value.illegal.iter().map(|illegal| Entry {
        meaning: Err(NOT_A_STRING),
        written: Arc::default(),
        span: illegal.span,
    });
    legal.chain(illegal).collect()
}
