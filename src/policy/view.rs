//! A request as the policies see it: for one resource, with the keys that follow from it.

use std::borrow::Cow;

use super::context::ContextValue;
use super::request::{Request, Resource};
use super::template::Lookup;

/// One resource of a request.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) request: &'a Request,
    pub(super) resource: &'a Resource,
    /// In lower case.
    pub(super) action: String,
    principal_arn: Option<String>,
}

/// What a condition key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held<'a> {
    Single(Cow<'a, str>),
    Multiple(&'a [String]),
}

impl Held<'_> {
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        let (single, multiple) = match self {
            Self::Single(value) => (Some(&**value), &[][..]),
            Self::Multiple(values) => (None, *values),
        };
        single
            .into_iter()
            .chain(multiple.iter().map(String::as_str))
    }

    pub(super) fn to_value(&self) -> ContextValue {
        match self {
            Self::Single(value) => ContextValue::Single(value.clone().into_owned()),
            Self::Multiple(values) => ContextValue::Multiple(values.to_vec()),
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn new(request: &'a Request, resource: &'a Resource) -> Self {
        Self {
            request,
            resource,
            action: request.action.to_ascii_lowercase(),
            principal_arn: request.principal.principal_arn().map(|arn| arn.to_string()),
        }
    }

    /// What `key` holds, which is in lower case. What the request says stands above what follows from it.
    pub(super) fn get(&self, key: &str) -> Option<Held<'_>> {
        if let Some(value) = self.request.context.get_folded(key) {
            return Some(match value {
                ContextValue::Single(value) => Held::Single(Cow::Borrowed(value)),
                ContextValue::Multiple(values) => Held::Multiple(values),
            });
        }
        let principal = &self.request.principal;
        let derived = match key {
            "aws:principalarn" => self.principal_arn.as_deref(),
            "aws:principalaccount" => principal.account().map(|account| account.as_str()),
            "aws:principaltype" => principal.principal_type(),
            "aws:resourceaccount" => self
                .resource
                .account
                .as_ref()
                .map(|account| account.as_str()),
            _ => None,
        };
        derived.map(|value| Held::Single(Cow::Borrowed(value)))
    }

    /// Whether the action is of this service; `service` is in lower case.
    pub(super) fn is_of_service(&self, service: &str) -> bool {
        super::request::service_of(&self.action) == service
    }
}

/// Only single-valued keys fill variables.
impl Lookup for View<'_> {
    fn value(&self, key: &str) -> Option<Cow<'_, str>> {
        match self.get(key)? {
            Held::Single(value) => Some(value),
            Held::Multiple(_) => None,
        }
    }
}
