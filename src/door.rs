//! The messages between page and engine: ask, answer, progress, cancel.
//!
//! Every message is one line of JSON: `{"id":…,"ask":…}` one way, `{"id":…,"answer":…}` the other. The first ask is
//! [`Ask::Hello`] with the asker's build; an engine of another build says so and answers nothing else.
//!
//! To put a lab behind the door: add its variant to [`Ask`] and [`Answer`] and a line to [`Engine`], and implement
//! [`Room`] for it. The page then opens it with `ui::lab::use_lab::<TheLab>()`.

mod engine;
mod message;

pub use engine::Engine;
pub use message::{Answer, Ask, LabAnswer, LabAsk, Message, Reply, Room};

/// Names the sources that page and engine were built from; the two talk only if it is the same.
pub const BUILD: &str = env!("CIPHERDECK_BUILD");
