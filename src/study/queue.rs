//! What is to be asked now.

use std::collections::HashMap;

use super::day::{Day, UtcOffset};
use super::progress::{Card, Due, Progress};
use crate::base::Timestamp;
use crate::course::{CardId, Course, Question, QuestionId, QuestionKind};

/// How much a day holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// New cards a day.
    pub new: usize,
    /// Reviews a day.
    pub reviews: usize,
    /// Whether of the cards of one question only one is asked a day, the most urgent.
    pub bury_siblings: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            new: 20,
            reviews: 200,
            bury_siblings: true,
        }
    }
}

/// What is to be asked now, and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Cards whose memory fades, the most overdue first.
    pub due: Vec<CardId>,
    /// Cards that the last full pass before an exam asks today although they are not due, the weakest first.
    pub pass: Vec<CardId>,
    /// Cards never asked, in the order of the course.
    pub new: Vec<CardId>,
    /// When the next card comes back after those.
    pub next: Option<Due>,
}

impl Queue {
    /// The queue at `now` over the cards of a course, given in its order.
    #[must_use]
    pub fn at<'a>(
        progress: &Progress,
        cards: impl IntoIterator<Item = &'a CardId>,
        limits: Limits,
        now: Timestamp,
        offset: UtcOffset,
    ) -> Self {
        let today = progress.day(now, offset);
        let mut due = Vec::new();
        let mut queue = Self::default();
        for name in cards {
            let Some(card) = progress.card(name) else {
                queue.new.push(name.clone());
                continue;
            };
            match card.due {
                _ if card.suspended || card.buried == Some(today) => {}
                None => queue.new.push(name.clone()),
                Some(when) if card.is_due(now, today) => due.push((order(when, today), name)),
                Some(when) => {
                    let is_sooner = queue
                        .next
                        .is_none_or(|next| order(when, today) < order(next, today));
                    if is_sooner {
                        queue.next = Some(when);
                    }
                }
            }
        }
        // Stable, so that cards of one day keep the order of the course.
        due.sort_by_key(|(order, _)| *order);
        if limits.bury_siblings {
            let mut asked = answered_today(progress, today);
            due.retain(|(_, name)| {
                // A card that is being learned goes on, whatever its siblings did today.
                let is_learned = matches!(
                    progress.card(name),
                    Some(Card {
                        due: Some(Due::At(_)),
                        ..
                    })
                );
                takes_the_place(&mut asked, name, is_learned)
            });
            queue
                .new
                .retain(|name| takes_the_place(&mut asked, name, false));
        }
        let (seen, begun) = today_so_far(progress, today);
        due.truncate(limits.reviews.saturating_sub(seen));
        queue.due = due.into_iter().map(|(_, name)| name.clone()).collect();
        queue.new.truncate(limits.new.saturating_sub(begun));
        queue
    }

    /// When it is another queue although nothing is answered: the next card comes back, or the day that ends at `day_end`
    /// is over.
    #[must_use]
    pub fn changes_at(&self, day_end: Timestamp) -> Timestamp {
        match self.next {
            Some(Due::At(at)) => at.min(day_end),
            Some(Due::On(_)) | None => day_end,
        }
    }

    /// How many cards are to be asked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.due.len() + self.pass.len() + self.new.len()
    }

    /// Whether nothing is to be asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything to be asked: what is due, then the last pass, then what is new.
    #[must_use]
    pub fn cards(&self) -> Vec<CardId> {
        let seen = self.due.iter().chain(&self.pass);
        seen.chain(&self.new).cloned().collect()
    }
}

/// The cards of a course that a review asks, in the order of the course.
#[must_use]
pub fn askable_cards(course: &Course) -> Vec<CardId> {
    let asked = course
        .questions()
        .filter(|(_, question)| is_askable(question));
    asked.flat_map(|(_, question)| question.cards()).collect()
}

/// The cards of what is done rather than answered, in the order of the course: questions that a lab grades, and
/// predictions of cases. They have a schedule as any other card.
#[must_use]
pub fn hands_on_cards(course: &Course) -> Vec<CardId> {
    let questions = course.questions().map(|(_, question)| question);
    let labs = questions.filter(|question| matches!(question.kind, QuestionKind::Lab { .. }));
    let cases = course
        .scenarios()
        .map(|scenario| CardId::case(&scenario.id));
    labs.flat_map(Question::cards).chain(cases).collect()
}

/// Whether a review asks such a question. What is done in a lab is not: the lab does.
#[must_use]
pub fn is_askable(question: &Question) -> bool {
    !matches!(question.kind, QuestionKind::Lab { .. })
}

/// Days against instants: what waits for an instant is of today.
fn order(due: Due, today: Day) -> (Day, i64) {
    match due {
        Due::On(day) => (day, 0),
        Due::At(at) => (today, at.millis()),
    }
}

/// The questions of which a card was answered today.
fn answered_today(progress: &Progress, today: Day) -> HashMap<QuestionId, Asked> {
    let answered = progress
        .cards()
        .filter(|(_, card)| card.last_day == Some(today));
    answered
        .map(|(name, _)| (name.question(), Asked::Before))
        .collect()
}

/// Whether a card of a question was asked today, or is to be.
#[derive(PartialEq)]
enum Asked {
    Before,
    Now,
}

/// Whether `name` may be asked besides its siblings; if so, it is asked.
fn takes_the_place(
    asked: &mut HashMap<QuestionId, Asked>,
    name: &CardId,
    is_learned: bool,
) -> bool {
    let question = name.question();
    let may = match asked.get(&question) {
        None => true,
        Some(Asked::Before) => is_learned,
        Some(Asked::Now) => false,
    };
    if may {
        asked.insert(question, Asked::Now);
    }
    may
}

/// How many reviews and how many new cards the day has seen.
fn today_so_far(progress: &Progress, today: Day) -> (usize, usize) {
    let answered_today = progress
        .cards()
        .filter(|(_, card)| card.last_day == Some(today));
    answered_today.fold((0, 0), |(seen, begun), (_, card)| {
        if card.first_day == Some(today) {
            (seen, begun + 1)
        } else {
            (seen + 1, begun)
        }
    })
}
