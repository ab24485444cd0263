//! GitHub-flavoured markdown into the tree of [`super::text`], with the place of everything.
//!
//! HTML never enters the tree: it is handed back beside it, so that the form can read its comments and refuse the rest.

use pulldown_cmark::{self as md, BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag};

use super::text::{Alert, Alignment, Block, BlockKind, Cell, Inline, InlineKind, Item};
use super::text::{plain_blocks, plain_inlines};
use crate::base::{Diagnostic, Span};

/// A text as a tree, and what stands beside the tree.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub blocks: Vec<Block>,
    /// Where HTML stands: a whole block each, or one tag or comment within a line.
    pub html: Vec<Span>,
    pub links: Vec<LinkUse>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A link or picture and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkUse {
    /// Where it is written.
    pub span: Span,
    /// Its address as written.
    pub target: String,
    /// What one reads, without form.
    pub text: String,
}

/// No author nests this deep; a tree of any depth would end in a stack overflow.
const DEEPEST: usize = 64;

/// Reads `source` from byte `start` on; the spans count from the start of `source`.
pub(super) fn parse(source: &str, start: usize) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM;
    let mut builder = Builder {
        document: Document::default(),
        stack: vec![Frame::new(None, Span::at(start))],
        ignored: 0,
    };
    for (event, range) in Parser::new_ext(&source[start..], options).into_offset_iter() {
        let span = Span::new(range.start + start, range.end + start);
        builder.take(event, span);
    }
    builder.finish()
}

struct Builder<'a> {
    document: Document,
    stack: Vec<Frame<'a>>,
    /// How many open tags lie too deep to be kept.
    ignored: usize,
}

/// An element that is still open, with what it holds so far.
struct Frame<'a> {
    tag: Option<Tag<'a>>,
    span: Span,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Item>,
    cells: Vec<Cell>,
    header: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    ticked: Option<bool>,
    raw: String,
}

impl<'a> Frame<'a> {
    fn new(tag: Option<Tag<'a>>, span: Span) -> Self {
        Self {
            tag,
            span,
            blocks: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            header: Vec::new(),
            rows: Vec::new(),
            ticked: None,
            raw: String::new(),
        }
    }

