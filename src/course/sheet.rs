//! A sheet: its front matter, its questions, the prose between them.

use serde::{Deserialize, Serialize};

use super::answer::parse_kind;
use super::front_matter::{Entry, FrontMatter, Value};
use super::id::{ContentHash, FactId, QuestionId, SheetId};
use super::markdown::Document;
use super::marker::{Comment, Marker, Retired, parse_html};
use super::question::Question;
use super::text::{Alert, Block, BlockKind, Inline, InlineKind};
use crate::base::{Diagnostic, Span};

/// A file of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name, unique in the course.
    pub id: SheetId,
    /// Where the name is written.
    pub id_span: Span,
    /// Its title.
    pub title: String,
    /// The exam domains that it belongs to.
    pub domains: Vec<DomainRef>,
    /// What it is about.
    pub topic: String,
    /// The tags of every question in it.
    pub tags: Vec<String>,
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

/// A domain of an exam, such as `SCS-C03/4`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRef {
    /// The exam's code.
    pub exam: String,
    /// The number of its domain.
    pub number: u32,
    /// Where it is written.
    pub span: Span,
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
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Sheet, Named)> {
    diagnostics.extend(document.diagnostics);
    let head = Head::parse(front, diagnostics);
    let (mut markers, retired) = read_html(source, &document.html, diagnostics);
    let comments: Vec<Span> = comment_spans(&markers, &document.html);
    let mut parts = Parts::default();
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
        title: head.title,
        domains: head.domains,
        topic: head.topic,
        tags: head.tags,
        confusable: head.confusable,
        prose: parts.prose,
        questions: parts.questions,
        retired,
    };
    Some((sheet, parts.named))
}

/// What the front matter of a sheet says.
struct Head {
    id: SheetId,
    id_span: Span,
    title: String,
    domains: Vec<DomainRef>,
    topic: String,
    tags: Vec<String>,
    confusable: Option<String>,
}

impl Head {
    fn parse(front: &FrontMatter, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        const KEYS: [&str; 6] = ["sheet", "title", "domains", "topic", "tags", "confusable"];
        refuse_unknown_keys(front, &KEYS, diagnostics);
        if let Some(entry) = front.get("domains")
            && entry.value == Value::List(Vec::new())
        {
            let message = "a sheet belongs to one domain at least";
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
        }
        for required in &KEYS[..4] {
            if front.get(required).is_none() {
                let message = format!("the front matter of a sheet needs `{required}`");
                diagnostics.push(Diagnostic::error(front.span, "missing-key", message));
            }
        }
        let sheet = front.get("sheet")?;
        let id = scalar(sheet, diagnostics)?;
        let Ok(id) = id.parse() else {
            let message = format!("`{id}` is no name of a sheet");
            let help = "a name is made of `a` to `z`, `0` to `9` and `-`";
            let finding = Diagnostic::error(sheet.value_span, "invalid-id", message);
            diagnostics.push(finding.with_help(help));
            return None;
        };
        let mut text = |key| front.get(key).and_then(|entry| scalar(entry, diagnostics));
        let (title, topic, confusable) = (text("title"), text("topic"), text("confusable"));
        let mut values = |key| {
            front
                .get(key)
                .map(|entry| list(entry, diagnostics))
                .unwrap_or_default()
        };
        let (domains, tags) = (values("domains"), values("tags"));
        let domains = domains
            .into_iter()
            .filter_map(|(text, span)| domain(&text, span, diagnostics))
            .collect();
        Some(Self {
            id,
            id_span: sheet.value_span,
            title: title?,
            domains,
            topic: topic?,
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
            confusable,
        })
    }
}

pub(super) fn refuse_unknown_keys(
    front: &FrontMatter,
    known: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for entry in &front.entries {
        if !known.contains(&entry.key.as_str()) {
            let message = format!("the key `{}` is not known", entry.key);
            let finding = Diagnostic::error(entry.key_span, "unknown-key", message);
            diagnostics.push(finding.with_help(format!("the keys are {}", known.join(", "))));
        }
    }
}

pub(super) fn scalar(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    match &entry.value {
        Value::Scalar(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => {
            let message = format!("`{}` takes one value", entry.key);
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
            None
        }
    }
}

fn list(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Span)> {
    match &entry.value {
        Value::List(values) => values.clone(),
        _ => {
            let message = format!("`{}` takes a list such as `[a, b]`", entry.key);
            diagnostics.push(Diagnostic::error(entry.value_span, "wrong-value", message));
            Vec::new()
        }
    }
}

fn domain(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<DomainRef> {
    let parts = text.split_once('/');
    let parsed = parts.and_then(|(exam, number)| Some((exam.to_owned(), number.parse().ok()?)));
    let Some((exam, number)) = parsed else {
        let message = format!("`{text}` is no domain of an exam");
        let finding = Diagnostic::error(span, "unknown-domain", message);
        diagnostics.push(finding.with_help("a domain is written `SCS-C03/4`"));
        return None;
    };
    Some(DomainRef { exam, number, span })
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

/// A question as it is written.
struct Written<'a> {
    source: &'a str,
    heading: Vec<Inline>,
    heading_span: Span,
    blocks: Vec<Block>,
    span: Span,
    comments: &'a [Span],
}

#[derive(Default)]
struct Parts {
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
        let question = build(written, marker, diagnostics);
        if diagnostics.len() == before {
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

fn build(
    written: Written<'_>,
    marker: Marker,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Question> {
    let content_hash = content_hash(&written);
    let is_note = |block: &mut Block| {
        matches!(
            block.kind,
            BlockKind::Quote {
                alert: Some(Alert::Note),
                ..
            }
        )
    };
    let mut heading = trim_end(written.heading);
    if super::text::plain_inlines(&heading).trim().is_empty() {
        let message = "the question has no words";
        diagnostics.push(Diagnostic::error(
            written.heading_span,
            "empty-question",
            message,
        ));
    }
    let mut body = written.blocks;
    let notes: Vec<Block> = body.extract_if(.., is_note).collect();
    let explanation = explanation(notes, written.heading_span, diagnostics);
    let id = marker.id.as_ref().map(|(id, _)| id.clone());
    // Questions without an id are still read, so that all their findings come at once.
    let name = id
        .clone()
        .unwrap_or_else(|| "unnamed".parse().expect("it is a slug"));
    let kind = parse_kind(
        written.source,
        &name,
        &marker,
        written.heading_span,
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
        span: written.span,
    })
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
