//! What the learner did, as page and workers tell each other.

use serde::{Deserialize, Serialize};

use super::packed::Packed;
use crate::course::Renamed;
use crate::study::{Log, Progress, StudyOptions};

/// What the learner did, and the rules by which it counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Learned {
    /// The log, as the keeper packed it: long logs pass through the page unread.
    pub log: Packed<Log>,
    /// What could not be saved yet.
    pub unsaved: Log,
    /// What the learner set.
    pub options: StudyOptions,
}

impl Learned {
    /// What is known. `renamed` says what questions are called now that had another id before.
    #[must_use]
    pub fn replay(self, renamed: Renamed) -> Progress {
        let scheduler = self.options.scheduler();
        let mut log = self.log.open().unwrap_or_default();
        log.merge(&self.unsaved);
        Progress::replay(log, scheduler, self.options.rollover(), renamed)
    }
}
