//! When a card comes back: steps, rounding, caps and fuzz on top of the memory model.
//!
//! The rules are those of py-fsrs 6.3 (<https://github.com/open-spaced-repetition/py-fsrs>) with three differences, each
//! on purpose: days are counted by the learner's local day with its roll-over hour, and not as periods of 24 hours; fuzz
//! is seeded by card and count, so that nothing is drawn twice; and fuzz never shrinks an interval that grew. Where the
//! learner asks for it, the day within the fuzz is chosen by what the days hold.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use serde::{Deserialize, Serialize};

use super::balance::{self, EasyDay, Load};
use super::day::Day;
use super::entry::{Interval, Rating};
use super::leech::LeechRule;
use super::memory::{MemoryModel, MemoryState};
use crate::course::CardId;

/// The rules by which cards come back.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduler {
    /// The memory model.
    pub model: MemoryModel,
    /// The probability of recall at which a card comes back.
    pub desired_retention: f32,
    /// The waits while a new card is learned.
    pub learning_steps: Vec<Duration>,
    /// The waits after a card was forgotten.
    pub relearning_steps: Vec<Duration>,
    /// No interval is longer, in days.
    pub maximum_interval: u32,
    /// Whether intervals are spread a little, so that cards learned together do not stay together.
    pub fuzz: bool,
    /// Whether within the fuzz a card rather comes back on days that hold few others.
    pub load_balancing: bool,
    /// How much is to come back on each day of the week, Monday first.
    pub easy_days: [EasyDay; 7],
    /// When a card is a leech, and what becomes of it.
    pub leech: LeechRule,
}

impl Default for Scheduler {
    fn default() -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        Self {
            model: MemoryModel::default(),
            desired_retention: 0.9,
            learning_steps: vec![MINUTE, MINUTE * 10],
            relearning_steps: vec![MINUTE * 10],
            maximum_interval: 36_500,
            fuzz: true,
            load_balancing: false,
            easy_days: [EasyDay::Normal; 7],
            leech: LeechRule::default(),
        }
    }
}

/// Where a card is on its way into memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// It is learned, in steps of minutes.
    Learning {
        /// Which step, from 0.
        step: usize,
    },
    /// It comes back after days.
    Review,
    /// It was forgotten and is learned again.
    Relearning {
        /// Which step, from 0.
        step: usize,
    },
}

/// What follows from a review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// Where the card is now.
    pub phase: Phase,
    /// What its memory is now.
    pub memory: MemoryState,
    /// After how long it comes back.
    pub interval: Interval,
}

/// What a review starts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'a> {
    pub card: &'a CardId,
    /// How often it was reviewed so far: with its name, the seed of the fuzz.
    pub reviews: u32,
    pub phase: Phase,
    pub memory: Option<MemoryState>,
    /// Whole local days since the last review.
    pub elapsed: u32,
    /// The last interval in days, if the last one was in days.
    pub last_days: Option<u32>,
}

impl Scheduler {
    /// What follows from a review, its interval as the model gives it.
    pub(super) fn review(&self, before: Before<'_>, rating: Rating) -> Review {
        let (memory, days) = self.model.review(
            before.memory,
            rating,
            before.elapsed,
            self.desired_retention,
        );
        let step = match before.phase {
            Phase::Learning { step } => self.learning(step, rating),
            Phase::Relearning { step } => self.relearning(step, rating),
            Phase::Review if rating == Rating::Again => self.relearning(0, rating),
            Phase::Review => None,
        };
        if let Some((phase, wait)) = step {
            let millis = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
            return Review {
                phase,
                memory,
                interval: Interval::Millis(millis),
            };
        }
        Review {
            phase: Phase::Review,
            memory,
            interval: Interval::Days(self.whole_days(days)),
        }
    }

