//! The policies that bear on a request, layer by layer.

use serde::{Deserialize, Serialize};

/// Every policy that bears on one request. Empty layers limit nothing and grant nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// Inline and managed policies of the user, its groups, or the role. Documents as text until they are compiled.
    pub identity: Vec<String>,
    /// Bucket policy, key policy or trust policy.
    pub resource: Option<String>,
    /// Permissions boundaries of the caller.
    pub boundaries: Vec<String>,
    /// The session's own policies.
    pub session: Vec<String>,
    /// Service control policies, the organization's root first.
    pub service_control: Vec<Level>,
    /// Resource control policies, the organization's root first.
    pub resource_control: Vec<Level>,
    /// Policies of the VPC endpoints on the way.
    pub endpoint: Vec<String>,
    /// Grants on the KMS key.
    pub grants: Vec<Grant>,
    /// The organization's management account.
    pub management_account: Option<String>,
    /// Who manages the KMS key.
    pub key_manager: KeyManager,
}

/// The policies attached at one place of an organization: root, unit or account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// The root, unit or account they are attached to.
    pub id: String,
    /// What is attached there.
    pub policies: Vec<String>,
}

/// A KMS grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who may use it.
    pub grantee_principal: String,
    /// For which operations.
    pub operations: Vec<String>,
}

/// Who manages a KMS key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyManager {
    /// The account.
    #[default]
    Customer,
    /// AWS, on behalf of one service.
    Aws,
}
