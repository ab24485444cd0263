//! Everything that the learner may set about studying, in one place.

mod field;
mod fitted;
mod kept;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::balance::EasyDay;
use super::day::Rollover;
use super::leech::{LeechAction, LeechRule};
use super::queue::Limits;
use super::scheduler::Scheduler;
pub use field::OptionField;
pub use fitted::Fitted;

/// What the learner set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudyOptions {
    /// New cards a day, 0 to 9,999.
    pub new_a_day: u32,
    /// Reviews a day, 0 to 9,999.
    pub reviews_a_day: u32,
    /// The waits while a new card is learned, in minutes: ten steps at most, each 1 to 1,439.
    pub learning_steps: Vec<u32>,
    /// The waits after a card was forgotten, as the learning steps.
    pub relearning_steps: Vec<u32>,
    /// The probability of recall at which a card comes back, 0.7 to 0.97.
    pub desired_retention: f32,
    /// No interval is longer, in days: 1 to 36,500.
    pub maximum_interval: u32,
    /// The hour at which a new day begins, 0 to 23.
    pub rollover_hour: u8,
    /// How much is to come back on each day of the week, Monday first.
    pub easy_days: [EasyDay; 7],
    /// Whether cards rather come back on days that hold few others.
    pub load_balancing: bool,
    /// Whether of the blanks of one cloze only one is asked a day.
    pub bury_siblings: bool,
    /// Whether intervals are spread a little.
    pub fuzz: bool,
    /// How often a card is forgotten until it is a leech, 1 to 99.
    pub leech_lapses: u32,
    /// What becomes of a leech.
    pub leech_action: LeechAction,
    /// The memory model's parameters, where they were fitted to the learner's own answers.
    pub fitted: Fitted,
}

impl Default for StudyOptions {
    /// As Anki's, with load balancing and sibling burying on.
    fn default() -> Self {
        Self {
            new_a_day: 20,
            reviews_a_day: 200,
            learning_steps: vec![1, 10],
            relearning_steps: vec![10],
            desired_retention: 0.9,
            maximum_interval: 36_500,
            rollover_hour: 4,
            easy_days: [EasyDay::Normal; 7],
            load_balancing: true,
            bury_siblings: true,
            fuzz: true,
            leech_lapses: 8,
            leech_action: LeechAction::Suspend,
            fitted: Fitted::default(),
        }
    }
}

impl StudyOptions {
    /// The rules by which cards come back.
    #[must_use]
    pub fn scheduler(&self) -> Scheduler {
        let steps = |minutes: &[u32]| -> Vec<Duration> {
            let wait = |&minutes: &u32| Duration::from_secs(60 * u64::from(minutes));
            minutes.iter().map(wait).collect()
        };
        Scheduler {
            model: self.fitted.model().unwrap_or_default(),
            desired_retention: self.desired_retention,
            learning_steps: steps(&self.learning_steps),
            relearning_steps: steps(&self.relearning_steps),
            maximum_interval: self.maximum_interval,
            fuzz: self.fuzz,
            load_balancing: self.load_balancing,
            easy_days: self.easy_days,
            leech: LeechRule {
                lapses: self.leech_lapses,
                action: self.leech_action,
            },
        }
    }

    /// When a day begins.
    #[must_use]
    pub fn rollover(&self) -> Rollover {
        Rollover::at_hour(self.rollover_hour).unwrap_or_default()
    }

    /// How much a day holds.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            new: self.new_a_day as usize,
            reviews: self.reviews_a_day as usize,
            bury_siblings: self.bury_siblings,
        }
    }
}
