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

    /// The tasks that the last step is seen to have done, by their names.
    fn done(&self) -> Vec<&'static str> {
        Vec::new()
    }

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
    done: Vec<&'static str>,
}

impl<L: Lab> Session<L> {
    /// Takes every step of `recording` from its beginning.
    #[must_use]
    pub fn replay(recording: Recording<L::Step>) -> Self {
        let Recording { genesis, steps } = recording;
        let mut session = Self {
            lab: L::begin(&genesis),
            recording: Recording {
                genesis,
                steps: Vec::new(),
            },
            done: Vec::new(),
        };
        for step in steps {
            session.take(step);
        }
        session
    }

    /// Takes one more step.
    pub fn take(&mut self, step: L::Step) {
        self.lab.take(&step);
        self.recording.steps.push(step);
        for task in self.lab.done() {
            if !self.done.contains(&task) {
                self.done.push(task);
            }
        }
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

    /// The names of the tasks that its steps did, the first first. A step that is taken back did nothing.
    pub fn done(&self) -> &[&'static str] {
        &self.done
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

        fn done(&self) -> Vec<&'static str> {
            let ten = (self.0 == 10).then_some("ten");
            let odd = (self.0 % 2 == 1).then_some("odd");
            [odd, ten].into_iter().flatten().collect()
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
    fn what_a_step_did_stays_done_until_the_step_is_taken_back() {
        let mut sum = session(&[1, 2, 1]);
        assert_eq!(sum.done(), ["ten", "odd"]);
        sum.undo();
        assert_eq!(sum.done(), ["ten"]);
        sum.undo();
        assert_eq!(sum.done(), [""; 0]);
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
