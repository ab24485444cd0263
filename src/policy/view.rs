//! A request as the policies see it: for one resource, with the keys that follow from it. What every statement asks for
//! is taken apart once.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::arn_pattern::ArnParts;
use super::context::ContextValue;
use super::key::{self, Key};
use super::request::{Request, Resource};
use super::template::Lookup;

/// One resource of a request.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) request: &'a Request,
    pub(super) resource: &'a Resource,
    /// In lower case.
    pub(super) action: String,
    /// Where the action's colon stands.
    colon: Option<usize>,
    pub(super) arn: ArnParts<'a>,
    /// The mark of each key of the request, its name in lower case, and what it holds.
    keys: Vec<(u64, &'a str, &'a ContextValue)>,
    principal_arn: OnceCell<Option<String>>,
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
        let keys = request.context.folded();
        Self {
            request,
            resource,
            action: request.action.to_ascii_lowercase(),
            colon: request.action.find(':'),
            arn: ArnParts::of(&resource.arn),
            keys: keys
                .map(|(name, value)| (key::mark(name), name, value))
                .collect(),
            principal_arn: OnceCell::new(),
        }
    }

    /// What `key` holds. What the request says stands above what follows from it.
    pub(super) fn get(&self, key: &Key) -> Option<Held<'_>> {
        let mut keys = self.keys.iter();
        if let Some((.., value)) = keys.find(|(mark, name, _)| key.is(name, *mark)) {
            return Some(match value {
                ContextValue::Single(value) => Held::Single(Cow::Borrowed(value)),
                ContextValue::Multiple(values) => Held::Multiple(values),
            });
        }
        let principal = &self.request.principal;
        let derived = match key.name() {
            "aws:principalarn" => self.principal_arn(),
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

    fn principal_arn(&self) -> Option<&str> {
        let arn = || {
            let arn = self.request.principal.principal_arn();
            arn.map(|arn| arn.to_string())
        };
        self.principal_arn.get_or_init(arn).as_deref()
    }

    /// The action's service, in lower case; empty where it names none.
    pub(super) fn service(&self) -> &str {
        self.colon.map_or("", |colon| &self.action[..colon])
    }

    /// The action's name without its service, in lower case.
    pub(super) fn operation(&self) -> &str {
        self.colon
            .map_or(self.action.as_str(), |colon| &self.action[colon + 1..])
    }
}

/// Only single-valued keys fill variables.
impl Lookup for View<'_> {
    fn value(&self, key: &Key) -> Option<Cow<'_, str>> {
        match self.get(key)? {
            Held::Single(value) => Some(value),
            Held::Multiple(_) => None,
        }
    }
}
