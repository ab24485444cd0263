//! How the trace words what became of an element.

use std::borrow::Cow;

use crate::base::Span;
use crate::policy::caller::{Entry, Grip, Who};
use crate::policy::trace::{ClauseTrace, Truth, ValueTrace};
use crate::policy::view::View;

const GRAMMAR: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";

/// An element that has a `Not…` form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    Principal,
    Action,
    Resource,
}

macro_rules! page {
    ($element:literal) => {
        concat!(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_",
            $element,
            ".html"
        )
    };
}

impl Listing {
    pub(super) fn name(self, is_negated: bool) -> &'static str {
        match (self, is_negated) {
            (Self::Principal, false) => "Principal",
            (Self::Principal, true) => "NotPrincipal",
            (Self::Action, false) => "Action",
            (Self::Action, true) => "NotAction",
            (Self::Resource, false) => "Resource",
            (Self::Resource, true) => "NotResource",
        }
    }

    pub(super) fn page(self, is_negated: bool) -> &'static str {
        match (self, is_negated) {
            (Self::Principal, false) => page!("principal"),
            (Self::Principal, true) => page!("notprincipal"),
            (Self::Action, false) => page!("action"),
            (Self::Action, true) => page!("notaction"),
            (Self::Resource, false) => page!("resource"),
            (Self::Resource, true) => page!("notresource"),
        }
    }

    pub(super) fn why(self, truth: Truth, is_negated: bool) -> &'static str {
        let [listed, not_listed, excepted] = match self {
            Self::Principal => [
                "the caller is listed",
                "the caller is not listed",
                "the caller is listed, so it is excepted",
            ],
            Self::Action => [
                "the action is listed",
                "the action is not listed",
                "the action is listed, so it is excepted",
            ],
            Self::Resource => [
                "the resource is listed",
                "the resource is not listed",
                "the resource is listed, so it is excepted",
            ],
        };
        match (truth, is_negated) {
            (Truth::Matched, false) => listed,
            (Truth::Matched, true) | (Truth::NotMatched, false) => not_listed,
            (Truth::NotMatched, true) => excepted,
            (Truth::CannotBeEvaluated, _) => "the list cannot be evaluated",
        }
    }
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

pub(super) fn illegal_clause(
    element: impl Into<Cow<'static, str>>,
    why: Cow<'static, str>,
    span: Span,
) -> ClauseTrace {
    ClauseTrace {
        element: element.into(),
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
