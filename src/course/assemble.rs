//! The whole course, and what only the whole shows to be wrong.

use std::collections::{HashMap, HashSet};

use super::exams::Exams;
use super::facts::Facts;
use super::file::{Draft, File, FileKind, Finding, Owner};
use super::id::QuestionId;
use super::path::resolve;
use super::question::Question;
use super::scenario::Scenario;
use super::sheet::Sheet;
use super::summary::Summary;
use crate::base::{Diagnostic, Lines, Span};

/// Lessons and sheets in the order of the map, with facts and exams.
#[derive(Clone, Debug, Default, PartialEq)]
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
    places: HashMap<QuestionId, (usize, usize)>,
    /// What a question was called before, and what it is called now.
    renamed: Renamed,
}

/// What questions are called now that had another id before.
pub type Renamed = HashMap<QuestionId, QuestionId>;

impl Course {
    /// The course that these parts are. Of questions with one id the first is kept.
    #[must_use]
    pub fn of(summary: Summary, facts: Facts, exams: Exams, files: Vec<File>) -> Self {
        let mut course = Self {
            summary,
            facts,
            exams,
            files,
            ..Self::default()
        };
        course.index();
        course
    }

    /// Joins the parts of a course. Of questions with one id the first is kept; all else that the files have wrong
    /// with each other is found and kept.
    pub(super) fn assemble(
        summary: Summary,
        facts: Facts,
        exams: Exams,
        mut drafts: Vec<Draft>,
    ) -> (Self, Vec<Finding>) {
        let mut findings = names(&drafts);
        keep_apart(&mut drafts);
        for draft in &drafts {
            let lines = Lines::new(&draft.source);
            let found = check_draft(draft, &facts, &exams);
            findings.extend(
                found
                    .into_iter()
                    .map(|d| Finding::new(&draft.file.path, &lines, d)),
            );
        }
        let files = drafts.into_iter().map(|draft| draft.file).collect();
        (Self::of(summary, facts, exams, files), findings)
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

    /// Puts a file behind the others.
    pub(super) fn add(&mut self, file: File) {
        self.files.push(file);
        self.places.clear();
        self.index();
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

/// Ids are unique in the course: those in use, those that were and those that are retired. The course comes before the
/// learner's decks, so that what both claim is told in the deck.
fn names(drafts: &[Draft]) -> Vec<Finding> {
    let mut claims = Claims::default();
    for owner in [Owner::Author, Owner::Learner] {
        let own = || sheets_of(drafts).filter(move |(draft, _)| draft.owner == owner);
        for (draft, sheet) in own() {
            claims.sheet(draft, sheet);
        }
        for (draft, _) in own() {
            claims.names(draft);
        }
    }
    claims.findings
}

/// Who claimed which name first, by path.
#[derive(Default)]
struct Claims<'a> {
    sheets: HashMap<&'a str, &'a str>,
    retired: HashMap<&'a QuestionId, &'a str>,
    names: HashMap<&'a QuestionId, &'a str>,
    findings: Vec<Finding>,
}

impl<'a> Claims<'a> {
    fn sheet(&mut self, draft: &'a Draft, sheet: &'a Sheet) {
        let path = draft.file.path.as_str();
        if let Some(first) = self.sheets.insert(sheet.id.as_str(), path) {
            let message = format!("two sheets are called `{}`", sheet.id);
            let help = format!("the other is {first}");
            self.report(draft, sheet.id_span, "duplicate-sheet", message, help);
        }
        for question in &sheet.retired {
            let id = &question.id;
            if let Some(user) = self.names.get(id) {
                let message = format!("the id `{id}` is in use");
                let help = format!("it stands in {user}");
                self.report(draft, question.span, "duplicate-id", message, help);
            } else if let Some(first) = self.retired.insert(id, path) {
                let message = format!("the id `{id}` is retired twice");
                let help = format!("first in {first}");
                self.report(draft, question.span, "duplicate-id", message, help);
            }
        }
    }

    fn names(&mut self, draft: &'a Draft) {
        let path = draft.file.path.as_str();
        for name in &draft.named.ids {
            let id = &name.id;
            if let Some(first) = self.retired.get(id) {
                let message = format!("the id `{id}` is retired");
                let help = format!("ids are never used again; it is retired in {first}");
                self.report(draft, name.span, "retired-id", message, help);
            }
            if let Some(first) = self.names.insert(id, path) {
                let message = if name.is_old {
                    format!("the old id `{id}` is in use")
                } else {
                    format!("the id `{id}` is used twice")
                };
                let help = format!("first in {first}");
                self.report(draft, name.span, "duplicate-id", message, help);
            }
        }
    }

    fn report(&mut self, draft: &Draft, span: Span, code: &str, message: String, help: String) {
        let finding = Diagnostic::error(span, code, message).with_help(help);
        let lines = Lines::new(&draft.source);
        self.findings
            .push(Finding::new(&draft.file.path, &lines, finding));
    }
}

/// Takes out of the decks what is the course's: questions of an id that it has or had, and old names that it uses.
fn keep_apart(drafts: &mut [Draft]) {
    let mut claimed: HashSet<QuestionId> = HashSet::new();
    for (draft, sheet) in sheets_of(drafts).filter(|(draft, _)| draft.owner == Owner::Author) {
        claimed.extend(draft.named.ids.iter().map(|name| name.id.clone()));
        claimed.extend(sheet.retired.iter().map(|retired| retired.id.clone()));
    }
    for draft in drafts
        .iter_mut()
        .filter(|draft| draft.owner == Owner::Learner)
    {
        let FileKind::Sheet(sheet) = &mut draft.file.kind else {
            continue;
        };
        sheet
            .questions
            .retain(|question| !claimed.contains(&question.id));
        for question in &mut sheet.questions {
            question.was.take_if(|was| claimed.contains(was));
        }
    }
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
