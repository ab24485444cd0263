//! Rendered text as a small tree, which a face draws without strings of HTML.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::base::Span;

/// A part of a text that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of [`Block`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A code block.
    Code {
        /// The word behind the opening fence, if any.
        language: Option<String>,
        /// The code as written, with its last line break.
        text: String,
    },
    /// A quote, or one of GitHub's alerts (`> [!NOTE]`).
    Quote {
        /// Which alert it is, if it is one.
        alert: Option<Alert>,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// The number of the first item; none for bullets.
        first: Option<u64>,
        /// The items in order.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// How each column is set.
        alignments: Vec<Alignment>,
        /// The first row.
        header: Vec<Cell>,
        /// The other rows.
        rows: Vec<Vec<Cell>>,
    },
    /// A line across.
    Rule,
}

/// What one cell of a table holds.
pub type Cell = Vec<Inline>;

/// GitHub's five alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alert {
    /// `> [!NOTE]`, which is a question's explanation.
    Note,
    /// `> [!TIP]`
    Tip,
    /// `> [!IMPORTANT]`
    Important,
    /// `> [!WARNING]`
    Warning,
    /// `> [!CAUTION]`
    Caution,
}

/// How a column of a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alignment {
    /// As the page likes.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where it is written.
    pub span: Span,
    /// Whether its box is ticked; none where it has no box.
    pub ticked: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of [`Inline`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InlineKind {
    /// Plain words.
    Text(String),
    /// Code within a line.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Strongly stressed.
    Strong(Vec<Inline>),
    /// Crossed out.
    Strikethrough(Vec<Inline>),
    /// A link.
    Link {
        /// Its address as written.
        target: String,
        /// What one reads.
        content: Vec<Inline>,
    },
    /// A picture.
    Image {
        /// Its address as written.
        target: String,
        /// What it shows, in words.
        alt: String,
    },
    /// A blank of a cloze: the position of its answer in the question's blanks, from 0.
    Blank(usize),
    /// The end of a source line, which reads as a space.
    SoftBreak,
    /// A break that the author asked for.
    HardBreak,
}

/// The words of `inlines` without their form; a blank reads `[…]`.
#[must_use]
pub fn plain_inlines(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_inlines(&mut text, inlines);
    text
}

/// The words of `blocks` without their form, with one space between blocks.
#[must_use]
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    push_blocks(&mut text, blocks);
    text.truncate(text.trim_end().len());
    text
}

/// `text` with each run of white space as one space, and none at its ends.
#[must_use]
pub fn collapse_spaces(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

fn push_blocks(text: &mut String, blocks: &[Block]) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                push_inlines(text, content);
            }
            BlockKind::Code { text: code, .. } => text.push_str(code),
            BlockKind::Quote { blocks, .. } => push_blocks(text, blocks),
            BlockKind::List { items, .. } => {
                for item in items {
                    push_blocks(text, &item.blocks);
                }
            }
            BlockKind::Table { header, rows, .. } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    push_inlines(text, cell);
                    text.push(' ');
                }
            }
            BlockKind::Rule => {}
        }
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

fn push_inlines(text: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Link { content, .. } => push_inlines(text, content),
            InlineKind::Image { alt, target } => {
                write!(text, "{alt} ({target})").expect("a string takes all");
            }
            InlineKind::Blank(_) => text.push_str("[…]"),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
        }
    }
}
