//! What a search can be narrowed down to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Query;
use crate::course::{Course, Question, QuestionKind, Sheet};
use crate::study::day::Day;
use crate::study::progress::{Card, Progress};

/// A domain of an exam, such as `SCS-C03/4`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DomainName {
    /// The exam's code.
    pub exam: String,
    /// The number of its domain.
    pub number: u32,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// One of several options is right.
    Single,
    /// Some of several options are right.
    Multiple,
    /// The answer is typed.
    Typed,
    /// Blanks are filled in.
    Cloze,
    /// The answer is recalled.
    Basic,
    /// Items are put into order.
    Order,
    /// Left and right are matched.
    Match,
    /// Something is done in a lab.
    Lab,
}

impl Kind {
    /// Its name, as a learner reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "one of several",
            Self::Multiple => "some of several",
            Self::Typed => "typed",
            Self::Cloze => "blanks",
            Self::Basic => "recalled",
            Self::Order => "order",
            Self::Match => "match",
            Self::Lab => "lab",
        }
    }

    /// The kind of a question.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        match question.kind {
            QuestionKind::Single { .. } => Self::Single,
            QuestionKind::Multiple { .. } => Self::Multiple,
            QuestionKind::Typed(_) => Self::Typed,
            QuestionKind::Cloze { .. } => Self::Cloze,
            QuestionKind::Basic { .. } => Self::Basic,
            QuestionKind::Order { .. } => Self::Order,
            QuestionKind::Match { .. } => Self::Match,
            QuestionKind::Lab { .. } => Self::Lab,
        }
    }
}

/// A state that a card can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// Never answered, or not since a reset.
    New,
    /// Learned or learned again, in steps of minutes.
    Learning,
    /// Coming back after days.
    Review,
    /// Not asked until it is unsuspended.
    Suspended,
    /// Forgotten again and again.
    Leech,
    /// Flagged by the learner.
    Flagged,
    /// On the learner's list of questions to be edited.
    EditLater,
    /// With something that the learner wrote about it.
    Noted,
    /// To be asked on this day or before.
    Due,
    /// Missed within the last [`LATELY`] days.
    Missed,
}

/// How many days before today are lately.
pub const LATELY: u32 = 7;

impl State {
    /// All of them, as a learner chooses from them.
    pub const ALL: [Self; 10] = [
        Self::New,
        Self::Due,
        Self::Learning,
        Self::Review,
        Self::Missed,
        Self::Flagged,
        Self::EditLater,
        Self::Noted,
        Self::Leech,
        Self::Suspended,
    ];

    /// Its name, as a learner reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Learning => "being learned",
            Self::Review => "known",
            Self::Suspended => "suspended",
            Self::Leech => "leech",
            Self::Flagged => "flagged",
            Self::EditLater => "to edit",
            Self::Noted => "with notes",
            Self::Due => "due",
            Self::Missed => "missed lately",
        }
    }

    /// The states that the cards of a question are in `today`, each once.
    #[must_use]
    pub fn of(question: &Question, progress: &Progress, today: Day) -> Vec<Self> {
        let fresh = Card::default();
        let leech = progress.scheduler().leech;
        let mut states = BTreeSet::new();
        for name in question.cards() {
            let card = progress.card(&name).unwrap_or(&fresh);
            states.insert(match (card.due, card.waits()) {
                (None, _) => Self::New,
                (Some(_), None) => Self::Learning,
                (Some(_), Some(_)) => Self::Review,
            });
            let is_late = |missed| today.since(missed) <= LATELY;
            let marks = [
                (card.is_due_on(today), Self::Due),
                (card.last_missed.is_some_and(is_late), Self::Missed),
                (card.suspended, Self::Suspended),
                (leech.counts(card), Self::Leech),
                (card.flagged, Self::Flagged),
                (card.edit_later, Self::EditLater),
                (!card.notes.is_empty(), Self::Noted),
            ];
            states.extend(
                marks
                    .into_iter()
                    .filter(|(is, _)| *is)
                    .map(|(_, state)| state),
            );
        }
        states.into_iter().collect()
    }
}

impl Query {
    pub(super) fn keeps(
        &self,
        sheet: &Sheet,
        question: &Question,
        progress: &Progress,
        today: Day,
    ) -> bool {
        let about = &sheet.about;
        let is =
            |wanted: &Option<String>, is: &dyn Fn(&String) -> bool| wanted.as_ref().is_none_or(is);
        let has_tag = |tag: &String| question.tags.contains(tag) || about.tags.contains(tag);
        let in_domain = |wanted: &DomainName| {
            let mut domains = about.domains.iter();
            domains.any(|domain| domain.exam == wanted.exam && domain.number == wanted.number)
        };
        self.sheet.as_ref().is_none_or(|wanted| *wanted == sheet.id)
            && is(&self.topic, &|topic| *topic == about.topic)
            && is(&self.tag, &has_tag)
            && self.domain.as_ref().is_none_or(in_domain)
            && self.kind.is_none_or(|kind| kind == Kind::of(question))
            && self
                .state
                .is_none_or(|state| State::of(question, progress, today).contains(&state))
    }
}

/// What the filters can be set to in a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The topics, each with the title of its first sheet, in the order of the course.
    pub topics: Vec<(String, String)>,
    /// The tags, by name.
    pub tags: Vec<String>,
    /// The domains, by exam and number.
    pub domains: Vec<DomainName>,
    /// The kinds of question.
    pub kinds: Vec<Kind>,
}

impl Choices {
    /// What the filters can be set to in a course.
    #[must_use]
    pub fn of(course: &Course) -> Self {
        let mut topics: Vec<(String, String)> = Vec::new();
        let (mut tags, mut domains, mut kinds) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (_, sheet) in course.sheets() {
            let about = &sheet.about;
            if !topics.iter().any(|(topic, _)| *topic == about.topic) {
                topics.push((about.topic.clone(), about.title.clone()));
            }
            tags.extend(about.tags.iter().cloned());
            domains.extend(about.domains.iter().map(|domain| DomainName {
                exam: domain.exam.clone(),
                number: domain.number,
            }));
            for question in &sheet.questions {
                tags.extend(question.tags.iter().cloned());
                kinds.insert(Kind::of(question));
            }
        }
        Self {
            topics,
            tags: tags.into_iter().collect(),
            domains: domains.into_iter().collect(),
            kinds: kinds.into_iter().collect(),
        }
    }
}
