//! What AWS documents about its actions, resource types and condition keys: for pickers, suggestions and validation.
//!
//! It knows every service by name, and the actions of those that the labs simulate or the course speaks of. It is dated
//! ([`source`]): what it does not know may exist all the same. Evaluation never asks it.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/>, by way of the package that the head of
//! `catalogue/aws.txt` names. `cargo xtask catalogue` writes that file.
//!
//! ```
//! use cipherdeck::policy::catalogue::{self, AccessLevel, KeyType};
//! let get = catalogue::action("S3:getobject").expect("a known action");
//! assert_eq!(get.to_string(), "s3:GetObject");
//! assert_eq!(get.access_level, AccessLevel::Read);
//! let team = catalogue::condition_key("aws:RequestTag/team").expect("a known key");
//! assert_eq!((team.name, team.value_type), ("aws:RequestTag/${TagKey}", KeyType::String));
//! ```

mod arn_format;
mod key;
mod read;

pub use arn_format::ArnFormat;
pub use key::{ConditionKey, KeyType};

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::action::ActionPattern;

/// A service whose actions are listed.
#[derive(Debug)]
pub struct Service {
    /// How its actions begin, such as `kms`.
    pub prefix: &'static str,
    /// Its name in AWS's words.
    pub title: &'static str,
    /// Its actions by name.
    pub actions: Vec<Action>,
    /// Its resource types by name.
    pub resource_types: Vec<ResourceType>,
    /// The condition keys that it knows beside the global ones, by name.
    pub condition_keys: Vec<ConditionKey>,
}

/// An action.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// The service's prefix, such as `s3`.
    pub service: &'static str,
    /// The name alone, such as `GetObject`.
    pub name: &'static str,
    /// What kind of access it is.
    pub access_level: AccessLevel,
    /// The names of the resource types that it works on, see [`Service::resource_type`]. Where there are none, the action
    /// can only be allowed or denied on `*`.
    pub resource_types: Vec<&'static str>,
    /// The names of the condition keys that a request for it may hold beside most global ones, each once, sorted.
    /// The tag keys are among them only where the action knows tags.
    pub condition_keys: Vec<&'static str>,
}

/// A resource type of a service.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name, such as `bucket`, in one word.
    pub name: &'static str,
    /// The forms that its ARNs have, at least one.
    pub arns: Vec<ArnFormat>,
    /// The condition keys that go with it.
    pub condition_keys: Vec<&'static str>,
}

/// What kind of access an action is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// It lists resources.
    List,
    /// It reads what they hold.
    Read,
    /// It creates, changes or deletes them.
    Write,
    /// It changes tags.
    Tagging,
    /// It grants or changes permissions.
    PermissionsManagement,
}

/// Where the catalogue comes from and of what day it is, in one line.
#[must_use]
pub fn source() -> &'static str {
    CATALOGUE.source
}

/// The services whose actions are listed, by prefix.
#[must_use]
pub fn services() -> &'static [Service] {
    &CATALOGUE.services
}

/// A service whose actions are listed. The case of the prefix does not matter.
#[must_use]
pub fn service(prefix: &str) -> Option<&'static Service> {
    let services = services();
    let found =
        services.binary_search_by(|service| service.prefix.cmp(&prefix.to_ascii_lowercase()));
    found.ok().map(|at| &services[at])
}

/// The prefixes of all services, also of those whose actions are not listed, sorted.
#[must_use]
pub fn prefixes() -> &'static [&'static str] {
    &CATALOGUE.prefixes
}

/// Whether this is the prefix of a service, listed or not, in any case.
#[must_use]
pub fn is_service(prefix: &str) -> bool {
    prefixes()
        .binary_search(&prefix.to_ascii_lowercase().as_str())
        .is_ok()
}

/// Whether this stands for a service in ARNs or in condition keys: a prefix, or a name such as `catalog` or `saml` that
/// no action begins with.
#[must_use]
pub fn is_namespace(name: &str) -> bool {
    is_service(name)
        || CATALOGUE
            .namespaces
            .binary_search(&name.to_ascii_lowercase().as_str())
            .is_ok()
}

