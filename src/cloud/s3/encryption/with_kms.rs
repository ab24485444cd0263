//! SSE-KMS: KMS makes a data key for each object, S3 uses it, forgets it, and keeps the wrapped copy.

use super::{KeptKey, KeyAccess, Scheme, Stored, damaged};
use crate::cloud::ServiceError;

#[derive(Debug)]
pub(super) struct SseKms;

impl Scheme for SseKms {
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        let arn = keys.object.arn();
        let (key, _) = keys.kms_key(arn.clone())?;
        let data_key = keys.generate_data_key(arn)?;
        Ok(Stored {
            bytes: keys.seal(&data_key.plaintext, plaintext),
            keys: vec![KeptKey::WrappedByKms {
                key,
                ciphertext_blob: data_key.ciphertext_blob,
            }],
        })
    }

    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        let [
            KeptKey::WrappedByKms {
                ciphertext_blob, ..
            },
        ] = &stored.keys[..]
        else {
            return Err(damaged());
        };
        let data_key = keys.decrypt_data_key(keys.object.arn(), ciphertext_blob)?;
        keys.open(&data_key, &stored.bytes)
    }
}
