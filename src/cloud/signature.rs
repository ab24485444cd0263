//! The signature of a request: its signer makes it, the cloud makes it again and compares.

use super::{Credentials, Endpoint, HttpRequest};
use crate::base::hex;
use crate::crypto::hash::sha256;
use crate::crypto::sigv4::{self, CredentialScope, Message};

/// What a signature vouches for beside the request itself.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// Whose secret signs.
    pub credentials: &'a Credentials,
    /// Where the request goes.
    pub endpoint: &'a Endpoint,
    /// For which day, region and service.
    pub scope: &'a CredentialScope,
    /// The names of the headers that are signed, in lower case and order.
    pub signed_headers: &'a [String],
    /// When, as `X-Amz-Date` says it.
    pub amz_date: &'a str,
}

impl Signing<'_> {
    /// The signature of `request`, in hexadecimal: Signature Version 4,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
    #[must_use]
    pub fn signature_of(&self, request: &HttpRequest) -> String {
        let stated = request.headers.get("x-amz-content-sha256");
        let payload_hash = stated.map_or_else(|| hex(&sha256(&request.body.0)), str::to_owned);
        let message = Message {
            method: &request.method,
            path: &request.path,
            query: &request.query,
            headers: request.headers.as_slice(),
            payload_hash: &payload_hash,
        };
        let style = self.endpoint.service.path_style();
        let canonical = sigv4::canonical_request(&message, self.signed_headers, style);
        let to_sign = sigv4::string_to_sign(self.amz_date, self.scope, &canonical);
        let key = sigv4::signing_key(&self.credentials.secret_access_key, self.scope);
        sigv4::signature(&key, &to_sign)
    }
}
