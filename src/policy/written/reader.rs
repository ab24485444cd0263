//! Reading JSON a part at a time, so that every complaint has its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::{AccountId, Diagnostic, Span};
use crate::policy::json;

pub(super) type Read<T> = Result<T, Diagnostic>;

/// An object's members, unread.
pub(super) type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Reads parts of one text.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The text as one value, unread.
    pub(super) fn whole(&self) -> Read<&'a RawValue> {
        serde_json::from_str(self.text).map_err(|error| {
            let at = Span::at(json::offset_of(&error, self.text));
            Diagnostic::error(at, "json-syntax", json::sentence_of(&error))
        })
    }

    /// Reads a part, which `what` says how it should look.
    pub(super) fn value<T: Deserialize<'a>>(&self, raw: &'a RawValue, what: &str) -> Read<T> {
        serde_json::from_str(raw.get())
            .map_err(|error| self.bad(raw, format!("{what}: {}", json::sentence_of(&error))))
    }

    /// Reads a part whose type says by itself how it should look.
    pub(super) fn told<T: Deserialize<'a>>(&self, raw: &'a RawValue) -> Read<T> {
        serde_json::from_str(raw.get()).map_err(|error| self.bad(raw, json::sentence_of(&error)))
    }

    pub(super) fn account(&self, raw: &'a RawValue, name: &str) -> Read<AccountId> {
        let digits: String = self.value(raw, &format!("`{name}` is a string of twelve digits"))?;
        AccountId::new(&digits)
            .ok_or_else(|| self.bad(raw, format!("`{name}` is a string of twelve digits")))
    }

    pub(super) fn bad(&self, raw: &RawValue, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.span(raw), "invalid-value", message)
    }

    /// Where a part of the text stands in it.
    pub(super) fn span(&self, raw: &RawValue) -> Span {
        let start = raw.get().as_ptr().addr() - self.text.as_ptr().addr();
        Span::new(start, start + raw.get().len())
    }
}

/// The member, unless it is missing or `null`.
pub(super) fn given<'a>(members: &Members<'a>, name: &str) -> Option<&'a RawValue> {
    members.get(name).copied().filter(|raw| raw.get() != "null")
}
