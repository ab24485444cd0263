//! Why something is refused, from what was changed.

use crate::labs::envelope::run::Envelope;
use crate::labs::envelope::{Flip, Part};

impl Envelope {
    pub(super) fn is_broken(&self) -> bool {
        let context_differs = self.data_key.is_some() && !self.is_context_of_data_key();
        self.flip.is_some() || (self.stored.is_some() && context_differs)
    }

    /// Whether the context is the one under which KMS wrapped the data key.
    pub(super) fn is_context_of_data_key(&self) -> bool {
        let key = self.data_key.as_ref();
        key.is_some_and(|key| key.context == self.context)
    }

    /// Whether the context is the one under which the text was encrypted.
    pub(super) fn is_context_of_text(&self) -> bool {
        let sealed = self.sealed.as_ref();
        sealed.is_some_and(|sealed| sealed.context == self.context)
    }

    pub(super) fn why_kms_refuses(&self) -> String {
        let wrapped_under = self.data_key.as_ref().map(|key| &key.context);
        match (self.flip, wrapped_under) {
            (Some(Flip { part: Part::WrappedKey, .. }), _) => {
                "One bit of the wrapped key is not as KMS wrote it, so its tag does not match. The policy had allowed the call.".to_owned()
            }
            (_, Some(then)) if *then != self.context => format!(
                "The context is part of what was authenticated. At encryption it said {}; now it says {}, so the tag does not match. The policy had allowed the call.",
                then.readable(),
                self.context.readable()
            ),
            _ => "The wrapped key's tag does not match. The policy had allowed the call.".to_owned(),
        }
    }

    pub(super) fn why_aead_refuses(&self) -> String {
        let sealed_under = self.sealed.as_ref().map(|sealed| &sealed.context);
        match (self.flip, sealed_under) {
            (Some(flip), _) => format!(
                "KMS gave the right key, but one bit of the {} was changed. The tag vouches for every bit, so nothing is decrypted: not even the part that was left alone.",
                flip.part.name()
            ),
            (None, Some(then)) if *then != self.context => format!(
                "The text was encrypted under {}, and now the context is {}.",
                then.readable(),
                self.context.readable()
            ),
            (None, _) => "The tag does not match.".to_owned(),
        }
    }
}
