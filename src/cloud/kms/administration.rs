//! Making keys, looking at them, and taking them out of use.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::key::{BackingKey, KeyState, KmsKey, SYMMETRIC_DEFAULT, invalid_state};
use super::parameters::{Bounds, Parameters, epoch, unsupported, validation};
use super::policy;
use super::resolve::{Accepts, authorized_key, with_call_context};
use crate::base::Arn;
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::Call;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::{Context, ContextValue};

const KEY_SPECS: &[&str] = &[
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    SYMMETRIC_DEFAULT,
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "ECC_NIST_EDWARDS25519",
    "ML_KEM_512",
    "ML_KEM_768",
    "ML_KEM_1024",
];
const KEY_USAGES: &[&str] = &[
    "SIGN_VERIFY",
    "ENCRYPT_DECRYPT",
    "GENERATE_VERIFY_MAC",
    "KEY_AGREEMENT",
    "ENCAPSULATE_DECAPSULATE",
];
const ORIGINS: &[&str] = &["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"];
/// Days between scheduling a deletion and the deletion.
const WAITING_PERIOD: Bounds = Bounds(7, 30);

pub(super) fn create_key(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let policy = parameters.text("Policy", Bounds(1, 131_072))?;
    let description = parameters.text("Description", Bounds(0, 8192))?;
    let key_spec = parameters.one_of("KeySpec", KEY_SPECS)?;
    let old_key_spec = parameters.one_of("CustomerMasterKeySpec", KEY_SPECS)?;
    let key_usage = parameters.one_of("KeyUsage", KEY_USAGES)?;
    let origin = parameters.one_of("Origin", ORIGINS)?;
    let bypasses = parameters.flag("BypassPolicyLockoutSafetyCheck")?;
    let is_multi_region = parameters.flag("MultiRegion")?;
    let tags: BTreeMap<String, String> = parameters.tags()?.into_iter().collect();
    parameters.check()?;
    parameters.refuse(&["CustomKeyStoreId", "XksKeyId"])?;
    if key_spec.is_some() && old_key_spec.is_some() {
        return Err(validation(
            "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.",
        ));
    }
    check_kind(
        key_spec.or(old_key_spec),
        key_usage,
        origin,
        is_multi_region,
    )?;

    authorize_creation(cloud, call, bypasses, &tags)?;
    let account = call.account().to_owned();
    let resource = format!("key/{}", cloud.unique_id());
    let arn = Arn::aws("kms", &call.region, &account, resource);
    let key = KmsKey {
        created: cloud.now,
        description: description.unwrap_or_default(),
        state: KeyState::Enabled,
        managed_for: None,
        policy: match policy {
            Some(policy) => policy::read(&policy)?,
            None => policy::default_policy(&account),
        },
        tags,
        current: BackingKey::new(&arn, cloud.entropy.key()),
        earlier: Vec::new(),
        arn,
    };
    policy::check_lockout(cloud, call, &key, bypasses)?;
    call.touches(key.as_event_resource());
    let metadata = key.metadata();
    cloud.kms.keys.insert(key.arn.clone(), key);
    Ok(Some(json!({"KeyMetadata": metadata})))
}

pub(super) fn describe_key(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    parameters.check()?;
    parameters.grant_tokens()?;
    let action = "kms:DescribeKey";
    let key = authorized_key(
        cloud,
        call,
        &key_id,
        Accepts::AnyName,
        action,
        Context::new(),
    )?;
    Ok(Some(json!({"KeyMetadata": key.metadata()})))
}

pub(super) fn list_keys(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let page = Page::read(parameters)?;
    parameters.check()?;
    parameters.refuse(&["ResourceOwners"])?;
    let check = Check {
        context: with_call_context(call, Context::new()),
        ..Check::new("kms:ListKeys", "*")
    };
    authorization::authorize(cloud, call, check)?;
    let is_mine =
        |key: &&KmsKey| key.arn.account == call.account() && key.arn.region == call.region;
    let mine = cloud.kms.keys.values().filter(is_mine);
    let entry = |key: &KmsKey| {
        let entry = json!({"KeyId": key.id(), "KeyArn": key.arn});
        (key.id().to_owned(), entry)
    };
    page.cut("Keys", mine.map(entry).collect()).map(Some)
}

pub(super) fn enable_key(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key = key_to_manage(cloud, call, parameters, "kms:EnableKey", Context::new())?;
    key.check_not_pending_deletion()?;
    set_state(cloud, key, KeyState::Enabled);
    Ok(None)
}

pub(super) fn disable_key(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key = key_to_manage(cloud, call, parameters, "kms:DisableKey", Context::new())?;
    key.check_not_pending_deletion()?;
    set_state(cloud, key, KeyState::Disabled);
    Ok(None)
}

