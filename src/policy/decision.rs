//! What an evaluation comes to.

use serde::{Deserialize, Serialize};

/// Whether the request is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decision {
    /// Every layer that must allow does, and none denies.
    Allowed,
    /// No statement denies, and some layer that must allow does not.
    ImplicitlyDenied,
    /// A statement with `"Effect": "Deny"` applies.
    ExplicitlyDenied,
}

/// The layer that settled the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecidedBy {
    /// Policies of the user, group or role.
    Identity,
    /// The resource's own policy: bucket, key or trust policy.
    Resource,
    /// A permissions boundary.
    Boundary,
    /// A session policy.
    Session,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// A VPC endpoint's policy.
    Endpoint,
    /// A KMS grant.
    Grant,
    /// No statement anywhere applies.
    Default,
}

/// A decision with everything that led to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// The layer that settled it.
    pub decided_by: DecidedBy,
}
