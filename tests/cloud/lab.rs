//! A cloud with its administrator, for tests that knock at the front door.

use std::time::Duration;

use cipherdeck::base::{Arn, Timestamp};
use cipherdeck::client::{Client, Exchange};
use cipherdeck::cloud::{ADMINISTRATOR, Accounts, Authorization, Cloud, Event, ServiceError};
use serde_json::Value;

pub const REGION: &str = "us-east-1";

/// A cloud, someone who calls it, and what the last call came to.
pub struct Lab {
    pub cloud: Cloud,
    pub client: Client,
    pub last: Option<Exchange>,
}

/// A fresh cloud called by its administrator.
pub fn lab() -> Lab {
    let at = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    let mut cloud = Cloud::new(7, at);
    let client = client(&mut cloud, &Accounts::role(ADMINISTRATOR));
    Lab {
        cloud,
        client,
        last: None,
    }
}

/// A client signed in as `principal`.
pub fn client(cloud: &mut Cloud, principal: &Arn) -> Client {
    Client::new(cloud.sign_in(principal).unwrap(), REGION)
}

/// The code of a refusal.
pub fn code(answer: Result<Value, ServiceError>) -> String {
    answer.expect_err("a refusal").code
}

impl Lab {
    pub fn kms(&mut self, operation: &str, body: &Value) -> Result<Value, ServiceError> {
        let exchange = self.client.kms(&mut self.cloud, operation, body);
        let answer = exchange.json();
        self.last = Some(exchange);
        answer
    }

    pub fn last_events(&self) -> &[Event] {
        &self.last.as_ref().unwrap().reply.events
    }

    pub fn last_authorizations(&self) -> &[Authorization] {
        &self.last.as_ref().unwrap().reply.authorizations
    }

    pub fn days_pass(&mut self, days: u64) -> Vec<Event> {
        self.cloud.advance(Duration::from_hours(24 * days))
    }
}
