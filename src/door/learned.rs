//! What the learner did, as page and workers tell each other.

use serde::{Deserialize, Serialize};

use crate::course::Renamed;
use crate::study::{Log, Progress, StudyOptions};

/// What the learner did, and the rules by which it counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Learned {
    /// The log.
    pub log: Log,
    /// What the learner set.
    pub options: StudyOptions,
}

impl Learned {
    /// What is known. `renamed` says what questions are called now that had another id before.
    #[must_use]
    pub fn replay(self, renamed: Renamed) -> Progress {
        let scheduler = self.options.scheduler();
        Progress::replay(self.log, scheduler, self.options.rollover(), renamed)
    }
}
