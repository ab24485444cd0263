//! Signature Version 4: how a request proves who made it. Pure functions of the request's parts.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

mod authorization;
mod canonical;

use serde::{Deserialize, Serialize};

pub use authorization::{Authorization, ParseAuthorizationError};
pub use canonical::{
    Message, PathStyle, canonical_request, percent_decode, percent_encode, percent_encode_path,
};

use crate::base::hex;
use crate::crypto::hash::{hmac_sha256, sha256};

/// The name of the algorithm, as it begins an `Authorization` header.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `x-amz-content-sha256` of a request whose body is not signed. S3 allows it.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What a signature is good for: one day, one Region, one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialScope {
    /// `20150830`.
    pub date: String,
    /// Such as `us-east-1`.
    pub region: String,
    /// Such as `kms`.
    pub service: String,
}

impl std::fmt::Display for CredentialScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            date,
            region,
            service,
        } = self;
        write!(f, "{date}/{region}/{service}/aws4_request")
    }
}

/// The text that is signed. `amz_date` is of the form `20150830T123600Z`.
#[must_use]
pub fn string_to_sign(amz_date: &str, scope: &CredentialScope, canonical_request: &str) -> String {
    let digest = hex(&sha256(canonical_request.as_bytes()));
    format!("{ALGORITHM}\n{amz_date}\n{scope}\n{digest}")
}

/// The key that signs within `scope`, derived from the secret access key.
#[must_use]
pub fn signing_key(secret_access_key: &str, scope: &CredentialScope) -> [u8; 32] {
    let secret = format!("AWS4{secret_access_key}");
    let steps = [&scope.region, &scope.service, "aws4_request"];
    let of_date = hmac_sha256(secret.as_bytes(), scope.date.as_bytes());
    steps
        .iter()
        .fold(of_date, |key, step| hmac_sha256(&key, step.as_bytes()))
}

/// The signature in lower-case hexadecimal.
#[must_use]
pub fn signature(signing_key: &[u8; 32], string_to_sign: &str) -> String {
    hex(&hmac_sha256(signing_key, string_to_sign.as_bytes()))
}