pub(super) fn schedule_key_deletion(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let days = parameters.number("PendingWindowInDays", WAITING_PERIOD)?;
    let days = days.unwrap_or(WAITING_PERIOD.1);
    let context = Context::new().with(
        "kms:ScheduleKeyDeletionPendingWindowInDays",
        days.to_string(),
    );
    let key = key_to_manage(cloud, call, parameters, "kms:ScheduleKeyDeletion", context)?;
    key.check_not_pending_deletion()?;
    let deletion_date = cloud.now + Duration::from_hours(24 * days);
    let answer = json!({
        "KeyId": key.arn,
        "DeletionDate": epoch(deletion_date),
        "KeyState": "PendingDeletion",
        "PendingWindowInDays": days,
    });
    set_state(cloud, key, KeyState::PendingDeletion { deletion_date });
    Ok(Some(answer))
}

pub(super) fn cancel_key_deletion(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let action = "kms:CancelKeyDeletion";
    let key = key_to_manage(cloud, call, parameters, action, Context::new())?;
    if key.state.deletion_date().is_none() {
        return Err(invalid_state(format!(
            "{} is not pending deletion.",
            key.arn
        )));
    }
    let answer = json!({"KeyId": key.arn});
    set_state(cloud, key, KeyState::Disabled);
    Ok(Some(answer))
}

/// Which part of a list is asked for.
pub(super) struct Page {
    limit: usize,
    marker: Option<String>,
}

impl Page {
    pub fn read(parameters: &mut Parameters) -> Result<Self, ServiceError> {
        let limit = parameters.number("Limit", Bounds(1, 1000))?.unwrap_or(100);
        Ok(Self {
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            marker: parameters.text("Marker", Bounds(1, 1024))?,
        })
    }

    /// The part of `entries`, each behind its name, that follows the entry which the marker names.
    pub fn cut(self, list: &str, entries: Vec<(String, Value)>) -> Result<Value, ServiceError> {
        let start = match &self.marker {
            None => 0,
            Some(marker) => {
                let at = entries.iter().position(|(name, _)| name == marker);
                let invalid =
                    || ServiceError::bad_request("InvalidMarkerException", "Invalid marker.");
                at.ok_or_else(invalid)? + 1
            }
        };
        let rest = entries.len() - start;
        let shown: Vec<(String, Value)> =
            entries.into_iter().skip(start).take(self.limit).collect();
        let mut answer = json!({"Truncated": rest > self.limit});
        if let Some((last, _)) = shown.last().filter(|_| rest > self.limit) {
            answer["NextMarker"] = Value::from(last.clone());
        }
        let shown = shown.into_iter().map(|(_, entry)| entry);
        answer[list] = shown.collect();
        Ok(answer)
    }
}

/// Only symmetric keys that KMS makes itself exist yet.
fn check_kind(
    key_spec: Option<String>,
    key_usage: Option<String>,
    origin: Option<String>,
    is_multi_region: bool,
) -> Result<(), ServiceError> {
    if let Some(spec) = key_spec.filter(|spec| spec != SYMMETRIC_DEFAULT) {
        return Err(unsupported(format!(
            "keys of spec {spec} are not supported here"
        )));
    }
    if let Some(usage) = key_usage.filter(|usage| usage != "ENCRYPT_DECRYPT") {
        return Err(validation(format!(
            "KeyUsage {usage} is not compatible with KeySpec {SYMMETRIC_DEFAULT}"
        )));
    }
    if let Some(origin) = origin.filter(|origin| origin != "AWS_KMS") {
        return Err(unsupported(format!(
            "keys of origin {origin} are not supported here"
        )));
    }
    if is_multi_region {
        return Err(unsupported("multi-Region keys are not supported here"));
    }
    Ok(())
}

fn authorize_creation(
    cloud: &Cloud,
    call: &mut Call,
    bypasses: bool,
    tags: &BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let mut context = with_call_context(call, policy::bypass_context(bypasses))
        .with("kms:KeySpec", SYMMETRIC_DEFAULT)
        .with("kms:KeyUsage", "ENCRYPT_DECRYPT")
        .with("kms:KeyOrigin", "AWS_KMS")
        .with("kms:MultiRegion", "false");
    for (name, value) in tags {
        context = context.with(format!("aws:RequestTag/{name}"), value);
    }
    let actions: &[&str] = if tags.is_empty() {
        &["kms:CreateKey"]
    } else {
        let names = tags.keys().cloned().collect();
        context.insert("aws:TagKeys", ContextValue::Multiple(names));
        &["kms:CreateKey", "kms:TagResource"]
    };
    for action in actions {
        let check = Check {
            owner: call.account_id().cloned(),
            context: context.clone(),
            ..Check::new(action, "*")
        };
        authorization::authorize(cloud, call, check)?;
    }
    Ok(())
}

fn key_to_manage(
    cloud: &Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
    action: &str,
    context: Context,
) -> Result<KmsKey, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    parameters.check()?;
    authorized_key(cloud, call, &key_id, Accepts::OwnKeyOnly, action, context).cloned()
}

fn set_state(cloud: &mut Cloud, key: KmsKey, state: KeyState) {
    cloud
        .kms
        .keys
        .insert(key.arn.clone(), KmsKey { state, ..key });
}
