//! The texts on the bench, by name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One text on the bench. Numbers count from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Who asks.
    Principal,
    /// What for.
    Action,
    /// Of which resource.
    Resource(usize),
    /// Whose that resource is.
    Account(usize),
    /// The name of a condition key.
    Key(usize),
    /// What it holds.
    Values(usize),
    /// Which account manages the organization.
    ManagementAccount,
    /// Who manages the KMS key.
    KeyManager,
    /// A policy.
    Policy(usize),
    /// Its name.
    Name(usize),
    /// Where in the organization it is attached.
    Level(usize),
    /// The grants on the KMS key.
    Grants,
}

/// A name that is unique on the bench and fits an element's id.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal => f.write_str("principal"),
            Self::Action => f.write_str("action"),
            Self::Resource(number) => write!(f, "resource-{number}"),
            Self::Account(number) => write!(f, "account-{number}"),
            Self::Key(number) => write!(f, "key-{number}"),
            Self::Values(number) => write!(f, "values-{number}"),
            Self::ManagementAccount => f.write_str("management-account"),
            Self::KeyManager => f.write_str("key-manager"),
            Self::Policy(number) => write!(f, "policy-{number}"),
            Self::Name(number) => write!(f, "name-{number}"),
            Self::Level(number) => write!(f, "level-{number}"),
            Self::Grants => f.write_str("grants"),
        }
    }
}
