//! Ciphertext blobs: a clear header that names the material, then what it encrypted.
//!
//! AWS does not publish its form; it documents the scheme that is followed here: a fresh nonce for every call, a key
//! derived from backing key and nonce, AES-GCM with the encryption context as associated data.
//! Source: <https://docs.aws.amazon.com/kms/latest/cryptographic-details/encrypt-operation.html>

use super::context::EncryptionContext;
use super::key::{BackingKey, KeyMaterialId};
use crate::crypto::aead::{self, Key, NONCE_BYTES, Nonce, NotAuthentic, Sealed, TAG_BYTES, Tag};
use crate::crypto::entropy::Entropy;
use crate::crypto::kdf::hkdf_sha256;

/// The parts of a blob, in their order.
///
/// | bytes | what |
/// |---|---|
/// | 1 | version, `01` |
/// | 32 | the material's id |
/// | 16 | nonce of the key derivation |
/// | n | ciphertext, as long as the plaintext |
/// | 16 | tag, over header, nonce, encryption context and ciphertext |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CiphertextBlob {
    /// Which material encrypted it.
    pub key_material_id: KeyMaterialId,
    /// From which, with the material, key and nonce of the cipher are derived.
    pub derivation_nonce: [u8; 16],
    /// As long as the plaintext.
    pub ciphertext: Vec<u8>,
    /// Vouches for all of it.
    pub tag: Tag,
}

const VERSION: u8 = 1;

impl CiphertextBlob {
    /// All parts in one string of bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.header()[..], &self.ciphertext, &self.tag.0].concat()
    }

    /// Takes a blob apart; nothing where it is no blob. Whether it is genuine, only KMS can tell.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&version, rest) = bytes.split_first()?;
        let (id, rest) = rest.split_first_chunk()?;
        let (derivation_nonce, rest) = rest.split_first_chunk()?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG_BYTES>()?;
        (version == VERSION).then(|| Self {
            key_material_id: KeyMaterialId(*id),
            derivation_nonce: *derivation_nonce,
            ciphertext: ciphertext.to_vec(),
            tag: Tag(*tag),
        })
    }

    pub(super) fn seal(
        backing: &BackingKey,
        entropy: &mut Entropy,
        plaintext: &[u8],
        context: &EncryptionContext,
    ) -> Self {
        let mut blob = Self {
            key_material_id: backing.id,
            derivation_nonce: entropy.bytes(),
            ciphertext: Vec::new(),
            tag: Tag([0; TAG_BYTES]),
        };
        let (key, nonce) = blob.derive(backing);
        let sealed = aead::seal(&key, nonce, plaintext, &blob.associated_data(context));
        blob.ciphertext = sealed.ciphertext;
        blob.tag = sealed.tag;
        blob
    }

    pub(super) fn open(
        self,
        backing: &BackingKey,
        context: &EncryptionContext,
    ) -> Result<Vec<u8>, NotAuthentic> {
        let (key, nonce) = self.derive(backing);
        let associated_data = self.associated_data(context);
        let sealed = Sealed {
            nonce,
            ciphertext: self.ciphertext,
            tag: self.tag,
        };
        aead::open(&key, &sealed, &associated_data)
    }

    fn header(&self) -> Vec<u8> {
        let id = self.key_material_id.0;
        [&[VERSION][..], &id, &self.derivation_nonce].concat()
    }

    fn associated_data(&self, context: &EncryptionContext) -> Vec<u8> {
        [self.header(), context.canonical()].concat()
    }

    fn derive(&self, backing: &BackingKey) -> (Key, Nonce) {
        let material = backing.material.as_bytes();
        let derived: [u8; 32 + NONCE_BYTES] =
            hkdf_sha256(material, &self.derivation_nonce, b"cipherdeck kms encrypt");
        let (key, nonce) = derived.split_at(32);
        let key = Key::try_from(key).expect("32 bytes were split off");
        let nonce = nonce.try_into().expect("12 bytes are left");
        (key, Nonce(nonce))
    }
}