    /// What follows from a review today, its interval as the learner is told. `load` says what the days ahead hold; it is
    /// asked only where that matters.
    pub(super) fn give(
        &self,
        before: Before<'_>,
        rating: Rating,
        today: Day,
        load: impl FnOnce(u32, u32) -> Load,
    ) -> Review {
        let mut review = self.review(before, rating);
        if let Interval::Days(days) = &mut review.interval
            && self.fuzz
            && let Some((least, most)) = self.range(*days, before)
        {
            let drawn = draw(before);
            let has_easy_days = self.easy_days.iter().any(|day| *day != EasyDay::Normal);
            *days = if (self.load_balancing || has_easy_days) && *days <= balance::LONGEST {
                let load = self.load_balancing.then(|| load(least, most));
                let weights = balance::weights(least, most, today, &self.easy_days, load.as_ref());
                // 53 bits are what a float holds exactly.
                let draw = (drawn >> 11) as f64 / (1u64 << 53) as f64;
                least + balance::pick(&weights, draw) as u32
            } else {
                // 64 bits over a few thousand days at most: no day is favoured by more than one in 2^50.
                least + (drawn % u64::from(most - least + 1)) as u32
            };
        }
        review
    }

    fn learning(&self, step: usize, rating: Rating) -> Option<(Phase, Duration)> {
        let (step, wait) = next_step(&self.learning_steps, step, rating)?;
        Some((Phase::Learning { step }, wait))
    }

    fn relearning(&self, step: usize, rating: Rating) -> Option<(Phase, Duration)> {
        let (step, wait) = next_step(&self.relearning_steps, step, rating)?;
        Some((Phase::Relearning { step }, wait))
    }

    fn whole_days(&self, days: f32) -> u32 {
        // A float beyond the range becomes the nearest whole number in it.
        (days.round() as u32).clamp(1, self.maximum_interval.max(1))
    }

    /// The first and the last day that may be given instead of `days`.
    fn range(&self, days: u32, before: Before<'_>) -> Option<(u32, u32)> {
        let (least, most) = fuzz_range(days, self.maximum_interval)?;
        let grown_from = before.last_days.filter(|&last| last < days);
        Some((least.max(grown_from.unwrap_or(0)), most))
    }
}

/// A number that the card and its count of reviews decide.
fn draw(before: Before<'_>) -> u64 {
    let mut hash = Sha256::new();
    hash.update(before.card.as_str());
    hash.update(before.reviews.to_le_bytes());
    let digest = hash.finalize();
    digest[..8]
        .iter()
        .fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte))
}

/// The next step and its wait; none where the card has learned enough to wait for days.
fn next_step(steps: &[Duration], step: usize, rating: Rating) -> Option<(usize, Duration)> {
    let first = *steps.first()?;
    if step >= steps.len() && rating != Rating::Again {
        return None;
    }
    match rating {
        Rating::Again => Some((0, first)),
        Rating::Hard => {
            let wait = match (step, steps.get(1)) {
                (0, Some(&second)) => (first + second) / 2,
                (0, None) => first * 3 / 2,
                _ => steps[step],
            };
            Some((step, wait))
        }
        Rating::Good => steps.get(step + 1).map(|&wait| (step + 1, wait)),
        Rating::Easy => None,
    }
}

