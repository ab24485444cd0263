//! A sheet: its front matter, its questions, the prose between them.

mod head;
mod written;

use serde::{Deserialize, Serialize};

use super::about::About;
use super::file::Owner;
use super::front_matter::FrontMatter;
use super::id::{FactId, QuestionId, SheetId};
use super::markdown::Document;
use super::marker::{Comment, Marker, Retired, parse_html};
use super::question::Question;
use super::text::{Block, BlockKind, Inline, InlineKind};
use crate::base::{Diagnostic, Severity, Span};
use head::Head;
use written::Written;

/// A file of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name, unique in the course.
    pub id: SheetId,
    /// Where the name is written.
    pub id_span: Span,
    /// What it is about.
    pub about: About,
    /// The group of look-alike topics that sessions interleave, if it is in one.
    pub confusable: Option<String>,
    /// What stands outside of the questions.
    pub prose: Vec<Block>,
    /// The questions without errors, in the order of the file.
    pub questions: Vec<Question>,
    /// The questions that are no longer asked.
    pub retired: Vec<Retired>,
}

/// What the comments of a sheet name: only the checks of the whole course ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The ids of questions, with errors or without, and the ids they had before.
    pub ids: Vec<Name>,
    /// The facts, each with its place.
    pub facts: Vec<(FactId, Span)>,
    /// The level-3 headings that carry no id.
    pub missing: Vec<Unnamed>,
}

/// An id as a comment gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub id: QuestionId,
    pub span: Span,
    /// Whether it is what the question was called before.
    pub is_old: bool,
}

/// A question without an id, and where `fix` puts one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unnamed {
    pub words: String,
    pub insert: Insert,
}

/// Where an id is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Insert {
    /// The heading ends at this byte and has no comment.
    Comment(usize),
    /// The comment's `q:` ends at this byte and no id follows.
    Id(usize),
}

pub(super) fn parse_sheet(
    source: &str,
    front: &FrontMatter,
    document: Document,
    owner: Owner,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Sheet, Named)> {
    diagnostics.extend(document.diagnostics);
    let head = Head::parse(front, owner, diagnostics);
    let (mut markers, retired) = read_html(source, &document.html, diagnostics);
    let comments: Vec<Span> = comment_spans(&markers, &document.html);
    let mut parts = Parts {
        owner,
        prose: Vec::new(),
        questions: Vec::new(),
        named: Named::default(),
    };
    for section in sections(document.blocks, source.len()) {
        let Section {
            heading,
            blocks,
            end,
        } = section;
        let Some(heading) = heading else {
            parts.prose.extend(blocks);
            continue;
        };
        let BlockKind::Heading { level: 3, content } = &heading.kind else {
            parts.prose.push(heading);
            parts.prose.extend(blocks);
            continue;
        };
        let own = take_within(&mut markers, heading.span);
        let span = Span::new(heading.span.start, end);
        let content = content.clone();
        let written = Written {
            source,
            heading: content,
            heading_span: heading.span,
            blocks,
            span,
            comments: &comments,
        };
        parts.question(written, own, diagnostics);
    }
    for marker in markers {
        let message = "the comment of a question stands at the end of a level-3 heading";
        diagnostics.push(Diagnostic::error(marker.span, "misplaced-id", message));
    }
    let head = head?;
    let sheet = Sheet {
        id: head.id,
        id_span: head.id_span,
        about: head.about,
        confusable: head.confusable,
        prose: parts.prose,
        questions: parts.questions,
        retired,
    };
    Some((sheet, parts.named))
}

fn read_html(
    source: &str,
    html: &[Span],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Marker>, Vec<Retired>) {
    let mut markers = Vec::new();
    let mut retired = Vec::new();
    for piece in html {
        let text = &source[piece.start..piece.end];
        for comment in parse_html(text, piece.start, diagnostics) {
            match comment {
                Comment::Question(marker) => markers.push(*marker),
                Comment::Retired(question) => retired.push(question),
            }
        }
    }
    (markers, retired)
}

fn comment_spans(markers: &[Marker], html: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = markers.iter().map(|marker| marker.span).collect();
    spans.extend(html);
    spans.sort();
    spans
}

