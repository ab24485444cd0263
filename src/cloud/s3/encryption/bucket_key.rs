//! SSE-KMS with a Bucket Key: KMS makes one key for the bucket, S3 uses it for a while and makes the objects' keys
//! itself. So KMS is asked far less often, and its trail names the bucket instead of the object.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html>

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{KeptKey, KeyAccess, Scheme, Stored, damaged};
use crate::base::{Arn, Blob, Timestamp};
use crate::cloud::ServiceError;
use crate::cloud::kms::EncryptionContext;
use crate::crypto::aead::Key;

/// How long S3 uses a bucket key. AWS calls it a time-limited period and does not say how long it is.
const LIFETIME: Duration = Duration::from_mins(5);

#[derive(Debug)]
pub(super) struct SseKmsBucketKey;

/// A bucket-level key in S3's memory: of one requester and one KMS key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cloud::s3) struct BucketKey {
    bucket: String,
    requester: String,
    kms_key: Arn,
    context: EncryptionContext,
    plaintext: Key,
    ciphertext_blob: Blob,
    expires: Timestamp,
}

impl Scheme for SseKmsBucketKey {
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        let bucket_key = keys.bucket_key_to_seal()?;
        let object_key = keys.fresh_key();
        let wrapped = keys.seal(&bucket_key.plaintext, object_key.as_bytes());
        let kept = KeptKey::WrappedByKms {
            key: bucket_key.kms_key,
            ciphertext_blob: bucket_key.ciphertext_blob,
        };
        Ok(Stored {
            bytes: keys.seal(&object_key, plaintext),
            keys: vec![kept, KeptKey::WrappedByBucketKey(wrapped)],
        })
    }

    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        let [
            KeptKey::WrappedByKms {
                ciphertext_blob, ..
            },
            KeptKey::WrappedByBucketKey(wrapped),
        ] = &stored.keys[..]
        else {
            return Err(damaged());
        };
        let bucket_key = keys.bucket_key_to_open(ciphertext_blob)?;
        let object_key = keys.open_key(&bucket_key, wrapped)?;
        keys.open(&object_key, &stored.bytes)
    }
}

impl KeyAccess<'_> {
    /// The requester's bucket key that is in use, or a new one.
    fn bucket_key_to_seal(&mut self) -> Result<BucketKey, ServiceError> {
        let (kms_key, context) = self.kms_key(self.object.bucket_arn())?;
        let is_it = |key: &BucketKey| key.kms_key == kms_key && key.context == context;
        if let Some(key) = self.remembered(is_it) {
            return Ok(key);
        }
        let made = self.generate_data_key(self.object.bucket_arn())?;
        self.remember(made.plaintext, made.ciphertext_blob)
    }

    fn bucket_key_to_open(&mut self, ciphertext_blob: &Blob) -> Result<Key, ServiceError> {
        let is_it = |key: &BucketKey| key.ciphertext_blob == *ciphertext_blob;
        if let Some(key) = self.remembered(is_it) {
            return Ok(key.plaintext);
        }
        let opened = self.decrypt_data_key(self.object.bucket_arn(), ciphertext_blob)?;
        let key = self.remember(opened, ciphertext_blob.clone())?;
        Ok(key.plaintext)
    }

    fn remembered(&mut self, is_it: impl Fn(&BucketKey) -> bool) -> Option<BucketKey> {
        let now = self.cloud.now;
        let keys = &mut self.cloud.s3.bucket_keys;
        keys.retain(|key| key.expires > now);
        let requester = self.call.caller.principal.to_string();
        let mut own = keys
            .iter()
            .filter(|key| key.bucket == self.object.bucket && key.requester == requester);
        own.find(|key| is_it(key)).cloned()
    }

    fn remember(&mut self, plaintext: Key, blob: Blob) -> Result<BucketKey, ServiceError> {
        let (kms_key, context) = self.kms_key(self.object.bucket_arn())?;
        let key = BucketKey {
            bucket: self.object.bucket.clone(),
            requester: self.call.caller.principal.to_string(),
            kms_key,
            context,
            plaintext,
            ciphertext_blob: blob,
            expires: self.cloud.now + LIFETIME,
        };
        self.cloud.s3.bucket_keys.push(key.clone());
        Ok(key)
    }
}
