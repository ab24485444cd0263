//! Text as Anki shows it: plain HTML, everything escaped.

use std::fmt::Write as _;

use crate::course::Blank;
use crate::course::text::{Alignment, Block, BlockKind, Cell, Inline, InlineKind, Item};

/// Writes text, and blanks in the way of a cloze of Anki's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Html<'a> {
    /// The blanks of the question that the text belongs to.
    pub blanks: &'a [Blank],
}

impl Html<'_> {
    pub(super) fn blocks(self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    /// Without the paragraph around it where there is just one.
    pub(super) fn tight(self, blocks: &[Block]) -> String {
        match blocks {
            [
                Block {
                    kind: BlockKind::Paragraph(content),
                    ..
                },
            ] => self.inlines(content),
            blocks => self.blocks(blocks),
        }
    }

    pub(super) fn inlines(self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn block(self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { level, content } => {
                format!("<h{level}>{}</h{level}>", self.inlines(content))
            }
            BlockKind::Paragraph(content) => format!("<p>{}</p>", self.inlines(content)),
            BlockKind::Code { text, .. } => format!("<pre><code>{}</code></pre>", escaped(text)),
            BlockKind::Quote { blocks, .. } => {
                format!("<blockquote>{}</blockquote>", self.blocks(blocks))
            }
            BlockKind::List { first, items } => {
                let items: String = items.iter().map(|item| self.item(item)).collect();
                match first {
                    Some(1) => format!("<ol>{items}</ol>"),
                    Some(first) => format!("<ol start=\"{first}\">{items}</ol>"),
                    None => format!("<ul>{items}</ul>"),
                }
            }
            BlockKind::Table {
                alignments,
                header,
                rows,
            } => self.table(alignments, header, rows),
            BlockKind::Rule => "<hr>".to_owned(),
        }
    }

    fn item(self, item: &Item) -> String {
        let tick = match item.ticked {
            Some(true) => "☑ ",
            Some(false) => "☐ ",
            None => "",
        };
        format!("<li>{tick}{}</li>", self.tight(&item.blocks))
    }

    fn table(self, alignments: &[Alignment], header: &[Cell], rows: &[Vec<Cell>]) -> String {
        let row = |tag: &str, cells: &[Cell]| {
            let mut row = String::from("<tr>");
            for (position, cell) in cells.iter().enumerate() {
                let style = match alignments.get(position) {
                    Some(Alignment::Left) => " style=\"text-align:left\"",
                    Some(Alignment::Center) => " style=\"text-align:center\"",
                    Some(Alignment::Right) => " style=\"text-align:right\"",
                    Some(Alignment::None) | None => "",
                };
                write!(row, "<{tag}{style}>{}</{tag}>", self.inlines(cell))
                    .expect("a string takes all");
            }
            row + "</tr>"
        };
        let rows: String = rows.iter().map(|cells| row("td", cells)).collect();
        format!(
            "<table><thead>{}</thead><tbody>{rows}</tbody></table>",
            row("th", header)
        )
    }

    fn inline(self, inline: &Inline) -> String {
        match &inline.kind {
            InlineKind::Text(words) => escaped(words),
            InlineKind::Code(words) => format!("<code>{}</code>", escaped(words)),
            InlineKind::Emphasis(content) => format!("<em>{}</em>", self.inlines(content)),
            InlineKind::Strong(content) => format!("<strong>{}</strong>", self.inlines(content)),
            InlineKind::Strikethrough(content) => format!("<s>{}</s>", self.inlines(content)),
            // Only links into the web lead somewhere from Anki.
            InlineKind::Link { target, content } if is_web(target) => {
                format!(
                    "<a href=\"{}\">{}</a>",
                    escaped(target),
                    self.inlines(content)
                )
            }
            InlineKind::Link { content, .. } => self.inlines(content),
            InlineKind::Image { alt, .. } => format!("[{}]", escaped(alt)),
            InlineKind::Blank(position) => self.blank(*position),
            InlineKind::SoftBreak => " ".to_owned(),
            InlineKind::HardBreak => "<br>".to_owned(),
        }
    }

    fn blank(self, position: usize) -> String {
        let Some(blank) = self.blanks.get(position) else {
            return "[…]".to_owned();
        };
        let number = position + 1;
        let answer = in_cloze(&blank.answer);
        match &blank.hint {
            Some(hint) => format!("{{{{c{number}::{answer}::{}}}}}", in_cloze(hint)),
            None => format!("{{{{c{number}::{answer}}}}}"),
        }
    }
}

pub(super) fn is_web(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// The text with nothing in it that HTML or Anki's templates would read.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // `{{`, `}}`, `[sound:` and `\(` mean something to Anki.
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            '\\' => escaped.push_str("&#92;"),
            '\u{1f}' => {}
            c => escaped.push(c),
        }
    }
    escaped.replace("[sound:", "&#91;sound:")
}

/// Within a cloze, `::` parts the answer from its hint.
fn in_cloze(text: &str) -> String {
    escaped(text).replace(':', "&#58;")
}
