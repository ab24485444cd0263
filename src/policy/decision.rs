//! What an evaluation comes to.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::trace::ResourceTrace;

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

impl Decision {
    /// All three.
    pub const ALL: [Self; 3] = [
        Self::Allowed,
        Self::ImplicitlyDenied,
        Self::ExplicitlyDenied,
    ];

    /// Whether the request may go ahead.
    #[must_use]
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }
}

/// What one layer says by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// It allows.
    Allowed,
    /// It neither allows nor denies.
    ImplicitlyDenied,
    /// It denies.
    ExplicitlyDenied,
    /// It plays no part in this request.
    #[default]
    NotApplicable,
}

impl Outcome {
    /// Whether the layer stands in nobody's way.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Allowed | Self::NotApplicable)
    }
}

/// A kind of policy, in the order in which AWS documents the evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Resource control policies.
    Rcp,
    /// Service control policies.
    Scp,
    /// A VPC endpoint's policy.
    Endpoint,
    /// The resource's own policy: bucket, key or trust policy.
    Resource,
    /// KMS grants.
    Grant,
    /// Policies of the user, its groups or the role.
    Identity,
    /// Permissions boundaries.
    Boundary,
    /// Session policies.
    Session,
}

impl Layer {
    /// Every layer, in order.
    pub const ALL: [Self; 8] = [
        Self::Rcp,
        Self::Scp,
        Self::Endpoint,
        Self::Resource,
        Self::Grant,
        Self::Identity,
        Self::Boundary,
        Self::Session,
    ];
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
    /// No policy that could grant says anything.
    Default,
}

impl DecidedBy {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Resource,
        Self::Boundary,
        Self::Session,
        Self::Scp,
        Self::Rcp,
        Self::Endpoint,
        Self::Grant,
        Self::Default,
    ];
}

impl From<Layer> for DecidedBy {
    fn from(layer: Layer) -> Self {
        match layer {
            Layer::Rcp => Self::Rcp,
            Layer::Scp => Self::Scp,
            Layer::Endpoint => Self::Endpoint,
            Layer::Resource => Self::Resource,
            Layer::Grant => Self::Grant,
            Layer::Identity => Self::Identity,
            Layer::Boundary => Self::Boundary,
            Layer::Session => Self::Session,
        }
    }
}

/// What every layer says by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Policies of the user, group or role.
    pub identity: Outcome,
    /// The resource's own policy.
    pub resource: Outcome,
    /// Permissions boundaries.
    pub boundary: Outcome,
    /// Session policies.
    pub session: Outcome,
    /// Service control policies.
    pub scp: Outcome,
    /// Resource control policies.
    pub rcp: Outcome,
    /// The VPC endpoint's policy.
    pub endpoint: Outcome,
    /// KMS grants.
    pub grant: Outcome,
}

impl Outcomes {
    /// What `layer` says.
    #[must_use]
    pub fn of(&self, layer: Layer) -> Outcome {
        match layer {
            Layer::Rcp => self.rcp,
            Layer::Scp => self.scp,
            Layer::Endpoint => self.endpoint,
            Layer::Resource => self.resource,
            Layer::Grant => self.grant,
            Layer::Identity => self.identity,
            Layer::Boundary => self.boundary,
            Layer::Session => self.session,
        }
    }
}

/// A decision without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// The layer that settled it.
    pub decided_by: DecidedBy,
    /// What every layer says by itself. Of several resources: the one that settled the decision.
    pub layers: Outcomes,
}

/// A decision with everything that led to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// Whether the request is allowed.
    pub decision: Decision,
    /// The layer that settled it.
    pub decided_by: DecidedBy,
    /// What every layer says by itself. Of several resources: the one that settled the decision.
    pub layers: Outcomes,
    /// The decision in one sentence; of a denial, in the form of AWS's access-denied messages.
    pub headline: String,
    /// One branch a resource.
    pub trace: Vec<ResourceTrace>,
}

impl Evaluation {
    /// The decision without its reasons.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict {
            decision: self.decision,
            decided_by: self.decided_by,
            layers: self.layers,
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::ImplicitlyDenied => "implicitly denied",
            Self::ExplicitlyDenied => "explicitly denied",
        })
    }
}
