//! Server-side encryption: every mode behind one small trait.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html>

mod bucket_key;
mod customer;
mod dual;
mod key_access;
mod managed;
mod with_kms;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(super) use bucket_key::BucketKey;
pub use key_access::KeyAccess;

use crate::base::{Arn, Blob};
use crate::cloud::ServiceError;
use crate::cloud::kms::EncryptionContext;
use crate::crypto::aead::Key;

/// A way to encrypt what is put and to decrypt it when it is got.
pub trait Scheme: fmt::Debug + Send + Sync {
    /// Encrypts an object's bytes.
    ///
    /// # Errors
    /// Where the caller may not have the key that it needs.
    fn seal(&self, keys: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError>;

    /// Decrypts what [`Scheme::seal`] made.
    ///
    /// # Errors
    /// Where the caller may not have the key that it needs, or what is stored is not what was sealed.
    fn open(&self, keys: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError>;
}

/// The modes of server-side encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// S3 makes, keeps and uses the keys.
    SseS3,
    /// KMS makes a data key for each object.
    SseKms,
    /// KMS makes a key for the bucket for a while, S3 those of the objects.
    SseKmsBucketKey,
    /// Two layers, the inner under a key of KMS, the outer under one of S3.
    DsseKms,
    /// The caller brings the key and S3 forgets it.
    SseC,
}

/// How an object is, or is to be, encrypted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Encryption {
    /// SSE-S3.
    SseS3,
    /// SSE-KMS.
    SseKms {
        /// The KMS key's ARN.
        key: Arn,
        /// What the request added to the encryption context.
        context: EncryptionContext,
        /// Whether with a Bucket Key.
        bucket_key: bool,
    },
    /// DSSE-KMS.
    DsseKms {
        /// The KMS key's ARN.
        key: Arn,
        /// What the request added to the encryption context.
        context: EncryptionContext,
    },
    /// SSE-C.
    SseC {
        /// The caller's key, only while a request is answered: it is never saved.
        #[serde(skip)]
        key: Option<Key>,
    },
}

impl Encryption {
    /// The mode by itself.
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self {
            Self::SseS3 => Mode::SseS3,
            Self::SseKms {
                bucket_key: false, ..
            } => Mode::SseKms,
            Self::SseKms {
                bucket_key: true, ..
            } => Mode::SseKmsBucketKey,
            Self::DsseKms { .. } => Mode::DsseKms,
            Self::SseC { .. } => Mode::SseC,
        }
    }

    /// The same without the caller's key.
    pub(super) fn to_keep(&self) -> Self {
        match self {
            Self::SseC { .. } => Self::SseC { key: None },
            other => other.clone(),
        }
    }
}

/// What lies on the disk of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The object's bytes in the form of the mode.
    pub bytes: Blob,
    /// What is kept of the keys beside them.
    pub keys: Vec<KeptKey>,
}

/// What is kept of a key beside an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptKey {
    /// The object's key, wrapped under S3's own root key.
    WrappedByS3(Blob),
    /// A data key or bucket key, wrapped under a KMS key.
    WrappedByKms {
        /// The KMS key's ARN.
        key: Arn,
        /// As KMS gave it.
        ciphertext_blob: Blob,
    },
    /// The object's key, wrapped under a bucket key.
    WrappedByBucketKey(Blob),
    /// Not the caller's key but a salted HMAC of it, by which it is known again.
    Check {
        /// Of this object alone.
        salt: Blob,
        /// HMAC-SHA256 of the key under the salt.
        hmac: Blob,
    },
}

/// Which object: its name goes into everything that is sealed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectName {
    /// The bucket's name.
    pub bucket: String,
    /// The object's key.
    pub key: String,
}

impl ObjectName {
    /// `arn:aws:s3:::bucket/key`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:s3:::{}/{}", self.bucket, self.key)
    }

    /// `arn:aws:s3:::bucket`.
    #[must_use]
    pub fn bucket_arn(&self) -> String {
        format!("arn:aws:s3:::{}", self.bucket)
    }
}

/// The scheme of every mode.
#[derive(Clone, Copy, Debug)]
pub struct Schemes {
    sse_s3: &'static dyn Scheme,
    sse_kms: &'static dyn Scheme,
    sse_kms_bucket_key: &'static dyn Scheme,
    dsse_kms: &'static dyn Scheme,
    sse_c: &'static dyn Scheme,
}

impl Default for Schemes {
    fn default() -> Self {
        Self {
            sse_s3: &managed::SseS3,
            sse_kms: &with_kms::SseKms,
            sse_kms_bucket_key: &bucket_key::SseKmsBucketKey,
            dsse_kms: &dual::DsseKms,
            sse_c: &customer::SseC,
        }
    }
}

impl Schemes {
    pub(super) fn of(&self, mode: Mode) -> &'static dyn Scheme {
        match mode {
            Mode::SseS3 => self.sse_s3,
            Mode::SseKms => self.sse_kms,
            Mode::SseKmsBucketKey => self.sse_kms_bucket_key,
            Mode::DsseKms => self.dsse_kms,
            Mode::SseC => self.sse_c,
        }
    }

    pub(super) fn replace(&mut self, mode: Mode, scheme: &'static dyn Scheme) {
        let place = match mode {
            Mode::SseS3 => &mut self.sse_s3,
            Mode::SseKms => &mut self.sse_kms,
            Mode::SseKmsBucketKey => &mut self.sse_kms_bucket_key,
            Mode::DsseKms => &mut self.dsse_kms,
            Mode::SseC => &mut self.sse_c,
        };
        *place = scheme;
    }
}

/// What is stored is not what was sealed. S3 calls it its own fault.
fn damaged() -> ServiceError {
    ServiceError::new(
        500,
        "InternalError",
        "We encountered an internal error. Please try again.",
    )
}