/// The first and the last day that may be drawn instead of `days`; none where the interval is too short for it.
///
/// Bands as in Anki and py-fsrs: a day, and 15 % of what lies in 2.5 to 7 days, 10 % of 7 to 20, 5 % above.
fn fuzz_range(days: u32, maximum: u32) -> Option<(u32, u32)> {
    const BANDS: [(f64, f64, f64); 3] = [
        (2.5, 7.0, 0.15),
        (7.0, 20.0, 0.1),
        (20.0, f64::INFINITY, 0.05),
    ];
    let exact = f64::from(days);
    if exact < 2.5 {
        return None;
    }
    let within = |(start, end, factor): (f64, f64, f64)| factor * (exact.min(end) - start).max(0.0);
    let delta = 1.0 + BANDS.into_iter().map(within).sum::<f64>();
    let most = ((exact + delta).round() as u32).min(maximum.max(1));
    let least = ((exact - delta).round() as u32).max(2).min(most);
    Some((least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzz_spreads_by_bands() {
        assert_eq!(fuzz_range(2, 36_500), None);
        assert_eq!(fuzz_range(3, 36_500), Some((2, 4)));
        assert_eq!(fuzz_range(7, 36_500), Some((5, 9)));
        assert_eq!(fuzz_range(20, 36_500), Some((17, 23)));
        assert_eq!(fuzz_range(100, 36_500), Some((93, 107)));
        assert_eq!(fuzz_range(36_500, 36_500).unwrap().1, 36_500);
    }

    /// What is given to a card that the model would bring back after about `days`.
    fn given(
        scheduler: &Scheduler,
        days: f32,
        reviews: u32,
        last: Option<u32>,
        load: &Load,
    ) -> u32 {
        let card: CardId = "a".parse().unwrap();
        let before = Before {
            card: &card,
            reviews,
            phase: Phase::Review,
            memory: Some(MemoryState {
                stability: days,
                difficulty: 5.0,
            }),
            elapsed: 0,
            last_days: last,
        };
        let today = Day::on(time::Date::from_ordinal_date(2026, 1).unwrap());
        let review = scheduler.give(before, Rating::Good, today, |_, _| load.clone());
        let Interval::Days(days) = review.interval else {
            panic!("a learned card that is recalled waits for days")
        };
        days
    }

    #[test]
    fn fuzz_is_drawn_once_for_a_card_and_a_count() {
        let exact = Scheduler {
            fuzz: false,
            ..Scheduler::default()
        };
        let (fuzzed, none) = (Scheduler::default(), Load::default());
        let days = given(&exact, 100.0, 0, None, &none);
        let (least, most) = fuzz_range(days, 36_500).unwrap();
        let draw = |reviews, last| given(&fuzzed, 100.0, reviews, last, &none);
        assert_eq!(draw(3, None), draw(3, None));
        let drawn: std::collections::BTreeSet<u32> =
            (0..100).map(|count| draw(count, None)).collect();
        assert!(
            drawn.len() > 8 && drawn.iter().all(|days| (least..=most).contains(days)),
            "{drawn:?}"
        );
        assert!(
            (0..100).all(|count| draw(count, Some(days - 1)) >= days - 1),
            "an interval that grew stays grown"
        );
    }

    #[test]
    fn a_balanced_card_keeps_within_the_fuzz_and_goes_where_little_is_due() {
        let balanced = Scheduler {
            load_balancing: true,
            ..Scheduler::default()
        };
        let exact = Scheduler {
            fuzz: false,
            ..Scheduler::default()
        };
        let days = given(&exact, 20.0, 0, None, &Load::default());
        let (least, most) = fuzz_range(days, 36_500).unwrap();
        let today = Day::on(time::Date::from_ordinal_date(2026, 1).unwrap());
        let full = |free: u32| Load {
            due: (least..=most)
                .filter(|&day| day != free)
                .map(|day| (today.plus(day), 30))
                .collect(),
            siblings: Vec::new(),
        };
        for free in least..=most {
            assert_eq!(given(&balanced, 20.0, 4, None, &full(free)), free);
        }
        let far = Load {
            due: (0..400).map(|day| (today.plus(day), day)).collect(),
            siblings: Vec::new(),
        };
        assert_eq!(
            given(&balanced, 200.0, 4, None, &far),
            given(&Scheduler::default(), 200.0, 4, None, &far),
            "what lies far ahead is not balanced"
        );
    }

    #[test]
    fn hard_waits_between_the_first_two_steps_or_half_as_long_again() {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        let two = [minutes(1), minutes(10)];
        assert_eq!(
            next_step(&two, 0, Rating::Hard),
            Some((0, Duration::from_secs(330)))
        );
        assert_eq!(next_step(&two, 1, Rating::Hard), Some((1, minutes(10))));
        assert_eq!(
            next_step(&[minutes(10)], 0, Rating::Hard),
            Some((0, minutes(15)))
        );
        assert_eq!(next_step(&[], 0, Rating::Again), None);
    }
}
