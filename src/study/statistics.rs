//! What the log tells about the learner: counts first, and a [`Figure`] for each.
//!
//! Answers that were undone count nowhere; answers before a reset were given and count.

mod activity;
mod answers;
mod forecast;
mod recall;
mod spread;
mod topics;

pub use activity::{ActiveDay, Activity};
pub use answers::{Answers, Buttons, Hour};
pub use forecast::Forecast;
pub use recall::{Month, Recall, Recalled};
pub use spread::{Spread, Spreads, Step};
pub use topics::{Mastery, States, Topic, Topics};

use serde::{Deserialize, Serialize};

use super::day::UtcOffset;
use super::figure::Figure;
use super::progress::Progress;
use crate::base::Timestamp;

/// From how many days of waiting on a card counts as mature, as in Anki.
pub const MATURE: u32 = 21;

/// Everything that the statistics show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// What was done on each day of a year.
    pub activity: Activity,
    /// How the answers were, by kind of card and by hour.
    pub answers: Answers,
    /// How much was recalled, against what was predicted.
    pub recall: Recall,
    /// What comes back when.
    pub forecast: Forecast,
    /// How stable and how difficult the memories are, and how long the cards wait.
    pub spreads: Spreads,
    /// In which state the cards are.
    pub states: States,
    /// How well each topic is known.
    pub topics: Topics,
}

impl Statistics {
    /// What the log tells at `now` over the cards of these topics.
    #[must_use]
    pub fn of(progress: &Progress, topics: &[Topic], now: Timestamp, offset: UtcOffset) -> Self {
        let today = progress.day(now, offset);
        let model = &progress.scheduler().model;
        let mut activity = Activity::until(today);
        let mut answers = Answers::default();
        let mut recall = Recall::default();
        for (_, attempts) in progress.attempts() {
            for attempt in &attempts {
                activity.count(attempt);
                answers.count(attempt);
                recall.count(attempt, model);
            }
        }
        let cards = topics.iter().flat_map(|topic| &topic.cards);
        let known = || cards.clone().filter_map(|card| progress.card(card));
        Self {
            activity,
            answers,
            recall,
            forecast: Forecast::of(known(), today, |at| progress.day(at, offset)),
            spreads: Spreads::of(known()),
            states: States::of(progress, cards.clone()),
            topics: Topics::of(progress, topics, today),
        }
    }

    /// Every chart, in the order in which a page shows them.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = vec![
            self.activity.calendar(),
            self.forecast.figure(),
            self.recall.by_month(),
            self.topics.figure(),
            self.states.figure(),
            self.activity.time(),
            self.recall.calibration(),
            self.answers.buttons(),
            self.answers.hours(),
        ];
        figures.extend(self.spreads.figures());
        figures
    }
}
