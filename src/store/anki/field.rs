//! The fields of a note.

use crate::course::text::{Block, BlockKind, Inline, InlineKind};

/// What a note of ours holds, as HTML but for the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub question: String,
    pub answer: String,
    pub explanation: String,
    pub source: String,
    pub id: String,
}

impl Fields {
    pub(super) const NAMES: [&str; 5] = ["Question", "Answer", "Explanation", "Source", "Id"];

    /// In the order of their names.
    pub(super) fn in_order(&self) -> [&str; 5] {
        [
            &self.question,
            &self.answer,
            &self.explanation,
            &self.source,
            &self.id,
        ]
    }
}

/// Parts an explanation from what stands behind `Source:` in it.
pub(super) fn split_source(blocks: &[Block]) -> (Vec<Block>, Vec<Inline>) {
    let mut source = Vec::new();
    let mut rest = Vec::new();
    for block in blocks {
        let BlockKind::Paragraph(content) = &block.kind else {
            rest.push(block.clone());
            continue;
        };
        let (before, behind) = split_line(content);
        if !behind.is_empty() && !source.is_empty() {
            source.push(Inline {
                span: block.span,
                kind: InlineKind::HardBreak,
            });
        }
        source.extend(behind);
        if !before.is_empty() {
            rest.push(Block {
                span: block.span,
                kind: BlockKind::Paragraph(before),
            });
        }
    }
    (rest, source)
}

/// The last `Source:` of a paragraph parts it.
fn split_line(content: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let at = content
        .iter()
        .rposition(|inline| words(inline).is_some_and(|text| text.contains("Source:")));
    let Some(at) = at else {
        return (content.to_vec(), Vec::new());
    };
    let text = words(&content[at]).unwrap_or_default();
    let (before, behind) = text.rsplit_once("Source:").unwrap_or((text, ""));
    let part = |text: &str| Inline {
        span: content[at].span,
        kind: InlineKind::Text(text.to_owned()),
    };
    let mut rest = content[..at].to_vec();
    if !before.trim().is_empty() {
        rest.push(part(before.trim_end()));
    }
    while rest
        .last()
        .is_some_and(|inline| inline.kind == InlineKind::SoftBreak)
    {
        rest.pop();
    }
    let mut source = Vec::new();
    if !behind.trim().is_empty() {
        source.push(part(behind.trim_start()));
    }
    source.extend(content[at + 1..].iter().cloned());
    (rest, source)
}

fn words(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Text(text) => Some(text),
        _ => None,
    }
}
