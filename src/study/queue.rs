//! What is to be asked now.

use std::collections::HashMap;

use super::day::{Day, UtcOffset};
use super::progress::{Due, Progress};
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
        let (mut due, mut new, mut next) = (Vec::new(), Vec::new(), None);
        // How many of these cards the day has seen, and how many of them for the first time.
        let (mut seen, mut begun) = (0, 0);
        for name in cards {
            let Some(card) = progress.card(name) else {
                new.push(name);
                continue;
            };
            if card.last_day == Some(today) {
                match card.first_day == Some(today) {
                    true => begun += 1,
                    false => seen += 1,
                }
            }
            match card.due {
                _ if card.suspended || card.buried == Some(today) => {}
                None => new.push(name),
                Some(when) if card.is_due(now, today) => {
                    // A card that is being learned goes on, whatever its siblings did today.
                    let is_learned = matches!(when, Due::At(_));
                    due.push((order(when, today), name, is_learned));
                }
                Some(when) => {
                    let is_sooner = next.is_none_or(|next| order(when, today) < order(next, today));
                    if is_sooner {
                        next = Some(when);
                    }
                }
            }
        }
        // Stable, so that cards of one day keep the order of the course.
        due.sort_by_key(|(order, ..)| *order);
        let mut asked = limits
            .bury_siblings
            .then(|| answered_today(progress, today));
        let mut may_be_asked = |name: &CardId, is_learned: bool| match &mut asked {
            Some(asked) => takes_the_place(asked, name, is_learned),
            None => true,
        };
        // Only as far as the day reaches: what is not asked today keeps no sibling from it.
        let due = due
            .into_iter()
            .filter(|(_, name, is_learned)| may_be_asked(name, *is_learned))
            .take(limits.reviews.saturating_sub(seen))
            .map(|(_, name, _)| name.clone());
        let due = due.collect();
        let new = new
            .into_iter()
            .filter(|name| may_be_asked(name, false))
            .take(limits.new.saturating_sub(begun))
            .cloned();
        Self {
            due,
            pass: Vec::new(),
            new: new.collect(),
            next,
        }
    }

    /// What is to be done in the labs at `now`: what is due, and one new thing a day.
    #[must_use]
    pub fn hands_on(
        progress: &Progress,
        course: &Course,
        now: Timestamp,
        offset: UtcOffset,
    ) -> Self {
        let limits = Limits {
            new: 1,
            reviews: usize::MAX,
            bury_siblings: false,
        };
        Self::at(progress, &hands_on_cards(course), limits, now, offset)
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
