//! SSE-S3: S3 makes a key for each object, wraps it under its own root key, and keeps both to itself.

use super::{KeptKey, KeyAccess, Scheme, Stored, damaged};
use crate::cloud::ServiceError;

#[derive(Debug)]
pub(super) struct SseS3;

impl Scheme for SseS3 {
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        let object_key = keys.fresh_key();
        Ok(Stored {
            bytes: keys.seal(&object_key, plaintext),
            keys: vec![KeptKey::WrappedByS3(keys.wrap(&object_key))],
        })
    }

    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        let [KeptKey::WrappedByS3(wrapped)] = &stored.keys[..] else {
            return Err(damaged());
        };
        let object_key = keys.unwrap(wrapped)?;
        keys.open(&object_key, &stored.bytes)
    }
}
