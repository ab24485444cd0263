//! What a service answers when it refuses.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::http::HttpResponse;

/// An error as AWS would answer it: its exact code, a message in its form, and the HTTP status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ServiceError {
    /// Such as `NotFoundException`.
    pub code: String,
    /// May be empty, as that of `InvalidCiphertextException` is.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
}

impl ServiceError {
    /// An error with its status.
    #[must_use]
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            status,
        }
    }

    /// An error with status 400, as nearly all of the JSON protocols are.
    #[must_use]
    pub fn bad_request(code: &str, message: impl Into<String>) -> Self {
        Self::new(400, code, message)
    }

    /// The form of the JSON protocols.
    #[must_use]
    pub fn to_json_response(&self) -> HttpResponse {
        let body = json!({"__type": self.code, "message": self.message});
        HttpResponse::json(self.status, &body)
    }
}
