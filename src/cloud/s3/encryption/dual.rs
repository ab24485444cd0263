//! DSSE-KMS: two layers. The inner one as SSE-KMS, the outer one under a key that S3 makes and wraps itself.
//! Bucket Keys are not for it.

use super::{KeptKey, KeyAccess, Scheme, Stored, damaged};
use crate::base::Blob;
use crate::cloud::ServiceError;

#[derive(Debug)]
pub(super) struct DsseKms;

impl Scheme for DsseKms {
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        let arn = keys.object.arn();
        let (key, _) = keys.kms_key(arn.clone())?;
        let data_key = keys.generate_data_key(arn)?;
        let Blob(inner) = keys.seal(&data_key.plaintext, plaintext);
        let outer_key = keys.fresh_key();
        let kept = KeptKey::WrappedByKms {
            key,
            ciphertext_blob: data_key.ciphertext_blob,
        };
        Ok(Stored {
            bytes: keys.seal(&outer_key, &inner),
            keys: vec![kept, KeptKey::WrappedByS3(keys.wrap(&outer_key))],
        })
    }

    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        let [
            KeptKey::WrappedByKms {
                ciphertext_blob, ..
            },
            KeptKey::WrappedByS3(wrapped),
        ] = &stored.keys[..]
        else {
            return Err(damaged());
        };
        let data_key = keys.decrypt_data_key(keys.object.arn(), ciphertext_blob)?;
        let outer_key = keys.unwrap(wrapped)?;
        let inner = keys.open(&outer_key, &stored.bytes)?;
        keys.open(&data_key, &Blob(inner))
    }
}
