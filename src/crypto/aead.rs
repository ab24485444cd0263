//! Authenticated encryption: AES-256 in Galois/Counter Mode.
//!
//! Source: NIST SP 800-38D, <https://doi.org/10.6028/NIST.SP.800-38D>

use std::fmt;

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, aead};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::base::{Blob, hex};

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;
/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 12;
/// Bytes of a tag.
pub const TAG_BYTES: usize = 16;
/// The longest plaintext in bytes: 2³² − 2 blocks of 16.
pub const LONGEST_PLAINTEXT: u64 = (1 << 36) - 32;

/// A 256-bit key. It is wiped when dropped, and never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
#[serde(try_from = "Blob", into = "Blob")]
pub struct Key([u8; KEY_BYTES]);

impl Key {
    /// The key's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl From<[u8; KEY_BYTES]> for Key {
    fn from(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }
}

impl From<Key> for Blob {
    fn from(key: Key) -> Self {
        Self(key.0.to_vec())
    }
}

impl TryFrom<Blob> for Key {
    type Error = WrongLength;

    fn try_from(blob: Blob) -> Result<Self, WrongLength> {
        Self::try_from(blob.0.as_slice())
    }
}

impl TryFrom<&[u8]> for Key {
    type Error = WrongLength;

    fn try_from(bytes: &[u8]) -> Result<Self, WrongLength> {
        exactly(bytes).map(Self)
    }
}

/// A 96-bit number that is used once with one key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub [u8; NONCE_BYTES]);

/// A 128-bit authentication tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tag(pub [u8; TAG_BYTES]);

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({})", hex(&self.0))
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", hex(&self.0))
    }
}

/// What [`seal`] makes, and all that is stored or sent of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Blob", into = "Blob")]
pub struct Sealed {
    /// The nonce it was sealed under.
    pub nonce: Nonce,
    /// As long as the plaintext.
    pub ciphertext: Vec<u8>,
    /// Vouches for ciphertext, nonce and associated data.
    pub tag: Tag,
}

impl Sealed {
    /// Nonce, ciphertext and tag in one string of bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.nonce.0[..], &self.ciphertext, &self.tag.0].concat()
    }

    /// Reads what [`Sealed::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`WrongLength`] where there is no room for nonce and tag.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrongLength> {
        let (nonce, rest) = bytes.split_first_chunk().ok_or(WrongLength)?;
        let (ciphertext, tag) = rest.split_last_chunk().ok_or(WrongLength)?;
        Ok(Self {
            nonce: Nonce(*nonce),
            ciphertext: ciphertext.to_vec(),
            tag: Tag(*tag),
        })
    }
}

impl From<Sealed> for Blob {
    fn from(sealed: Sealed) -> Self {
        Self(sealed.to_bytes())
    }
}

impl TryFrom<Blob> for Sealed {
    type Error = WrongLength;

    fn try_from(blob: Blob) -> Result<Self, WrongLength> {
        Self::from_bytes(&blob.0)
    }
}

/// Encrypts `plaintext` and authenticates it together with `associated_data`, which is not kept.
///
/// The caller answers for it that no nonce is used twice with a key, and that the plaintext is no longer
/// than [`LONGEST_PLAINTEXT`].
#[must_use]
pub fn seal(key: &Key, nonce: Nonce, plaintext: &[u8], associated_data: &[u8]) -> Sealed {
    let mut ciphertext = plaintext.to_vec();
    let tag = cipher(key)
        .encrypt_inout_detached(
            &nonce.0.into(),
            associated_data,
            ciphertext.as_mut_slice().into(),
        )
        .expect("no plaintext in memory reaches 64 GiB");
    Sealed {
        nonce,
        ciphertext,
        tag: Tag(tag.into()),
    }
}

/// Checks the tag and decrypts.
///
/// # Errors
/// [`NotAuthentic`] where key, nonce, ciphertext, tag or `associated_data` is another than at sealing.
pub fn open(key: &Key, sealed: &Sealed, associated_data: &[u8]) -> Result<Vec<u8>, NotAuthentic> {
    let mut plaintext = sealed.ciphertext.clone();
    cipher(key)
        .decrypt_inout_detached(
            &sealed.nonce.0.into(),
            associated_data,
            plaintext.as_mut_slice().into(),
            &sealed.tag.0.into(),
        )
        .map_err(|aead::Error| NotAuthentic)?;
    Ok(plaintext)
}

/// The tag does not vouch for what it came with. More is not known, on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authentication tag does not match")]
pub struct NotAuthentic;

/// The bytes are too few or too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("wrong number of bytes")]
pub struct WrongLength;

fn cipher(key: &Key) -> Aes256Gcm {
    Aes256Gcm::new(&key.0.into())
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], WrongLength> {
    bytes.try_into().map_err(|_| WrongLength)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", Key::from([7; KEY_BYTES])), "Key(…)");
    }

    #[test]
    fn sealed_bytes_come_back_and_short_ones_are_refused() {
        let sealed = seal(&Key::from([1; 32]), Nonce([2; 12]), b"hi", b"");
        assert_eq!(Sealed::from_bytes(&sealed.to_bytes()), Ok(sealed));
        assert_eq!(Sealed::from_bytes(&[0; 27]), Err(WrongLength));
    }
}
