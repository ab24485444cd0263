//! The options as the browser keeps them: names and values in plain words, of which any may be missing or wrong, so that
//! what an older version or a person wrote is never lost.

use super::{Fitted, OptionField, StudyOptions};
use crate::study::balance::EasyDay;
use crate::study::leech::LeechAction;

impl StudyOptions {
    /// The recall that can be aimed at, in percent.
    pub const RETENTION: std::ops::RangeInclusive<u32> = 70..=97;

    /// The recall that is aimed at, in percent.
    #[must_use]
    pub fn retention_percent(&self) -> u32 {
        (self.desired_retention * 100.0).round() as u32
    }

    /// Aims at another recall, in percent.
    pub fn aim_at(&mut self, percent: u32) {
        let (least, most) = (*Self::RETENTION.start(), *Self::RETENTION.end());
        self.desired_retention = percent.clamp(least, most) as f32 / 100.0;
    }

    /// Every option as a name and a value.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let fields = OptionField::all().map(|field| (field.name(), field.text(self)));
        let mut options = self.clone();
        let flags = FLAGS.map(|(name, place)| (name, place(&mut options).to_string()));
        let days = self.easy_days.map(|day| (day as usize).to_string());
        let others = [
            ("parameters", self.fitted.to_string()),
            ("retention", self.retention_percent().to_string()),
            ("easy_days", days.concat()),
            ("leech_action", (self.leech_action as usize).to_string()),
        ];
        fields.chain(flags).chain(others).collect()
    }

    /// Takes one option as it was kept. What is no option, or no value of it, changes nothing.
    pub fn take(&mut self, name: &str, value: &str) {
        if let Some(field) = OptionField::all().find(|field| field.name() == name) {
            let _ = field.write(self, value);
        }
        if let Some((_, place)) = FLAGS.into_iter().find(|(flag, _)| *flag == name) {
            *place(self) = value == "true";
        }
        match name {
            "retention" => {
                // Once it was kept as a share, such as `0.9`.
                let percent = match value.strip_prefix("0.") {
                    Some(digits) => format!("{digits:0<2}").get(..2).unwrap_or_default().parse(),
                    None => value.parse(),
                };
                percent.into_iter().for_each(|percent| self.aim_at(percent));
            }
            "easy_days" => {
                for (day, kept) in self.easy_days.iter_mut().zip(value.chars()) {
                    *day = at(&EasyDay::ALL, kept).unwrap_or_default();
                }
            }
            "parameters" => self.fitted = Fitted::kept(value),
            "leech_action" => {
                let action = value.chars().next();
                let action = action.and_then(|kept| at(&LeechAction::ALL, kept));
                self.leech_action = action.unwrap_or_default();
            }
            _ => {}
        }
    }
}

/// A yes or no at its place in the options.
type Flag = fn(&mut StudyOptions) -> &mut bool;

const FLAGS: [(&str, Flag); 3] = [
    ("load_balancing", |options| &mut options.load_balancing),
    ("bury_siblings", |options| &mut options.bury_siblings),
    ("fuzz", |options| &mut options.fuzz),
];

fn at<T: Copy>(all: &[T], kept: char) -> Option<T> {
    all.get(kept.to_digit(10)? as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::MemoryModel;

    fn read<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> StudyOptions {
        let mut options = StudyOptions::default();
        for (name, value) in words {
            options.take(name, value);
        }
        options
    }

    /// What a fit may come to.
    fn fitted() -> Fitted {
        let mut parameters: [f32; 21] = MemoryModel::default().parameters().try_into().unwrap();
        parameters[0] = 0.1234567;
        Fitted::new(&parameters)
    }

    #[test]
    fn fitted_parameters_are_kept_to_the_last_bit() {
        let kept = fitted().to_string();
        let read = read([("parameters", kept.as_str())]).scheduler();
        assert_eq!(
            read.model.parameters()[0].to_bits(),
            0.1234567_f32.to_bits()
        );
    }

    #[test]
    fn parameters_that_are_none_are_those_of_the_average_learner() {
        let infinite = vec![f32::INFINITY.to_bits().to_string(); 21].join(" ");
        let average = MemoryModel::default();
        for wrong in ["", "1 2 3", "0.4 x", &infinite] {
            let options = read([("parameters", wrong)]);
            assert_eq!(
                options.scheduler().model.parameters(),
                average.parameters(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn what_was_set_is_read_as_it_was_kept() {
        let options = StudyOptions {
            new_a_day: 5,
            reviews_a_day: 0,
            learning_steps: vec![],
            relearning_steps: vec![5, 60],
            desired_retention: 0.83,
            maximum_interval: 365,
            rollover_hour: 0,
            easy_days: [EasyDay::Minimum; 7],
            load_balancing: false,
            bury_siblings: false,
            fuzz: false,
            leech_lapses: 3,
            leech_action: LeechAction::Mark,
            fitted: fitted(),
        };
        for options in [options, StudyOptions::default()] {
            let words = options.words();
            let words = words.iter().map(|(name, value)| (*name, value.as_str()));
            assert_eq!(read(words), options);
        }
    }

    #[test]
    fn what_is_missing_unknown_or_wrong_is_as_if_it_were_never_set() {
        let words = [
            ("a later option", "1"),
            ("new_a_day", "-4"),
            ("rollover_hour", "77"),
            ("easy_days", "2x"),
            ("leech_action", "9"),
            ("retention", "much"),
        ];
        let expected = StudyOptions {
            easy_days: [
                EasyDay::Minimum,
                EasyDay::Normal,
                EasyDay::Normal,
                EasyDay::Normal,
                EasyDay::Normal,
                EasyDay::Normal,
                EasyDay::Normal,
            ],
            ..StudyOptions::default()
        };
        assert_eq!(read(words), expected);
    }

    #[test]
    fn a_recall_that_was_kept_as_a_share_is_read_and_one_out_of_range_brought_into_it() {
        let recall = |kept| read([("retention", kept)]).retention_percent();
        let read = ["0.9", "0.91", "0.99", "1", "85"].map(recall);
        assert_eq!(read, [90, 91, 97, 70, 85]);
    }
}
