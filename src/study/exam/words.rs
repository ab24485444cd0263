//! What a learner is told of an exam before it and after it, in words.

use serde::{Deserialize, Serialize};

use super::blueprint::Blueprint;
use super::run::Run;
use super::score::{DomainScore, Outcome};
use crate::base::Timestamp;
use crate::course::{Course, Exam};
use crate::study::day::{Day, Rollover, UtcOffset};
use crate::study::figure::Table;

/// An exam of which a mock can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The exam's code.
    pub exam: String,
    /// Its code and title.
    pub title: String,
    /// How many questions a paper can have at most: as many as the exam asks, or as the course has.
    pub questions: u32,
    /// What there is to know, a sentence each: its form, its dates, what the course lacks of it.
    pub about: Vec<String>,
}

/// What an exam that is over has come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Right answers and their share, in one sentence.
    pub lede: String,
    /// What the score says and what it does not, a sentence each.
    pub notes: Vec<String>,
    /// The score by domain.
    pub domains: Table,
    /// What each question of the paper was worth.
    pub outcomes: Vec<Outcome>,
}

impl Offer {
    /// The exams that can still be sat at `now` and that the course has questions for.
    #[must_use]
    pub fn all(course: &Course, now: Timestamp, offset: UtcOffset) -> Vec<Self> {
        let today = today(now, offset);
        let exams = course.exams.exams.iter();
        let open = exams.filter(|exam| exam.until.as_ref().is_none_or(|until| *until >= today));
        open.map(|exam| (exam, Blueprint::of(exam, course)))
            .filter(|(_, blueprint)| blueprint.missing().len() < blueprint.domains.len())
            .map(|(exam, blueprint)| Self::of(exam, &blueprint, course, &today))
            .collect()
    }

    fn of(exam: &Exam, blueprint: &Blueprint, course: &Course, today: &str) -> Self {
        let available = blueprint.available(course);
        let questions = exam.questions.min(available);
        let mut about = vec![form(exam)];
        match (&exam.from, &exam.until) {
            (Some(from), _) if today < from.as_str() => {
                about.push(format!("It can be sat from {from} on."));
            }
            (_, Some(until)) => about.push(format!("It can be sat until {until}.")),
            _ => {}
        }
        about.extend(lacks(blueprint));
        if questions < exam.questions {
            about.push(format!(
                "The course has {available} questions for it, so a full mock is shorter, and its time with it."
            ));
        }
        Self {
            exam: exam.code.clone(),
            title: format!("{}: {}", exam.code, exam.title),
            questions,
            about,
        }
    }
}

fn form(exam: &Exam) -> String {
    let time = match exam.minutes {
        Some(minutes) => format!("{minutes} minutes"),
        None => "a time that AWS does not state, so the mock has no limit".to_owned(),
    };
    let scored = exam.scored.filter(|scored| *scored < exam.questions);
    let scored = scored.map(|scored| format!(", of which {scored} count,"));
    format!(
        "The exam asks {} questions{} in {time}: {}.",
        exam.questions,
        scored.unwrap_or_default(),
        exam.items.join(", ")
    )
}

/// What a partial mock leaves out.
fn lacks(blueprint: &Blueprint) -> Option<String> {
    let missing = blueprint.missing();
    let of: u32 = missing.iter().map(|domain| domain.weight).sum();
    let names: Vec<&str> = missing.iter().map(|domain| domain.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "This is a partial mock: the course has no questions on {}, which make {of} % of the exam. The weights of the other domains are taken for the whole.",
            names.join("; ")
        )
    })
}

impl Run {
    /// When it was begun and how it stands at `now`, in one line.
    #[must_use]
    pub fn in_short(&self, course: &Course, now: Timestamp, offset: UtcOffset) -> String {
        let state = self.at(now);
        let count = self.paper.items.len();
        let stands = if state.ended.is_some() {
            format!("{} % right", self.score(course, now).percent())
        } else {
            let answered = state.seats.iter().filter(|seat| seat.answer().is_some());
            format!("{} answered, not handed in", answered.count())
        };
        let day = today(self.began, offset);
        let noun = if count == 1 { "question" } else { "questions" };
        format!("{}, {day}: {count} {noun}, {stands}", self.paper.exam)
    }

    /// What it has come to.
    #[must_use]
    pub fn report(&self, course: &Course, now: Timestamp) -> Report {
        let score = self.score(course, now);
        let of = |outcome: Outcome| score.outcomes.iter().filter(|has| **has == outcome).count();
        let unanswered = match of(Outcome::Unanswered) {
            0 => String::new(),
            count => format!(" {count} not answered."),
        };
        let minutes = self.at(now).used.as_secs().div_ceil(60);
        let time = if minutes == 1 { "minute" } else { "minutes" };
        let mut notes = Vec::new();
        if let Some(exam) = course.exams.get(&self.paper.exam) {
            notes.push(format!(
                "The exam is passed at {} of 1000 scaled points. AWS does not publish how it turns answers into points, so no percentage is a pass.",
                exam.pass
            ));
        }
        if !self.paper.missing.is_empty() {
            notes.push(format!(
                "This was a partial mock, without {}.",
                self.paper.missing.join("; ")
            ));
        }
        if of(Outcome::Gone) > 0 {
            notes.push("What the course has no more does not count.".to_owned());
        }
        if of(Outcome::Wrong) > 0 {
            notes.push("What you answered wrongly comes back in the review.".to_owned());
        }
        let row = |domain: &DomainScore| {
            let percent = format!("{} %", domain.percent());
            vec![
                domain.name.clone(),
                percent,
                format!("{} of {}", domain.right, domain.of),
            ]
        };
        Report {
            lede: format!(
                "{} of {} right: {} %.{unanswered} It took {minutes} {time}.",
                score.right,
                score.of,
                score.percent()
            ),
            notes,
            domains: Table {
                header: ["Domain", "Right", "Questions"].map(str::to_owned).into(),
                rows: score.domains.iter().map(row).collect(),
            },
            outcomes: score.outcomes,
        }
    }
}

/// `2026-11-23`, by the clock on the wall.
fn today(at: Timestamp, offset: UtcOffset) -> String {
    let midnight = Rollover::at_hour(0).expect("every day has that hour");
    let date = Day::of(at, offset, midnight).date();
    let month = u8::from(date.month());
    format!("{:04}-{month:02}-{:02}", date.year(), date.day())
}
