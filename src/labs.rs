//! What each lab does and computes: its steps, its views, its jobs.
//!
//! A lab is a state that steps change. A [`Session`] records the steps, so undo, sharing and a restart after a crash
//! are all the same thing: the steps taken again from the same beginning.

pub mod bench;
pub mod envelope;
mod job;
pub mod policy;
mod recording;
mod session;
pub mod sse;

pub use job::{Finding, Job, Progress};
pub use recording::{Genesis, Kept, Recording};
pub use session::{Lab, Session};
