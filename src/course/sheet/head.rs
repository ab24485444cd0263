//! The front matter of a sheet.

use super::DomainRef;
use crate::base::{Diagnostic, Span};
use crate::course::front_matter::{Entry, FrontMatter, Value};
use crate::course::id::SheetId;

/// What the front matter of a sheet says.
pub(super) struct Head {
    pub id: SheetId,
    pub id_span: Span,
    pub title: String,
    pub domains: Vec<DomainRef>,
    pub topic: String,
    pub tags: Vec<String>,
    pub confusable: Option<String>,
}

impl Head {
    pub(super) fn parse(front: &FrontMatter, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        const KEYS: [&str; 6] = ["sheet", "title", "domains", "topic", "tags", "confusable"];
        refuse_unknown_keys(front, &KEYS, diagnostics);
        if let Some(entry) = front.get("domains")
            && entry.value == Value::List(Vec::new())
        {
            let message = "a sheet belongs to one domain at least";
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
        }
        for required in &KEYS[..4] {
            if front.get(required).is_none() {
                let message = format!("the front matter of a sheet needs `{required}`");
                diagnostics.push(Diagnostic::error(front.span, "missing-key", message));
            }
        }
        let sheet = front.get("sheet")?;
        let id = scalar(sheet, diagnostics)?;
        let Ok(id) = id.parse() else {
            let message = format!("`{id}` is no name of a sheet");
            let help = "a name is made of `a` to `z`, `0` to `9` and `-`";
            let finding = Diagnostic::error(sheet.value_span, "invalid-id", message);
            diagnostics.push(finding.with_help(help));
            return None;
        };
        let mut text = |key| front.get(key).and_then(|entry| scalar(entry, diagnostics));
        let (title, topic, confusable) = (text("title"), text("topic"), text("confusable"));
        let mut values = |key| {
            front
                .get(key)
                .map(|entry| list(entry, diagnostics))
                .unwrap_or_default()
        };
        let (domains, tags) = (values("domains"), values("tags"));
        let domains = domains
            .into_iter()
            .filter_map(|(text, span)| domain(&text, span, diagnostics))
            .collect();
        Some(Self {
            id,
            id_span: sheet.value_span,
            title: title?,
            domains,
            topic: topic?,
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
            confusable,
        })
    }
}

pub(in crate::course) fn refuse_unknown_keys(
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

pub(in crate::course) fn scalar(
    entry: &Entry,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
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
