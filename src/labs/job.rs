//! Long work as pure functions that say how far they are. Who wants it to stop ends the worker it runs in.

use serde::{Deserialize, Serialize};

use crate::labs::{Kept, Recording, envelope};

/// Work that takes longer than a page may wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// Flip every bit of what an envelope lab has stored, one at a time, and try to read it each time.
    FlipEveryBit(Kept),
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Units of work that are done.
    pub done: usize,
    /// Units of work in all.
    pub total: usize,
}

/// What a job found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Of [`Job::FlipEveryBit`].
    EveryBit {
        /// Bits that were flipped.
        tried: usize,
        /// Flips over which KMS would not unwrap the data key.
        refused_by_kms: usize,
        /// Flips over which AES-GCM would not decrypt here.
        refused_here: usize,
        /// Flips after which the text could be read all the same.
        read: usize,
    },
}

impl Job {
    /// Does the work, and says now and then how far it is.
    ///
    /// # Errors
    /// One sentence where what it is to work on cannot be read.
    pub fn run(self, say: &mut dyn FnMut(Progress)) -> Result<Finding, String> {
        match self {
            Self::FlipEveryBit(kept) => {
                Recording::take_up(&kept).map(|recording| envelope::flip_every_bit(recording, say))
            }
        }
    }
}
