//! The tables of a TOML file, read key by key: what is missing, what is wrong and what no one asks for is said with
//! its place, and takes nothing else with it.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::{Diagnostic, Span};

/// What is found while a file is read.
pub(super) type Findings = RefCell<Vec<Diagnostic>>;

/// A value with its place.
#[derive(Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub span: Span,
}

/// What a value has to be: what it reads as, or what it should have been.
pub(super) type Read<T> = fn(&DeValue<'_>) -> Result<T, &'static str>;

/// One table, less the keys that were asked for.
#[derive(Debug)]
pub(super) struct Table<'a> {
    entries: DeTable<'a>,
    span: Span,
    asked: Vec<&'static str>,
    findings: &'a Findings,
}

impl<'a> Table<'a> {
    /// The table that a whole file is; nothing where it is no TOML.
    pub(super) fn parse(text: &'a str, findings: &'a Findings) -> Option<Self> {
        match DeTable::parse(text) {
            Ok(table) => Some(Self::new(table.span().into(), table.into_inner(), findings)),
            Err(error) => {
                let span = error.span().map_or(Span::default(), Span::from);
                let message = error.message().lines().next().unwrap_or("broken TOML");
                let finding = Diagnostic::error(span, "broken-toml", message);
                findings.borrow_mut().push(finding);
                None
            }
        }
    }

    fn new(span: Span, entries: DeTable<'a>, findings: &'a Findings) -> Self {
        Self {
            entries,
            span,
            asked: Vec::new(),
            findings,
        }
    }

    /// Says that something is wrong.
    pub(super) fn refuse(&self, span: Span, code: &str, message: impl Into<String>) {
        self.push(Diagnostic::error(span, code, message));
    }

    fn push(&self, finding: Diagnostic) {
        self.findings.borrow_mut().push(finding);
    }

    /// The value of a key that has to be there.
    pub(super) fn required<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Placed<T>> {
        let (span, value) = self.take_required(key)?;
        self.read(span, &value, read)
    }

    /// The value of a key that may be left out.
    pub(super) fn optional<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Placed<T>> {
        let (span, value) = self.take(key)?;
        self.read(span, &value, read)
    }

    /// The values of a list that has to be there.
    pub(super) fn list<T>(&mut self, key: &'static str, read: Read<T>) -> Option<Vec<Placed<T>>> {
        let (span, value) = self.take_required(key)?;
        let DeValue::Array(items) = value else {
            self.refuse(span, "wrong-value", "it should be a list");
            return None;
        };
        let read = |item: &Spanned<_>| self.read(item.span().into(), item.get_ref(), read);
        Some(items.iter().filter_map(read).collect())
    }

    /// The tables of this name, in the order of the file.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<Table<'a>> {
        let items = match self.take(key) {
            Some((_, DeValue::Array(items))) => items,
            Some((span, _)) => {
                self.refuse(span, "wrong-value", format!("`{key}` is a list of tables"));
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let table = |item: Spanned<DeValue<'a>>| match (item.span().into(), item.into_inner()) {
            (span, DeValue::Table(entries)) => Some(Self::new(span, entries, self.findings)),
            (span, _) => {
                self.refuse(span, "wrong-value", "it is no table");
                None
            }
        };
        items.into_iter().filter_map(table).collect()
    }

    /// Refuses every key that no one asked for.
    pub(super) fn finish(self) {
        let help = format!("the keys are {}", self.asked.join(", "));
        for key in self.entries.keys() {
            let message = format!("the key `{}` is not known", key.get_ref());
            let finding = Diagnostic::error(key.span().into(), "unknown-key", message);
            self.push(finding.with_help(help.as_str()));
        }
    }

    fn take_required(&mut self, key: &'static str) -> Option<(Span, DeValue<'a>)> {
        let value = self.take(key);
        if value.is_none() {
            let message = format!("the key `{key}` is missing");
            self.refuse(self.span, "missing-key", message);
        }
        value
    }

    fn take(&mut self, key: &'static str) -> Option<(Span, DeValue<'a>)> {
        self.asked.push(key);
        let value = self.entries.remove(key)?;
        Some((value.span().into(), value.into_inner()))
    }

    fn read<T>(&self, span: Span, value: &DeValue<'_>, read: Read<T>) -> Option<Placed<T>> {
        match read(value) {
            Ok(value) => Some(Placed { value, span }),
            Err(expected) => {
                self.refuse(span, "wrong-value", format!("it should be {expected}"));
                None
            }
        }
    }
}

/// Words.
pub(super) fn words(value: &DeValue<'_>) -> Result<String, &'static str> {
    value.as_str().map(str::to_owned).ok_or("words in quotes")
}

/// A web address.
pub(super) fn address(value: &DeValue<'_>) -> Result<String, &'static str> {
    let text = value.as_str().filter(|text| text.starts_with("https://"));
    text.map(str::to_owned)
        .ok_or("an address that starts with `https://`")
}

/// A whole number that is not negative.
pub(super) fn count(value: &DeValue<'_>) -> Result<u32, &'static str> {
    let number = value.as_integer();
    number
        .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
        .ok_or("a whole number")
}

/// A day, as `2026-01-01`.
pub(super) fn day(value: &DeValue<'_>) -> Result<String, &'static str> {
    date(value).map(written).ok_or("a day such as 2026-01-01")
}

/// The day that a value is.
pub(super) fn date(value: &DeValue<'_>) -> Option<time::Date> {
    let datetime = value.as_datetime()?;
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    let month = time::Month::try_from(date.month).ok()?;
    time::Date::from_calendar_date(date.year.into(), month, date.day).ok()
}

/// A day as files have it.
pub(super) fn written(date: time::Date) -> String {
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    format!("{year:04}-{month:02}-{day:02}")
}
