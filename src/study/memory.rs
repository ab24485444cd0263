//! The memory model: FSRS-6, as crate `fsrs` computes it.
//!
//! Source: <https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm>

use fsrs::{FSRS, FSRSItem, FSRSReview, current_retrievability};
use serde::{Deserialize, Serialize};

use super::entry::Rating;

/// What is known about the memory of one card.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemoryState {
    /// Days until the probability of recall has fallen to 90 %.
    pub stability: f32,
    /// How hard it is to make the memory more stable, 1 to 10.
    pub difficulty: f32,
}

/// The model with its parameters.
#[derive(Clone, Debug)]
pub struct MemoryModel {
    fsrs: FSRS,
    parameters: Vec<f32>,
}

impl MemoryModel {
    /// The model with the given 21 parameters; nothing where they are not 21 finite numbers.
    #[must_use]
    pub fn new(parameters: &[f32; 21]) -> Option<Self> {
        let fsrs = FSRS::new(parameters).ok()?;
        Some(Self {
            fsrs,
            parameters: parameters.to_vec(),
        })
    }

    /// The state after a review, and the days after which recall will have fallen to `desired_retention`.
    ///
    /// `memory` is none at the first review. `elapsed` counts days since the last one; 0 is the same day.
    #[must_use]
    pub fn review(
        &self,
        memory: Option<MemoryState>,
        rating: Rating,
        elapsed: u32,
        desired_retention: f32,
    ) -> (MemoryState, f32) {
        // One review by itself: the crate's `next_states` would compute all four grades.
        let review = FSRSItem {
            reviews: vec![FSRSReview {
                rating: rating as u32,
                delta_t: elapsed,
            }],
        };
        let next = self.fsrs.memory_state(review, memory.map(Into::into));
        let next = next.expect("finite parameters and states give finite states");
        let days = self
            .fsrs
            .next_interval(Some(next.stability), desired_retention, rating as u32);
        (next.into(), days)
    }

    /// The 21 parameters.
    #[must_use]
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// The probability of recall `elapsed` days after the last review.
    #[must_use]
    pub fn recall(&self, memory: MemoryState, elapsed: u32) -> f32 {
        // As the crate clips it.
        let decay = self.parameters[20].clamp(0.1, 0.8);
        current_retrievability(memory.into(), elapsed as f32, decay)
    }

    /// The state after each of these reviews of a new card, each with the days since the one before.
    ///
    /// As many calls of [`Self::review`] would give, without an interval for each.
    #[must_use]
    pub fn states(&self, reviews: impl IntoIterator<Item = (Rating, u32)>) -> Vec<MemoryState> {
        let reviews = reviews.into_iter().map(|(rating, elapsed)| FSRSReview {
            rating: rating as u32,
            delta_t: elapsed,
        });
        let item = FSRSItem {
            reviews: reviews.collect(),
        };
        let states = self.fsrs.historical_memory_states(item, None);
        let states = states.expect("finite parameters and states give finite states");
        states.into_iter().map(MemoryState::from).collect()
    }
}

impl From<MemoryState> for fsrs::MemoryState {
    fn from(memory: MemoryState) -> Self {
        Self {
            stability: memory.stability,
            difficulty: memory.difficulty,
        }
    }
}

impl From<fsrs::MemoryState> for MemoryState {
    fn from(memory: fsrs::MemoryState) -> Self {
        Self {
            stability: memory.stability,
            difficulty: memory.difficulty,
        }
    }
}

impl Default for MemoryModel {
    /// With the parameters that fit the average learner.
    fn default() -> Self {
        Self::new(&fsrs::DEFAULT_PARAMETERS).expect("the default parameters are good")
    }
}

impl PartialEq for MemoryModel {
    fn eq(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }
}
