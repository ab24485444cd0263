//! A request as the policies see it: for one resource, with the keys that follow from it. What every statement asks for
//! is taken apart once.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

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
    keys: Vec<KeyHeld<'a>>,
    principal_arn: OnceCell<Option<String>>,
    told_action: Told,
    told_resource: Told,
    told_caller: Told,
}

/// What a trace says of the request, made once for all the clauses that say it, and only where somebody listens.
type Told = OnceCell<Arc<ContextValue>>;

/// A key that the request itself holds.
#[derive(Debug)]
struct KeyHeld<'a> {
    /// The mark of its name.
    mark: u64,
    /// In lower case.
    name: &'a str,
    value: &'a ContextValue,
    told: Told,
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
                .map(|(name, value)| KeyHeld {
                    mark: key::mark(name),
                    name,
                    value,
                    told: Told::new(),
                })
                .collect(),
            principal_arn: OnceCell::new(),
            told_action: Told::new(),
            told_resource: Told::new(),
            told_caller: Told::new(),
        }
    }

    /// What `key` holds. What the request says stands above what follows from it.
    pub(super) fn get(&self, key: &Key) -> Option<Held<'_>> {
        match self.held(key) {
            None => self.derived(key),
            Some(held) => Some(match held.value {
                ContextValue::Single(value) => Held::Single(Cow::Borrowed(value)),
                ContextValue::Multiple(values) => Held::Multiple(values),
            }),
        }
    }

    fn held(&self, key: &Key) -> Option<&KeyHeld<'a>> {
        let mut keys = self.keys.iter();
        keys.find(|held| key.is(held.name, held.mark))
    }

    /// What a key holds that follows from caller and resource.
    fn derived(&self, key: &Key) -> Option<Held<'_>> {
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

    /// What `key` holds, for a trace.
    pub(super) fn told(&self, key: &Key) -> Option<Arc<ContextValue>> {
        match self.held(key) {
            None => match self.derived(key)? {
                Held::Single(value) => Some(single(value)),
                Held::Multiple(values) => Some(Arc::new(ContextValue::Multiple(values.to_vec()))),
            },
            Some(held) => {
                let told = held.told.get_or_init(|| Arc::new(held.value.clone()));
                Some(told.clone())
            }
        }
    }

    /// The action as the request writes it, for a trace.
    pub(super) fn told_action(&self) -> Arc<ContextValue> {
        let told = || single(self.request.action.as_str());
        self.told_action.get_or_init(told).clone()
    }

    /// The resource's ARN, for a trace.
    pub(super) fn told_resource(&self) -> Arc<ContextValue> {
        let told = || single(self.resource.arn.as_str());
        self.told_resource.get_or_init(told).clone()
    }

    /// The caller, for a trace.
    pub(super) fn told_caller(&self) -> Arc<ContextValue> {
        let told = || single(self.request.principal.to_string());
        self.told_caller.get_or_init(told).clone()
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

fn single(value: impl Into<String>) -> Arc<ContextValue> {
    Arc::new(ContextValue::Single(value.into()))
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
