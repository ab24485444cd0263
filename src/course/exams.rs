//! The exams that a course prepares for: `exams.toml`.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::facts::broken_toml;
use crate::base::Diagnostic;

/// The exams of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exams {
    /// In the order of the file.
    pub exams: Vec<Exam>,
}

/// An exam as its guide describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// Its code, such as `SCS-C03`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The first day on which it can be sat (`2026-12-01`), if known.
    pub from: Option<String>,
    /// The last day, if known.
    pub until: Option<String>,
    /// How many questions are asked.
    pub questions: u32,
    /// How many of them count.
    pub scored: Option<u32>,
    /// How long it takes, if a source says so.
    pub minutes: Option<u32>,
    /// The scaled score that passes.
    pub pass: u32,
    /// The response types, in the guide's words.
    pub items: Vec<String>,
    /// The pages that say so.
    pub sources: Vec<String>,
    /// Its domains.
    pub domains: Vec<ExamDomain>,
}

/// One domain of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamDomain {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its share of the scored questions, in percent.
    pub weight: u32,
}

impl Exams {
    /// Reads `exams.toml`: what is right of it, and what is wrong.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let file: ExamFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                diagnostics.push(broken_toml(&error));
                return (Self::default(), diagnostics);
            }
        };
        let mut exams = Self::default();
        for entry in file.exam {
            let span = entry.code.span().into();
            let exam = entry.into_exam(&mut diagnostics);
            if exams.get(&exam.code).is_some() {
                let message = format!("two exams are called `{}`", exam.code);
                diagnostics.push(Diagnostic::error(span, "duplicate-id", message));
            } else {
                exams.exams.push(exam);
            }
        }
        (exams, diagnostics)
    }

    /// The exam of this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Exam> {
        self.exams.iter().find(|exam| exam.code == code)
    }
}

impl Exam {
    /// The domain of this number.
    #[must_use]
    pub fn domain(&self, number: u32) -> Option<&ExamDomain> {
        self.domains.iter().find(|domain| domain.number == number)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamFile {
    #[serde(default)]
    exam: Vec<ExamEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamEntry {
    code: Spanned<String>,
    title: String,
    from: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
    questions: u32,
    scored: Option<u32>,
    minutes: Option<u32>,
    pass: u32,
    items: Vec<String>,
    sources: Vec<Spanned<String>>,
    #[serde(default)]
    domain: Vec<DomainEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainEntry {
    number: Spanned<u32>,
    name: String,
    weight: u32,
}

impl ExamEntry {
    fn into_exam(self, diagnostics: &mut Vec<Diagnostic>) -> Exam {
        let mut refuse = |span: std::ops::Range<usize>, code, message: String| {
            diagnostics.push(Diagnostic::error(span.into(), code, message));
        };
        for date in self.from.iter().chain(&self.until) {
            if date.get_ref().date.is_none() {
                let message = format!("`{}` is no date", date.get_ref());
                refuse(date.span(), "wrong-value", message);
            }
        }
        for source in &self.sources {
            if !source.get_ref().starts_with("https://") {
                let message = format!("`{}` is no address", source.get_ref());
                refuse(source.span(), "wrong-value", message);
            }
        }
        let mut domains: Vec<ExamDomain> = Vec::new();
        for entry in self.domain {
            let number = *entry.number.get_ref();
            if domains.iter().any(|domain| domain.number == number) {
                let message = format!("two domains have the number {number}");
                refuse(entry.number.span(), "duplicate-id", message);
                continue;
            }
            domains.push(ExamDomain {
                number,
                name: entry.name,
                weight: entry.weight,
            });
        }
        let weights = domains
            .iter()
            .fold(0u32, |sum, domain| sum.saturating_add(domain.weight));
        if weights != 100 {
            let message = format!("the weights of the domains add up to {weights}, not to 100");
            refuse(self.code.span(), "wrong-value", message);
        }
        let day = |date: Option<Spanned<Datetime>>| date.map(|date| date.into_inner().to_string());
        Exam {
            code: self.code.into_inner(),
            title: self.title,
            from: day(self.from),
            until: day(self.until),
            questions: self.questions,
            scored: self.scored,
            minutes: self.minutes,
            pass: self.pass,
            items: self.items,
            sources: self.sources.into_iter().map(Spanned::into_inner).collect(),
            domains,
        }
    }
}
