//! Which day within the fuzz of an interval a card comes back on: rather one with few others, one that the learner does
//! not keep free, and not one with its siblings.
//!
//! Weights as in Anki: <https://github.com/ankitects/anki/blob/main/rslib/src/scheduler/states/load_balancer.rs>

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use time::Weekday;

use super::day::Day;

/// Only intervals up to here are balanced, in days: further ahead nobody knows what a day will hold.
pub(super) const LONGEST: u32 = 90;

/// How much is to come back on a day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EasyDay {
    /// As much as on any other.
    #[default]
    Normal,
    /// About half as much.
    Reduced,
    /// As little as can be.
    Minimum,
}

impl EasyDay {
    /// All of them, the busiest first.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Reduced, Self::Minimum];

    /// Its name, as a learner reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "as any day",
            Self::Reduced => "about half",
            Self::Minimum => "as few as can be",
        }
    }

    fn weight(self) -> f64 {
        match self {
            Self::Normal => 1.0,
            Self::Reduced => 0.5,
            Self::Minimum => 0.0001,
        }
    }
}

/// What the days ahead hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    /// How many cards come back on a day.
    pub due: HashMap<Day, u32>,
    /// When the siblings of the card come back.
    pub siblings: Vec<Day>,
}

/// How likely each interval from `least` to `most` days is to be given. `load` is none where days are not balanced.
pub(super) fn weights(
    least: u32,
    most: u32,
    today: Day,
    easy_days: &[EasyDay; 7],
    load: Option<&Load>,
) -> Vec<f64> {
    let weight = |days: u32| {
        let day = today.plus(days);
        let easy = easy_days[weekday(day)].weight();
        easy * load.map_or(1.0, |load| load.weight(day, days))
    };
    (least..=most).map(weight).collect()
}

impl Load {
    fn weight(&self, day: Day, days: u32) -> f64 {
        let due = match self.due.get(&day) {
            None | Some(0) => 1.0,
            Some(&count) => (1.0 / f64::from(count)).powi(2) / f64::from(days.max(1)),
        };
        let nearest = self
            .siblings
            .iter()
            .map(|&sibling| day.since(sibling).max(sibling.since(day)))
            .min();
        let sibling = match nearest {
            Some(0) => 1e-6,
            Some(apart @ 1..5) => 0.2 * f64::from(apart),
            _ => 1.0,
        };
        due * sibling
    }
}

/// The place at which `draw`, a number from 0 to 1, falls on these weights laid end to end.
pub(super) fn pick(weights: &[f64], draw: f64) -> usize {
    let mut left = draw * weights.iter().sum::<f64>();
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    weights.len().saturating_sub(1)
}

/// 0 is Monday.
fn weekday(day: Day) -> usize {
    usize::from(Weekday::number_days_from_monday(day.date().weekday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Date, Month};

    fn monday() -> Day {
        Day::on(Date::from_calendar_date(2026, Month::November, 23).unwrap())
    }

    #[test]
    fn a_full_day_an_easy_day_and_a_day_with_a_sibling_weigh_little() {
        let mut easy_days = [EasyDay::Normal; 7];
        easy_days[5] = EasyDay::Reduced;
        easy_days[6] = EasyDay::Minimum;
        let load = Load {
            due: HashMap::from([(monday().plus(7), 4)]),
            siblings: vec![monday().plus(10)],
        };
        let weighed = weights(4, 10, monday(), &easy_days, Some(&load));
        let expected = [1.0, 0.5, 0.0001 * 0.8, 0.6 / 16.0 / 7.0, 0.4, 0.2, 1e-6];
        for (weight, expected) in weighed.iter().zip(expected) {
            assert!((weight - expected).abs() < 1e-9, "{weighed:?}");
        }
        let unbalanced = weights(4, 6, monday(), &easy_days, None);
        assert_eq!(unbalanced, [1.0, 0.5, 0.0001]);
    }

    #[test]
    fn a_draw_falls_on_a_weight() {
        let weights = [1.0, 0.0, 3.0];
        assert_eq!(pick(&weights, 0.0), 0);
        assert_eq!(pick(&weights, 0.25), 2);
        assert_eq!(pick(&weights, 1.0), 2);
    }
}
