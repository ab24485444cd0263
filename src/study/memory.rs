//! The memory model: FSRS-6, as crate `fsrs` computes it.
//!
//! Source: <https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm>

use fsrs::{FSRS, NextStates};
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
        let before = memory.map(|memory| fsrs::MemoryState {
            stability: memory.stability,
            difficulty: memory.difficulty,
        });
        let states = self.fsrs.next_states(before, desired_retention, elapsed);
        let NextStates {
            again,
            hard,
            good,
            easy,
        } = states.expect("finite parameters and states give finite states");
        let next = match rating {
            Rating::Again => again,
            Rating::Hard => hard,
            Rating::Good => good,
            Rating::Easy => easy,
        };
        let state = MemoryState {
            stability: next.memory.stability,
            difficulty: next.memory.difficulty,
        };
        (state, next.interval)
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
