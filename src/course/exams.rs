//! The exams that a course prepares for: `exams.toml`.

use serde::{Deserialize, Serialize};

use super::table::{Findings, Placed, Table, address, count, day, words};
use crate::base::Diagnostic;

/// The exams of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exams {
    /// In the order of the file.
    pub exams: Vec<Exam>,
}

/// An exam as its guide describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let findings = Findings::default();
        let mut exams = Self::default();
        if let Some(mut file) = Table::parse(text, &findings) {
            for entry in file.tables("exam") {
                exams.extend(entry);
            }
            file.finish();
        }
        (exams, findings.into_inner())
    }

    fn extend(&mut self, mut entry: Table<'_>) {
        let code = entry.required("code", words);
        let exam = Exam::read(code.as_ref(), &mut entry);
        if let (Some(code), Some(exam)) = (code, exam) {
            if self.get(&exam.code).is_some() {
                let message = format!("two exams are called `{}`", exam.code);
                entry.refuse(code.span, "duplicate-id", message);
            } else {
                self.exams.push(exam);
            }
        }
        entry.finish();
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
    fn read(code: Option<&Placed<String>>, entry: &mut Table<'_>) -> Option<Self> {
        let title = entry.required("title", words);
        let from = entry.optional("from", day);
        let until = entry.optional("until", day);
        let questions = entry.required("questions", count);
        let scored = entry.optional("scored", count);
        let minutes = entry.optional("minutes", count);
        let pass = entry.required("pass", count);
        let items = entry.list("items", words);
        let sources = entry.list("sources", address);
        let mut domains = Vec::new();
        for domain in entry.tables("domain") {
            ExamDomain::read_into(&mut domains, domain);
        }
        let code = code?;
        let weights = domains
            .iter()
            .fold(0u32, |sum, domain| sum.saturating_add(domain.weight));
        if weights != 100 {
            let message = format!("the weights of the domains add up to {weights}, not to 100");
            entry.refuse(code.span, "wrong-value", message);
        }
        Some(Self {
            code: code.value.clone(),
            title: title?.value,
            from: value(from),
            until: value(until),
            questions: questions?.value,
            scored: value(scored),
            minutes: value(minutes),
            pass: pass?.value,
            items: values(items?),
            sources: values(sources?),
            domains,
        })
    }
}

impl ExamDomain {
    fn read_into(domains: &mut Vec<Self>, mut entry: Table<'_>) {
        let number = entry.required("number", count);
        let name = entry.required("name", words);
        let weight = entry.required("weight", count);
        if let (Some(number), Some(name), Some(weight)) = (number, name, weight) {
            if domains.iter().any(|domain| domain.number == number.value) {
                let message = format!("two domains have the number {}", number.value);
                entry.refuse(number.span, "duplicate-id", message);
            } else {
                domains.push(Self {
                    number: number.value,
                    name: name.value,
                    weight: weight.value,
                });
            }
        }
        entry.finish();
    }
}

fn value<T>(placed: Option<Placed<T>>) -> Option<T> {
    placed.map(|placed| placed.value)
}

fn values(placed: Vec<Placed<String>>) -> Vec<String> {
    placed.into_iter().map(|placed| placed.value).collect()
}
