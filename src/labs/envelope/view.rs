//! What there is to see of the envelope lab.

use serde::{Deserialize, Serialize};

use crate::labs::bench::{Call, Chip};

/// The bench as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// How far the story has come.
    pub stage: Stage,
    /// What is to be encrypted.
    pub text: String,
    /// The encryption context that is sent with the next call.
    pub context: ContextPair,
    /// What you hold.
    pub browser: Vec<Chip>,
    /// What never leaves KMS.
    pub kms: Vec<Chip>,
    /// What whoever reads the object has.
    pub s3: Vec<Chip>,
    /// The requests of the last step.
    pub calls: Vec<Call>,
    /// What the last step came to.
    pub outcome: Option<Outcome>,
    /// What can be broken now, empty before anything is stored.
    pub breakable: Vec<Breakable>,
    /// Whether something is broken now.
    pub is_broken: bool,
}

/// How far the story has come: the last thing that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing was done yet.
    Empty,
    /// A KMS key stands.
    KeyCreated,
    /// A data key is here, plain and wrapped.
    DataKeyHeld,
    /// The text is encrypted here.
    Encrypted,
    /// The plain data key is wiped.
    Wiped,
    /// Ciphertext and wrapped key are in S3.
    Stored,
    /// KMS has unwrapped the data key again.
    Unwrapped,
    /// The text is readable again.
    Decrypted,
}

/// One name and value of an encryption context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextPair {
    /// Such as `department`.
    pub name: String,
    /// Such as `Finance`.
    pub value: String,
}

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it was refused.
    pub is_refusal: bool,
    /// Two or three words.
    pub head: String,
    /// What happened, and why.
    pub body: String,
}

/// A stored part, bit by bit open to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakable {
    /// Which part.
    pub part: Part,
    /// How many bytes it has.
    pub bytes: usize,
}

/// A part of what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The data key under the KMS key.
    WrappedKey,
    /// The nonce of the text's encryption.
    Nonce,
    /// The text, encrypted.
    Ciphertext,
    /// Its authentication tag.
    Tag,
}

impl Part {
    /// Every part, in the order of the story.
    pub const ALL: [Self; 4] = [Self::WrappedKey, Self::Nonce, Self::Ciphertext, Self::Tag];

    /// What it is called on the bench.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WrappedKey => "wrapped data key",
            Self::Nonce => "nonce",
            Self::Ciphertext => "ciphertext",
            Self::Tag => "tag",
        }
    }
}
