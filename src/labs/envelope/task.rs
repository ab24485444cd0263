//! What a question can ask to be done here, and whether it was seen to happen.

use super::Part;
use super::run::{Envelope, Guard};

/// Something to do in this lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Encrypt the text, wipe the plain key, store, unwrap, and read the text again.
    RoundTrip,
    /// Have AES-GCM refuse a ciphertext of which one bit was flipped.
    FlippedBit,
    /// Have KMS refuse to unwrap under another encryption context.
    WrongContext,
    /// Have KMS refuse a wrapped key of which one bit was flipped.
    DamagedKey,
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 4] = [
        Self::RoundTrip,
        Self::FlippedBit,
        Self::WrongContext,
        Self::DamagedKey,
    ];

    /// What a question calls it behind `lab=`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RoundTrip => "envelope",
            Self::FlippedBit => "envelope-flipped-bit",
            Self::WrongContext => "envelope-wrong-context",
            Self::DamagedKey => "envelope-damaged-key",
        }
    }

    /// Whether the last step did it. A refusal counts for what alone can have caused it.
    pub(super) fn is_done(self, lab: &Envelope) -> bool {
        let broken = lab.flip.map(|flip| flip.part);
        let (kms, here) = (lab.is_context_of_data_key(), lab.is_context_of_text());
        match self {
            Self::RoundTrip => {
                let is_wiped = lab.data_key.as_ref().is_some_and(|key| key.plain.is_none());
                is_wiped && lab.stored.is_some() && lab.decrypted.as_ref() == Some(&lab.text)
            }
            Self::FlippedBit => {
                lab.refused_by == Some(Guard::AesGcm) && broken == Some(Part::Ciphertext) && here
            }
            Self::WrongContext => {
                lab.refused_by == Some(Guard::Kms) && broken != Some(Part::WrappedKey) && !kms
            }
            Self::DamagedKey => {
                lab.refused_by == Some(Guard::Kms) && broken == Some(Part::WrappedKey) && kms
            }
        }
    }
}
