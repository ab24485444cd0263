//! Signing a request.

use crate::base::Timestamp;
use crate::cloud::{Credentials, Endpoint, HttpRequest, Signing};
use crate::crypto::sigv4::{Authorization, CredentialScope};

const USER_AGENT: &str = "cipherdeck";

/// Sets the headers that a signed request to `endpoint` carries, `Authorization` last.
pub fn sign(
    request: &mut HttpRequest,
    endpoint: &Endpoint,
    credentials: &Credentials,
    at: Timestamp,
) {
    let amz_date = at.amz_date();
    let headers = &mut request.headers;
    headers.remove("Authorization");
    headers.set("Host", endpoint.host());
    headers.set("X-Amz-Date", &amz_date);
    if let Some(token) = &credentials.session_token {
        headers.set("X-Amz-Security-Token", token);
    }
    let mut signed_headers: Vec<String> = headers
        .as_slice()
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    signed_headers.sort();
    signed_headers.dedup();

    let scope = CredentialScope {
        date: amz_date[..8].to_owned(),
        region: endpoint.region.clone(),
        service: endpoint.service.prefix().to_owned(),
    };
    let signing = Signing {
        credentials,
        endpoint,
        scope: &scope,
        signed_headers: &signed_headers,
        amz_date: &amz_date,
    };
    let authorization = Authorization {
        access_key_id: credentials.access_key_id.clone(),
        signature: signing.signature_of(request),
        scope,
        signed_headers,
    };
    request
        .headers
        .set("Authorization", authorization.to_string());
    request.headers.set("User-Agent", USER_AGENT);
}
