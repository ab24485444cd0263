//! The note of a question or scenario: `> [!NOTE]` with a `Source: <address>`.

use super::text::{Alert, Block, BlockKind, Inline, InlineKind};
use crate::base::{Diagnostic, Span};

/// Takes the notes out of `blocks` and gives what they hold. Findings about a missing one stand at `place`.
pub(super) fn take(
    blocks: &mut Vec<Block>,
    whose: &str,
    place: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let notes: Vec<Block> = blocks.extract_if(.., |block| is_note(block)).collect();
    let Some(first) = notes.first().map(|note| note.span) else {
        let message = format!("{whose} has no explanation");
        let finding = Diagnostic::error(place, "missing-explanation", message);
        let help = "write it at the end as `> [!NOTE]` with a `Source: <address>`";
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

fn is_note(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Quote {
            alert: Some(Alert::Note),
            ..
        }
    )
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
