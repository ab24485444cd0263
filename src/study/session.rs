//! One sitting: every card once, and what was missed again until it was right once.

use std::collections::VecDeque;

use crate::course::CardId;

/// The cards still to be asked in this sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    waiting: VecDeque<CardId>,
    missed: Vec<CardId>,
    answered: usize,
    right: usize,
    past: Vec<Past>,
    /// What was taken back, the last at the end.
    undone: Vec<Past>,
    /// Whether what is missed is not asked again.
    once: bool,
}

/// What a session was before an answer, or before it was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Past {
    waiting: VecDeque<CardId>,
    missed: Vec<CardId>,
    right: usize,
}

/// How many other cards come before a missed one is asked again, if there are so many.
const BEFORE_AGAIN: usize = 4;

impl Session {
    /// A sitting over these cards, in this order.
    #[must_use]
    pub fn new(cards: impl IntoIterator<Item = CardId>) -> Self {
        Self {
            waiting: cards.into_iter().collect(),
            ..Self::default()
        }
    }

    /// A pretest over these cards: each is asked once, and what is missed is to be studied, not repeated.
    #[must_use]
    pub fn pretest(cards: impl IntoIterator<Item = CardId>) -> Self {
        Self {
            once: true,
            ..Self::new(cards)
        }
    }

    /// Whether this is a pretest, whose answers are recorded as [`super::EntryKind::Pretest`].
    #[must_use]
    pub fn is_pretest(&self) -> bool {
        self.once
    }

    /// The card to ask now; none when the sitting is over.
    #[must_use]
    pub fn current(&self) -> Option<&CardId> {
        self.waiting.front()
    }

    /// The current card was answered: right, or to be asked again.
    pub fn answer(&mut self, is_right: bool) {
        let Some(card) = self.waiting.front().cloned() else {
            return;
        };
        self.past.push(self.present());
        self.undone.clear();
        self.waiting.pop_front();
        self.answered += 1;
        self.missed.retain(|missed| *missed != card);
        if is_right {
            self.right += 1;
        } else if !self.once {
            self.missed.push(card.clone());
            let place = BEFORE_AGAIN.min(self.waiting.len());
            self.waiting.insert(place, card);
        }
    }

    /// The current card was missed so often that it is asked no more: neither right nor to be repeated.
    pub fn set_aside(&mut self) {
        let Some(card) = self.waiting.front().cloned() else {
            return;
        };
        self.past.push(self.present());
        self.undone.clear();
        self.waiting.pop_front();
        self.answered += 1;
        self.missed.retain(|missed| *missed != card);
    }

    /// Takes back the last answer; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(past) = self.past.pop() else {
            return false;
        };
        self.undone.push(self.present());
        self.restore(past);
        self.answered -= 1;
        true
    }

    /// Does again what was taken back last; says whether there was anything, and nothing was answered since.
    pub fn redo(&mut self) -> bool {
        let Some(undone) = self.undone.pop() else {
            return false;
        };
        self.past.push(self.present());
        self.restore(undone);
        self.answered += 1;
        true
    }

    fn present(&self) -> Past {
        Past {
            waiting: self.waiting.clone(),
            missed: self.missed.clone(),
            right: self.right,
        }
    }

    fn restore(&mut self, past: Past) {
        self.waiting = past.waiting;
        self.missed = past.missed;
        self.right = past.right;
    }

    /// Leaves out what needs no asking any more because another tab has asked it; what was missed here stays.
    pub fn keep_waiting(&mut self, needs_asking: impl Fn(&CardId) -> bool) {
        let missed = &self.missed;
        self.waiting
            .retain(|card| missed.contains(card) || needs_asking(card));
    }

    /// How many answers were taken back and can be done again.
    #[must_use]
    pub fn taken_back(&self) -> usize {
        self.undone.len()
    }

    /// How many cards were right so far.
    #[must_use]
    pub fn right(&self) -> usize {
        self.right
    }

    /// How many answers were given.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answered
    }

    /// How many cards are still to be right, those to repeat among them.
    #[must_use]
    pub fn left(&self) -> usize {
        self.waiting.len()
    }

    /// How many cards were missed and not right since.
    #[must_use]
    pub fn to_repeat(&self) -> usize {
        self.missed.len()
    }
}
