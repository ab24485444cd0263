//! Facts that change over time, each with its date and source: `facts.toml`.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::id::FactId;
use crate::base::{Diagnostic, Span};

/// The dated facts of a course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// In the order of the file.
    pub facts: Vec<Fact>,
}

/// One fact, as it is and as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name.
    pub id: FactId,
    /// A sentence with `{value}` in the place of the value.
    pub says: String,
    /// The value in force.
    pub value: FactValue,
    /// When it began, or was last seen true in a source (`2026-01-01`), if known.
    pub since: Option<String>,
    /// The address of the page that says so.
    pub source: String,
    /// What older notes say, where they differ.
    pub seed: Option<String>,
    /// What it was before.
    pub was: Vec<EarlierValue>,
}

/// A value that is no longer in force.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierValue {
    /// The value.
    pub value: FactValue,
    /// The last day on which it held, if known.
    pub until: Option<String>,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A day.
    Date(time::Date),
    /// Words.
    Text(String),
}

impl FactValue {
    /// Whether `text` states this value: numbers may have their thousands grouped by commas, as in `100,000`, and a day
    /// may be written `2023-01-05`, `5 January 2023` or `January 5, 2023`.
    #[must_use]
    pub fn is_stated_by(&self, text: &str) -> bool {
        let text = text.trim();
        if let Self::Date(date) = self {
            let (year, month, day) = (date.year(), date.month(), date.day());
            if text == format!("{month} {day}, {year}") {
                return true;
            }
        }
        text == self.to_string() || text == self.readable()
    }

    /// The value as one reads it: thousands grouped by commas, a day as `5 January 2023`.
    #[must_use]
    pub fn readable(&self) -> String {
        match self {
            Self::Integer(_) | Self::Decimal(_) => self.grouped(),
            Self::Date(date) => format!("{} {} {}", date.day(), date.month(), date.year()),
            Self::Text(text) => text.clone(),
        }
    }

    fn grouped(&self) -> String {
        let plain = self.to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (sign, digits) = whole
            .strip_prefix('-')
            .map_or(("", whole), |digits| ("-", digits));
        let mut text = sign.to_owned();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        text
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Decimal(value) => value.fmt(f),
            Self::Date(date) => {
                let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
                write!(f, "{year:04}-{month:02}-{day:02}")
            }
            Self::Text(value) => value.fmt(f),
        }
    }
}

impl Facts {
    /// Reads `facts.toml`: what is right of it, and what is wrong.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let file: FactFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                diagnostics.push(broken_toml(&error));
                return (Self::default(), diagnostics);
            }
        };
        let mut facts = Self::default();
        for entry in file.fact {
            let span = entry.id.span().into();
            match entry.into_fact(&mut diagnostics) {
                Some(fact) if facts.get(&fact.id).is_some() => {
                    let message = format!("two facts are called `{}`", fact.id);
                    diagnostics.push(Diagnostic::error(span, "duplicate-id", message));
                }
                fact => facts.facts.extend(fact),
            }
        }
        (facts, diagnostics)
    }

    /// The fact of this name.
    #[must_use]
    pub fn get(&self, id: &FactId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == *id)
    }
}

