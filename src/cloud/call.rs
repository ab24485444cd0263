//! One call of one operation, from who makes it to what goes on the trail.

use serde_json::{Map, Value, json};

use super::authentication::Caller;
use super::authorization::Authorization;
use super::http::{Endpoint, HttpRequest};
use super::trail::{Event, EventResource, UserIdentity};
use super::{Cloud, ServiceError};
use crate::base::{AccountId, Timestamp};

/// A call under way.
#[derive(Debug)]
pub(super) struct Call {
    pub caller: Caller,
    pub region: String,
    pub request_id: String,
    pub user_agent: String,
    /// The service that calls in its caller's name, such as `s3.us-east-1.amazonaws.com`.
    pub via: Option<String>,
    pub authorizations: Vec<Authorization>,
    /// What the trail names as acted on.
    pub resources: Vec<EventResource>,
    /// How S3 encrypted what the call is about, in the trail's words.
    pub sse_applied: Option<&'static str>,
}

/// What the trail tells of a call besides who, when and how it ended.
#[derive(Debug)]
pub(super) struct Record {
    pub event_source: &'static str,
    pub event_name: String,
    pub is_read_only: bool,
    pub is_data_event: bool,
    pub parameters: Map<String, Value>,
    /// `null` for reads and for all that would give secrets away.
    pub response_elements: Value,
}

impl Call {
    pub fn new(
        caller: Caller,
        endpoint: &Endpoint,
        request: &HttpRequest,
        request_id: &str,
    ) -> Self {
        let user_agent = request.headers.get("user-agent").unwrap_or_default();
        Self {
            caller,
            region: endpoint.region.clone(),
            request_id: request_id.to_owned(),
            user_agent: user_agent.to_owned(),
            via: None,
            authorizations: Vec::new(),
            resources: Vec::new(),
            sse_applied: None,
        }
    }

    /// A call that a service makes in the name of this call's caller.
    pub fn forwarded(&self, via: String) -> Self {
        Self {
            caller: self.caller.clone(),
            region: self.region.clone(),
            request_id: self.request_id.clone(),
            user_agent: self.user_agent.clone(),
            via: Some(via),
            authorizations: Vec::new(),
            resources: Vec::new(),
            sse_applied: None,
        }
    }

    /// The service that forwards the call, as the trail and `aws:CalledVia` name it: without Region.
    pub fn forwarding_service(&self) -> Option<String> {
        let service = self.via.as_ref()?.split('.').next()?;
        Some(format!("{service}.amazonaws.com"))
    }

    /// The caller's account in digits; nothing for who has none.
    pub fn account(&self) -> &str {
        self.account_id().map_or("", AccountId::as_str)
    }

    pub fn account_id(&self) -> Option<&AccountId> {
        self.caller.principal.account()
    }

    /// Names a resource on the trail, once.
    pub fn touches(&mut self, resource: EventResource) {
        if !self.resources.contains(&resource) {
            self.resources.push(resource);
        }
    }
}

impl Cloud {
    /// Puts the end of a call on the trail.
    pub(super) fn record(&mut self, call: &Call, record: Record, error: Option<&ServiceError>) {
        let event_id = self.unique_id();
        let source = call.forwarding_service();
        let event = Event {
            event_version: "1.11".to_owned(),
            user_identity: UserIdentity::of(&call.caller, source.as_deref()),
            event_time: self.now.rfc3339_seconds(),
            event_source: record.event_source.to_owned(),
            event_name: record.event_name,
            aws_region: call.region.clone(),
            source_ip_address: source.clone().unwrap_or_else(|| SOURCE_IP.to_owned()),
            user_agent: source.unwrap_or_else(|| call.user_agent.clone()),
            error_code: error.map(|error| trail_code(&error.code)),
            error_message: error.map(|error| error.message.clone()),
            request_parameters: Value::Object(record.parameters),
            response_elements: record.response_elements,
            request_id: call.request_id.clone(),
            event_id,
            read_only: record.is_read_only,
            resources: call.resources.clone(),
            additional_event_data: call
                .sse_applied
                .map(|applied| json!({"SSEApplied": applied})),
            event_type: "AwsApiCall".to_owned(),
            management_event: !record.is_data_event,
            recipient_account_id: call.account().to_owned(),
            event_category: if record.is_data_event {
                "Data"
            } else {
                "Management"
            }
            .to_owned(),
        };
        self.trail.push(event);
    }
}

/// Where every request seems to come from: an address for documentation, RFC 5737.
pub(super) const SOURCE_IP: &str = "192.0.2.10";

/// The trail leaves the ending away that the SDKs' exceptions carry.
fn trail_code(code: &str) -> String {
    code.strip_suffix("Exception").unwrap_or(code).to_owned()
}

impl Timestamp {
    /// `2015-08-30T12:36:00Z`, the form of the trail, which has no fractions.
    pub(super) fn rfc3339_seconds(self) -> String {
        Self::from_millis(self.seconds() * 1000).rfc3339()
    }
}
