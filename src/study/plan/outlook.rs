//! What will be known.

use serde::{Deserialize, Serialize};

/// The mean probability of recall over the cards of an exam, 0 to 1. A card that was never seen counts as not known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// Today.
    pub now: f32,
    /// On the day of the exam, if nothing more is studied.
    pub untouched: f32,
    /// On the day of the exam, if the plan is kept.
    pub planned: f32,
    /// On the day of the exam at the learner's own pace, and how many cards stay unseen then.
    pub at_pace: Option<(f32, f32)>,
}
