//! Draws the course's text, without strings of HTML.

use leptos::prelude::*;

use crate::base::Route;
use crate::course::text::{Block, BlockKind, Cell, Inline, InlineKind, Item};
use crate::course::{Elsewhere, resolve};

/// How the blanks of a cloze are drawn, by their number.
pub type DrawBlank<'a> = &'a dyn Fn(usize) -> AnyView;

/// Blocks of the file at `path`, which its links start from. Headings sink by `sink` levels, because a page has one `<h1>`.
pub fn blocks(path: &str, blocks: &[Block], sink: u8) -> AnyView {
    let plain = |_| view! { <span class="blank">"…"</span> }.into_any();
    blocks_with_blanks(path, blocks, sink, &plain)
}

/// A sentence of the engines: what stands between backticks is code.
pub fn sentence(words: &str) -> AnyView {
    let parts = words.split('`').enumerate().map(|(place, part)| {
        let part = part.to_owned();
        if place % 2 == 1 {
            view! { <code>{part}</code> }.into_any()
        } else {
            part.into_any()
        }
    });
    parts.collect_view().into_any()
}

/// Blocks with blanks drawn by `blank`.
pub fn blocks_with_blanks(path: &str, blocks: &[Block], sink: u8, blank: DrawBlank<'_>) -> AnyView {
    Text { path, sink, blank }.blocks(blocks)
}

/// One line of the file at `path`.
pub fn inlines(path: &str, inlines: &[Inline], blank: DrawBlank<'_>) -> AnyView {
    Text {
        path,
        sink: 0,
        blank,
    }
    .inlines(inlines)
}

struct Text<'a> {
    path: &'a str,
    sink: u8,
    blank: DrawBlank<'a>,
}

impl Text<'_> {
    fn blocks(&self, blocks: &[Block]) -> AnyView {
        blocks
            .iter()
            .map(|block| self.block(&block.kind))
            .collect_view()
            .into_any()
    }

    fn block(&self, block: &BlockKind) -> AnyView {
        match block {
            BlockKind::Heading { level, content } => {
                let content = self.inlines(content);
                match level + self.sink {
                    0..=2 => view! { <h2>{content}</h2> }.into_any(),
                    3 => view! { <h3>{content}</h3> }.into_any(),
                    _ => view! { <h4>{content}</h4> }.into_any(),
                }
            }
            BlockKind::Paragraph(content) => view! { <p>{self.inlines(content)}</p> }.into_any(),
            BlockKind::Code { text, .. } => {
                view! { <pre tabindex="0"><code>{text.clone()}</code></pre> }.into_any()
            }
            BlockKind::Quote { blocks, .. } => {
                view! { <blockquote>{self.blocks(blocks)}</blockquote> }.into_any()
            }
            BlockKind::List { first: None, items } => {
                view! { <ul>{self.items(items)}</ul> }.into_any()
            }
            BlockKind::List {
                first: Some(first),
                items,
            } => view! { <ol start=first.to_string()>{self.items(items)}</ol> }.into_any(),
            BlockKind::Table { header, rows, .. } => {
                let rows = rows
                    .iter()
                    .map(|row| view! { <tr>{self.cells(row)}</tr> }.into_any())
                    .collect_view();
                let header = header
                    .iter()
                    .map(|cell| match cell.is_empty() {
                        true => view! { <td></td> }.into_any(),
                        false => view! { <th scope="col">{self.inlines(cell)}</th> }.into_any(),
                    })
                    .collect_view();
                view! {
                    <div class="scroll" tabindex="0" role="group" aria-label="Table">
                        <table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>
                    </div>
                }
                .into_any()
            }
            BlockKind::Rule => view! { <hr /> }.into_any(),
        }
    }

    fn items(&self, items: &[Item]) -> AnyView {
        items
            .iter()
            .map(|item| view! { <li>{self.blocks(&item.blocks)}</li> }.into_any())
            .collect_view()
            .into_any()
    }

    fn cells(&self, row: &[Cell]) -> AnyView {
        row.iter()
            .map(|cell| view! { <td>{self.inlines(cell)}</td> }.into_any())
            .collect_view()
            .into_any()
    }

    fn inlines(&self, inlines: &[Inline]) -> AnyView {
        inlines
            .iter()
            .map(|inline| self.inline(&inline.kind))
            .collect_view()
            .into_any()
    }

    fn inline(&self, inline: &InlineKind) -> AnyView {
        match inline {
            InlineKind::Text(text) => text.clone().into_any(),
            InlineKind::Code(code) => view! { <code>{code.clone()}</code> }.into_any(),
            InlineKind::Emphasis(content) => view! { <em>{self.inlines(content)}</em> }.into_any(),
            InlineKind::Strong(content) => {
                view! { <strong>{self.inlines(content)}</strong> }.into_any()
            }
            InlineKind::Strikethrough(content) => {
                view! { <s>{self.inlines(content)}</s> }.into_any()
            }
            InlineKind::Link { target, content } => self.link(target, self.inlines(content)),
            InlineKind::Image { target, alt } => self.image(target, alt),
            InlineKind::Blank(number) => (self.blank)(*number),
            InlineKind::SoftBreak => " ".into_any(),
            InlineKind::HardBreak => view! { <br /> }.into_any(),
        }
    }

    fn link(&self, target: &str, content: AnyView) -> AnyView {
        let target = target.to_owned();
        match resolve(self.path, &target) {
            Ok(file) => {
                view! { <a href=Route::Reading(file.path).to_string()>{content}</a> }.into_any()
            }
            Err(Elsewhere::Page(_)) => view! { <a href=target>{content}</a> }.into_any(),
            Err(Elsewhere::Web) => {
                view! { <a href=target target="_blank" rel="noreferrer">{content}</a> }.into_any()
            }
            Err(Elsewhere::NoPage | Elsewhere::Refused) => content,
        }
    }

    fn image(&self, target: &str, alt: &str) -> AnyView {
        match resolve(self.path, target) {
            Ok(file) => {
                view! { <img src=format!("content/{}", file.path) alt=alt.to_owned() /> }.into_any()
            }
            // The page loads nothing from elsewhere; the words stand for the picture.
            Err(_) => alt.to_owned().into_any(),
        }
    }
}
