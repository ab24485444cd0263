//! Key Management Service.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/APIReference/>; shapes from the service's published model.

mod administration;
mod alias;
mod blob;
mod context;
mod cryptography;
mod data_key;
mod key;
mod managed;
mod operation;
mod parameters;
mod policy;
mod quota;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use blob::CiphertextBlob;
pub use context::EncryptionContext;
pub use key::{KeyMaterialId, KeyState, KmsKey};
pub use operation::OPERATIONS;

use super::call::{Call, Record};
use super::http::{HttpRequest, HttpResponse};
use super::trail::{Event, UserIdentity};
use super::{Cloud, ServiceError};
use crate::base::{Arn, Timestamp};
use alias::Alias;
pub(super) use managed::managed_key;
use operation::Operation;
use parameters::Parameters;
use quota::Quotas;
use resolve::Accepts;

/// Everything KMS knows, of all accounts and Regions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kms {
    keys: BTreeMap<Arn, KmsKey>,
    aliases: BTreeMap<Arn, Alias>,
    /// The material of deleted keys, by name only.
    deleted: BTreeSet<KeyMaterialId>,
    quotas: Quotas,
}

impl Kms {
    /// From here on, requests beyond AWS's request quotas are throttled.
    pub(super) fn enforce_quotas(&mut self) {
        self.quotas.enforce();
    }
}

/// Answers a request of the JSON protocol.
pub(super) fn serve(cloud: &mut Cloud, call: &mut Call, request: &HttpRequest) -> HttpResponse {
    let answer = operation::of(request).and_then(|operation| {
        let body = parameters::read_body(&request.body.0)?;
        perform(cloud, call, operation, body)
    });
    match answer {
        Ok(Some(body)) => HttpResponse::json(200, &body),
        Ok(None) => HttpResponse::empty(200),
        Err(error) => error.to_json_response(),
    }
}

/// Performs the operation of that name for a service that calls in its caller's name.
pub(super) fn perform_named(
    cloud: &mut Cloud,
    call: &mut Call,
    operation: &str,
    body: Map<String, Value>,
) -> Result<Option<Value>, ServiceError> {
    let operation = operation::named(operation).expect("services call operations that there are");
    perform(cloud, call, operation, body)
}

/// The ARN of the key that `key_id` names, in the caller's account where it does not say. No permission is needed.
pub(super) fn key_arn(cloud: &Cloud, call: &Call, key_id: &str) -> Result<Arn, ServiceError> {
    resolve::resolve(&cloud.kms, call, key_id, Accepts::AnyName).map(|named| named.arn)
}

/// Performs one operation and puts it on the trail, however it ends.
fn perform(
    cloud: &mut Cloud,
    call: &mut Call,
    operation: &Operation,
    body: Map<String, Value>,
) -> Result<Option<Value>, ServiceError> {
    let logged = operation.logged_parameters(&body);
    let mut parameters = Parameters::new(body);
    let quotas = &mut cloud.kms.quotas;
    let answer = quotas
        .charge(call.account(), &call.region, operation.name, cloud.now)
        .and_then(|()| (operation.run)(cloud, call, &mut parameters));
    let response_elements = match &answer {
        Ok(Some(body)) if operation.logs_response => parameters::lower_camel(body),
        _ => Value::Null,
    };
    let record = Record {
        event_source: EVENT_SOURCE,
        event_name: operation.name.to_owned(),
        is_read_only: operation.is_read_only,
        is_data_event: false,
        parameters: logged,
        response_elements,
    };
    cloud.record(call, record, answer.as_ref().err());
    answer
}

/// Deletes the keys whose waiting period ends by `until`, each at its own time.
pub(super) fn delete_what_is_due(cloud: &mut Cloud, until: Timestamp) {
    let mut due: Vec<(Timestamp, Arn)> = cloud
        .kms
        .keys
        .values()
        .filter_map(|key| Some((key.state.deletion_date()?, key.arn.clone())))
        .filter(|(at, _)| *at <= until)
        .collect();
    due.sort();
    for (at, arn) in due {
        let Some(key) = cloud.kms.keys.remove(&arn) else {
            continue;
        };
        cloud.now = cloud.now.max(at);
        cloud.kms.aliases.retain(|_, alias| alias.target != arn);
        cloud.kms.deleted.extend(key.material_ids());
        let event = deletion_event(cloud, &key);
        cloud.trail.push(event);
    }
}

const EVENT_SOURCE: &str = "kms.amazonaws.com";

fn deletion_event(cloud: &mut Cloud, key: &KmsKey) -> Event {
    Event {
        event_version: "1.11".to_owned(),
        user_identity: UserIdentity::service_itself(&key.arn.account),
        event_time: cloud.now.rfc3339_seconds(),
        event_source: EVENT_SOURCE.to_owned(),
        event_name: "DeleteKey".to_owned(),
        aws_region: key.arn.region.clone(),
        source_ip_address: "AWS Internal".to_owned(),
        user_agent: "AWS Internal".to_owned(),
        error_code: None,
        error_message: None,
        request_parameters: Value::Null,
        response_elements: Value::Null,
        request_id: cloud.unique_id(),
        event_id: cloud.unique_id(),
        read_only: false,
        resources: vec![key.as_event_resource()],
        additional_event_data: None,
        event_type: "AwsServiceEvent".to_owned(),
        management_event: true,
        recipient_account_id: key.arn.account.clone(),
        event_category: "Management".to_owned(),
    }
}
