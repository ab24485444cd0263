//! Envelope encryption: a data key encrypts the text here, a KMS key encrypts the data key there.
//!
//! The lab plays the application: it signs requests, encrypts with AES-256-GCM, and keeps in the simulated S3 only
//! what may be kept. Everything that refuses does so by itself: KMS over its own ciphertext, AES-GCM over the text's.

mod application;
mod every_bit;
mod message;
mod places;
mod refusals;
mod run;
mod task;
#[cfg(test)]
mod tests;
mod view;

use serde::{Deserialize, Serialize};

pub use every_bit::flip_every_bit;
pub use run::Envelope;
pub use task::Task;
pub use view::{Breakable, ContextPair, Outcome, Part, Stage, View};

/// What a learner can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Write the text that is to be encrypted.
    Write(String),
    /// Set the encryption context of the calls to come.
    Context(ContextPair),
    /// Create a KMS key.
    CreateKey,
    /// Ask KMS for a data key, plain and wrapped.
    GenerateDataKey,
    /// Encrypt the text with the data key, here.
    Encrypt,
    /// Forget the plain data key.
    Wipe,
    /// Put ciphertext and wrapped key into S3.
    Store,
    /// Flip one bit of what lies in S3.
    Flip(Flip),
    /// Undo what was broken: the stored bytes and the context.
    PutBack,
    /// Fetch from S3 and have KMS unwrap the data key.
    Unwrap,
    /// Decrypt the text with the unwrapped data key, here.
    Decrypt,
}

/// One bit of a stored part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flip {
    /// Of which part.
    pub part: Part,
    /// Of which byte, from zero.
    pub byte: usize,
    /// Which bit of it, 0 the lowest, 7 the highest.
    pub bit: u8,
}
