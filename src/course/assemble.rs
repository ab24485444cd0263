//! The whole course, and what only the whole shows to be wrong.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::exams::Exams;
use super::facts::Facts;
use super::file::{Draft, File, FileKind, Finding};
use super::id::QuestionId;
use super::path::resolve;
use super::question::Question;
use super::scenario::Scenario;
use super::sheet::Sheet;
use super::summary::Summary;
use crate::base::{Diagnostic, Lines, Span};

/// Lessons and sheets in the order of the map, with facts and exams.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Unindexed")]
pub struct Course {
    /// The map.
    pub summary: Summary,
    /// The dated facts.
    pub facts: Facts,
    /// The exams.
    pub exams: Exams,
    /// The files that could be read, in the order given.
    pub files: Vec<File>,
    /// Where each question stands: file and position in its sheet.
    #[serde(skip_serializing)]
    places: HashMap<QuestionId, (usize, usize)>,
    /// What a question was called before, and what it is called now.
    #[serde(skip_serializing)]
    renamed: Renamed,
}

/// What questions are called now that had another id before.
pub type Renamed = HashMap<QuestionId, QuestionId>;

/// A course as it is sent: its index is made again where it arrives.
#[derive(Deserialize)]
struct Unindexed {
    summary: Summary,
    facts: Facts,
    exams: Exams,
    files: Vec<File>,
}

impl From<Unindexed> for Course {
    fn from(parts: Unindexed) -> Self {
        let mut course = Self {
            summary: parts.summary,
            facts: parts.facts,
            exams: parts.exams,
            files: parts.files,
            ..Self::default()
        };
        course.index();
        course
    }
}

impl Course {
    /// Joins the parts of a course. Of questions with one id the first is kept; all else that the files have wrong
    /// with each other is found and kept.
    pub(super) fn assemble(
        summary: Summary,
        facts: Facts,
        exams: Exams,
        drafts: Vec<Draft>,
    ) -> (Self, Vec<Finding>) {
        let mut findings = names(&drafts);
        for draft in &drafts {
            let lines = Lines::new(&draft.source);
            let found = check_draft(draft, &facts, &exams);
            findings.extend(
                found
                    .into_iter()
                    .map(|d| Finding::new(&draft.file.path, &lines, d)),
            );
        }
        let course = Self::from(Unindexed {
            summary,
            facts,
            exams,
            files: drafts.into_iter().map(|draft| draft.file).collect(),
        });
        (course, findings)
    }

    /// The file at `path`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Every sheet with its path, in order.
    pub fn sheets(&self) -> impl Iterator<Item = (&str, &Sheet)> {
        self.files.iter().filter_map(|file| match &file.kind {
            FileKind::Sheet(sheet) => Some((file.path.as_str(), sheet.as_ref())),
            _ => None,
        })
    }

    /// Every scenario, in order.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        self.files.iter().filter_map(|file| match &file.kind {
            FileKind::Scenario(scenario) => Some(scenario.as_ref()),
            _ => None,
        })
    }

    /// Every question with its sheet, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Sheet, &Question)> {
        self.sheets().flat_map(|(_, sheet)| {
            sheet
                .questions
                .iter()
                .map(move |question| (sheet, question))
        })
    }

    /// The question of this id, with its sheet.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<(&Sheet, &Question)> {
        let &(file, position) = self.places.get(id)?;
        match &self.files[file].kind {
            FileKind::Sheet(sheet) => Some((sheet, &sheet.questions[position])),
            _ => None,
        }
    }

    /// What questions are called now that had another id before: an answer to the old name belongs to the new one.
    #[must_use]
    pub fn renamed(&self) -> &Renamed {
        &self.renamed
    }

    fn index(&mut self) {
        for (file, entry) in self.files.iter_mut().enumerate() {
            let FileKind::Sheet(sheet) = &mut entry.kind else {
                continue;
            };
            sheet
                .questions
                .retain(|question| !self.places.contains_key(&question.id));
            for (position, question) in sheet.questions.iter().enumerate() {
                self.places
                    .entry(question.id.clone())
                    .or_insert((file, position));
                if let Some(was) = &question.was {
                    self.renamed.insert(was.clone(), question.id.clone());
                }
            }
        }
    }
}

