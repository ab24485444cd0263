//! The texts on the bench, by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The name of a text on the bench: unique there, and fit for an element's id. The page need not read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldId(String);

/// One text on the bench. Numbers count from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FieldId", into = "FieldId")]
pub(super) enum Field {
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

impl FieldId {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn parse(&self) -> Result<Field, UnknownField> {
        self.0.parse()
    }
}

impl From<String> for FieldId {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<Field> for FieldId {
    fn from(field: Field) -> Self {
        Self(field.to_string())
    }
}

impl TryFrom<FieldId> for Field {
    type Error = UnknownField;

    fn try_from(id: FieldId) -> Result<Self, UnknownField> {
        id.parse()
    }
}

/// No text has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no text on the bench has this name")]
pub(super) struct UnknownField;

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        let numbered = name.rsplit_once('-');
        let numbered = numbered.and_then(|(kind, number)| Some((kind, number.parse().ok()?)));
        match (name, numbered) {
            ("principal", _) => Ok(Self::Principal),
            ("action", _) => Ok(Self::Action),
            ("management-account", _) => Ok(Self::ManagementAccount),
            ("key-manager", _) => Ok(Self::KeyManager),
            ("grants", _) => Ok(Self::Grants),
            (_, Some(("resource", number))) => Ok(Self::Resource(number)),
            (_, Some(("account", number))) => Ok(Self::Account(number)),
            (_, Some(("key", number))) => Ok(Self::Key(number)),
            (_, Some(("values", number))) => Ok(Self::Values(number)),
            (_, Some(("policy", number))) => Ok(Self::Policy(number)),
            (_, Some(("name", number))) => Ok(Self::Name(number)),
            (_, Some(("level", number))) => Ok(Self::Level(number)),
            _ => Err(UnknownField),
        }
    }
}

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
