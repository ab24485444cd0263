//! The messages between the page and its workers: ask, answer, progress, cancel.
//!
//! To the engine a message is a [`Message`] one way and a [`Reply`] the other, to the reader a [`ReadAsk`] and a
//! [`ReadAnswer`], to the analyst an [`AnalystAsk`] and an [`AnalystAnswer`], to the keeper a [`KeepAsk`] and a [`KeepAnswer`], as bytes in the postcard form
//! (<https://postcard.jamesmunns.com/wire-format>): small to read and to write, and no one else ever reads them, because page
//! and worker talk only if they come from one build. A worker's first word names its build.
//!
//! To put a lab behind the door: add its variant to [`LabKind`], [`Step`] and [`View`], a line to each match of
//! [`Engine`], and its tasks to [`LabKind::of_task`]. The page then opens it with `ui::lab::use_lab`.

mod analyst;
mod decks;
mod engine;
mod exams;
mod keeper;
mod known;
mod learned;
mod message;
mod packed;
mod reader;
mod search;
mod sent;
mod wire;

pub use analyst::{Analyst, AnalystAnswer, AnalystAsk, AnkiAsk, AnkiForm, Studied};
pub use engine::Engine;
pub use exams::{ExamAnswer, ExamAsk, ExamTopic};
pub use keeper::{KeepAnswer, KeepAsk, Keeper};
pub use known::Known;
pub use learned::Learned;
pub use message::{Answer, Ask, Beginning, LabAnswer, LabKind, Message, Reply, Step, View};
pub use packed::Packed;
pub use reader::{ReadAnswer, ReadAsk, Reader};
pub use search::Sought;
pub use sent::SentCourse;
pub use wire::{GAVE_UP, decode, encode, hello};

/// Names the sources that page and workers were built from; two of them talk only if it is the same.
pub const BUILD: &str = env!("CIPHERDECK_BUILD");
