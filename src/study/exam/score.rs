//! What an exam was worth, and what is to be learned from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::draw::Item;
use super::run::{Run, Seat};
use crate::base::Timestamp;
use crate::course::{CardId, Course, QuestionId};
use crate::study::day::UtcOffset;
use crate::study::entry::{Answer, DeviceId, Entry, EntryId, EntryKind, Rating};
use crate::study::grade::{Response, is_right};
use crate::study::leech::LeechAction;
use crate::study::progress::Progress;

/// What the answer to a question was worth. There is no part of a point: a multiple response is right as a whole or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Right.
    Right,
    /// Wrong.
    Wrong,
    /// Not answered: it counts as wrong, as guessing costs nothing.
    Unanswered,
    /// The course has the question no more: it does not count.
    Gone,
}

/// The score of an exam.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// For each question of the paper.
    pub outcomes: Vec<Outcome>,
    /// By domain, as the paper has them.
    pub domains: Vec<DomainScore>,
    /// Over all.
    pub right: u32,
    /// How many count.
    pub of: u32,
}

/// The score in a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainScore {
    /// Its name.
    pub name: String,
    /// How many were right.
    pub right: u32,
    /// How many count.
    pub of: u32,
}

impl Score {
    /// The share of right answers in percent; 0 where nothing counts.
    #[must_use]
    pub fn percent(&self) -> u32 {
        percent(self.right, self.of)
    }
}

impl DomainScore {
    /// The share of right answers in percent; 0 where nothing counts.
    #[must_use]
    pub fn percent(&self) -> u32 {
        percent(self.right, self.of)
    }
}

fn percent(right: u32, of: u32) -> u32 {
    (right * 100 + of / 2).checked_div(of).unwrap_or(0)
}

impl Run {
    /// The score of what is answered by `now`.
    #[must_use]
    pub fn score(&self, course: &Course, now: Timestamp) -> Score {
        let seats = self.at(now).seats;
        let outcomes: Vec<Outcome> = seats
            .iter()
            .zip(&self.paper.items)
            .map(|(seat, item)| outcome(course, &item.question, seat))
            .collect();
        let tally = |domain: Option<u32>| {
            let items = self.paper.items.iter().zip(&outcomes);
            items
                .filter(|(item, _)| domain.is_none_or(|domain| item.domain == domain))
                .fold((0, 0), |(right, of), (_, outcome)| match outcome {
                    Outcome::Right => (right + 1, of + 1),
                    Outcome::Wrong | Outcome::Unanswered => (right, of + 1),
                    Outcome::Gone => (right, of),
                })
        };
        let domains = self.paper.domains.iter().map(|domain| {
            let (right, of) = tally(Some(domain.number));
            let name = domain.name.clone();
            DomainScore { name, right, of }
        });
        let domains = domains.collect();
        let (right, of) = tally(None);
        Score {
            outcomes,
            domains,
            right,
            of,
        }
    }

    /// The questions that were answered wrongly or not at all. An exam that still runs is taken as it stands.
    #[must_use]
    pub fn missed(&self, course: &Course) -> Vec<QuestionId> {
        let outcomes = self.score(course, self.began).outcomes;
        let missed = outcomes.iter().zip(&self.paper.items);
        missed
            .filter(|(outcome, _)| matches!(outcome, Outcome::Wrong | Outcome::Unanswered))
            .map(|(_, item)| item.question.clone())
            .collect()
    }

    /// What enters the review log when the exam is over: a miss for each wrong answer, so that it comes back, and a
    /// suspension for each that this makes a leech. What was not answered says nothing of memory and does not enter. To be
    /// written together with [`super::EventKind::Entered`].
    ///
    /// Name and time follow from the exam alone, so that two tabs that enter it at once write the same entries.
    #[must_use]
    pub fn entries(
        &self,
        course: &Course,
        progress: &Progress,
        now: Timestamp,
        utc_offset: UtcOffset,
    ) -> Vec<Entry> {
        let state = self.at(now);
        let Some(at) = state.ended.filter(|_| !state.is_entered) else {
            return Vec::new();
        };
        let device = self.device();
        let rule = progress.scheduler().leech;
        let answered = state.seats.into_iter().zip(&self.paper.items);
        let wrong: Vec<(Seat, &Item)> = answered
            .filter(|(seat, item)| outcome(course, &item.question, seat) == Outcome::Wrong)
            .collect();
        // A name belongs to one thing, whether or not a tab knows of the lapses before.
        let suspensions = wrong.len() as u64;
        wrong
            .into_iter()
            .zip(1..)
            .flat_map(|((seat, item), counter)| {
                let card = CardId::of(&item.question);
                let is_leech = rule.action == LeechAction::Suspend
                    && progress
                        .card(&card)
                        .is_some_and(|known| rule.turns(known, Rating::Again).is_some());
                let review = progress.preview(&card, Rating::Again, at, utc_offset);
                let chosen = match seat.response {
                    Some(Response::Chosen(chosen)) => chosen,
                    _ => Vec::new(),
                };
                let answer = Answer {
                    rating: Rating::Again,
                    guessed: false,
                    took_ms: 0,
                    chosen,
                    interval: review.interval,
                };
                let entry = |counter, kind| Entry {
                    id: EntryId {
                        device: device.clone(),
                        counter,
                    },
                    at,
                    utc_offset,
                    card: card.clone(),
                    content_hash: item.content_hash.clone(),
                    kind,
                };
                let suspension = || entry(suspensions + counter, EntryKind::Suspend);
                let miss = entry(counter, EntryKind::Answer(answer));
                [Some(miss), is_leech.then(suspension)]
                    .into_iter()
                    .flatten()
            })
            .collect()
    }

    /// An exam enters the log as if it were a device of its own.
    fn device(&self) -> DeviceId {
        let digest = Sha256::digest(self.name());
        let (bytes, _) = digest.split_first_chunk().expect("a digest has 32 bytes");
        DeviceId::from_random(*bytes)
    }
}

fn outcome(course: &Course, id: &QuestionId, seat: &Seat) -> Outcome {
    let present = course.renamed().get(id).unwrap_or(id);
    let Some((_, question)) = course.question(present) else {
        return Outcome::Gone;
    };
    let Some(response) = seat.answer() else {
        return Outcome::Unanswered;
    };
    match is_right(question, &CardId::of(present), response) {
        Some(true) => Outcome::Right,
        Some(false) => Outcome::Wrong,
        None => Outcome::Gone,
    }
}