fn take_within(markers: &mut Vec<Marker>, span: Span) -> Vec<Marker> {
    let is_within =
        |marker: &mut Marker| span.start <= marker.span.start && marker.span.end <= span.end;
    markers.extract_if(.., is_within).collect()
}

/// A heading of level 1 to 3 and what follows up to the next.
struct Section {
    heading: Option<Block>,
    blocks: Vec<Block>,
    end: usize,
}

fn sections(blocks: Vec<Block>, end: usize) -> Vec<Section> {
    let mut sections = vec![Section {
        heading: None,
        blocks: Vec::new(),
        end,
    }];
    for block in blocks {
        let last = sections.last_mut().expect("it starts with one");
        if matches!(block.kind, BlockKind::Heading { level: 1..=3, .. }) {
            last.end = block.span.start;
            sections.push(Section {
                heading: Some(block),
                blocks: Vec::new(),
                end,
            });
        } else {
            last.blocks.push(block);
        }
    }
    sections
}

struct Parts {
    owner: Owner,
    prose: Vec<Block>,
    questions: Vec<Question>,
    named: Named,
}

impl Parts {
    fn question(
        &mut self,
        written: Written<'_>,
        mut own: Vec<Marker>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let before = diagnostics.len();
        let says = |inline: &&Inline| !matches!(&inline.kind, InlineKind::Text(words) if words.trim().is_empty());
        let last = written.heading.iter().rfind(says);
        let heading_end = last.map(|inline| inline.span.end);
        if own.is_empty() {
            let finding =
                Diagnostic::error(written.heading_span, "missing-id", "the question has no id");
            diagnostics.push(finding.with_help("`cipherdeck fix` stamps one"));
            let heading = &written.source[written.heading_span.start..written.heading_span.end];
            let empty_end = written.heading_span.start + heading.trim_end().len();
            self.named.missing.push(Unnamed {
                words: super::text::plain_inlines(&written.heading),
                insert: Insert::Comment(heading_end.unwrap_or(empty_end)),
            });
        }
        for surplus in own.drain(1.min(own.len())..) {
            let message = "the heading carries a second id";
            diagnostics.push(Diagnostic::error(surplus.span, "doubled-id", message));
        }
        let marker = own.pop().unwrap_or_default();
        if marker.span != Span::default() {
            if heading_end.is_some_and(|end| end > marker.span.start) {
                let message = "the comment of a question stands at the end of its heading";
                diagnostics.push(Diagnostic::error(marker.span, "misplaced-id", message));
            }
            self.note_names(&written, &marker);
        }
        self.named.facts.extend(marker.facts.iter().cloned());
        let question = written.read(marker, diagnostics);
        let found = &mut diagnostics[before..];
        if self.owner == Owner::Learner {
            soften(found);
        }
        if found
            .iter()
            .all(|finding| finding.severity != Severity::Error)
        {
            self.questions.extend(question);
        }
    }

    fn note_names(&mut self, written: &Written<'_>, marker: &Marker) {
        if marker.id.is_none() {
            let comment = &written.source[marker.span.start..marker.span.end];
            let colon = comment.find("q:").map_or(0, |at| at + 2);
            let rest = comment[colon..].trim_start();
            // An id that cannot be read is the author's to mend.
            if rest.starts_with("-->")
                || rest
                    .split_whitespace()
                    .next()
                    .is_some_and(|w| w.contains('='))
            {
                self.named.missing.push(Unnamed {
                    words: super::text::plain_inlines(&written.heading),
                    insert: Insert::Id(marker.span.start + colon),
                });
            }
        }
        let live = marker.id.iter().map(|(id, span)| (id, span, false));
        let old = marker.was.iter().map(|(id, span)| (id, span, true));
        let names = live.chain(old).map(|(id, &span, is_old)| Name {
            id: id.clone(),
            span,
            is_old,
        });
        self.named.ids.extend(names);
    }
}

/// What a learner may leave out of a question of their own.
fn soften(findings: &mut [Diagnostic]) {
    const KIND: [&str; 3] = ["missing-explanation", "missing-reason", "missing-source"];
    for finding in findings {
        if KIND.contains(&finding.code.as_str()) {
            finding.severity = Severity::Warning;
        }
    }
}
