//! Facts that change over time, each with its date and source: `facts.toml`.

use std::fmt;

use serde::{Deserialize, Serialize};
use toml::de::DeValue;

use super::id::FactId;
use super::table::{Findings, Placed, Table, address, date, day, words, written};
use crate::base::Diagnostic;

/// The dated facts of a course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// In the order of the file.
    pub facts: Vec<Fact>,
}

/// One fact, as it is and as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EarlierValue {
    /// The value.
    pub value: FactValue,
    /// The last day on which it held, if known.
    pub until: Option<String>,
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactValue {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, as it is written.
    Decimal(String),
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
            Self::Date(date) => f.write_str(&written(*date)),
            Self::Decimal(text) | Self::Text(text) => f.write_str(text),
        }
    }
}

impl Facts {
    /// Reads `facts.toml`: what is right of it, and what is wrong.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let findings = Findings::default();
        let mut facts = Self::default();
        if let Some(mut file) = Table::parse(text, &findings) {
            for entry in file.tables("fact") {
                facts.extend(entry);
            }
            file.finish();
        }
        (facts, findings.into_inner())
    }

    fn extend(&mut self, mut entry: Table<'_>) {
        let id = entry.required("id", words);
        let fact = Fact::read(id.as_ref(), &mut entry);
        if let (Some(id), Some(fact)) = (id, fact) {
            if self.get(&fact.id).is_some() {
                let message = format!("two facts are called `{}`", fact.id);
                entry.refuse(id.span, "duplicate-id", message);
            } else {
                self.facts.push(fact);
            }
        }
        entry.finish();
    }

    /// The fact of this name.
    #[must_use]
    pub fn get(&self, id: &FactId) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == *id)
    }
}

impl Fact {
    fn read(id: Option<&Placed<String>>, entry: &mut Table<'_>) -> Option<Self> {
        let says = entry.required("says", sentence);
        let value = entry.required("value", fact_value);
        let since = entry.optional("since", day);
        let source = entry.required("source", address);
        let seed = entry.optional("seed", words);
        let was = entry
            .tables("was")
            .into_iter()
            .filter_map(EarlierValue::read);
        let was = was.collect();
        let id = id?;
        let Ok(name) = id.value.parse() else {
            let message = format!("`{}` is no name of a fact", id.value);
            entry.refuse(id.span, "invalid-id", message);
            return None;
        };
        Some(Self {
            id: name,
            says: says?.value,
            value: value?.value,
            since: since.map(|day| day.value),
            source: source?.value,
            seed: seed.map(|seed| seed.value),
            was,
        })
    }
}

impl EarlierValue {
    fn read(mut entry: Table<'_>) -> Option<Self> {
        let value = entry.required("value", fact_value);
        let until = entry.optional("until", day);
        entry.finish();
        Some(Self {
            value: value?.value,
            until: until.map(|day| day.value),
        })
    }
}

fn sentence(value: &DeValue<'_>) -> Result<String, &'static str> {
    words(value)
        .ok()
        .filter(|words| words.contains("{value}"))
        .ok_or("a sentence with `{value}` in it")
}

fn fact_value(value: &DeValue<'_>) -> Result<FactValue, &'static str> {
    let read = match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(FactValue::Integer),
        DeValue::Float(number) => plain_decimal(number.as_str()).map(FactValue::Decimal),
        DeValue::String(text) => Some(FactValue::Text(text.to_string())),
        value => date(value).map(FactValue::Date),
    };
    read.ok_or("a number, a day or words")
}

/// A number without exponent, which is also neither infinite nor none at all.
fn plain_decimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_plain.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lines;

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
        assert!(FactValue::Decimal("0.25".to_owned()).is_stated_by("0.25"));
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
    #[test]
    fn a_wrong_fact_is_told_with_its_place_and_takes_no_other_with_it() {
        let text = r#"
[[fact]]
id = "Not a name"
says = "it is {value}"
value = 1.5
source = "https://a.example"

[[fact]]
id = "b"
says = "it has no value"
value = inf
since = 12:00:00
source = "http://a.example"
was = [{ until = 2025-12-31 }, 3]
colour = "red"

[[fact]]
id = "c"
says = "it is {value}"
value = 0.50
source = "https://a.example"

[[fact]]
id = "c"
says = 7

[law]
"#;
        let (facts, diagnostics) = Facts::parse(text);
        assert_eq!(facts.facts.len(), 1);
        assert_eq!(facts.facts[0].value.readable(), "0.50");
        let lines = Lines::new(text);
        let place =
            |finding: &Diagnostic| format!("{} {}", lines.place(finding.span.start), finding.code);
        let mut places: Vec<_> = diagnostics.iter().map(place).collect();
        places.sort();
        assert_eq!(
            places,
            [
                "10:8 wrong-value",
                "11:9 wrong-value",
                "12:9 wrong-value",
                "13:10 wrong-value",
                "14:32 wrong-value",
                "14:8 missing-key",
                "15:1 unknown-key",
                "23:1 missing-key",
                "23:1 missing-key",
                "25:8 wrong-value",
                "27:2 unknown-key",
                "3:6 invalid-id",
            ]
        );
    }
}
