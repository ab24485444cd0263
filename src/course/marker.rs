//! The comments of a sheet: `<!-- q: ID key=value … -->` and `<!-- retired: ID reason -->`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::id::{FactId, LabId, QuestionId};
use crate::base::{Diagnostic, Span};

/// A comment of the form.
#[derive(Debug)]
pub(super) enum Comment {
    Question(Box<Marker>),
    Retired(Retired),
}

/// What the comment behind a question says.
#[derive(Debug, Default)]
pub(super) struct Marker {
    pub span: Span,
    pub id: Option<(QuestionId, Span)>,
    pub difficulty: Option<u8>,
    pub tags: Vec<String>,
    pub declared: Option<(Declared, Span)>,
    pub was: Option<(QuestionId, Span)>,
    pub facts: Vec<(FactId, Span)>,
    pub no_shuffle: bool,
    pub lab: Option<(LabId, Span)>,
}

/// A question that is no longer asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// Its id, which is never used again.
    pub id: QuestionId,
    /// Where it is written.
    pub span: Span,
}

/// A `type=` that says more than the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    Single,
    Multiple,
    Order,
    Match,
    Cloze,
    Basic,
    Typed,
    TypedExact,
    Lab,
}

impl Declared {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Order => "order",
            Self::Match => "match",
            Self::Cloze => "cloze",
            Self::Basic => "basic",
            Self::Typed => "typed",
            Self::TypedExact => "typed-exact",
            Self::Lab => "lab",
        }
    }
}

impl FromStr for Declared {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [
            Self::Single,
            Self::Multiple,
            Self::Order,
            Self::Match,
            Self::Cloze,
            Self::Basic,
            Self::Typed,
            Self::TypedExact,
            Self::Lab,
        ];
        all.into_iter().find(|kind| kind.name() == text).ok_or(())
    }
}

/// Reads every comment in `html`, a piece of the source that starts at byte `start`; all else in it is refused.
pub(super) fn parse_html(
    html: &str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(skipped) = html[at..].find(|c: char| !c.is_whitespace()) {
        at += skipped;
        let rest = &html[at..];
        let comment = rest
            .strip_prefix("<!--")
            .and_then(|inner| inner.find("-->").map(|end| &inner[..end]));
        let Some(inner) = comment else {
            let end = start + at + rest.trim_end().len();
            diagnostics.push(refused_html(Span::new(start + at, end)));
            break;
        };
        let span = Span::new(start + at, start + at + inner.len() + 7);
        comments.extend(parse_comment(inner, span, diagnostics));
        at += inner.len() + 7;
    }
    comments
}

fn refused_html(span: Span) -> Diagnostic {
    let help = "write markdown, or code with backticks; the only comments are `<!-- q: … -->` and `<!-- retired: … -->`";
    Diagnostic::error(span, "html", "HTML is not part of the form").with_help(help)
}

