//! One question, from what stands in the sheet to what is asked.

use crate::base::{Diagnostic, Span};
use crate::course::answer::parse_kind;
use crate::course::id::ContentHash;
use crate::course::marker::Marker;
use crate::course::question::Question;
use crate::course::text::{Alert, Block, BlockKind, Inline, InlineKind, plain_inlines};

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
        let is_note = |block: &mut Block| {
            matches!(
                block.kind,
                BlockKind::Quote {
                    alert: Some(Alert::Note),
                    ..
                }
            )
        };
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
        let notes: Vec<Block> = body.extract_if(.., is_note).collect();
        let explanation = explanation(notes, self.heading_span, diagnostics);
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

fn explanation(notes: Vec<Block>, heading: Span, diagnostics: &mut Vec<Diagnostic>) -> Vec<Block> {
    let Some(first) = notes.first().map(|note| note.span) else {
        let finding = Diagnostic::error(
            heading,
            "missing-explanation",
            "the question has no explanation",
        );
        let help = "write it behind the answer as `> [!NOTE]` with a `Source: <address>`";
        diagnostics.push(finding.with_help(help));
        return Vec::new();
    };
    let explanation: Vec<Block> = notes
        .into_iter()
        .flat_map(|note| match note.kind {
            BlockKind::Quote { blocks, .. } => blocks,
            _ => Vec::new(),
        })
        .collect();
    if !names_source(&explanation) {
        let message = "the explanation names no source";
        let finding = Diagnostic::error(first, "missing-source", message);
        diagnostics.push(finding.with_help("add a line `Source: <https://…>`"));
    }
    explanation
}

fn names_source(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Paragraph(content) => line_names_source(content),
        BlockKind::Quote { blocks, .. } => names_source(blocks),
        BlockKind::List { items, .. } => items.iter().any(|item| names_source(&item.blocks)),
        _ => false,
    })
}

fn line_names_source(line: &[Inline]) -> bool {
    let is_address = |text: &str| {
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        host.is_some_and(|host| host.contains('.'))
    };
    line.iter().enumerate().any(|(position, inline)| {
        let InlineKind::Text(words) = &inline.kind else {
            return false;
        };
        let Some(at) = words.rfind("Source:") else {
            return false;
        };
        let behind = words[at + 7..].trim();
        if !behind.is_empty() {
            return is_address(behind);
        }
        let next = line.get(position + 1).map(|next| &next.kind);
        matches!(next, Some(InlineKind::Link { target, .. }) if is_address(target))
    })
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
