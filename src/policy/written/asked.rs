//! A request and grants.

use serde_json::value::RawValue;

use crate::base::Arn;
use crate::policy::context::{Context, ContextValue};
use crate::policy::grant::Grant;
use crate::policy::layers::KeyManager;
use crate::policy::principal::Principal;
use crate::policy::request::{Request, Resource};

use super::Asked;
use super::reader::{Members, Read, Reader, given};

const MEMBERS: [&str; 7] = [
    "principal",
    "action",
    "resource",
    "context",
    "grantTokens",
    "managementAccount",
    "keyManager",
];

impl<'a> Reader<'a> {
    /// A request that stands by itself.
    pub(super) fn asked(&self, raw: &'a RawValue) -> Read<Asked> {
        let members: Members<'a> = self.value(raw, "a request is an object")?;
        let misspelt = members
            .iter()
            .find(|(name, _)| !MEMBERS.contains(&name.as_ref()));
        if let Some((name, raw)) = misspelt {
            let mut problem = self.bad(raw, format!("a request has no `{name}`"));
            problem.code = "unknown-member".to_owned();
            return Err(problem.with_help(format!("its members are {}", MEMBERS.join(", "))));
        }
        Ok(Asked {
            request: self.request(raw)?,
            management_account: match given(&members, "managementAccount") {
                Some(raw) => Some(self.account(raw, "managementAccount")?),
                None => None,
            },
            key_manager: self.key_manager(&members)?,
        })
    }

    pub(super) fn request(&self, raw: &'a RawValue) -> Read<Request> {
        let members: Members<'a> = self.value(raw, "`request` is an object")?;
        let part = |name: &str| {
            given(&members, name)
                .ok_or_else(|| self.bad(raw, format!("the request has no `{name}`")))
        };
        let principal: Principal = self.told(part("principal")?)?;
        let action = self.action(part("action")?)?;
        let resources = self.resources(part("resource")?)?;
        let context = match given(&members, "context") {
            Some(raw) => self.context(raw)?,
            None => Context::new(),
        };
        let grant_tokens = match given(&members, "grantTokens") {
            Some(raw) => self.value(raw, "`grantTokens` is a list of strings")?,
            None => Vec::new(),
        };
        Ok(Request {
            principal,
            action,
            resources,
            context,
            grant_tokens,
        })
    }

    pub(super) fn grants(&self, raw: &'a RawValue) -> Read<Vec<Grant>> {
        self.value(raw, "`grants` is a list of grants")
    }

    pub(super) fn key_manager(&self, members: &Members<'a>) -> Read<KeyManager> {
        let Some(raw) = given(members, "keyManager") else {
            return Ok(KeyManager::Customer);
        };
        match raw.get() {
            "\"AWS\"" => Ok(KeyManager::Aws),
            "\"CUSTOMER\"" => Ok(KeyManager::Customer),
            other => {
                let message = format!("`keyManager` is `\"AWS\"` or `\"CUSTOMER\"`, not `{other}`");
                Err(self.bad(raw, message))
            }
        }
    }

    fn action(&self, raw: &'a RawValue) -> Read<String> {
        let name: String = self.value(raw, "`action` is a string such as `s3:GetObject`")?;
        let is_action = name
            .split_once(':')
            .is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if is_action && !name.contains(['*', '?']) {
            Ok(name)
        } else {
            Err(self.bad(raw, format!("`{name}` is no action such as `s3:GetObject`")))
        }
    }

    fn resources(&self, raw: &'a RawValue) -> Read<Vec<Resource>> {
        if !raw.get().starts_with('[') {
            return Ok(vec![self.resource(raw)?]);
        }
        let list: Vec<&RawValue> = self.value(raw, "`resource` is a list of objects")?;
        if list.is_empty() {
            return Err(self.bad(raw, "the request is for no resource"));
        }
        list.into_iter().map(|raw| self.resource(raw)).collect()
    }

    fn resource(&self, raw: &'a RawValue) -> Read<Resource> {
        let what = "a resource is an object with `resource` and `accountId`";
        let members: Members<'a> = self.value(raw, what)?;
        let arn = given(&members, "resource")
            .ok_or_else(|| self.bad(raw, "the resource has no `resource`"))?;
        let name: String = self.value(arn, "`resource` is an ARN or `*`")?;
        if name != "*" && name.parse::<Arn>().is_err() {
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
            let value: ContextValue = self.told(raw)?;
            Ok((key, value))
        });
        pairs.collect()
    }
}