/// A TOML text that cannot be read, with the place that the parser names.
pub(super) fn broken_toml(error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::default(), Span::from);
    let message = error
        .message()
        .lines()
        .next()
        .unwrap_or("broken TOML")
        .to_owned();
    Diagnostic::error(span, "broken-toml", message)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactFile {
    #[serde(default)]
    fact: Vec<FactEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactEntry {
    id: Spanned<String>,
    says: Spanned<String>,
    value: Spanned<toml::Value>,
    since: Option<Spanned<Datetime>>,
    source: Spanned<String>,
    seed: Option<String>,
    #[serde(default)]
    was: Vec<EarlierEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EarlierEntry {
    value: Spanned<toml::Value>,
    until: Option<Spanned<Datetime>>,
}

impl FactEntry {
    fn into_fact(self, diagnostics: &mut Vec<Diagnostic>) -> Option<Fact> {
        let mut refuse = |span: std::ops::Range<usize>, code, message: String| {
            diagnostics.push(Diagnostic::error(span.into(), code, message));
        };
        let id = self.id.get_ref().parse().ok();
        if id.is_none() {
            let message = format!("`{}` is no name of a fact", self.id.get_ref());
            refuse(self.id.span(), "invalid-id", message);
        }
        if !self.says.get_ref().contains("{value}") {
            let message = "`says` has no `{value}` in it".to_owned();
            refuse(self.says.span(), "wrong-value", message);
        }
        if !self.source.get_ref().starts_with("https://") {
            let message = format!("`{}` is no address", self.source.get_ref());
            refuse(self.source.span(), "wrong-value", message);
        }
        let dates = self.was.iter().filter_map(|earlier| earlier.until.as_ref());
        for date in self.since.iter().chain(dates) {
            if date.get_ref().date.is_none() {
                let message = format!("`{}` is no date", date.get_ref());
                refuse(date.span(), "wrong-value", message);
            }
        }
        let mut read = |value: Spanned<toml::Value>| {
            let span = value.span();
            let read = fact_value(value.into_inner());
            if read.is_none() {
                let message = "a value is a number, a day or words".to_owned();
                refuse(span, "wrong-value", message);
            }
            read
        };
        let value = read(self.value);
        let was = self.was.into_iter().filter_map(|earlier| {
            Some(EarlierValue {
                value: read(earlier.value)?,
                until: earlier.until.map(|date| date.into_inner().to_string()),
            })
        });
        let was = was.collect();
        Some(Fact {
            id: id?,
            says: self.says.into_inner(),
            value: value?,
            since: self.since.map(|date| date.into_inner().to_string()),
            source: self.source.into_inner(),
            seed: self.seed,
            was,
        })
    }
}

fn fact_value(value: toml::Value) -> Option<FactValue> {
    match value {
        toml::Value::Integer(value) => Some(FactValue::Integer(value)),
        toml::Value::Float(value) => Some(FactValue::Decimal(value)),
        toml::Value::String(value) => Some(FactValue::Text(value)),
        toml::Value::Datetime(value) if value.time.is_none() => {
            let date = value.date?;
            let month = time::Month::try_from(date.month).ok()?;
            time::Date::from_calendar_date(date.year.into(), month, date.day)
                .ok()
                .map(FactValue::Date)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_grouped_and_nothing_else() {
        let value = FactValue::Integer(100_000);
        assert!(value.is_stated_by("100,000"));
        assert!(value.is_stated_by("100000"));
        for wrong in [
            "10,0000",
            "100,00",
            "30,000",
            "100,000 a second",
            "1,00,000",
            "",
        ] {
            assert!(!value.is_stated_by(wrong), "{wrong}");
        }
        let date = time::Date::from_calendar_date(2023, time::Month::January, 5);
        let day = FactValue::Date(date.unwrap());
        for text in ["2023-01-05", "5 January 2023", "January 5, 2023"] {
            assert!(day.is_stated_by(text), "{text}");
        }
        assert!(!day.is_stated_by("5 January 2024"));
        assert!(FactValue::Decimal(0.25).is_stated_by("0.25"));
        assert!(FactValue::Text("4 KB".to_owned()).is_stated_by("4 KB"));
        assert!(!FactValue::Text("4 KB".to_owned()).is_stated_by("4 kb"));
    }

    #[test]
    fn the_example_of_the_written_form_is_read() {
        let text = r#"
[[fact]]
id = "kms.symmetric-requests-per-second.us-east-1"
says = "KMS symmetric cryptographic operations share {value} requests a second in us-east-1"
value = 100000
since = 2026-01-01        # when it was last seen true in a source, or began, if known
source = "https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html"
seed = "30,000"           # what older notes say, where they differ
was = [{ value = 30000, until = 2025-12-31 }]
"#;
        let (facts, diagnostics) = Facts::parse(text);
        assert_eq!(diagnostics, []);
        let fact = &facts.facts[0];
        assert_eq!(fact.value, FactValue::Integer(100_000));
        assert_eq!(fact.since.as_deref(), Some("2026-01-01"));
        assert_eq!(fact.was[0].until.as_deref(), Some("2025-12-31"));
    }
}
