//! When a card comes back: steps, rounding, caps and fuzz on top of the memory model.
//!
//! The rules are those of py-fsrs 6.3 (<https://github.com/open-spaced-repetition/py-fsrs>) with three differences, each
//! on purpose: days are counted by the learner's local day with its roll-over hour, and not as periods of 24 hours; fuzz
//! is seeded by card and count, so that nothing is drawn twice; and fuzz never shrinks an interval that grew.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::entry::{Interval, Rating};
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
        }
    }
}

/// Where a card is on its way into memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let days = self.whole_days(days);
        let days = if self.fuzz {
            self.fuzzed(days, before)
        } else {
            days
        };
        Review {
            phase: Phase::Review,
            memory,
            interval: Interval::Days(days),
        }
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

    /// A day near `days`, drawn by a generator that the card and its count of reviews seed.
    fn fuzzed(&self, days: u32, before: Before<'_>) -> u32 {
        let Some((mut least, most)) = fuzz_range(days, self.maximum_interval) else {
            return days;
        };
        if let Some(last) = before.last_days.filter(|&last| last < days) {
            least = least.max(last);
        }
        let mut hash = Sha256::new();
        hash.update(before.card.as_str());
        hash.update(before.reviews.to_le_bytes());
        let digest = hash.finalize();
        let drawn = digest[..8]
            .iter()
            .fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte));
        // 64 bits over a range of at most a few thousand days: no day is favoured by more than one in 2^50.
        least + (drawn % u64::from(most - least + 1)) as u32
    }
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

    #[test]
    fn fuzz_is_drawn_once_for_a_card_and_a_count() {
        let scheduler = Scheduler::default();
        let card: CardId = "a".parse().unwrap();
        let draw = |reviews, last_days| {
            let before = Before {
                card: &card,
                reviews,
                phase: Phase::Review,
                memory: None,
                elapsed: 0,
                last_days,
            };
            scheduler.fuzzed(100, before)
        };
        assert_eq!(draw(3, None), draw(3, None));
        let drawn: std::collections::BTreeSet<u32> =
            (0..100).map(|count| draw(count, None)).collect();
        assert!(
            drawn.len() > 8 && drawn.iter().all(|days| (93..=107).contains(days)),
            "{drawn:?}"
        );
        assert!(
            (0..100).all(|count| draw(count, Some(99)) >= 99),
            "an interval that grew stays grown"
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
