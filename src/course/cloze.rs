//! Blanks: `{{answer}}`, `{{answer::hint}}`, `{{answer::hint::name}}`.

use std::collections::VecDeque;

use super::id::{CardId, QuestionId, is_slug};
use super::question::Blank;
use super::text::{Block, BlockKind, Inline, InlineKind, plain_inlines};
use crate::base::{Diagnostic, Span};

/// Whether a blank opens anywhere in these words, code aside.
pub(super) fn has_blank(source: &str, heading: &[Inline], body: &[Block]) -> bool {
    let mut found = false;
    let mut look = |inlines: &[Inline]| found |= opens_blank(source, inlines);
    look(heading);
    for_each_line(body, &mut look);
    found
}

/// Takes the blanks out of the words and leaves [`InlineKind::Blank`] in their places.
pub(super) fn take_blanks(
    source: &str,
    question: &QuestionId,
    heading: &mut Vec<Inline>,
    body: &mut [Block],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Blank> {
    let mut taker = Taker {
        source,
        question,
        blanks: Vec::new(),
        diagnostics,
    };
    taker.line(heading);
    for_each_line_mut(body, &mut |line| taker.line(line));
    taker.blanks
}

struct Taker<'a> {
    source: &'a str,
    question: &'a QuestionId,
    blanks: Vec<Blank>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Taker<'_> {
    fn line(&mut self, line: &mut Vec<Inline>) {
        let mut rest: VecDeque<Inline> = std::mem::take(line).into();
        while let Some(mut inline) = rest.pop_front() {
            let opening = match &mut inline.kind {
                InlineKind::Text(text) => opening(self.source, inline.span, text),
                InlineKind::Emphasis(content)
                | InlineKind::Strong(content)
                | InlineKind::Strikethrough(content)
                | InlineKind::Link { content, .. } => {
                    self.line(content);
                    None
                }
                _ => None,
            };
            let Some(at) = opening else {
                line.push(inline);
                continue;
            };
            let (before, behind) = split_text(inline, at, 2);
            rest.push_front(behind);
            match take_answer(&mut rest) {
                Some(inside) => {
                    let start = before.span.end;
                    line.extend(non_empty(before));
                    self.blank(line, start, &inside);
                }
                // Braces that never close are braces.
                None => {
                    let behind = rest.pop_front().expect("it was put there");
                    line.push(before);
                    line.push(text_inline(behind.span, "{{"));
                    line.push(behind);
                }
            }
        }
    }

    fn blank(&mut self, line: &mut Vec<Inline>, start: usize, inside: &[Inline]) {
        let end = inside.last().map_or(start + 2, |last| last.span.end);
        let span = Span::new(start, end + 2);
        let words = plain_inlines(inside);
        let mut parts = words.split("::").map(str::trim);
        let answer = parts.next().unwrap_or_default().to_owned();
        let hint = parts.next().filter(|hint| !hint.is_empty());
        let name = parts.next();
        let mut refuse = |code, message: String| {
            self.diagnostics
                .push(Diagnostic::error(span, code, message));
        };
        if answer.is_empty() {
            refuse("empty-blank", "the blank has no answer".to_owned());
        }
        if parts.next().is_some() {
            refuse("broken-blank", "a blank has at most three parts".to_owned());
        }
        let child = match name {
            Some(name) if is_slug(name) => name.to_owned(),
            Some(name) => {
                refuse("invalid-id", format!("`{name}` is no name of a blank"));
                return;
            }
            None => (self.blanks.len() + 1).to_string(),
        };
        let card = CardId::child(self.question, &child);
        if self.blanks.iter().any(|blank| blank.card == card) {
            refuse("duplicate-id", format!("two blanks are called `{child}`"));
        }
        line.push(Inline {
            span,
            kind: InlineKind::Blank(self.blanks.len()),
        });
        self.blanks.push(Blank {
            card,
            answer,
            hint: hint.map(str::to_owned),
        });
    }
}

/// What stands before the next `}}`, which is taken too; nothing is taken where none follows.
fn take_answer(rest: &mut VecDeque<Inline>) -> Option<Vec<Inline>> {
    let closes = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.find("}}"),
        _ => None,
    };
    let last = rest.iter().position(|inline| closes(inline).is_some())?;
    let mut inside: Vec<Inline> = rest.drain(..=last).collect();
    let closing = inside.pop().expect("the closing one was drained");
    let at = closes(&closing).expect("it closes");
    let (before, behind) = split_text(closing, at, 2);
    inside.extend(non_empty(before));
    if let Some(behind) = non_empty(behind) {
        rest.push_front(behind);
    }
    Some(inside)
}

fn opens_blank(source: &str, inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => opening(source, inline.span, text).is_some(),
        InlineKind::Emphasis(content)
        | InlineKind::Strong(content)
        | InlineKind::Strikethrough(content)
        | InlineKind::Link { content, .. } => opens_blank(source, content),
        _ => false,
    })
}

/// Where `{{` stands in `text`, unless a backslash stands before it in the source.
fn opening(source: &str, span: Span, text: &str) -> Option<usize> {
    let is_escaped = source.as_bytes()[..span.start].ends_with(b"\\");
    let from = if is_escaped {
        text.len() - text.trim_start_matches('{').len()
    } else {
        0
    };
    text[from..].find("{{").map(|at| at + from)
}

fn split_text(inline: Inline, at: usize, skip: usize) -> (Inline, Inline) {
    let InlineKind::Text(text) = inline.kind else {
        unreachable!("only words are split");
    };
    let span = inline.span;
    let middle = (span.start + at).min(span.end);
    let behind = (middle + skip).min(span.end);
    (
        text_inline(Span::new(span.start, middle), &text[..at]),
        text_inline(Span::new(behind, span.end), &text[at + skip..]),
    )
}

fn text_inline(span: Span, text: &str) -> Inline {
    Inline {
        span,
        kind: InlineKind::Text(text.to_owned()),
    }
}

fn non_empty(inline: Inline) -> Option<Inline> {
    (!matches!(&inline.kind, InlineKind::Text(text) if text.is_empty())).then_some(inline)
}

fn for_each_line(blocks: &[Block], look: &mut impl FnMut(&[Inline])) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => look(content),
            BlockKind::Quote { blocks, .. } => for_each_line(blocks, look),
            BlockKind::List { items, .. } => {
                for item in items {
                    for_each_line(&item.blocks, look);
                }
            }
            BlockKind::Table { header, rows, .. } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    look(cell);
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

fn for_each_line_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => change(content),
            BlockKind::Quote { blocks, .. } => for_each_line_mut(blocks, change),
            BlockKind::List { items, .. } => {
                for item in items {
                    for_each_line_mut(&mut item.blocks, change);
                }
            }
            BlockKind::Table { header, rows, .. } => {
                for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                    change(cell);
                }
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}
