//! SSE-C: the caller brings the key with every request. S3 uses it, forgets it, and keeps a salted HMAC of it.

use super::{Encryption, KeptKey, KeyAccess, Scheme, Stored, damaged};
use crate::base::Blob;
use crate::cloud::ServiceError;
use crate::crypto::aead::Key;
use crate::crypto::hash::{hmac_sha256, verify_hmac_sha256};

#[derive(Debug)]
pub(super) struct SseC;

impl Scheme for SseC {
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        let key = keys.customer_key()?;
        let salt: [u8; 32] = keys.cloud.entropy.bytes();
        let hmac = hmac_sha256(&salt, key.as_bytes());
        Ok(Stored {
            bytes: keys.seal(&key, plaintext),
            keys: vec![KeptKey::Check {
                salt: Blob(salt.to_vec()),
                hmac: Blob(hmac.to_vec()),
            }],
        })
    }

    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        let key = keys.customer_key()?;
        stored.check_customer_key(&key)?;
        keys.open(&key, &stored.bytes)
    }
}

impl KeyAccess<'_> {
    /// The key that the caller brought.
    ///
    /// # Errors
    /// Where the mode is another and there is none.
    pub fn customer_key(&self) -> Result<Key, ServiceError> {
        match self.encryption {
            Encryption::SseC { key: Some(key) } => Ok(key.clone()),
            _ => Err(damaged()),
        }
    }
}

impl Stored {
    /// Refuses a key that is not the one the object was put with.
    pub(in crate::cloud::s3) fn check_customer_key(&self, key: &Key) -> Result<(), ServiceError> {
        let is_known = |kept: &KeptKey| match kept {
            KeptKey::Check { salt, hmac } => verify_hmac_sha256(&salt.0, key.as_bytes(), &hmac.0),
            _ => false,
        };
        if self.keys.iter().any(is_known) {
            Ok(())
        } else {
            Err(ServiceError::new(403, "AccessDenied", "Access Denied"))
        }
    }
}
