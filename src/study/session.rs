//! One sitting: every card once, and what was missed again until it was right once.

use std::collections::VecDeque;

use crate::course::CardId;

/// The cards still to be asked in this sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    now: Standing,
    past: Vec<Standing>,
    /// What was taken back, the last at the end.
    undone: Vec<Standing>,
    /// Whether what is missed is not asked again.
    once: bool,
}

/// How a session stands between two steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standing {
    waiting: VecDeque<CardId>,
    missed: Vec<CardId>,
    answered: usize,
    right: usize,
}

/// How many other cards come before a missed one is asked again, if there are so many.
const BEFORE_AGAIN: usize = 4;

impl Session {
    /// A sitting over these cards, in this order.
    #[must_use]
    pub fn new(cards: impl IntoIterator<Item = CardId>) -> Self {
        let now = Standing {
            waiting: cards.into_iter().collect(),
            ..Standing::default()
        };
        Self {
            now,
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
        self.now.waiting.front()
    }

    /// The current card was answered: right, or to be asked again.
    pub fn answer(&mut self, is_right: bool) {
        let once = self.once;
        self.step(|now, card| {
            if is_right {
                now.right += 1;
            } else if !once {
                now.missed.push(card.clone());
                let place = BEFORE_AGAIN.min(now.waiting.len());
                now.waiting.insert(place, card);
            }
        });
    }

    /// The current card was missed so often that it is asked no more: neither right nor to be repeated.
    pub fn set_aside(&mut self) {
        self.step(|_, _| {});
    }

    /// Takes the current card away, answered, and leaves the rest to `judge`.
    fn step(&mut self, judge: impl FnOnce(&mut Standing, CardId)) {
        let before = self.now.clone();
        let Some(card) = self.now.waiting.pop_front() else {
            return;
        };
        self.past.push(before);
        self.undone.clear();
        self.now.answered += 1;
        self.now.missed.retain(|missed| *missed != card);
        judge(&mut self.now, card);
    }

    /// A card is not to be asked any more in this sitting, answered or not. That is a step of its own, to be taken back.
    pub fn leave_out(&mut self, card: &CardId) {
        self.past.push(self.now.clone());
        self.undone.clear();
        self.now.waiting.retain(|waiting| waiting != card);
        self.now.missed.retain(|missed| missed != card);
    }

    /// Takes back the last step; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(past) = self.past.pop() else {
            return false;
        };
        self.undone.push(std::mem::replace(&mut self.now, past));
        true
    }

    /// Does again what was taken back last; says whether there was anything, and nothing was done since.
    pub fn redo(&mut self) -> bool {
        let Some(undone) = self.undone.pop() else {
            return false;
        };
        self.past.push(std::mem::replace(&mut self.now, undone));
        true
    }

    /// Leaves out what needs no asking any more because another tab has asked it; what was missed here stays.
    pub fn keep_waiting(&mut self, needs_asking: impl Fn(&CardId) -> bool) {
        let missed = &self.now.missed;
        self.now
            .waiting
            .retain(|card| missed.contains(card) || needs_asking(card));
    }

    /// How many steps can be taken back.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.past.len()
    }

    /// How many steps were taken back and can be done again.
    #[must_use]
    pub fn taken_back(&self) -> usize {
        self.undone.len()
    }

    /// How many cards were right so far.
    #[must_use]
    pub fn right(&self) -> usize {
        self.now.right
    }

    /// How many answers were given.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.now.answered
    }

    /// How many cards are still to be right, those to repeat among them.
    #[must_use]
    pub fn left(&self) -> usize {
        self.now.waiting.len()
    }

    /// How many cards were missed and not right since.
    #[must_use]
    pub fn to_repeat(&self) -> usize {
        self.now.missed.len()
    }
}
