//! Cards that are forgotten so often that asking them again and again helps no more, as in Anki
//! (<https://docs.ankiweb.net/leeches.html>).

use serde::{Deserialize, Serialize};

use super::entry::Rating;
use super::progress::Card;
use super::scheduler::Phase;

/// When a card is a leech, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeechRule {
    /// How often it was forgotten after it had been learned, at least 1.
    pub lapses: u32,
    /// What is done then.
    pub action: LeechAction,
}

/// What is done to a card that has become a leech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeechAction {
    /// It is asked no more until the learner asks for it.
    #[default]
    Suspend,
    /// It is said and listed, and the card is asked as before.
    Mark,
}

impl LeechAction {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Suspend, Self::Mark];

    /// Its name, as a learner reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Suspend => "suspended",
            Self::Mark => "only marked",
        }
    }
}

impl Default for LeechRule {
    fn default() -> Self {
        Self {
            lapses: 8,
            action: LeechAction::default(),
        }
    }
}

impl LeechRule {
    /// Whether a card is a leech.
    #[must_use]
    pub fn counts(&self, card: &Card) -> bool {
        card.lapses >= self.lapses
    }

    /// How often the card was forgotten, if this answer to it is one that makes it a leech: with so many lapses, and again
    /// after every half as many more.
    #[must_use]
    pub fn turns(&self, card: &Card, rating: Rating) -> Option<u32> {
        let is_lapse = card.phase == Phase::Review && rating == Rating::Again;
        let lapses = card.lapses + 1;
        let beyond = lapses.checked_sub(self.lapses)?;
        let again = self.lapses.div_ceil(2).max(1);
        (is_lapse && beyond.is_multiple_of(again)).then_some(lapses)
    }
}