fn parse_comment(inner: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Comment> {
    let text = inner.trim_start();
    let text_start = span.start + 4 + (inner.len() - text.len());
    if let Some(words) = text.strip_prefix("q:") {
        let marker = parse_marker(words, text_start + 2, span, diagnostics);
        return Some(Comment::Question(Box::new(marker)));
    }
    if let Some(words) = text.strip_prefix("retired:") {
        return parse_retired(words, text_start + 8, span, diagnostics).map(Comment::Retired);
    }
    diagnostics.push(refused_html(span));
    None
}

fn parse_retired(
    words: &str,
    start: usize,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Retired> {
    let mut words = words_with_spans(words, start);
    let Some((id, id_span)) = words.next() else {
        diagnostics.push(Diagnostic::error(
            span,
            "missing-id",
            "a retired question has no id",
        ));
        return None;
    };
    let id = parse_id(id, id_span, diagnostics)?;
    if words.next().is_none() {
        let message = format!("no reason says why `{id}` is retired");
        diagnostics.push(Diagnostic::error(span, "missing-reason", message));
    }
    Some(Retired { id, span: id_span })
}

fn parse_marker(
    words: &str,
    start: usize,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Marker {
    let mut marker = Marker {
        span,
        ..Marker::default()
    };
    let mut seen: Vec<&str> = Vec::new();
    let mut words = words_with_spans(words, start).peekable();
    match words.next_if(|(word, _)| !word.contains('=')) {
        Some((word, word_span)) => {
            marker.id = parse_id(word, word_span, diagnostics).map(|id| (id, word_span));
        }
        None => {
            let finding = Diagnostic::error(span, "missing-id", "the question has no id");
            diagnostics.push(finding.with_help("`cipherdeck fix` stamps one"));
        }
    }
    for (word, word_span) in words {
        let Some((key, value)) = word.split_once('=') else {
            let message = format!("`{word}` is no `key=value`");
            diagnostics.push(Diagnostic::error(word_span, "unknown-key", message));
            continue;
        };
        let value_span = Span::new(word_span.start + key.len() + 1, word_span.end);
        if seen.contains(&key) {
            let message = format!("the key `{key}` is given twice");
            diagnostics.push(Diagnostic::error(word_span, "doubled-key", message));
            continue;
        }
        seen.push(key);
        marker.take(key, value, word_span, value_span, diagnostics);
    }
    marker
}

impl Marker {
    fn take(
        &mut self,
        key: &str,
        value: &str,
        key_span: Span,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let unknown_value = |expected: &str| {
            let message = format!("`{value}` is no value of `{key}`");
            Diagnostic::error(span, "unknown-value", message).with_help(expected)
        };
        match key {
            "d" => match value.parse() {
                Ok(difficulty @ 1..=5) => self.difficulty = Some(difficulty),
                _ => diagnostics.push(unknown_value("a difficulty is 1 to 5")),
            },
            "tags" => {
                if value.split(',').any(str::is_empty) {
                    diagnostics.push(unknown_value("tags are written `tags=a,b`"));
                } else {
                    self.tags = value.split(',').map(str::to_owned).collect();
                }
            }
            "type" => match value.parse() {
                Ok(declared) => self.declared = Some((declared, span)),
                Err(()) => diagnostics.push(unknown_value(
                    "a type is single, multiple, order, match, cloze, basic, typed, typed-exact or lab",
                )),
            },
            "was" => self.was = parse_id(value, span, diagnostics).map(|id| (id, span)),
            "fact" => {
                let mut at = span.start;
                for part in value.split(',') {
                    let part_span = Span::new(at, at + part.len());
                    at += part.len() + 1;
                    match part.parse() {
                        Ok(fact) => self.facts.push((fact, part_span)),
                        Err(_) => diagnostics.push(unknown_value("facts are written `fact=ID,ID`")),
                    }
                }
            }
            "shuffle" if value == "no" => self.no_shuffle = true,
            "shuffle" => diagnostics.push(unknown_value("the only value is `shuffle=no`")),
            "lab" => match value.parse() {
                Ok(lab) => self.lab = Some((lab, span)),
                Err(_) => diagnostics.push(unknown_value("a lab is named by its id")),
            },
            _ => {
                let message = format!("the key `{key}` is not known");
                let help = "the keys are d, tags, type, was, fact, shuffle and lab";
                let finding = Diagnostic::error(key_span, "unknown-key", message);
                diagnostics.push(finding.with_help(help));
            }
        }
    }
}

fn parse_id(word: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<QuestionId> {
    let id = word.parse().ok();
    if id.is_none() {
        let message = format!("`{word}` is no id");
        let help = "an id is made of `a` to `z`, `0` to `9` and `-`";
        diagnostics.push(Diagnostic::error(span, "invalid-id", message).with_help(help));
    }
    id
}

fn words_with_spans(text: &str, start: usize) -> impl Iterator<Item = (&str, Span)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| {
        let at = start + (word.as_ptr() as usize - base);
        (word, Span::new(at, at + word.len()))
    })
}