    /// Inlines that stand directly in a block, as in a tight list, become a paragraph.
    fn close_paragraph(&mut self) {
        if let (Some(first), Some(last)) = (self.inlines.first(), self.inlines.last()) {
            let span = Span::new(first.span.start, last.span.end);
            let content = std::mem::take(&mut self.inlines);
            self.blocks.push(Block {
                span,
                kind: BlockKind::Paragraph(content),
            });
        }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.close_paragraph();
        self.blocks
    }
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.open(tag, span),
            Event::End(_) => self.close(),
            Event::Text(text) => {
                if matches!(self.top().tag, Some(Tag::CodeBlock(_))) {
                    self.top().raw.push_str(&text);
                } else {
                    self.inline(span, InlineKind::Text(text.into_string()));
                }
            }
            Event::Code(text) => self.inline(span, InlineKind::Code(text.into_string())),
            Event::SoftBreak => self.inline(span, InlineKind::SoftBreak),
            Event::HardBreak => self.inline(span, InlineKind::HardBreak),
            // The lines of a block, which is kept as a whole when it closes.
            Event::Html(_) => {}
            Event::InlineHtml(_) => self.document.html.push(span),
            Event::Rule => self.block(span, BlockKind::Rule),
            Event::TaskListMarker(ticked) => {
                let is_item = |frame: &&mut Frame<'_>| matches!(frame.tag, Some(Tag::Item));
                if let Some(item) = self.stack.iter_mut().rev().find(is_item) {
                    item.ticked = Some(ticked);
                }
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(span, InlineKind::Text(text.into_string()));
            }
        }
    }

    fn open(&mut self, tag: Tag<'a>, span: Span) {
        if self.ignored > 0 || self.stack.len() >= DEEPEST {
            if self.ignored == 0 {
                let message = "the text is nested too deep";
                let finding = Diagnostic::error(span, "too-deep", message);
                self.document.diagnostics.push(finding);
            }
            self.ignored += 1;
            return;
        }
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if !is_inline {
            self.top().close_paragraph();
        }
        self.stack.push(Frame::new(Some(tag), span));
    }

    fn close(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let mut frame = self.stack.pop().expect("every end follows its start");
        let span = frame.span;
        let Some(tag) = frame.tag.take() else {
            unreachable!("the document itself is never closed by an event");
        };
        match tag {
            Tag::Paragraph => {
                let content = std::mem::take(&mut frame.inlines);
                if !content.is_empty() {
                    self.block(span, BlockKind::Paragraph(content));
                }
            }
            Tag::Heading { level, .. } => {
                let content = std::mem::take(&mut frame.inlines);
                let level = level as u8;
                self.block(span, BlockKind::Heading { level, content });
            }
            Tag::BlockQuote(kind) => {
                let alert = kind.map(alert);
                let blocks = frame.into_blocks();
                self.block(span, BlockKind::Quote { alert, blocks });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().map(str::to_owned)
                    }
                    CodeBlockKind::Indented => None,
                };
                let text = frame.raw;
                self.block(span, BlockKind::Code { language, text });
            }
            Tag::HtmlBlock => self.document.html.push(span),
            Tag::List(first) => {
                let items = frame.items;
                self.block(span, BlockKind::List { first, items });
            }
            Tag::Item => {
                let ticked = frame.ticked;
                let blocks = frame.into_blocks();
                self.top().items.push(Item {
                    span,
                    ticked,
                    blocks,
                });
            }
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                let (header, rows) = (frame.header, frame.rows);
                self.block(
                    span,
                    BlockKind::Table {
                        alignments,
                        header,
                        rows,
                    },
                );
            }
            Tag::TableHead => self.top().header = frame.cells,
            Tag::TableRow => self.top().rows.push(frame.cells),
            Tag::TableCell => self.top().cells.push(frame.inlines),
            Tag::Emphasis => self.inline(span, InlineKind::Emphasis(frame.inlines)),
            Tag::Strong => self.inline(span, InlineKind::Strong(frame.inlines)),
            Tag::Strikethrough => self.inline(span, InlineKind::Strikethrough(frame.inlines)),
            Tag::Link { dest_url, .. } => {
                let (target, content) = (dest_url.into_string(), frame.inlines);
                let text = plain_inlines(&content);
                self.link(span, &target, text);
                self.inline(span, InlineKind::Link { target, content });
            }
            Tag::Image { dest_url, .. } => {
                let (target, alt) = (dest_url.into_string(), plain_inlines(&frame.inlines));
                self.link(span, &target, alt.clone());
                self.inline(span, InlineKind::Image { target, alt });
            }
            // Parts of markdown that the options leave off.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {
                let text = plain_blocks(&frame.into_blocks());
                self.inline(span, InlineKind::Text(text));
            }
        }
    }

    fn finish(mut self) -> Document {
        let root = self.stack.swap_remove(0);
        self.document.blocks = root.into_blocks();
        self.document
    }

    fn top(&mut self) -> &mut Frame<'a> {
        self.stack.last_mut().expect("the document is never closed")
    }

    /// Joins neighbouring words, at most a backslash apart. A brace starts anew: there it matters whether a backslash
    /// stood before it.
    fn inline(&mut self, span: Span, kind: InlineKind) {
        let inlines = &mut self.top().inlines;
        if let InlineKind::Text(next) = &kind
            && !next.starts_with('{')
            && let Some(last) = inlines.last_mut()
            && last.span.end + "\\".len() >= span.start
            && let InlineKind::Text(words) = &mut last.kind
        {
            words.push_str(next);
            last.span.end = span.end;
            return;
        }
        inlines.push(Inline { span, kind });
    }

    fn block(&mut self, span: Span, kind: BlockKind) {
        let top = self.top();
        top.close_paragraph();
        top.blocks.push(Block { span, kind });
    }

    fn link(&mut self, span: Span, target: &str, text: String) {
        self.document.links.push(LinkUse {
            span,
            target: target.to_owned(),
            text,
        });
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: md::Alignment) -> Alignment {
    match alignment {
        md::Alignment::None => Alignment::None,
        md::Alignment::Left => Alignment::Left,
        md::Alignment::Center => Alignment::Center,
        md::Alignment::Right => Alignment::Right,
    }
}
