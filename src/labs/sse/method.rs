//! The ways to put an object.

use serde::{Deserialize, Serialize};

/// A way to put an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Server-side encryption with S3's own keys.
    SseS3,
    /// With a key of KMS for each object.
    SseKms,
    /// With a key of KMS for the bucket.
    SseKmsBucketKey,
    /// In two layers.
    DsseKms,
    /// With a key that the client brings.
    SseC,
    /// Encrypted by the client before it is sent.
    ClientSide,
}

impl Method {
    /// Every way, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::SseS3,
        Self::SseKms,
        Self::SseKmsBucketKey,
        Self::DsseKms,
        Self::SseC,
        Self::ClientSide,
    ];

    /// What AWS calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SseS3 => "SSE-S3",
            Self::SseKms => "SSE-KMS",
            Self::SseKmsBucketKey => "SSE-KMS with a Bucket Key",
            Self::DsseKms => "DSSE-KMS",
            Self::SseC => "SSE-C",
            Self::ClientSide => "Client-side",
        }
    }

    /// The folder of its objects.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::SseS3 => "sse-s3",
            Self::SseKms => "sse-kms",
            Self::SseKmsBucketKey => "bucket-key",
            Self::DsseKms => "dsse-kms",
            Self::SseC => "sse-c",
            Self::ClientSide => "client-side",
        }
    }
}
