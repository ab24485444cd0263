//! One line of `cipherdeck policy evaluate`.
//!
//! Policies are taken as the text that stands in the line, so that their places and repeated keys survive.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cipherdeck::base::AccountId;
use cipherdeck::policy::{
    CompiledPolicy, Context, ContextValue, Grant, KeyManager, Level, Policies, Principal, Request,
    Resource,
};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a line asks.
#[derive(Debug)]
pub struct Asked<'a> {
    pub id: Option<&'a RawValue>,
    pub request: Request,
    pub policies: Policies,
}

/// Why a line cannot be read.
#[derive(Debug)]
pub struct Bad<'a> {
    pub id: Option<&'a RawValue>,
    /// Where in the line, in bytes.
    pub offset: Option<usize>,
    pub message: String,
}

/// A part that cannot be read, and where.
#[derive(Debug)]
struct BadPart {
    offset: Option<usize>,
    message: String,
}

type Read<T> = Result<T, BadPart>;

/// An object's members, unread.
type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

pub fn parse(line: &str) -> Result<Asked<'_>, Bad<'_>> {
    let reader = Reader { line };
    let whole = |error: serde_json::Error| Bad {
        id: None,
        offset: Some(error.column().saturating_sub(1)),
        message: sentence(&error),
    };
    let members: Members<'_> = serde_json::from_str(line).map_err(whole)?;
    let id = members.get("id").copied();
    let read = reader.asked(&members);
    match read {
        Ok((request, policies)) => Ok(Asked {
            id,
            request,
            policies,
        }),
        Err(BadPart { offset, message }) => Err(Bad {
            id,
            offset,
            message,
        }),
    }
}

struct Reader<'a> {
    line: &'a str,
}

impl<'a> Reader<'a> {
    fn asked(&self, members: &Members<'a>) -> Read<(Request, Policies)> {
        self.no_misspelt_layer(members)?;
        let request = members.get("request").ok_or_else(|| BadPart {
            offset: None,
            message: "the line has no `request`".to_owned(),
        })?;
        let request = self.request(request)?;
        let policies = Policies {
            identity: self.policies(members, "identityPolicies")?,
            resource: match given(members, "resourcePolicy") {
                Some(raw) => Some(self.policy(raw)?),
                None => None,
            },
            boundaries: self.policies(members, "permissionBoundaries")?,
            session: match given(members, "sessionPolicy") {
                Some(raw) => vec![self.policy(raw)?],
                None => Vec::new(),
            },
            service_control: self.levels(members, "serviceControlPolicies")?,
            resource_control: self.levels(members, "resourceControlPolicies")?,
            endpoint: self.policies(members, "endpointPolicies")?,
            grants: match given(members, "grants") {
                Some(raw) => self.value::<Vec<Grant>>(raw, "`grants` is a list of grants")?,
                None => Vec::new(),
            },
            management_account: match given(members, "managementAccount") {
                Some(raw) => Some(self.account(raw, "managementAccount")?),
                None => None,
            },
            key_manager: match given(members, "keyManager") {
                Some(raw) => self.key_manager(raw)?,
                None => KeyManager::Customer,
            },
        };
        Ok((request, policies))
    }

