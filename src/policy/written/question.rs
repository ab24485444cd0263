//! A request with all the policies that bear on it.

use serde_json::value::RawValue;

use crate::base::Diagnostic;
use crate::policy::compiled::CompiledPolicy;
use crate::policy::layers::{Level, Policies};
use crate::policy::request::Request;

use super::reader::{Members, Read, Reader, given};

/// A request with all the policies that bear on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Who wants what.
    pub request: Request,
    /// What bears on it.
    pub policies: Policies,
}

/// Reads an object with `request` and the layers, as a line of `cipherdeck policy evaluate` holds it.
///
/// # Errors
/// What is wrong with it, at its place in the text; of a line without `request` (code `missing-request`) the whole
/// line.
pub fn question(json: &str) -> Result<Question, Diagnostic> {
    let reader = Reader::new(json);
    let raw = reader.whole()?;
    let members: Members<'_> = reader.value(raw, "a line is an object")?;
    reader.no_misspelt_layer(&members)?;
    let request = members.get("request").ok_or_else(|| {
        Diagnostic::error(
            reader.span(raw),
            "missing-request",
            "the line has no `request`",
        )
    })?;
    Ok(Question {
        request: reader.request(request)?,
        policies: reader.layers(&members)?,
    })
}

const LAYERS: [&str; 7] = [
    "identityPolicies",
    "resourcePolicy",
    "permissionBoundaries",
    "sessionPolicy",
    "serviceControlPolicies",
    "resourceControlPolicies",
    "endpointPolicies",
];

impl<'a> Reader<'a> {
    /// A layer under a wrong name would be passed over and its denials with it.
    fn no_misspelt_layer(&self, members: &Members<'a>) -> Read<()> {
        let is_layer = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.contains("polic") || name.contains("boundar")
        };
        let misspelt = members
            .iter()
            .find(|(name, _)| is_layer(name) && !LAYERS.contains(&name.as_ref()));
        match misspelt {
            Some((name, raw)) => {
                let known = LAYERS.join(", ");
                let message = format!("there is no layer `{name}`; the layers are {known}");
                Err(self.bad(raw, message))
            }
            None => Ok(()),
        }
    }

    fn layers(&self, members: &Members<'a>) -> Read<Policies> {
        Ok(Policies {
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
                Some(raw) => self.grants(raw)?,
                None => Vec::new(),
            },
            management_account: match given(members, "managementAccount") {
                Some(raw) => Some(self.account(raw, "managementAccount")?),
                None => None,
            },
            key_manager: self.key_manager(members)?,
        })
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
        CompiledPolicy::parse(raw.get()).map_err(|mut problem| {
            let start = self.span(raw).start;
            problem.span.start += start;
            problem.span.end += start;
            problem
        })
    }

    fn levels(&self, members: &Members<'a>, name: &str) -> Read<Vec<Level>> {
        let Some(raw) = given(members, name) else {
            return Ok(Vec::new());
        };
        let list: Vec<&RawValue> = self.value(raw, &format!("`{name}` is a list of levels"))?;
        list.into_iter().map(|raw| self.level(raw)).collect()
    }

    fn level(&self, raw: &'a RawValue) -> Read<Level> {
        let what = "a level is an object with `orgIdentifier` and `policies`";
        let members: Members<'a> = self.value(raw, what)?;
        let policies = given(&members, "policies")
            .ok_or_else(|| self.bad(raw, "the level has no `policies`"))?;
        Ok(Level {
            id: match given(&members, "orgIdentifier") {
                Some(id) => self.value(id, "`orgIdentifier` is a string")?,
                None => String::new(),
            },
            policies: self.policy_list(policies, "policies")?,
        })
    }
}
