//! KMS grants.
//!
//! Sources: <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html>

mod constraints;
mod judge;

use serde::{Deserialize, Serialize};

pub use constraints::GrantConstraints;

/// A KMS grant on the key that the request is for. It only ever allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// The grant's id, for the trace.
    #[serde(default, alias = "GrantId", skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// Who may use it: the ARN of a user, role, session, federated user or account, or a service.
    #[serde(
        alias = "GranteePrincipal",
        alias = "granteeServicePrincipal",
        alias = "GranteeServicePrincipal"
    )]
    pub grantee_principal: String,
    /// For which operations, such as `Decrypt`. One that no grant can allow allows nothing.
    #[serde(alias = "Operations")]
    pub operations: Vec<String>,
    /// What the request must look like.
    #[serde(
        default,
        alias = "Constraints",
        skip_serializing_if = "Option::is_none"
    )]
    pub constraints: Option<GrantConstraints>,
    /// Who may retire it besides: an ARN like that of the grantee, or a service.
    #[serde(
        default,
        alias = "RetiringPrincipal",
        alias = "retiringServicePrincipal",
        alias = "RetiringServicePrincipal",
        skip_serializing_if = "Option::is_none"
    )]
    pub retiring_principal: Option<String>,
    /// The account that created it, as twelve digits or the ARN of its root; it may retire the grant.
    #[serde(
        default,
        alias = "IssuingAccount",
        skip_serializing_if = "Option::is_none"
    )]
    pub issuing_account: Option<String>,
    /// Whether KMS knows of it everywhere already.
    #[serde(default, skip_serializing_if = "GrantState::is_active")]
    pub state: GrantState,
    /// What makes it work before that, in a request that passes it along.
    #[serde(default, alias = "GrantToken", skip_serializing_if = "Option::is_none")]
    pub grant_token: Option<String>,
}

/// Whether KMS knows of a grant everywhere. That takes up to five minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GrantState {
    /// It does.
    #[default]
    Active,
    /// Not yet: the grant works only for a request that passes its token.
    Pending,
}

impl GrantState {
    fn is_active(&self) -> bool {
        *self == Self::Active
    }
}

/// The operations that a grant can allow, in lower case.
pub(super) const OPERATIONS: &[&str] = &[
    "creategrant",
    "decrypt",
    "derivesharedsecret",
    "describekey",
    "encrypt",
    "generatedatakey",
    "generatedatakeypair",
    "generatedatakeypairwithoutplaintext",
    "generatedatakeywithoutplaintext",
    "generatemac",
    "getpublickey",
    "reencryptfrom",
    "reencryptto",
    "retiregrant",
    "sign",
    "verify",
    "verifymac",
];
