//! Signing a request.

use crate::base::{Timestamp, hex};
use crate::cloud::{Credentials, Endpoint, HttpRequest};
use crate::crypto::hash::sha256;
use crate::crypto::sigv4::{self, Authorization, CredentialScope, Message};

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

    let stated = request.headers.get("x-amz-content-sha256");
    let payload_hash = stated.map_or_else(|| hex(&sha256(&request.body.0)), str::to_owned);
    let message = Message {
        method: &request.method,
        path: &request.path,
        query: &request.query,
        headers: request.headers.as_slice(),
        payload_hash: &payload_hash,
    };
    let style = endpoint.service.path_style();
    let canonical = sigv4::canonical_request(&message, &signed_headers, style);
    let scope = CredentialScope {
        date: amz_date[..8].to_owned(),
        region: endpoint.region.clone(),
        service: endpoint.service.prefix().to_owned(),
    };
    let to_sign = sigv4::string_to_sign(&amz_date, &scope, &canonical);
    let key = sigv4::signing_key(&credentials.secret_access_key, &scope);
    let authorization = Authorization {
        access_key_id: credentials.access_key_id.clone(),
        scope,
        signed_headers,
        signature: sigv4::signature(&key, &to_sign),
    };
    request
        .headers
        .set("Authorization", authorization.to_string());
    request.headers.set("User-Agent", USER_AGENT);
}
