//! How the trace words what became of an element.

use std::borrow::Cow;

use crate::base::Span;
use crate::policy::caller::{Entry, Grip, Who};
use crate::policy::trace::{ClauseTrace, Truth, ValueTrace};
use crate::policy::view::View;

const ELEMENTS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements";
const GRAMMAR: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

pub(super) fn name(element: &'static str, is_negated: bool) -> Cow<'static, str> {
    if is_negated {
        format!("Not{element}").into()
    } else {
        element.into()
    }
}

pub(super) fn page(element: &str, is_negated: bool) -> Cow<'static, str> {
    let not = if is_negated { "not" } else { "" };
    format!("{ELEMENTS}_{not}{element}.html").into()
}

pub(super) fn why(truth: Truth, is_negated: bool, subject: &str) -> Cow<'static, str> {
    match (truth, is_negated) {
        (Truth::Matched, false) => format!("{subject} is listed"),
        (Truth::Matched, true) | (Truth::NotMatched, false) => format!("{subject} is not listed"),
        (Truth::NotMatched, true) => format!("{subject} is listed, so it is excepted"),
        (Truth::CannotBeEvaluated, _) => "the list cannot be evaluated".to_owned(),
    }
    .into()
}

pub(super) fn named_why(truth: Truth, grip: Grip) -> &'static str {
    match (truth, grip) {
        (Truth::NotMatched, _) => "the caller is not named",
        (Truth::CannotBeEvaluated, _) => "the list cannot be evaluated",
        (Truth::Matched, Grip::Direct) => "the caller itself is named",
        (Truth::Matched, Grip::Role) => "the caller's role or user is named",
        (Truth::Matched, Grip::Account | Grip::None) => "the caller's account is named",
    }
}

pub(super) fn not_principal_why(truth: Truth, is_bounded: bool) -> &'static str {
    match truth {
        Truth::NotMatched => "the caller is listed with every part of its chain, so it is excepted",
        Truth::Matched if is_bounded => "a caller with a permissions boundary is never excepted",
        Truth::Matched => {
            "not every part of the caller's chain (account, user or role, session) is listed"
        }
        Truth::CannotBeEvaluated => "the list cannot be evaluated",
    }
}

pub(super) fn caller_trace(entry: &Entry, view: &View<'_>) -> ValueTrace {
    let (result, _) = entry.who.names(&view.request.principal);
    let why = match (&entry.who, result) {
        (_, Truth::Matched) => None,
        (Who::Illegal(why), _) => Some(*why),
        (Who::UniqueId, _) => Some("the user or role with this id is gone or was made anew"),
        _ => Some("another principal"),
    };
    ValueTrace {
        written: entry.written.clone(),
        substituted: None,
        result,
        why: why.map(Cow::Borrowed),
        span: entry.span,
    }
}

pub(super) fn illegal_clause(element: &str, why: Cow<'static, str>, span: Span) -> ClauseTrace {
    ClauseTrace {
        element: Cow::Owned(element.to_owned()),
        operator: None,
        key: None,
        request: None,
        values: Vec::new(),
        result: Truth::CannotBeEvaluated,
        why,
        unspecified: None,
        span,
        source: Cow::Borrowed(GRAMMAR),
    }
}
