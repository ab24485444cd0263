//! What the front matter of a sheet or scenario says of what it is about.

use serde::{Deserialize, Serialize};

use super::front_matter::{Entry, FrontMatter, Value};
use crate::base::{Diagnostic, Span};

/// What a sheet or scenario is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The exam domains that it belongs to.
    pub domains: Vec<DomainRef>,
    /// What it is about.
    pub topic: String,
    /// The tags of all that is in it.
    pub tags: Vec<String>,
}

/// A domain of an exam, such as `SCS-C03/4`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRef {
    /// The exam's code.
    pub exam: String,
    /// The number of its domain.
    pub number: u32,
    /// Where it is written.
    pub span: Span,
}

impl About {
    /// `fallback` is the topic where none is given.
    pub(super) fn parse(
        front: &FrontMatter,
        fallback: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        if let Some(entry) = front.get("domains")
            && entry.value == Value::List(Vec::new())
        {
            let message = "it belongs to one domain at least";
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
        }
        let mut text = |key| front.get(key).and_then(|entry| scalar(entry, diagnostics));
        let (title, topic) = (text("title"), text("topic"));
        let domains = values(front, "domains", diagnostics)
            .into_iter()
            .filter_map(|(text, span)| domain(&text, span, diagnostics))
            .collect();
        let tags = values(front, "tags", diagnostics);
        Some(Self {
            title: title?,
            domains,
            topic: topic.or_else(|| fallback.map(str::to_owned))?,
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
        })
    }
}

/// The name that a file gives itself under `key`, with its place.
pub(super) fn name<Id: std::str::FromStr>(
    front: &FrontMatter,
    key: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Id, Span)> {
    let entry = front.get(key)?;
    let written = scalar(entry, diagnostics)?;
    if let Ok(id) = written.parse() {
        return Some((id, entry.value_span));
    }
    let message = format!("`{written}` is no name of a {key}");
    let help = "a name is made of `a` to `z`, `0` to `9` and `-`";
    let finding = Diagnostic::error(entry.value_span, "invalid-id", message);
    diagnostics.push(finding.with_help(help));
    None
}

/// The values of a list, each with its place; none where there is no such key.
pub(super) fn values(
    front: &FrontMatter,
    key: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Span)> {
    let entry = front.get(key);
    entry
        .map(|entry| list(entry, diagnostics))
        .unwrap_or_default()
}

pub(super) fn refuse_unknown_keys(
    front: &FrontMatter,
    known: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in &front.entries {
        if !known.contains(&entry.key.as_str()) {
            let message = format!("the key `{}` is not known", entry.key);
            let finding = Diagnostic::error(entry.key_span, "unknown-key", message);
            diagnostics.push(finding.with_help(format!("the keys are {}", known.join(", "))));
        }
    }
}

pub(super) fn scalar(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    match &entry.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => {
            let message = format!("`{}` takes one value", entry.key);
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
            None
        }
    }
}

fn list(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Span)> {
    match &entry.value {
        Value::List(values) => values.clone(),
        _ => {
            let message = format!("`{}` takes a list such as `[a, b]`", entry.key);
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
            Vec::new()
        }
    }
}

fn domain(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<DomainRef> {
    let parts = text.split_once('/');
    let parsed = parts.and_then(|(exam, number)| Some((exam.to_owned(), number.parse().ok()?)));
    let Some((exam, number)) = parsed else {
        let message = format!("`{text}` is no domain of an exam");
        let finding = Diagnostic::error(span, "unknown-domain", message);
        diagnostics.push(finding.with_help("a domain is written `SCS-C03/4`"));
        return None;
    };
    Some(DomainRef { exam, number, span })
}