    /// A layer under a wrong name would be passed over and its denials with it.
    fn no_misspelt_layer(&self, members: &Members<'a>) -> Read<()> {
        const KNOWN: [&str; 7] = [
            "identityPolicies",
            "resourcePolicy",
            "permissionBoundaries",
            "sessionPolicy",
            "serviceControlPolicies",
            "resourceControlPolicies",
            "endpointPolicies",
        ];
        let is_layer = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.contains("polic") || name.contains("boundar")
        };
        match members
            .iter()
            .find(|(name, _)| is_layer(name) && !KNOWN.contains(&name.as_ref()))
        {
            Some((name, raw)) => Err(self.bad(
                raw,
                format!(
                    "there is no layer `{name}`; the layers are {}",
                    KNOWN.join(", ")
                ),
            )),
            None => Ok(()),
        }
    }

    fn request(&self, raw: &'a RawValue) -> Read<Request> {
        let members: Members<'a> = self.value(raw, "`request` is an object")?;
        let part = |name: &str| {
            given(&members, name)
                .ok_or_else(|| self.bad(raw, format!("the request has no `{name}`")))
        };
        let principal = part("principal")?;
        let principal: Principal = serde_json::from_str(principal.get())
            .map_err(|error| self.bad(principal, sentence(&error)))?;
        let action = part("action")?;
        let name: String = self.value(action, "`action` is a string such as `s3:GetObject`")?;
        let is_action = name
            .split_once(':')
            .is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if !is_action || name.contains(['*', '?']) {
            return Err(self.bad(
                action,
                format!("`{name}` is no action such as `s3:GetObject`"),
            ));
        }
        let resources = self.resources(part("resource")?)?;
        let context = match given(&members, "context") {
            Some(raw) => self.context(raw)?,
            None => Context::new(),
        };
        Ok(Request {
            principal,
            action: name,
            resources,
            context,
        })
    }

    fn resources(&self, raw: &'a RawValue) -> Read<Vec<Resource>> {
        if !raw.get().starts_with('[') {
            return Ok(vec![self.resource(raw)?]);
        }
        let list: Vec<&RawValue> = self.value(raw, "`resource` is a list of objects")?;
        if list.is_empty() {
            return Err(self.bad(raw, "the request is for no resource".to_owned()));
        }
        list.into_iter().map(|raw| self.resource(raw)).collect()
    }

    fn resource(&self, raw: &'a RawValue) -> Read<Resource> {
        let members: Members<'a> = self.value(
            raw,
            "a resource is an object with `resource` and `accountId`",
        )?;
        let arn = given(&members, "resource")
            .ok_or_else(|| self.bad(raw, "the resource has no `resource`".to_owned()))?;
        let name: String = self.value(arn, "`resource` is an ARN or `*`")?;
        if name != "*" && name.parse::<cipherdeck::base::Arn>().is_err() {
            return Err(self.bad(arn, format!("`{name}` is neither an ARN nor `*`")));
        }
        let resource = Resource::new(name);
        Ok(match given(&members, "accountId") {
            Some(account) => resource.owned_by(self.account(account, "accountId")?),
            None => resource,
        })
    }

    fn context(&self, raw: &'a RawValue) -> Read<Context> {
        let members: Members<'a> = self.value(raw, "`context` is an object")?;
        let pairs = members.into_iter().map(|(key, raw)| {
            let value: ContextValue =
                serde_json::from_str(raw.get()).map_err(|error| self.bad(raw, sentence(&error)))?;
            Ok((key, value))
        });
        pairs.collect()
    }

    fn policies(&self, members: &Members<'a>, name: &str) -> Read<Vec<CompiledPolicy>> {
        match given(members, name) {
            Some(raw) => self.policy_list(raw, name),
            None => Ok(Vec::new()),
        }
    }

    fn policy_list(&self, raw: &'a RawValue, name: &str) -> Read<Vec<CompiledPolicy>> {
        let list: Vec<&RawValue> = self.value(raw, &format!("`{name}` is a list of policies"))?;
        list.into_iter().map(|raw| self.policy(raw)).collect()
    }

    fn policy(&self, raw: &'a RawValue) -> Read<CompiledPolicy> {
        CompiledPolicy::parse(raw.get()).map_err(|problem| BadPart {
            offset: Some(self.offset(raw) + problem.span.start),
            message: problem.message,
        })
    }

    fn levels(&self, members: &Members<'a>, name: &str) -> Read<Vec<Level>> {
        let Some(raw) = given(members, name) else {
            return Ok(Vec::new());
        };
        let list: Vec<&RawValue> = self.value(raw, &format!("`{name}` is a list of levels"))?;
        let level = |raw| {
            let members: Members<'a> = self.value(
                raw,
                "a level is an object with `orgIdentifier` and `policies`",
            )?;
            let policies = given(&members, "policies")
                .ok_or_else(|| self.bad(raw, "the level has no `policies`".to_owned()))?;
            Ok(Level {
                id: match given(&members, "orgIdentifier") {
                    Some(id) => self.value(id, "`orgIdentifier` is a string")?,
                    None => String::new(),
                },
                policies: self.policy_list(policies, "policies")?,
            })
        };
        list.into_iter().map(level).collect()
    }

    fn account(&self, raw: &'a RawValue, name: &str) -> Read<AccountId> {
        let digits: String = self.value(raw, &format!("`{name}` is a string of twelve digits"))?;
        AccountId::new(&digits)
            .ok_or_else(|| self.bad(raw, format!("`{name}` is a string of twelve digits")))
    }

    fn key_manager(&self, raw: &'a RawValue) -> Read<KeyManager> {
        match raw.get() {
            "\"AWS\"" => Ok(KeyManager::Aws),
            "\"CUSTOMER\"" => Ok(KeyManager::Customer),
            other => Err(self.bad(
                raw,
                format!("`keyManager` is `\"AWS\"` or `\"CUSTOMER\"`, not `{other}`"),
            )),
        }
    }

    /// Reads a part, which `what` says how it should look.
    fn value<T: Deserialize<'a>>(&self, raw: &'a RawValue, what: &str) -> Read<T> {
        serde_json::from_str(raw.get())
            .map_err(|error| self.bad(raw, format!("{what}: {}", sentence(&error))))
    }

    fn bad(&self, raw: &RawValue, message: String) -> BadPart {
        BadPart {
            offset: Some(self.offset(raw)),
            message,
        }
    }

    /// Where a part of the line begins in it.
    fn offset(&self, raw: &RawValue) -> usize {
        raw.get().as_ptr().addr() - self.line.as_ptr().addr()
    }
}

/// The member, unless it is missing or `null`.
fn given<'a>(members: &Members<'a>, name: &str) -> Option<&'a RawValue> {
    members.get(name).copied().filter(|raw| raw.get() != "null")
}

/// The parser's sentence without the place, which is told apart.
fn sentence(error: &serde_json::Error) -> String {
    let sentence = error.to_string();
    sentence
        .split(" at line ")
        .next()
        .unwrap_or(&sentence)
        .to_owned()
}
