//! The study: what the learner knows, derived from an append-only log of reviews.
//!
//! The log is the truth. [`Progress`] replays it through the memory model FSRS-6 (crate `fsrs`); the [`Scheduler`] on top
//! of it adds steps, rounding, fuzz and the local day. Everything here is a pure function: time is an argument, and what
//! was once given to the learner (an interval) is read from the log and never drawn again.

mod balance;
mod day;
mod entry;
pub mod exam;
pub mod figure;
mod grade;
mod history;
mod leech;
mod log;
mod mastery;
mod memory;
pub mod optimise;
mod options;
pub mod plan;
mod pretest;
mod progress;
mod queue;
mod scheduler;
mod scope;
pub mod search;
mod session;
mod shuffle;
pub mod simulate;
pub mod statistics;
mod steps;

pub use balance::EasyDay;
pub use day::{Day, Rollover, UtcOffset};
pub use entry::{
    Answer, DeviceId, Entry, EntryId, EntryKind, Interval, ParseDeviceIdError, Pretest, Rating,
};
pub use grade::{Response, grade, is_right, shown_order};
pub use history::Attempt;
pub use leech::{LeechAction, LeechRule};
pub use log::Log;
pub use mastery::Mastery;
pub use memory::{MemoryModel, MemoryState};
pub use options::{Fitted, OptionField, StudyOptions};
pub use pretest::pretest;
pub use progress::{Card, Due, Note, Progress, Remembered};
pub use queue::{Limits, Queue, askable_cards, hands_on_cards, is_askable};
pub use scheduler::{Phase, Review, Scheduler};
pub use scope::{Scope, interleaved};
pub use session::Session;
pub use shuffle::shuffled;
