//! From what a request calls a key to the key, with the caller's right to use it.

use super::Kms;
use super::context::EncryptionContext;
use super::key::{KmsKey, SYMMETRIC_DEFAULT};
use crate::base::{AccountId, Arn};
use crate::cloud::authorization::{self, Check, access_denied};
use crate::cloud::call::Call;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::{Context, ContextValue};

/// Which names of a key an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accepts {
    /// Key id, key ARN, alias name and alias ARN, of other accounts too: cryptography and `DescribeKey`.
    AnyName,
    /// Key id and key ARN of the caller's own account: managing keys.
    OwnKeyOnly,
}

/// What a request calls a key.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub arn: Arn,
    /// The alias it was called by, such as `alias/app`.
    pub alias: Option<String>,
}

/// The key that `key_id` names, after the caller proved to be allowed `action` on it.
pub(super) fn authorized_key<'a>(
    cloud: &'a Cloud,
    call: &mut Call,
    key_id: &str,
    accepts: Accepts,
    action: &str,
    context: Context,
) -> Result<&'a KmsKey, ServiceError> {
    let named = resolve(&cloud.kms, call, key_id, accepts)?;
    let is_own = named.arn.account == call.account();
    let Some(key) = cloud.kms.keys.get(&named.arn) else {
        return Err(if is_own {
            not_found(format!("Key '{}' does not exist", named.arn))
        } else {
            unseen(call, action, &named.arn)
        });
    };
    let context = match &named.alias {
        Some(alias) => context.with("kms:RequestAlias", alias),
        None => context,
    };
    authorize(cloud, call, key, action, context)?;
    Ok(key)
}

/// The key that `key_id` names to encrypt under, after the caller proved to be allowed `action` on it; it is enabled.
pub(super) fn encrypting_key<'a>(
    cloud: &'a Cloud,
    call: &mut Call,
    key_id: &str,
    action: &str,
    context: Context,
) -> Result<&'a KmsKey, ServiceError> {
    let key = authorized_key(cloud, call, key_id, Accepts::AnyName, action, context)?;
    key.check_usable()?;
    Ok(key)
}

/// Proves that the caller is allowed `action` on `key`, and names the key on the trail.
pub(super) fn authorize(
    cloud: &Cloud,
    call: &mut Call,
    key: &KmsKey,
    action: &str,
    context: Context,
) -> Result<(), ServiceError> {
    call.touches(key.as_event_resource());
    let context = with_key_context(cloud, call, key, context);
    let check = check_on_key(key, action, context);
    Ok(authorization::authorize(cloud, call, check)?)
}

/// What has to be allowed for `action` on `key`.
pub(super) fn check_on_key<'a>(key: &KmsKey, action: &'a str, context: Context) -> Check<'a> {
    Check {
        owner: AccountId::new(&key.arn.account),
        resource_policy: Some(key.policy.clone()),
        key_manager: key.manager(),
        context,
        ..Check::new(action, key.arn.to_string())
    }
}

/// The condition keys that an encryption context gives rise to.
pub(super) fn context_of(encryption_context: &EncryptionContext) -> Context {
    let pairs = &encryption_context.0;
    let mut context = Context::new();
    for (key, value) in pairs {
        context = context.with(format!("kms:EncryptionContext:{key}"), value);
    }
    if !pairs.is_empty() {
        context = context.with_values("kms:EncryptionContextKeys", pairs.keys());
    }
    context.with("kms:EncryptionAlgorithm", SYMMETRIC_DEFAULT)
}

/// The condition keys that come with every call of KMS.
pub(super) fn with_call_context(call: &Call, mut context: Context) -> Context {
    context = context.with("kms:CallerAccount", call.account());
    if let Some(service) = &call.via {
        context = context.with("kms:ViaService", service);
    }
    context
}

/// The key that `key_id` names, whether it exists or not.
pub(super) fn resolve(
    kms: &Kms,
    call: &Call,
    key_id: &str,
    accepts: Accepts,
) -> Result<Named, ServiceError> {
    let invalid = || not_found(format!("Invalid keyId '{key_id}'"));
    let own = |resource: String| Arn::aws("kms", &call.region, call.account(), resource);
    let arn = if key_id.starts_with("arn:") {
        let arn: Arn = key_id.parse().map_err(|_| invalid_arn(key_id))?;
        if arn.service != "kms" || AccountId::new(&arn.account).is_none() {
            return Err(invalid_arn(key_id));
        }
        if arn.region != call.region {
            return Err(not_found(format!("Invalid arn {}", arn.region)));
        }
        arn
    } else if key_id.starts_with("alias/") {
        own(key_id.to_owned())
    } else if is_key_id(key_id) {
        own(format!("key/{key_id}"))
    } else {
        return Err(invalid());
    };
    let is_alias = arn.resource.starts_with("alias/");
    if !is_alias && !arn.resource.starts_with("key/") {
        return Err(invalid_arn(key_id));
    }
    if accepts == Accepts::OwnKeyOnly {
        if is_alias {
            return Err(invalid());
        }
        if arn.account != call.account() {
            return Err(access_denied(format!(
                "the operation cannot be called on `{arn}` from another account"
            )));
        }
    }
    if !is_alias {
        return Ok(Named { arn, alias: None });
    }
    let alias = kms
        .aliases
        .get(&arn)
        .ok_or_else(|| not_found(format!("Alias {arn} is not found.")))?;
    Ok(Named {
        arn: alias.target.clone(),
        alias: Some(arn.resource),
    })
}

pub(super) fn not_found(message: impl Into<String>) -> ServiceError {
    ServiceError::bad_request("NotFoundException", message)
}

fn invalid_arn(text: &str) -> ServiceError {
    ServiceError::bad_request("InvalidArnException", format!("Invalid arn {text}"))
}

/// Whether a stranger's key exists is not told.
fn unseen(call: &Call, action: &str, key: &Arn) -> ServiceError {
    access_denied(format!(
        "User: {} is not authorized to perform: {action} on resource: {key} because the resource does not exist in this \
         Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
        call.caller.principal
    ))
}

/// A UUID in lower case, or `mrk-` and 32 hexadecimal digits.
fn is_key_id(text: &str) -> bool {
    let is_hex = |part: &str| {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        part.bytes().all(is_digit)
    };
    if let Some(digits) = text.strip_prefix("mrk-") {
        return digits.len() == 32 && is_hex(digits);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.into_iter().all(is_hex)
}

fn with_key_context(cloud: &Cloud, call: &Call, key: &KmsKey, context: Context) -> Context {
    let mut context = with_call_context(call, context)
        .with("kms:KeySpec", SYMMETRIC_DEFAULT)
        .with("kms:KeyUsage", "ENCRYPT_DECRYPT")
        .with("kms:KeyOrigin", "AWS_KMS")
        .with("kms:MultiRegion", "false");
    let aliases: Vec<String> = cloud
        .kms
        .aliases
        .iter()
        .filter(|(_, alias)| alias.target == key.arn)
        .map(|(name, _)| name.resource.clone())
        .collect();
    if !aliases.is_empty() {
        context.insert("kms:ResourceAliases", ContextValue::Multiple(aliases));
    }
    for (name, value) in &key.tags {
        context = context.with(format!("aws:ResourceTag/{name}"), value);
    }
    context
}
