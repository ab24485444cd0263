//! The trail: who did what when, in the shape of CloudTrail's events.
//!
//! Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::accounts::unique_id;
use super::authentication::Caller;
use crate::policy::{Principal, RoleSession};

/// One thing that happened. Plaintext, ciphertext and keys are never in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Of the record's form.
    pub event_version: String,
    /// Who.
    pub user_identity: UserIdentity,
    /// When, in whole seconds.
    pub event_time: String,
    /// The service, such as `kms.amazonaws.com`.
    pub event_source: String,
    /// The operation, such as `Decrypt`.
    pub event_name: String,
    /// The Region it happened in.
    pub aws_region: String,
    /// From where, or the service that called in the caller's name.
    #[serde(rename = "sourceIPAddress")]
    pub source_ip_address: String,
    /// With what, or the service that called in the caller's name.
    pub user_agent: String,
    /// Present where the call failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// Present where the call failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// What was asked, without secrets.
    pub request_parameters: Value,
    /// What was changed; `null` for reads and for all that holds secrets.
    pub response_elements: Value,
    /// Of the request.
    #[serde(rename = "requestID")]
    pub request_id: String,
    /// Of this event.
    #[serde(rename = "eventID")]
    pub event_id: String,
    /// Whether the operation changes nothing.
    pub read_only: bool,
    /// What was acted on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<EventResource>,
    /// What a service adds, such as how S3 encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_event_data: Option<Value>,
    /// `AwsApiCall`, or `AwsServiceEvent` for what happened by itself.
    pub event_type: String,
    /// Whether it is about managing resources, not about the data in them.
    pub management_event: bool,
    /// The account whose trail this is.
    pub recipient_account_id: String,
    /// `Management` or `Data`.
    pub event_category: String,
}

/// Something an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventResource {
    /// The account that owns it.
    #[serde(rename = "accountId")]
    pub account_id: String,
    /// Such as `AWS::KMS::Key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its name.
    #[serde(rename = "ARN")]
    pub arn: String,
}

/// Who did something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserIdentity {
    /// `Root`, `IAMUser`, `AssumedRole` or `AWSService`; missing for what a service does in nobody's name.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A unique id, for a session with its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_id: Option<String>,
    /// The caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The caller's account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// Whose secret signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// Of an IAM user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The role of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_context: Option<SessionContext>,
    /// The service that called in the caller's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoked_by: Option<String>,
}

/// Where a session comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionContext {
    /// Who gave it.
    pub session_issuer: SessionIssuer,
}

/// The role that a session acts as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionIssuer {
    /// `Role`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The role's unique id.
    pub principal_id: String,
    /// The role.
    pub arn: String,
    /// The role's account.
    pub account_id: String,
    /// The role's name.
    pub user_name: String,
}

impl UserIdentity {
    pub(super) fn of(caller: &Caller, invoked_by: Option<&str>) -> Self {
        let principal = &caller.principal;
        let (kind, session_context) = match principal {
            Principal::Root { .. } => ("Root", None),
            Principal::User { .. } => ("IAMUser", None),
            Principal::Role(session) => ("AssumedRole", Some(SessionContext::of(session))),
            Principal::FederatedUser { .. } => ("FederatedUser", None),
            Principal::Service(_) => ("AWSService", None),
            Principal::Federated { .. } => ("WebIdentityUser", None),
            Principal::Anonymous => ("AWSAccount", None),
        };
        Self {
            kind: Some(kind.to_owned()),
            principal_id: Some(caller.user_id()),
            arn: principal.arn().map(|arn| arn.to_string()),
            account_id: principal.account().map(ToString::to_string),
            access_key_id: caller.access_key_id.clone(),
            user_name: caller.user_name().map(str::to_owned),
            session_context,
            invoked_by: invoked_by.map(str::to_owned),
        }
    }

    /// What a service does by itself for an account.
    pub(super) fn service_itself(account: &str) -> Self {
        Self {
            account_id: Some(account.to_owned()),
            invoked_by: Some("AWS Internal".to_owned()),
            ..Self::default()
        }
    }
}

impl SessionContext {
    fn of(session: &RoleSession) -> Self {
        let role = session.role_arn().to_string();
        let session_issuer = SessionIssuer {
            kind: "Role".to_owned(),
            principal_id: unique_id("AROA", &role),
            arn: role,
            account_id: session.account.to_string(),
            user_name: session.role.clone(),
        };
        Self { session_issuer }
    }
}

impl Caller {
    /// What `aws:userid` holds.
    pub(super) fn user_id(&self) -> String {
        match &self.principal {
            Principal::Root { account, .. } => account.to_string(),
            Principal::User { arn, .. } => unique_id("AIDA", &arn.to_string()),
            Principal::Role(session) => {
                let role = unique_id("AROA", &session.role_arn().to_string());
                format!("{role}:{}", session.session.as_deref().unwrap_or_default())
            }
            Principal::FederatedUser { arn, account, .. } => {
                format!("{account}:{}", last_segment(&arn.resource))
            }
            Principal::Service(_) | Principal::Federated { .. } | Principal::Anonymous => {
                self.principal.to_string()
            }
        }
    }

    /// The name of an IAM user.
    pub(super) fn user_name(&self) -> Option<&str> {
        match &self.principal {
            Principal::User { arn, .. } => Some(last_segment(&arn.resource)),
            _ => None,
        }
    }
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
