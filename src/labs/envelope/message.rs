//! What is stored: the text under its data key, and the data key under the KMS key.

use std::collections::BTreeMap;

use crate::base::Blob;
use crate::client::GotObject;
use crate::crypto::aead::{self, Key, Nonce, NotAuthentic, Sealed, Tag};
use crate::labs::envelope::{ContextPair, Flip, Part};

/// Names of the object's metadata.
const WRAPPED_KEY: &str = "wrapped-key";
const NONCE: &str = "nonce";
const TAG: &str = "tag";

/// Everything that lies in S3. None of it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The data key as KMS wrapped it.
    pub wrapped_key: Vec<u8>,
    /// The text as the data key encrypted it.
    pub sealed: Sealed,
}

impl Message {
    /// The bytes of one part.
    #[must_use]
    pub fn part(&self, part: Part) -> &[u8] {
        match part {
            Part::WrappedKey => &self.wrapped_key,
            Part::Nonce => &self.sealed.nonce.0,
            Part::Ciphertext => &self.sealed.ciphertext,
            Part::Tag => &self.sealed.tag.0,
        }
    }

    /// The same message with one bit flipped; itself where there is no such bit.
    #[must_use]
    pub fn flipped(&self, flip: Flip) -> Self {
        let mut message = self.clone();
        let bytes: &mut [u8] = match flip.part {
            Part::WrappedKey => &mut message.wrapped_key,
            Part::Nonce => &mut message.sealed.nonce.0,
            Part::Ciphertext => &mut message.sealed.ciphertext,
            Part::Tag => &mut message.sealed.tag.0,
        };
        if let Some(byte) = bytes.get_mut(flip.byte) {
            *byte ^= 1_u8.checked_shl(u32::from(flip.bit)).unwrap_or(0);
        }
        message
    }

    /// What goes beside the ciphertext as the object's metadata.
    #[must_use]
    pub fn metadata(&self) -> BTreeMap<String, String> {
        let entry = |name: &str, bytes: &[u8]| (name.to_owned(), Blob(bytes.to_vec()).to_base64());
        BTreeMap::from([
            entry(WRAPPED_KEY, &self.wrapped_key),
            entry(NONCE, &self.sealed.nonce.0),
            entry(TAG, &self.sealed.tag.0),
        ])
    }

    /// Reads what was put as body and [`Message::metadata`]; nothing where it is no such object.
    #[must_use]
    pub fn from_object(object: &GotObject) -> Option<Self> {
        let bytes = |name: &str| Some(Blob::from_base64(object.metadata.get(name)?)?.0);
        let sealed = Sealed {
            nonce: Nonce(bytes(NONCE)?.try_into().ok()?),
            ciphertext: object.body.clone(),
            tag: Tag(bytes(TAG)?.try_into().ok()?),
        };
        Some(Self {
            wrapped_key: bytes(WRAPPED_KEY)?,
            sealed,
        })
    }

    /// Every bit there is.
    pub fn bits(&self) -> impl Iterator<Item = Flip> {
        Part::ALL.into_iter().flat_map(|part| {
            let bytes = 0..self.part(part).len();
            bytes.flat_map(move |byte| (0..8).map(move |bit| Flip { part, byte, bit }))
        })
    }
}

/// Decrypts the text, if nothing of it and nothing of the context was changed.
///
/// # Errors
/// [`NotAuthentic`] otherwise.
pub fn open(key: &Key, sealed: &Sealed, context: &ContextPair) -> Result<Vec<u8>, NotAuthentic> {
    aead::open(key, sealed, &associated_data(context))
}

/// The context as the text's encryption authenticates it: each name and value with its length before it, so that no
/// two contexts look alike.
#[must_use]
pub fn associated_data(context: &ContextPair) -> Vec<u8> {
    let field = |text: &str| {
        let length = u32::try_from(text.len()).expect("contexts are short");
        [&length.to_be_bytes(), text.as_bytes()].concat()
    };
    [field(&context.name), field(&context.value)].concat()
}
