//! What was sent, and what came of it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::Timestamp;
use crate::cloud::{HttpRequest, Reply, ServiceError};

/// A request and the reply to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// When it was signed, by the cloud's clock.
    pub at: Timestamp,
    /// As it was sent, signature and all.
    pub request: HttpRequest,
    /// Response, authorisations and events.
    pub reply: Reply,
}

/// A typed answer, with the exchange behind it.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    /// What came back, or how the service refused.
    pub result: Result<T, ServiceError>,
    /// The request behind it.
    pub exchange: Exchange,
}

impl Exchange {
    /// The body of a JSON response; an empty body is an empty object.
    ///
    /// # Errors
    /// The service's refusal.
    pub fn json(&self) -> Result<Value, ServiceError> {
        let response = &self.reply.response;
        let body = if response.body.0.is_empty() {
            Value::Object(serde_json::Map::new())
        } else {
            serde_json::from_slice(&response.body.0).expect("a JSON service answers in JSON")
        };
        if response.is_success() {
            return Ok(body);
        }
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        Err(ServiceError {
            code: text("__type"),
            message: text("message"),
            status: response.status,
        })
    }

    /// How the service refused, if it did, in whichever protocol.
    #[must_use]
    pub fn error(&self) -> Option<ServiceError> {
        let kind = self.reply.response.headers.get("content-type");
        if kind.is_some_and(|kind| kind.starts_with("application/x-amz-json")) {
            self.json().err()
        } else {
            self.s3_error()
        }
    }

    pub(super) fn into_answer<T: DeserializeOwned>(self) -> Answer<T> {
        let read =
            |body| serde_json::from_value(body).expect("the answer has the documented shape");
        Answer {
            result: self.json().map(read),
            exchange: self,
        }
    }
}
