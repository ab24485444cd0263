//! Simple Storage Service: buckets, objects, and how what lies on the disk is encrypted.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/>

mod bucket;
mod configuration;
mod encryption;
mod headers;
mod object;
mod operation;
mod xml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use bucket::{Bucket, BucketEncryption, DefaultEncryption};
pub use encryption::{Encryption, KeptKey, KeyAccess, Mode, ObjectName, Scheme, Schemes, Stored};
pub use object::Object;

use super::call::Call;
use super::http::{HttpRequest, HttpResponse};
use super::{Cloud, ServiceError};
use crate::crypto::aead::Key;
use crate::crypto::entropy::Entropy;
use encryption::BucketKey;

/// Everything S3 holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct S3 {
    buckets: BTreeMap<String, Bucket>,
    /// Wraps the keys that S3 manages itself. Not on the disks that objects lie on.
    root_key: Key,
    /// Keys that S3 remembers for a short time, in memory.
    bucket_keys: Vec<BucketKey>,
    /// How each mode encrypts. Not saved: it is program, not state.
    #[serde(skip)]
    schemes: Schemes,
}

impl S3 {
    pub(super) fn new(entropy: &mut Entropy) -> Self {
        Self {
            buckets: BTreeMap::new(),
            root_key: entropy.key(),
            bucket_keys: Vec::new(),
            schemes: Schemes::default(),
        }
    }

    /// A bucket with all that lies on its disks, as someone sees it who holds them: no request, no permission, no keys
    /// but those that lie there.
    #[must_use]
    pub fn bucket_on_disk(&self, name: &str) -> Option<&Bucket> {
        self.buckets.get(name)
    }

    /// Has one mode encrypt in another way, to see what then breaks.
    pub fn replace_scheme(&mut self, mode: Mode, scheme: &'static dyn Scheme) {
        self.schemes.replace(mode, scheme);
    }
}

/// Answers a request of the REST protocol.
pub(super) fn serve(
    cloud: &mut Cloud,
    call: &mut Call,
    request: &HttpRequest,
    request_id: &str,
) -> HttpResponse {
    let answer = operation::perform(cloud, call, request);
    answer.unwrap_or_else(|error| refusal(request, &error, request_id))
}

/// The answer that says why not.
pub(super) fn refusal(
    request: &HttpRequest,
    error: &ServiceError,
    request_id: &str,
) -> HttpResponse {
    let mut response = HttpResponse::empty(error.status);
    if request.method != "HEAD" {
        let children = [
            xml::element("Code", &error.code),
            xml::element("Message", &error.message),
            xml::element("RequestId", request_id),
        ];
        xml::answer(&mut response, &xml::parent("Error", &children));
    }
    response
}
