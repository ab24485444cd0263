//! A lesson: prose with a title.

use serde::{Deserialize, Serialize};

use super::about::scalar;
use super::file::Owner;
use super::form::LESSON;
use super::front_matter::FrontMatter;
use super::markdown::Document;
use super::marker::parse_html;
use super::text::{Block, BlockKind, plain_inlines};
use crate::base::Diagnostic;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// From the front matter, or else its first heading; none where it has neither.
    pub title: Option<String>,
    /// The text, with its headings.
    pub blocks: Vec<Block>,
}

pub(super) fn parse_lesson(
    source: &str,
    front: Option<&FrontMatter>,
    document: Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Lesson {
    diagnostics.extend(document.diagnostics);
    if let Some(front) = front {
        LESSON.check(front, Owner::Author, diagnostics);
    }
    for piece in &document.html {
        let text = &source[piece.start..piece.end];
        for _ in parse_html(text, piece.start, diagnostics) {
            let message = "a question stands in a file that is no sheet";
            let finding = Diagnostic::error(*piece, "no-sheet", message);
            let help = "a sheet names itself in its front matter: `sheet: some-name`";
            diagnostics.push(finding.with_help(help));
        }
    }
    let title = front.and_then(|front| front.get("title"));
    let title = title.and_then(|entry| scalar(entry, diagnostics));
    let headings = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { content, .. } => Some(plain_inlines(content).trim().to_owned()),
            _ => None,
        });
    Lesson {
        title: title.or(headings.into_iter().next()),
        blocks: document.blocks,
    }
}
