//! The kinds of policy, which differ in what they may hold.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyType {
    /// Attached to a user, group or role.
    Identity,
    /// Attached to a resource, such as a bucket.
    Resource,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// Says who may assume a role.
    Trust,
    /// A KMS key's own policy.
    Key,
    /// Given along when a session is asked for.
    Session,
    /// A permissions boundary.
    Boundary,
    /// A VPC endpoint's policy.
    Endpoint,
}

impl PolicyType {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Resource,
        Self::Scp,
        Self::Rcp,
        Self::Trust,
        Self::Key,
        Self::Session,
        Self::Boundary,
        Self::Endpoint,
    ];

    /// Whether its statements name who they are about.
    pub(super) fn principal(self) -> Presence {
        match self {
            Self::Identity | Self::Scp | Self::Session | Self::Boundary => Presence::Forbidden,
            Self::Resource | Self::Rcp | Self::Trust | Self::Key => Presence::Required,
            Self::Endpoint => Presence::Optional,
        }
    }

    /// Whether its statements name what they are about. A trust policy is about its role.
    pub(super) fn resource(self) -> Presence {
        match self {
            Self::Trust => Presence::Forbidden,
            _ => Presence::Required,
        }
    }
}

/// Whether an element must, may or must not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    Forbidden,
}

impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::Trust => "trust",
            Self::Key => "key",
            Self::Session => "session",
            Self::Boundary => "boundary",
            Self::Endpoint => "endpoint",
        })
    }
}

impl FromStr for PolicyType {
    type Err = ParsePolicyTypeError;

    fn from_str(text: &str) -> Result<Self, ParsePolicyTypeError> {
        let mut kinds = Self::ALL.into_iter();
        kinds
            .find(|kind| kind.to_string() == text)
            .ok_or(ParsePolicyTypeError)
    }
}

/// The text names no kind of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a policy is of type identity, resource, scp, rcp, trust, key, session, boundary or endpoint"
)]
pub struct ParsePolicyTypeError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_by_its_own_name() {
        for kind in PolicyType::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        assert_eq!("bucket".parse::<PolicyType>(), Err(ParsePolicyTypeError));
    }
}
