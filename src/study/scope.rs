//! What a session is about.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::day::UtcOffset;
use super::progress::{Card, Progress};
use super::queue::{Limits, Queue, is_askable};
use super::search::DomainName;
use crate::base::Timestamp;
use crate::course::{CardId, Course, Question, QuestionId, Sheet, SheetId};

/// Which cards a session asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What is due and new today, within the day's limits.
    #[default]
    Due,
    /// All of a topic.
    Topic(String),
    /// All with a tag, of its own or of its sheet.
    Tag(String),
    /// All of an exam's domain.
    Domain(DomainName),
    /// All of a sheet.
    Sheet(SheetId),
    /// What was missed today or on the days before.
    MissedLately {
        /// How many days before today.
        days: u32,
    },
    /// What the learner flagged.
    Flagged,
    /// What was forgotten again and again, suspended or not.
    Leeches,
    /// What the learner wants to edit.
    EditLater,
    /// What was never answered.
    Unseen,
    /// These questions, such as a search found them.
    Found(BTreeSet<QuestionId>),
    /// These questions, suspended or not: somebody has asked for what is set aside.
    FoundAside(BTreeSet<QuestionId>),
}

impl Scope {
    /// The cards to ask at `now`, of each question one, look-alikes interleaved. The day's limits count for
    /// [`Scope::Due`] only.
    #[must_use]
    pub fn cards(
        &self,
        progress: &Progress,
        course: &Course,
        limits: Limits,
        now: Timestamp,
        offset: UtcOffset,
    ) -> Vec<CardId> {
        let today = progress.day(now, offset);
        let fresh = Card::default();
        let mut cards = Vec::new();
        for (sheet, question) in course.questions() {
            if !is_askable(question) || !self.names(sheet, question) {
                continue;
            }
            cards.extend(question.cards().into_iter().filter(|name| {
                let card = progress.card(name).unwrap_or(&fresh);
                let is_asked = !card.suspended && card.buried != Some(today);
                match self {
                    Self::Leeches => progress.scheduler().leech.counts(card),
                    Self::FoundAside(_) => true,
                    Self::EditLater => card.edit_later,
                    Self::Flagged => is_asked && card.flagged,
                    Self::Unseen => is_asked && card.due.is_none(),
                    Self::MissedLately { days } => {
                        let is_late = |missed| today.since(missed) <= *days;
                        is_asked && card.last_missed.is_some_and(is_late)
                    }
                    _ => is_asked,
                }
            }));
        }
        if *self == Self::Due {
            let queue = Queue::at(progress, &cards, limits, now, offset);
            return interleaved(course, queue.cards());
        }
        // What is known worst comes first, what is new behind it, in the order of the course.
        let recall = |name: &CardId| {
            let recall = progress
                .card(name)
                .and_then(|card| card.recall(&progress.scheduler().model, today));
            recall.unwrap_or(f32::INFINITY)
        };
        cards.sort_by(|one, other| recall(one).total_cmp(&recall(other)));
        let mut questions: HashSet<QuestionId> = HashSet::new();
        cards.retain(|card| questions.insert(card.question()));
        interleaved(course, cards)
    }

    fn names(&self, sheet: &Sheet, question: &Question) -> bool {
        match self {
            Self::Topic(topic) => sheet.about.topic == *topic,
            Self::Tag(tag) => sheet.about.tags.contains(tag) || question.tags.contains(tag),
            Self::Domain(domain) => sheet
                .about
                .domains
                .iter()
                .any(|of| of.exam == domain.exam && of.number == domain.number),
            Self::Sheet(id) => sheet.id == *id,
            Self::Found(questions) | Self::FoundAside(questions) => {
                questions.contains(&question.id)
            }
            _ => true,
        }
    }
}

/// The cards with look-alike topics mixed evenly, so that the learner has to tell them apart, and everything else sheet by
/// sheet. Groups, and the cards of one sheet, keep their order.
///
/// Interleaving helps where things are easily confused, and not elsewhere (Brunmair & Richter 2019,
/// <https://doi.org/10.1037/bul0000209>).
#[must_use]
pub fn interleaved(course: &Course, cards: Vec<CardId>) -> Vec<CardId> {
    let mut groups: Vec<Vec<(usize, CardId)>> = Vec::new();
    let mut group_of: HashMap<(bool, &str), usize> = HashMap::new();
    let mut sheets: HashMap<&str, usize> = HashMap::new();
    for card in cards {
        let sheet = course.question(&card.question()).map(|(sheet, _)| sheet);
        let name = sheet.map_or("", |sheet| sheet.id.as_str());
        let group = match sheet.and_then(|sheet| sheet.confusable.as_deref()) {
            Some(confusable) => (true, confusable),
            None => (false, name),
        };
        let next = groups.len();
        let place = *group_of.entry(group).or_insert(next);
        if place == next {
            groups.push(Vec::new());
        }
        let next = sheets.len();
        let sheet = *sheets.entry(name).or_insert(next);
        groups[place].push((sheet, card));
    }
    groups.into_iter().flat_map(spread).collect()
}

/// Each sheet's cards at even distances over the whole.
fn spread(group: Vec<(usize, CardId)>) -> Vec<CardId> {
    let mut totals: HashMap<usize, f64> = HashMap::new();
    for (sheet, _) in &group {
        *totals.entry(*sheet).or_default() += 1.0;
    }
    let mut seen: HashMap<usize, f64> = HashMap::new();
    let mut placed: Vec<(f64, CardId)> = group
        .into_iter()
        .map(|(sheet, card)| {
            let before = seen.entry(sheet).or_default();
            let place = (*before + 0.5) / totals[&sheet];
            *before += 1.0;
            (place, card)
        })
        .collect();
    placed.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    placed.into_iter().map(|(_, card)| card).collect()
}
