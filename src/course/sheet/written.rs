//! One question, from what stands in the sheet to what is asked.

use crate::base::{Diagnostic, Span};
use crate::course::answer::parse_kind;
use crate::course::id::ContentHash;
use crate::course::marker::Marker;
use crate::course::note;
use crate::course::question::Question;
use crate::course::text::{Block, Inline, InlineKind, plain_inlines};

/// A question as it is written.
pub(super) struct Written<'a> {
    pub source: &'a str,
    pub heading: Vec<Inline>,
    pub heading_span: Span,
    pub blocks: Vec<Block>,
    pub span: Span,
    pub comments: &'a [Span],
}

impl Written<'_> {
    /// The question, if nothing is missing that it cannot do without.
    pub(super) fn read(
        self,
        marker: Marker,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Question> {
        let content_hash = content_hash(&self);
        let mut heading = trim_end(self.heading);
        if plain_inlines(&heading).trim().is_empty() {
            let message = "the question has no words";
            diagnostics.push(Diagnostic::error(
                self.heading_span,
                "empty-question",
                message,
            ));
        }
        let mut body = self.blocks;
        let explanation = note::take(&mut body, "the question", self.heading_span, diagnostics);
        let id = marker.id.as_ref().map(|(id, _)| id.clone());
        // Questions without an id are still read, so that all their findings come at once.
        let name = id
            .clone()
            .unwrap_or_else(|| "unnamed".parse().expect("it is a slug"));
        let kind = parse_kind(
            self.source,
            &name,
            &marker,
            self.heading_span,
            &mut heading,
            &mut body,
            diagnostics,
        )?;
        Some(Question {
            id: id?,
            was: marker.was.map(|(was, _)| was),
            difficulty: marker.difficulty,
            tags: marker.tags,
            facts: marker.facts.into_iter().map(|(fact, _)| fact).collect(),
            shuffle: !marker.no_shuffle,
            heading,
            body,
            kind,
            explanation,
            content_hash,
            span: self.span,
        })
    }
}

/// The space before the comment is not part of the question.
fn trim_end(mut heading: Vec<Inline>) -> Vec<Inline> {
    while let Some(Inline {
        kind: InlineKind::Text(text),
        ..
    }) = heading.last_mut()
    {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        heading.pop();
    }
    heading
}

/// Hashes the source of the question as it reads: comments, trailing spaces and empty lines aside.
fn content_hash(written: &Written<'_>) -> ContentHash {
    let mut text = String::new();
    let mut at = written.span.start;
    let first = written
        .comments
        .partition_point(|comment| comment.start < at);
    for comment in &written.comments[first..] {
        if comment.end > written.span.end {
            break;
        }
        if comment.start >= at {
            text.push_str(&written.source[at..comment.start]);
            at = comment.end;
        }
    }
    text.push_str(&written.source[at..written.span.end]);
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    ContentHash::of(&lines.collect::<Vec<_>>().join("\n"))
}
