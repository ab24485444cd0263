//! A scenario: a story, a request and the policies that bear on it, set out on the bench of the policy lab.

mod fence;

use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use super::about::{About, name, scalar, values};
use super::file::Owner;
use super::form::SCENARIO;
use super::front_matter::FrontMatter;
use super::id::{ContentHash, ScenarioId};
use super::markdown::Document;
use super::note;
use super::text::{Block, BlockKind, plain_inlines};
use crate::base::{Diagnostic, Span};
use crate::policy::{DecidedBy, Decision, PolicyType};

/// A file that sets out a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name, unique in the course and the name of its file.
    pub id: ScenarioId,
    /// Where the name is written; it does not travel.
    #[serde(skip)]
    pub id_span: Span,
    /// What it is about.
    pub about: About,
    /// What its author says will come of it. It does not travel with the rest: whoever predicts it finds out.
    #[serde(skip)]
    pub expected: Option<Expected>,
    /// What it says: story, request, policies and note.
    pub content_hash: ContentHash,
    /// What happens, before anything is decided.
    pub story: Vec<Block>,
    /// The request and the policies, in the order of the file.
    pub exhibits: Vec<Exhibit>,
    /// What there is to learn from it.
    pub note: Vec<Block>,
}

/// What an author says that a scenario comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The decision.
    pub decision: Decision,
    /// The layer that settles it.
    pub decided_by: DecidedBy,
    /// What is found in its policies, by code, suggestions aside.
    pub findings: Vec<String>,
    /// Where the decision is written.
    pub span: Span,
}

/// A fenced JSON text of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// What it is.
    pub kind: ExhibitKind,
    /// The root, unit or account that it is attached to, if it is an organization's policy.
    pub level: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// The JSON.
    pub text: String,
    /// Where the JSON stands in the file; it does not travel.
    #[serde(skip)]
    pub span: Span,
}

/// What a fenced JSON text of a scenario is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExhibitKind {
    /// The request.
    Request,
    /// A policy of this kind.
    Policy(PolicyType),
    /// The grants on a KMS key.
    Grants,
}

pub(super) fn parse_scenario(
    path: &str,
    source: &str,
    front: &FrontMatter,
    document: Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Scenario> {
    diagnostics.extend(document.diagnostics);
    for html in &document.html {
        let message = "HTML is no part of a scenario";
        diagnostics.push(Diagnostic::error(*html, "html", message));
    }
    SCENARIO.check(front, Owner::Author, diagnostics);
    let name = name::<ScenarioId>(front, "scenario", diagnostics);
    if let Some((id, span)) = &name
        && path != format!("scenarios/{id}.md")
    {
        let message = format!("the scenario `{id}` stands in another file");
        let finding = Diagnostic::error(*span, "misnamed-file", message);
        diagnostics.push(finding.with_help(format!("its file is `scenarios/{id}.md`")));
    }
    let about = About::parse(front, None, diagnostics);
    let expected = expected(front, diagnostics);
    let mut blocks = document.blocks;
    let note = note::take(&mut blocks, "the scenario", front.span, diagnostics);
    if let Some(about) = &about {
        take_heading(&mut blocks, about, front.span, diagnostics);
    }
    let exhibits = fence::take(source, &mut blocks, front.span, diagnostics);
    if blocks.is_empty() {
        let message = "the scenario tells no story";
        diagnostics.push(Diagnostic::error(front.span, "missing-story", message));
    }
    let (id, id_span) = name?;
    Some(Scenario {
        id,
        id_span,
        about: about?,
        expected: Some(expected?),
        content_hash: ContentHash::of(&source[front.span.end..]),
        story: blocks,
        exhibits,
        note,
    })
}

fn expected(front: &FrontMatter, diagnostics: &mut Vec<Diagnostic>) -> Option<Expected> {
    let span = front.get("decision").map(|entry| entry.value_span);
    let decision = word(front, "decision", diagnostics);
    let decided_by = word(front, "decided-by", diagnostics);
    let findings = values(front, "findings", diagnostics);
    Some(Expected {
        decision: decision?,
        decided_by: decided_by?,
        findings: findings.into_iter().map(|(code, _)| code).collect(),
        span: span?,
    })
}

/// One of the words that the native command answers with.
fn word<'de, T: Deserialize<'de>>(
    front: &'de FrontMatter,
    key: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    let entry = front.get(key)?;
    let written = scalar(entry, diagnostics)?;
    let reader: StrDeserializer<'_, Error> = written.as_str().into_deserializer();
    match T::deserialize(reader) {
        Ok(value) => Some(value),
        Err(_) => {
            let message = format!("`{written}` is no `{key}`");
            let finding = Diagnostic::error(entry.value_span, "wrong-value", message);
            let help = "the words are those of `cipherdeck policy evaluate`";
            diagnostics.push(finding.with_help(help));
            None
        }
    }
}

/// The page has a heading of its own; the file's reads the same.
fn take_heading(
    blocks: &mut Vec<Block>,
    about: &About,
    start: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_title = |block: &Block| matches!(&block.kind, BlockKind::Heading { level: 1, content } if plain_inlines(content).trim() == about.title);
    if blocks.first().is_some_and(is_title) {
        blocks.remove(0);
        return;
    }
    let place = blocks.first().map_or(start, |block| block.span);
    let message = "a scenario begins with its title as a level-1 heading";
    let finding = Diagnostic::error(place, "missing-heading", message);
    diagnostics.push(finding.with_help(format!("write `# {}`", about.title)));
}
