//! One run of a lab: how it began and the steps taken since.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::recording::{Genesis, Recording};

/// A state that steps change and that can be looked at.
///
/// Deterministic: the same beginning and the same steps give the same view, byte for byte.
pub trait Lab: Sized {
    /// What a learner can do here. A step that is refused is a step too: the refusal is what the view then shows.
    type Step: Clone + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// What there is to see, computed from what happened.
    type View: Clone + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// The lab before the first step.
    fn begin(genesis: &Genesis) -> Self;

    /// Takes one step.
    fn take(&mut self, step: &Self::Step);

    /// What there is to see now.
    fn view(&self) -> Self::View;

    /// The steps that a link to this lab carries: those that were taken, unless fewer lead to the same place.
    fn shared(&self, taken: &[Self::Step]) -> Vec<Self::Step> {
        taken.to_vec()
    }
}

/// A lab with its recording.
#[derive(Clone, Debug)]
pub struct Session<L: Lab> {
    lab: L,
    recording: Recording<L::Step>,
}

impl<L: Lab> Session<L> {
    /// Takes every step of `recording` from its beginning.
    #[must_use]
    pub fn replay(recording: Recording<L::Step>) -> Self {
        let mut lab = L::begin(&recording.genesis);
        for step in &recording.steps {
            lab.take(step);
        }
        Self { lab, recording }
    }

    /// Takes one more step.
    pub fn take(&mut self, step: L::Step) {
        self.lab.take(&step);
        self.recording.steps.push(step);
    }

    /// Takes the last step back; nothing where there is none.
    pub fn undo(&mut self) {
        let mut recording = self.recording.clone();
        if recording.steps.pop().is_some() {
            *self = Self::replay(recording);
        }
    }

    /// The lab as it stands.
    pub fn lab(&self) -> &L {
        &self.lab
    }

    /// What a link to it carries. Never its seed.
    pub fn play(&self) -> String {
        Recording {
            genesis: self.recording.genesis.clone(),
            steps: self.lab.shared(&self.recording.steps),
        }
        .play()
    }

    /// How it came to be.
    pub fn recording(&self) -> &Recording<L::Step> {
        &self.recording
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Blob, Timestamp};

    /// Adds what it is told to a first byte of the seed.
    #[derive(Debug)]
    struct Sum(u32);

    impl Lab for Sum {
        type Step = u32;
        type View = u32;

        fn begin(genesis: &Genesis) -> Self {
            Self(u32::from(genesis.seed()[0]))
        }

        fn take(&mut self, step: &u32) {
            self.0 += step;
        }

        fn view(&self) -> u32 {
            self.0
        }
    }

    fn session(steps: &[u32]) -> Session<Sum> {
        let genesis = Genesis {
            seed: Blob(vec![7]),
            at: Timestamp::from_millis(0),
        };
        Session::replay(Recording {
            genesis,
            steps: steps.to_vec(),
        })
    }

    #[test]
    fn undo_goes_back_one_step_and_stops_at_the_beginning() {
        let mut sum = session(&[1, 2]);
        assert_eq!(sum.lab().view(), 10);
        sum.undo();
        assert_eq!(sum.lab().view(), 8);
        sum.undo();
        sum.undo();
        assert_eq!((sum.lab().view(), sum.recording().steps.len()), (7, 0));
    }

    #[test]
    fn a_recording_replays_to_the_same_view() {
        let mut sum = session(&[]);
        sum.take(3);
        sum.take(4);
        assert_eq!(
            Session::<Sum>::replay(sum.recording().clone()).lab().view(),
            sum.lab().view()
        );
    }
}
