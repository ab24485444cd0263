//! Key policies.

use serde_json::{Value, json};

use super::key::KmsKey;
use super::parameters::{Bounds, Parameters};
use super::resolve::{Accepts, authorized_key, check_on_key, not_found, with_call_context};
use crate::base::Arn;
use crate::cloud::authorization;
use crate::cloud::call::Call;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::{CompiledPolicy, Context, Policy};

/// The one name that a key's policy can have.
const NAME: &str = "default";
/// Characters of a policy in a request.
const POLICY: Bounds = Bounds(1, 131_072);
/// Bytes of a key policy.
const LONGEST_POLICY: usize = 32_768;

pub(super) fn get_key_policy(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    let name = parameters.text("PolicyName", Bounds(1, 128))?;
    parameters.check()?;
    let context = Context::new();
    let action = "kms:GetKeyPolicy";
    let key = authorized_key(cloud, call, &key_id, Accepts::OwnKeyOnly, action, context)?;
    check_name(name.as_deref())?;
    Ok(Some(
        json!({"Policy": key.policy.source(), "PolicyName": NAME}),
    ))
}

pub(super) fn put_key_policy(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    let name = parameters.text("PolicyName", Bounds(1, 128))?;
    let policy = parameters.required("Policy", |p, name| p.text(name, POLICY))?;
    let bypasses = parameters.flag("BypassPolicyLockoutSafetyCheck")?;
    parameters.check()?;
    let context = bypass_context(bypasses);
    let action = "kms:PutKeyPolicy";
    let key = authorized_key(cloud, call, &key_id, Accepts::OwnKeyOnly, action, context)?;
    check_name(name.as_deref())?;
    let key = KmsKey {
        policy: read(&policy)?,
        ..key.clone()
    };
    check_lockout(cloud, call, &key, bypasses)?;
    cloud.kms.keys.insert(key.arn.clone(), key);
    Ok(None)
}

/// The condition key of operations that can skip the lockout check.
pub(super) fn bypass_context(bypasses: bool) -> Context {
    Context::new().with("kms:BypassPolicyLockoutSafetyCheck", bypasses.to_string())
}

/// Gives the account's administrators the say, through their IAM policies: what a key gets that is made without a policy.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
pub(super) fn default_policy(account: &str) -> CompiledPolicy {
    let policy = json!({
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [{
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": Arn::aws("iam", "", account, "root")},
            "Action": "kms:*",
            "Resource": "*",
        }],
    });
    CompiledPolicy::parse(&policy.to_string()).expect("it is a JSON object")
}

/// A key policy from its text. What the policy language does not know is refused, as is what is too long.
pub(super) fn read(text: &str) -> Result<CompiledPolicy, ServiceError> {
    if text.len() > LONGEST_POLICY {
        return Err(ServiceError::bad_request(
            "LimitExceededException",
            format!("a key policy has at most {LONGEST_POLICY} bytes"),
        ));
    }
    let policy = Policy::parse(text).map_err(|problem| malformed(problem.message))?;
    match policy.problems.first() {
        Some(problem) => Err(malformed(problem.message.as_str())),
        None => Ok(CompiledPolicy::compile(&policy)),
    }
}

/// Refuses a policy under which its author could not put another one.
pub(super) fn check_lockout(
    cloud: &Cloud,
    call: &Call,
    key: &KmsKey,
    bypasses: bool,
) -> Result<(), ServiceError> {
    if bypasses {
        return Ok(());
    }
    let context = with_call_context(call, bypass_context(false));
    let put_again = check_on_key(key, "kms:PutKeyPolicy", context);
    let again = authorization::evaluate(&cloud.accounts, cloud.now, call, put_again);
    if again.is_allowed() {
        Ok(())
    } else {
        Err(malformed(
            "The new key policy will not allow you to update the key policy in the future.",
        ))
    }
}

fn check_name(name: Option<&str>) -> Result<(), ServiceError> {
    match name {
        None | Some(NAME) => Ok(()),
        Some(_) => Err(not_found("No such policy exists")),
    }
}

fn malformed(message: impl Into<String>) -> ServiceError {
    ServiceError::bad_request("MalformedPolicyDocumentException", message)
}
