//! The options that a learner writes as text, each with what may be written.

use super::StudyOptions;

/// An option that is written as text: a number, or waits in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionField {
    /// [`StudyOptions::new_a_day`]
    NewADay,
    /// [`StudyOptions::reviews_a_day`]
    ReviewsADay,
    /// [`StudyOptions::learning_steps`]
    LearningSteps,
    /// [`StudyOptions::relearning_steps`]
    RelearningSteps,
    /// [`StudyOptions::maximum_interval`]
    MaximumInterval,
    /// [`StudyOptions::rollover_hour`]
    RolloverHour,
    /// [`StudyOptions::leech_lapses`]
    LeechLapses,
}

impl OptionField {
    /// How much a day holds.
    pub const DAILY: [Self; 2] = [Self::NewADay, Self::ReviewsADay];

    /// What few learners will want to change.
    pub const ADVANCED: [Self; 5] = [
        Self::LearningSteps,
        Self::RelearningSteps,
        Self::MaximumInterval,
        Self::RolloverHour,
        Self::LeechLapses,
    ];

    /// So many steps at most.
    pub(super) const MOST_STEPS: usize = 10;

    /// Its name among what is kept.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::NewADay => "new_a_day",
            Self::ReviewsADay => "reviews_a_day",
            Self::LearningSteps => "learning_steps",
            Self::RelearningSteps => "relearning_steps",
            Self::MaximumInterval => "maximum_interval",
            Self::RolloverHour => "rollover_hour",
            Self::LeechLapses => "leech_lapses",
        }
    }

    /// All of them.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Self::DAILY.into_iter().chain(Self::ADVANCED)
    }

    /// What the learner reads beside it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NewADay => "New cards a day",
            Self::ReviewsADay => "Reviews a day",
            Self::LearningSteps => "Learning steps, in minutes",
            Self::RelearningSteps => "Steps after forgetting, in minutes",
            Self::MaximumInterval => "Longest interval, in days",
            Self::RolloverHour => "Hour at which a day begins",
            Self::LeechLapses => "Forgotten so often, a card is a leech",
        }
    }

    /// The least and the greatest number, of each step where there are several.
    #[must_use]
    pub fn range(self) -> (u32, u32) {
        match self {
            Self::NewADay | Self::ReviewsADay => (0, 9999),
            Self::LearningSteps | Self::RelearningSteps => (1, 1439),
            Self::MaximumInterval => (1, 36_500),
            Self::RolloverHour => (0, 23),
            Self::LeechLapses => (1, 99),
        }
    }

    /// How it stands in the options.
    #[must_use]
    pub fn text(self, options: &StudyOptions) -> String {
        let steps = |steps: &[u32]| {
            let steps: Vec<String> = steps.iter().map(u32::to_string).collect();
            steps.join(" ")
        };
        match self {
            Self::NewADay => options.new_a_day.to_string(),
            Self::ReviewsADay => options.reviews_a_day.to_string(),
            Self::LearningSteps => steps(&options.learning_steps),
            Self::RelearningSteps => steps(&options.relearning_steps),
            Self::MaximumInterval => options.maximum_interval.to_string(),
            Self::RolloverHour => options.rollover_hour.to_string(),
            Self::LeechLapses => options.leech_lapses.to_string(),
        }
    }

    /// Takes what the learner wrote into the options.
    ///
    /// # Errors
    /// What was expected instead, and then nothing is changed.
    pub fn write(self, options: &mut StudyOptions, text: &str) -> Result<(), String> {
        if matches!(self, Self::LearningSteps | Self::RelearningSteps) {
            let steps: Option<Vec<u32>> = text
                .split([' ', ','])
                .filter(|step| !step.is_empty())
                .map(|step| self.number(step))
                .collect();
            let steps = steps.filter(|steps| steps.len() <= Self::MOST_STEPS);
            let steps = steps.ok_or_else(|| self.expected())?;
            match self {
                Self::LearningSteps => options.learning_steps = steps,
                _ => options.relearning_steps = steps,
            }
            return Ok(());
        }
        let number = self.number(text.trim()).ok_or_else(|| self.expected())?;
        match self {
            Self::NewADay => options.new_a_day = number,
            Self::ReviewsADay => options.reviews_a_day = number,
            Self::MaximumInterval => options.maximum_interval = number,
            Self::RolloverHour => options.rollover_hour = number as u8,
            Self::LeechLapses => options.leech_lapses = number,
            Self::LearningSteps | Self::RelearningSteps => {}
        }
        Ok(())
    }

    fn number(self, text: &str) -> Option<u32> {
        let (least, most) = self.range();
        let number = text.parse().ok()?;
        (least..=most).contains(&number).then_some(number)
    }

    fn expected(self) -> String {
        let (least, most) = self.range();
        match self {
            Self::LearningSteps | Self::RelearningSteps => format!(
                "expected up to {} whole numbers from {least} to {most}, such as `1 10`",
                Self::MOST_STEPS
            ),
            _ => format!("expected a whole number from {least} to {most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_number_or_out_of_range_is_refused_with_what_is_expected_and_changes_nothing() {
        let mut options = StudyOptions::default();
        for (field, text) in [
            (OptionField::NewADay, ""),
            (OptionField::NewADay, "10000"),
            (OptionField::ReviewsADay, "-1"),
            (OptionField::MaximumInterval, "0"),
            (OptionField::RolloverHour, "24"),
            (OptionField::LeechLapses, "2.5"),
            (OptionField::LearningSteps, "1 ten"),
            (OptionField::RelearningSteps, "1440"),
            (OptionField::RelearningSteps, "1 1 1 1 1 1 1 1 1 1 1"),
        ] {
            let refused = field.write(&mut options, text).unwrap_err();
            assert!(refused.starts_with("expected"), "{refused}");
        }
        assert_eq!(options, StudyOptions::default());
        assert_eq!(
            OptionField::RolloverHour.write(&mut options, "noon"),
            Err("expected a whole number from 0 to 23".to_owned())
        );
    }

    #[test]
    fn steps_are_apart_by_spaces_or_commas_and_there_may_be_none() {
        let mut options = StudyOptions::default();
        let steps = OptionField::LearningSteps;
        steps.write(&mut options, " 1, 10  60").unwrap();
        assert_eq!(options.learning_steps, [1, 10, 60]);
        assert_eq!(steps.text(&options), "1 10 60");
        steps.write(&mut options, "").unwrap();
        assert!(options.learning_steps.is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_stands_in_the_options_and_is_in_range(number in 0..40_000_u32) {
            for field in OptionField::all() {
                let mut options = StudyOptions::default();
                let (least, most) = field.range();
                let is_taken = field.write(&mut options, &number.to_string()).is_ok();
                prop_assert_eq!(is_taken, (least..=most).contains(&number));
                if is_taken {
                    prop_assert_eq!(field.text(&options), number.to_string());
                }
            }
        }
    }
}
