//! The messages between page and engine: ask, answer, progress, cancel.
//!
//! A message is a [`Message`] one way and a [`Reply`] the other, as bytes in the postcard form
//! (<https://postcard.jamesmunns.com/wire-format>): small to read and to write, and no one else ever reads them, because page
//! and engine talk only if they come from one build. The engine's first word is [`Answer::Hello`], which names its build.
//!
//! To put a lab behind the door: add its variant to [`Ask`] and [`Answer`] and a line to [`Engine`], and implement
//! [`Room`] for it. The page then opens it with `ui::lab::use_lab::<TheLab>()`.

mod engine;
mod message;
mod wire;

pub use engine::Engine;
pub use message::{Answer, Ask, LabAnswer, LabAsk, Message, Reply, Room};
pub use wire::{decode, encode};

/// Names the sources that page and engine were built from; the two talk only if it is the same.
pub const BUILD: &str = env!("CIPHERDECK_BUILD");
