//! Everything that the learner may set about studying, in one place.

mod field;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::balance::EasyDay;
use super::day::Rollover;
use super::leech::{LeechAction, LeechRule};
use super::memory::MemoryModel;
use super::queue::Limits;
use super::scheduler::Scheduler;
pub use field::OptionField;

/// What the learner set. Read from JSON any field may be missing, and every number is brought into its range, so that
/// settings which an older version or a person wrote are never lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
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
}

/// The options as they are written: any number.
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct Written {
    new_a_day: f64,
    reviews_a_day: f64,
    learning_steps: Vec<f64>,
    relearning_steps: Vec<f64>,
    desired_retention: f64,
    maximum_interval: f64,
    rollover_hour: f64,
    easy_days: Vec<EasyDay>,
    load_balancing: bool,
    bury_siblings: bool,
    fuzz: bool,
    leech_lapses: f64,
    leech_action: LeechAction,
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
        }
    }
}

impl StudyOptions {
    /// The same with every number in its range.
    #[must_use]
    pub fn in_range(self) -> Self {
        Written::from(self).into()
    }

    /// The rules by which cards come back.
    #[must_use]
    pub fn scheduler(&self, model: MemoryModel) -> Scheduler {
        let steps = |minutes: &[u32]| -> Vec<Duration> {
            let wait = |&minutes: &u32| Duration::from_secs(60 * u64::from(minutes));
            minutes.iter().map(wait).collect()
        };
        Scheduler {
            model,
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

impl Default for Written {
    fn default() -> Self {
        StudyOptions::default().into()
    }
}

impl From<StudyOptions> for Written {
    fn from(options: StudyOptions) -> Self {
        let numbers = |steps: Vec<u32>| steps.into_iter().map(f64::from).collect();
        Self {
            new_a_day: options.new_a_day.into(),
            reviews_a_day: options.reviews_a_day.into(),
            learning_steps: numbers(options.learning_steps),
            relearning_steps: numbers(options.relearning_steps),
            desired_retention: options.desired_retention.into(),
            maximum_interval: options.maximum_interval.into(),
            rollover_hour: options.rollover_hour.into(),
            easy_days: options.easy_days.to_vec(),
            load_balancing: options.load_balancing,
            bury_siblings: options.bury_siblings,
            fuzz: options.fuzz,
            leech_lapses: options.leech_lapses.into(),
            leech_action: options.leech_action,
        }
    }
}

impl From<Written> for StudyOptions {
    fn from(written: Written) -> Self {
        // A float beyond the range becomes the nearest number in it; what is no number becomes the least.
        let whole = |number: f64, field: OptionField| {
            let (least, most) = field.range();
            (number.round() as u32).clamp(least, most)
        };
        let steps = |steps: Vec<f64>| -> Vec<u32> {
            let minutes = steps.into_iter().take(OptionField::MOST_STEPS);
            let wait = |step| whole(step, OptionField::LearningSteps);
            minutes.map(wait).collect()
        };
        let mut easy_days = [EasyDay::Normal; 7];
        for (day, written) in easy_days.iter_mut().zip(written.easy_days) {
            *day = written;
        }
        let retention = written.desired_retention as f32;
        Self {
            new_a_day: whole(written.new_a_day, OptionField::NewADay),
            reviews_a_day: whole(written.reviews_a_day, OptionField::ReviewsADay),
            learning_steps: steps(written.learning_steps),
            relearning_steps: steps(written.relearning_steps),
            desired_retention: if retention.is_nan() {
                0.9
            } else {
                retention.clamp(0.7, 0.97)
            },
            maximum_interval: whole(written.maximum_interval, OptionField::MaximumInterval),
            rollover_hour: whole(written.rollover_hour, OptionField::RolloverHour) as u8,
            easy_days,
            load_balancing: written.load_balancing,
            bury_siblings: written.bury_siblings,
            fuzz: written.fuzz,
            leech_lapses: whole(written.leech_lapses, OptionField::LeechLapses),
            leech_action: written.leech_action,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_missing_is_as_if_it_were_never_set() {
        let read = |text: &str| serde_json::from_str::<StudyOptions>(text).unwrap();
        assert_eq!(read("{}"), StudyOptions::default());
        let one = read(r#"{"new_a_day": 5, "a later option": true}"#);
        let expected = StudyOptions {
            new_a_day: 5,
            ..StudyOptions::default()
        };
        assert_eq!(one, expected);
    }

    #[test]
    fn any_number_is_brought_into_its_range() {
        let text = r#"{"new_a_day": -4, "reviews_a_day": 1e99, "learning_steps": [0, 2.6, 99999], "rollover_hour": 77,
            "desired_retention": 3, "maximum_interval": 0, "easy_days": ["minimum"]}"#;
        let options: StudyOptions = serde_json::from_str(text).unwrap();
        assert_eq!((options.new_a_day, options.reviews_a_day), (0, 9999));
        assert_eq!(options.learning_steps, [1, 3, 1439]);
        assert_eq!((options.rollover_hour, options.maximum_interval), (23, 1));
        assert_eq!(options.desired_retention, 0.97);
        assert_eq!(
            options.easy_days[..2],
            [EasyDay::Minimum, EasyDay::Normal],
            "Monday first"
        );
        assert_eq!(options.clone().in_range(), options);
        let bytes = postcard::to_allocvec(&options).unwrap();
        assert_eq!(postcard::from_bytes::<StudyOptions>(&bytes), Ok(options));
    }
}
