//! What an application does: sign requests, send them, read the answers, and seal what it stores.

mod encrypted_object;
mod exchange;
mod kms;
mod s3;
mod signing;

use serde_json::Value;

pub use encrypted_object::{ClientError, Encrypted, open_encrypted_object};
pub use exchange::{Answer, Exchange};
pub use kms::{Ciphertext, DataKey, Decrypted, KeyMetadata};
pub use s3::{GotObject, ServerSideEncryption};
pub use signing::sign;

use crate::base::Blob;
use crate::cloud::{Cloud, Credentials, Endpoint, Headers, HttpRequest, Service};

/// Someone with credentials, who calls services in one Region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    credentials: Credentials,
    region: String,
}

impl Client {
    /// A client that signs with `credentials`.
    #[must_use]
    pub fn new(credentials: Credentials, region: &str) -> Self {
        Self {
            credentials,
            region: region.to_owned(),
        }
    }

    /// The Region it calls.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls any operation of KMS, such as `Encrypt`, with the members of `body`.
    pub fn kms(&self, cloud: &mut Cloud, operation: &str, body: &Value) -> Exchange {
        self.kms_target(cloud, &format!("TrentService.{operation}"), body)
    }

    /// Calls whatever the `X-Amz-Target` names, known or not.
    pub fn kms_target(&self, cloud: &mut Cloud, target: &str, body: &Value) -> Exchange {
        let request = HttpRequest {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            query: String::new(),
            headers: Headers::from_iter([
                ("Content-Type", "application/x-amz-json-1.1"),
                ("X-Amz-Target", target),
            ]),
            body: Blob(body.to_string().into_bytes()),
        };
        self.send(cloud, Service::Kms, request)
    }

    fn send(&self, cloud: &mut Cloud, service: Service, mut request: HttpRequest) -> Exchange {
        let endpoint = Endpoint {
            service,
            region: self.region.clone(),
        };
        let at = cloud.now();
        sign(&mut request, &endpoint, &self.credentials, at);
        let reply = cloud.dispatch(&request);
        Exchange { at, request, reply }
    }
}