/// Whether resource control policies reach the service.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
#[must_use]
pub fn has_resource_control_policies(prefix: &str) -> bool {
    CATALOGUE
        .with_rcp
        .binary_search(&prefix.to_ascii_lowercase().as_str())
        .is_ok()
}

/// The actions of a service by name; none where they are not listed.
#[must_use]
pub fn actions(prefix: &str) -> &'static [Action] {
    service(prefix).map_or(&[], |service| &service.actions)
}

/// An action by its full name such as `s3:GetObject`, in any case.
#[must_use]
pub fn action(name: &str) -> Option<&'static Action> {
    let (prefix, name) = name.split_once(':')?;
    let service = service(prefix)?;
    service
        .actions
        .iter()
        .find(|action| action.name.eq_ignore_ascii_case(name))
}

/// The listed actions that a pattern of an `Action` element means, such as `s3:Get*` or `*`; none where it is no pattern.
pub fn actions_matching(pattern: &str) -> impl Iterator<Item = &'static Action> {
    let pattern = ActionPattern::parse(pattern).ok();
    let asked = match &pattern {
        None => &[],
        Some(ActionPattern::Everything) => services(),
        Some(ActionPattern::Named {
            service: prefix, ..
        }) => service(prefix).map_or(&[][..], std::slice::from_ref),
    };
    let actions = asked.iter().flat_map(|service| &service.actions);
    actions.filter(move |action| match &pattern {
        Some(ActionPattern::Named { name, .. }) => name.matches(&action.name.to_ascii_lowercase()),
        _ => true,
    })
}

/// A condition key by its name in any case. An open one such as `aws:RequestTag/${TagKey}` is found by any of its tags.
#[must_use]
pub fn condition_key(name: &str) -> Option<ConditionKey> {
    let folded = name.to_ascii_lowercase();
    let known = |stem: &str| CATALOGUE.keys.get(stem).copied();
    if let Some(key) = known(&folded) {
        return Some(key).filter(|key| !key.is_open());
    }
    let ends = folded.match_indices(['/', ':']).map(|(at, _)| at + 1);
    let mut stems = ends.take_while(|&end| end < folded.len() && end <= LONGEST_STEM);
    stems
        .find_map(|end| known(&folded[..end]))
        .filter(ConditionKey::is_open)
}

/// No open key's name is longer before it opens.
const LONGEST_STEM: usize = 64;

/// The keys that do not belong to one service, by name.
#[must_use]
pub fn global_keys() -> &'static [ConditionKey] {
    &CATALOGUE.global_keys
}

impl Service {
    /// One of its resource types.
    #[must_use]
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.resource_types.iter().find(|kind| kind.name == name)
    }
}

impl Action {
    /// The ARN forms of everything that it works on; none where it can only be allowed or denied on `*`.
    pub fn arns(&self) -> impl Iterator<Item = &'static ArnFormat> {
        let service = service(self.service);
        let types = self
            .resource_types
            .iter()
            .filter_map(move |name| service?.resource_type(name));
        types.flat_map(|kind| &kind.arns)
    }
}

/// The full name, such as `s3:GetObject`.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

/// AWS's own words.
impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::Tagging => "Tagging",
            Self::PermissionsManagement => "Permissions management",
        })
    }
}

/// Everything that the file holds.
#[derive(Debug, Default)]
struct Catalogue {
    source: &'static str,
    prefixes: Vec<&'static str>,
    with_rcp: Vec<&'static str>,
    namespaces: Vec<&'static str>,
    global_keys: Vec<ConditionKey>,
    services: Vec<Service>,
    /// Every key by its name in lower case, an open one by what stands before its opening.
    keys: HashMap<String, ConditionKey>,
}

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| read::catalogue(include_str!("catalogue/aws.txt")));
