//! Mock exams: what is offered, a paper, a report.

use serde::{Deserialize, Serialize};

use super::analyst::AnalystAnswer;
use super::learned::Learned;
use super::packed::Packed;
use crate::base::Timestamp;
use crate::course::{Course, Deck, Files};
use crate::store::{Stored, keep_exam};
use crate::study::exam::{Blueprint, EventKind, Offer, Paper, PracticeOptions, Report, Run};
use crate::study::{Entry, EntryKind, UtcOffset};

/// What is asked about exams, and what the answer follows from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExamAsk {
    /// The course's files.
    pub files: Files,
    /// The learner's own decks.
    pub decks: Packed<Vec<Deck>>,
    /// What the learner did.
    pub learned: Learned,
    /// The exams so far, the last at the end.
    pub runs: Vec<Run>,
    /// Now.
    pub at: Timestamp,
    /// The learner's local time.
    pub utc_offset: UtcOffset,
    /// What is asked.
    pub about: ExamTopic,
}

/// What can be asked about exams.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ExamTopic {
    /// Which exams there are, and how those stand that were begun.
    Offers,
    /// A paper.
    Paper {
        /// The exam's code.
        exam: String,
        /// How it differs from the exam.
        options: PracticeOptions,
        /// What it is drawn from, and what it is called.
        seed: String,
    },
    /// What the last of the exams has come to.
    Report,
}

/// What is answered about exams.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ExamAnswer {
    /// The exams of which a mock can be drawn, and a line for each that was begun.
    Offers(Vec<Offer>, Vec<String>),
    /// A paper; it may be empty.
    Paper(Paper),
    /// What it has come to, and what is to be kept of it: what was missed goes into the log, once.
    Report(Report, Stored),
}

/// The answer that a course gives.
pub(super) fn answer(course: &Course, ask: ExamAsk) -> AnalystAnswer {
    let ExamAsk {
        learned,
        mut runs,
        at,
        utc_offset,
        about,
        ..
    } = ask;
    let renamed = course.renamed().clone();
    let progress = || learned.replay(renamed);
    let answer = match about {
        ExamTopic::Offers => {
            let lines = runs.iter().map(|run| run.in_short(course, at, utc_offset));
            ExamAnswer::Offers(Offer::all(course, at, utc_offset), lines.collect())
        }
        ExamTopic::Paper {
            exam,
            options,
            seed,
        } => {
            let Some(exam) = course.exams.get(&exam) else {
                let why = format!("the course knows no exam `{exam}`");
                return AnalystAnswer::Refused { why };
            };
            let blueprint = Blueprint::of(exam, course);
            let progress = progress();
            let today = progress.day(at, utc_offset);
            let seed = (seed.as_str(), today);
            let paper = Paper::draw(&blueprint, course, &progress, &runs, &options, seed);
            ExamAnswer::Paper(paper)
        }
        ExamTopic::Report => {
            let Some(mut run) = runs.pop() else {
                let why = "there is no exam to report about".to_owned();
                return AnalystAnswer::Refused { why };
            };
            let mut report = run.report(course, at);
            let entries = run.entries(course, &progress(), at, utc_offset);
            let is_suspension = |entry: &&Entry| entry.kind == EntryKind::Suspend;
            match entries.iter().filter(is_suspension).count() {
                0 => {}
                1 => report.notes.push("One question that you forget again and again is suspended: Browse lists it among the leeches.".to_owned()),
                count => report.notes.push(format!("{count} questions that you forget again and again are suspended: Browse lists them among the leeches.")),
            }
            if run.at(at).ended.is_some_and(|_| !run.at(at).is_entered) {
                run.push(at, EventKind::Entered);
            }
            let stored = Stored {
                log: entries.into_iter().collect(),
                shelves: keep_exam(&run),
                ..Stored::default()
            };
            ExamAnswer::Report(report, stored)
        }
    };
    AnalystAnswer::Exam(Box::new(answer))
}
