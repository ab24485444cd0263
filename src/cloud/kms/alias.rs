//! Aliases: names that people give keys.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::parameters::{Bounds, Parameters, epoch, validation};
use super::resolve::{Accepts, authorize, resolve, with_call_context};
use crate::base::{Arn, Timestamp};
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::Call;
use crate::cloud::kms::administration::Page;
use crate::cloud::kms::resolve::not_found;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::Context;

/// What a name stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Alias {
    pub target: Arn,
    pub created: Timestamp,
    pub updated: Timestamp,
}

const ALIAS_NAME: Bounds = Bounds(1, 256);
/// Aliases that one key can have.
const MOST_ALIASES: usize = 50;

pub(super) fn create_alias(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let name = parameters.required("AliasName", |p, name| p.text(name, ALIAS_NAME))?;
    check_letters(parameters, &name);
    let target = parameters.key_id("TargetKeyId")?;
    parameters.check()?;
    check_name(&name)?;
    if target.contains("alias/") {
        return Err(validation("Aliases must refer to keys. Not aliases"));
    }
    let arn = Arn::aws("kms", &call.region, call.account(), &name);
    let check = Check {
        owner: call.account_id().cloned(),
        context: with_call_context(call, Context::new()),
        ..Check::new("kms:CreateAlias", arn.to_string())
    };
    authorization::authorize(cloud, call, check)?;
    let target = resolve(&cloud.kms, call, &target, Accepts::OwnKeyOnly)?.arn;
    let key = cloud.kms.keys.get(&target);
    let key = key.ok_or_else(|| not_found(format!("Key '{target}' does not exist")))?;
    authorize(cloud, call, key, "kms:CreateAlias", Context::new())?;
    key.check_not_pending_deletion()?;
    if cloud.kms.aliases.contains_key(&arn) {
        return Err(ServiceError::bad_request(
            "AlreadyExistsException",
            format!("An alias with the name {arn} already exists"),
        ));
    }
    let of_key = cloud.kms.aliases.values();
    if of_key.filter(|alias| alias.target == target).count() >= MOST_ALIASES {
        return Err(ServiceError::bad_request(
            "LimitExceededException",
            format!("a key has at most {MOST_ALIASES} aliases"),
        ));
    }
    let alias = Alias {
        target,
        created: cloud.now,
        updated: cloud.now,
    };
    cloud.kms.aliases.insert(arn, alias);
    Ok(None)
}

pub(super) fn list_aliases(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key_id = parameters.optional_key_id("KeyId")?;
    let page = Page::read(parameters)?;
    parameters.check()?;
    let check = Check {
        context: with_call_context(call, Context::new()),
        ..Check::new("kms:ListAliases", "*")
    };
    authorization::authorize(cloud, call, check)?;
    let of_key = match key_id {
        None => None,
        Some(key_id) => {
            let target = resolve(&cloud.kms, call, &key_id, Accepts::OwnKeyOnly)?.arn;
            if !cloud.kms.keys.contains_key(&target) {
                return Err(not_found(format!("Key '{target}' does not exist")));
            }
            Some(target)
        }
    };
    let mine = cloud.kms.aliases.iter().filter(|(arn, alias)| {
        arn.account == call.account()
            && arn.region == call.region
            && of_key.as_ref().is_none_or(|key| alias.target == *key)
    });
    let entry = |(arn, alias): (&Arn, &Alias)| {
        let name = arn.resource.clone();
        let target = &alias.target.resource;
        let entry = json!({
            "AliasName": name,
            "AliasArn": arn,
            "TargetKeyId": target.strip_prefix("key/").unwrap_or(target),
            "CreationDate": epoch(alias.created),
            "LastUpdatedDate": epoch(alias.updated),
        });
        (name, entry)
    };
    page.cut("Aliases", mine.map(entry).collect()).map(Some)
}

fn check_letters(parameters: &mut Parameters, name: &str) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b":/_-".contains(&byte);
    if !name.bytes().all(is_letter) {
        parameters.violate(
            &format!("'{name}'"),
            "AliasName",
            "Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
        );
    }
}

fn check_name(name: &str) -> Result<(), ServiceError> {
    if name.starts_with("alias/aws/") {
        return Err(ServiceError::bad_request("NotAuthorizedException", ""));
    }
    match name.strip_prefix("alias/") {
        None => Err(validation(
            "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
        )),
        Some("") => Err(validation("Alias must not be empty")),
        Some(rest) if rest.contains(':') => Err(ServiceError::bad_request(
            "InvalidAliasNameException",
            format!("{name} contains invalid characters for an alias"),
        )),
        Some(_) => Ok(()),
    }
}