/// Ids are unique in the course: those in use, those that were and those that are retired.
fn names(drafts: &[Draft]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut retired: HashMap<&QuestionId, &str> = HashMap::new();
    let mut sheets: HashMap<&str, &str> = HashMap::new();
    let mut report = |draft: &Draft, span: Span, code: &str, message: String, help: &str| {
        let finding = Diagnostic::error(span, code, message).with_help(help);
        findings.push(Finding::new(
            &draft.file.path,
            &Lines::new(&draft.source),
            finding,
        ));
    };
    for (draft, sheet) in sheets_of(drafts) {
        let path = draft.file.path.as_str();
        if let Some(first) = sheets.insert(sheet.id.as_str(), path) {
            let message = format!("two sheets are called `{}`", sheet.id);
            report(
                draft,
                sheet.id_span,
                "duplicate-sheet",
                message,
                &format!("the other is {first}"),
            );
        }
        for question in &sheet.retired {
            if let Some(first) = retired.insert(&question.id, path) {
                let message = format!("the id `{}` is retired twice", question.id);
                report(
                    draft,
                    question.span,
                    "duplicate-id",
                    message,
                    &format!("first in {first}"),
                );
            }
        }
    }
    let mut names: HashMap<&QuestionId, &str> = HashMap::new();
    for (draft, _) in sheets_of(drafts) {
        let path = draft.file.path.as_str();
        for name in &draft.named.ids {
            let id = &name.id;
            if let Some(first) = retired.get(id) {
                let message = format!("the id `{id}` is retired");
                let help = format!("ids are never used again; it is retired in {first}");
                report(draft, name.span, "retired-id", message, &help);
            }
            if let Some(first) = names.insert(id, path) {
                let message = if name.is_old {
                    format!("the old id `{id}` is in use")
                } else {
                    format!("the id `{id}` is used twice")
                };
                report(
                    draft,
                    name.span,
                    "duplicate-id",
                    message,
                    &format!("first in {first}"),
                );
            }
        }
    }
    findings
}

fn sheets_of(drafts: &[Draft]) -> impl Iterator<Item = (&Draft, &Sheet)> {
    drafts.iter().filter_map(|draft| match &draft.file.kind {
        FileKind::Sheet(sheet) => Some((draft, sheet.as_ref())),
        _ => None,
    })
}

/// What the file says of exams and facts.
fn check_draft(draft: &Draft, facts: &Facts, exams: &Exams) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let about = match &draft.file.kind {
        FileKind::Sheet(sheet) => Some(&sheet.about),
        FileKind::Scenario(scenario) => Some(&scenario.about),
        FileKind::Lesson(_) | FileKind::Broken => None,
    };
    if let Some(about) = about {
        for domain in &about.domains {
            let exam = exams.get(&domain.exam);
            let (code, message) = match exam {
                None => (
                    "unknown-exam",
                    format!("the exam `{}` is not known", domain.exam),
                ),
                Some(exam) if exam.domain(domain.number).is_none() => {
                    let message = format!("`{}` has no domain {}", exam.code, domain.number);
                    ("unknown-domain", message)
                }
                Some(_) => continue,
            };
            let finding = Diagnostic::error(domain.span, code, message);
            diagnostics.push(finding.with_help("exams and their domains stand in exams.toml"));
        }
    }
    for (fact, span) in &draft.named.facts {
        if facts.get(fact).is_none() {
            diagnostics.push(unknown_fact(*span, fact.as_str()));
        }
    }
    for link in &draft.links {
        let Ok(target) = resolve(&draft.file.path, &link.target) else {
            continue;
        };
        let Some(fragment) = target.fragment.filter(|_| target.path == "facts.toml") else {
            continue;
        };
        let fact = fragment.parse().ok().and_then(|id| facts.get(&id));
        match fact {
            None => diagnostics.push(unknown_fact(link.span, &fragment)),
            Some(fact) if !fact.value.is_stated_by(&link.text) => {
                let message = format!("`{}` differs from the fact `{}`", link.text, fact.id);
                let help = format!("the value in force is {}", fact.value.readable());
                let finding = Diagnostic::error(link.span, "wrong-fact", message);
                diagnostics.push(finding.with_help(help));
            }
            Some(_) => {}
        }
    }
    diagnostics
}

fn unknown_fact(span: Span, id: &str) -> Diagnostic {
    let message = format!("the fact `{id}` is not known");
    Diagnostic::error(span, "unknown-fact", message).with_help("facts stand in facts.toml")
}
