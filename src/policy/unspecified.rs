//! Cases that AWS's documentation leaves open.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A case that AWS's documentation leaves open, so that the evaluation follows a reading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unspecified {
    /// `NotPrincipal` lists a part of the caller's chain only.
    NotPrincipalChain,
    /// A multi-valued key under an operator without `ForAllValues` or `ForAnyValue`.
    MissingSetOperator,
    /// A variable holds a wildcard or another variable.
    WildcardInVariable,
    /// What the request holds is not of the type that the operator compares.
    IncomparableValue,
    /// The grantee is an account, and one of its users or roles asks.
    AccountGrantee,
    /// A grant passes `CreateGrant` on, and the request does not say for which operations.
    UnknownGrantOperations,
}

/// In one sentence: what is open, and the reading taken.
impl fmt::Display for Unspecified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, reading) = match self {
            Self::NotPrincipalChain => (
                "in which services a `NotPrincipal` that lists only a part of account, user or role, and session denies; it says that it might",
                "it denies",
            ),
            Self::MissingSetOperator => (
                "what a multi-valued key without set operator comes to",
                "nothing matches",
            ),
            Self::WildcardInVariable => (
                "whether a wildcard or variable within a variable's value counts",
                "it is plain text",
            ),
            Self::IncomparableValue => (
                "what a value comes to that is not of the operator's type",
                "it cannot be evaluated, so it allows nothing and stops no deny",
            ),
            Self::AccountGrantee => (
                "whether a user or role needs an identity policy where the grantee is its account",
                "it needs none",
            ),
            Self::UnknownGrantOperations => (
                "what follows where the new grant's operations are unknown",
                "they are taken for allowed",
            ),
        };
        write!(f, "AWS does not specify {open}; here {reading}")
    }
}
