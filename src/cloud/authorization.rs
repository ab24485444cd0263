//! Whether the caller may: collects the policies that bear on a request and has them evaluated.

use serde::{Deserialize, Serialize};

use super::accounts::Accounts;
use super::call::{Call, SOURCE_IP};
use super::{Cloud, ServiceError};
use crate::base::{AccountId, Timestamp};
use crate::policy::{
    self, CompiledPolicy, Context, ContextValue, Decision, Evaluation, KeyManager, Policies,
    Request, Resource,
};

/// One evaluation that a request needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authorization {
    /// Who asked.
    pub principal: String,
    /// For what, such as `kms:Decrypt`.
    pub action: String,
    /// On what.
    pub resource: String,
    /// The service that asked in the caller's name, such as `s3.us-east-1.amazonaws.com`.
    pub via: Option<String>,
    /// The condition keys that the cloud filled in.
    pub context: Context,
    /// The decision with its trace.
    pub evaluation: Evaluation,
}

impl Authorization {
    /// Whether the caller may.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.evaluation.decision == Decision::Allowed
    }
}

/// What has to be allowed.
#[derive(Debug)]
pub(super) struct Check<'a> {
    pub action: &'a str,
    /// An ARN, or `*` for actions without resource.
    pub resource: String,
    /// The account that owns the resource.
    pub owner: Option<AccountId>,
    /// Its own policy.
    pub resource_policy: Option<CompiledPolicy>,
    pub key_manager: KeyManager,
    /// Condition keys of the service; the global ones are added.
    pub context: Context,
}

impl<'a> Check<'a> {
    /// A check on a resource without a policy of its own.
    pub fn new(action: &'a str, resource: impl Into<String>) -> Self {
        Self {
            action,
            resource: resource.into(),
            owner: None,
            resource_policy: None,
            key_manager: KeyManager::Customer,
            context: Context::new(),
        }
    }
}

/// Evaluates `check` for the caller of `call` and keeps the decision there.
pub(super) fn authorize(cloud: &Cloud, call: &mut Call, check: Check<'_>) -> Result<(), Denied> {
    let authorization = evaluate(&cloud.accounts, cloud.now, call, check);
    let refusal =
        (!authorization.is_allowed()).then(|| Denied(authorization.evaluation.headline.clone()));
    call.authorizations.push(authorization);
    refusal.map_or(Ok(()), Err)
}

/// The caller may not, in one sentence. Each protocol has its own form for it.
#[derive(Debug)]
pub(super) struct Denied(pub String);

impl From<Denied> for ServiceError {
    fn from(Denied(message): Denied) -> Self {
        access_denied(message)
    }
}

/// Evaluates without consequence.
pub(super) fn evaluate(
    accounts: &Accounts,
    now: Timestamp,
    call: &Call,
    check: Check<'_>,
) -> Authorization {
    let caller = &call.caller;
    let owner = check.owner.as_ref();
    let context = with_global_keys(check.context, now, call, owner);
    let resource = Resource {
        arn: check.resource.clone(),
        account: check.owner,
    };
    let request = Request::new(caller.principal.clone(), check.action, resource)
        .with_context(context.clone());
    let policies = Policies {
        identity: accounts.identity_policies(&caller.principal).to_vec(),
        resource: check.resource_policy,
        key_manager: check.key_manager,
        ..Policies::default()
    };
    Authorization {
        principal: caller.principal.to_string(),
        action: check.action.to_owned(),
        resource: check.resource,
        via: call.via.clone(),
        context,
        evaluation: policy::evaluate(&request, &policies),
    }
}

/// The refusal of the JSON protocols.
pub(super) fn access_denied(message: impl Into<String>) -> ServiceError {
    ServiceError::bad_request("AccessDeniedException", message)
}

fn with_global_keys(
    context: Context,
    now: Timestamp,
    call: &Call,
    owner: Option<&AccountId>,
) -> Context {
    let mut context = context
        .with("aws:CurrentTime", now.rfc3339())
        .with("aws:EpochTime", now.seconds().to_string())
        .with("aws:SecureTransport", "true")
        .with("aws:RequestedRegion", &call.region)
        .with("aws:UserAgent", &call.user_agent)
        .with("aws:ViaAWSService", call.via.is_some().to_string())
        .with("aws:userid", call.caller.user_id());
    if let Some(name) = call.caller.user_name() {
        context = context.with("aws:username", name);
    }
    if let Some(owner) = owner {
        context = context.with("aws:ResourceAccount", owner.as_str());
    }
    match call.forwarding_service() {
        Some(service) => {
            context.insert(
                "aws:CalledVia",
                ContextValue::Multiple(vec![service.clone()]),
            );
            context
                .with("aws:CalledViaFirst", &service)
                .with("aws:CalledViaLast", service)
        }
        None => context.with("aws:SourceIp", SOURCE_IP),
    }
}
