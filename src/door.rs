//! The messages between page and engine: ask, answer, progress, cancel.
//!
//! A message is a [`Message`] one way and a [`Reply`] the other, as bytes in the postcard form
//! (<https://postcard.jamesmunns.com/wire-format>): small to read and to write, and no one else ever reads them, because page
//! and engine talk only if they come from one build. The engine's first word is [`Answer::Hello`], which names its build.
//!
//! To put a lab behind the door: add its variant to [`LabKind`], [`Step`] and [`View`], and a line to each match of
//! [`Engine`]. The page then opens it with `ui::lab::use_lab`.

mod engine;
mod message;
mod wire;

pub use engine::Engine;
pub use message::{Answer, Ask, Beginning, LabAnswer, LabKind, Message, Reply, Step, View};
pub use wire::{decode, encode};

/// Names the sources that page and engine were built from; the two talk only if it is the same.
pub const BUILD: &str = env!("CIPHERDECK_BUILD");
