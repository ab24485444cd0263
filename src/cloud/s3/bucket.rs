//! Buckets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::object::Object;
use crate::base::{AccountId, Timestamp};
use crate::policy::CompiledPolicy;

/// A general purpose bucket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bucket {
    /// Unique in the whole cloud.
    pub name: String,
    /// Who owns it and all that lies in it.
    pub owner: AccountId,
    /// Where it lies.
    pub region: String,
    /// When it was made.
    pub created: Timestamp,
    /// Its bucket policy.
    pub policy: Option<CompiledPolicy>,
    /// How objects are encrypted that come without a wish.
    pub encryption: BucketEncryption,
    /// What lies in it, by key.
    pub objects: BTreeMap<String, Object>,
}

impl Bucket {
    /// `arn:aws:s3:::name`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:s3:::{}", self.name)
    }
}

/// A bucket's encryption configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BucketEncryption {
    /// The mode of objects that come without a wish.
    pub default: DefaultEncryption,
    /// Whether SSE-KMS uses Bucket Keys where the request does not say.
    pub bucket_key_enabled: bool,
    /// Whether uploads with SSE-C are refused, as they are in new buckets since April 2026.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html>
    pub blocks_sse_c: bool,
}

/// The mode of objects that come without a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DefaultEncryption {
    /// `AES256`, as every bucket has it since January 2023.
    SseS3,
    /// `aws:kms`, with the key named or, where none is, the account's `aws/s3`.
    SseKms(Option<String>),
    /// `aws:kms:dsse`, likewise.
    DsseKms(Option<String>),
}

impl Default for BucketEncryption {
    fn default() -> Self {
        Self {
            default: DefaultEncryption::SseS3,
            bucket_key_enabled: false,
            blocks_sse_c: true,
        }
    }
}
