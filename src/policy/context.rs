//! Condition keys with their values, as a request carries them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Condition keys with their values. Key names do not tell case apart; the case that was written is kept.
///
/// ```
/// use cipherdeck::policy::Context;
/// let context = Context::new()
///     .with("aws:SourceIp", "203.0.113.7")
///     .with_values("aws:TagKeys", ["Team"]);
/// assert!(context.get("AWS:sourceip").is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "BTreeMap<String, ContextValue>",
    into = "BTreeMap<String, ContextValue>"
)]
pub struct Context(BTreeMap<String, Entry>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    written: String,
    value: ContextValue,
}

/// What a condition key holds in this request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, from = "Written")]
pub enum ContextValue {
    /// The value of a single-valued key.
    Single(String),
    /// The values of a multi-valued key, even if it is one or none.
    Multiple(Vec<String>),
}

/// A value as JSON writes it; numbers and booleans stand for their text.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a condition key holds a string or a list of strings"
)]
enum Written {
    One(Scalar),
    Many(Vec<Scalar>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Bool(bool),
    Number(serde_json::Number),
}

impl From<Scalar> for String {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => text,
            Scalar::Bool(value) => value.to_string(),
            Scalar::Number(number) => number.to_string(),
        }
    }
}

impl From<Written> for ContextValue {
    fn from(written: Written) -> Self {
        match written {
            Written::One(value) => Self::Single(value.into()),
            Written::Many(values) => Self::Multiple(values.into_iter().map(Into::into).collect()),
        }
    }
}

impl ContextValue {
    /// The values, however many there are.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::Single(value) => std::slice::from_ref(value),
            Self::Multiple(values) => values,
        }
    }

    /// The value of a single-valued key.
    #[must_use]
    pub fn single(&self) -> Option<&str> {
        match self {
            Self::Single(value) => Some(value),
            Self::Multiple(_) => None,
        }
    }
}

impl Context {
    /// No keys.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same keys and one more that is single-valued.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.insert(key, ContextValue::Single(value.into()));
        self
    }

    /// The same keys and one more that is multi-valued.
    #[must_use]
    pub fn with_values<I>(mut self, key: impl Into<String>, values: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        let values = values.into_iter().map(Into::into).collect();
        self.insert(key, ContextValue::Multiple(values));
        self
    }

    /// Sets a key, whatever it held before.
    pub fn insert(&mut self, key: impl Into<String>, value: ContextValue) {
        let written = key.into();
        self.0
            .insert(written.to_ascii_lowercase(), Entry { written, value });
    }

    /// What `key` holds, in whatever case it is written.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&ContextValue> {
        if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.get_folded(&key.to_ascii_lowercase())
        } else {
            self.get_folded(key)
        }
    }

    /// The same for a key that is in lower case already.
    pub(super) fn get_folded(&self, key: &str) -> Option<&ContextValue> {
        self.0.get(key).map(|entry| &entry.value)
    }

    /// Every key in lower case, with what it holds.
    pub(super) fn folded(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        self.0
            .iter()
            .map(|(key, entry)| (key.as_str(), &entry.value))
    }

    /// Every key as it was written, with what it holds, ordered by its lower-case form.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        self.0
            .values()
            .map(|entry| (entry.written.as_str(), &entry.value))
    }
}

impl From<BTreeMap<String, ContextValue>> for Context {
    fn from(map: BTreeMap<String, ContextValue>) -> Self {
        map.into_iter().collect()
    }
}

impl From<Context> for BTreeMap<String, ContextValue> {
    fn from(context: Context) -> Self {
        let entries = context.0.into_values();
        entries.map(|entry| (entry.written, entry.value)).collect()
    }
}

impl<K: Into<String>> FromIterator<(K, ContextValue)> for Context {
    fn from_iter<I: IntoIterator<Item = (K, ContextValue)>>(pairs: I) -> Self {
        let mut context = Self::new();
        for (key, value) in pairs {
            context.insert(key, value);
        }
        context
    }
}
