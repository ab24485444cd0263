//! The policies that bear on a request, layer by layer.

use crate::base::AccountId;

use super::compiled::CompiledPolicy;
use super::grant::Grant;

/// Every policy that bears on one request. Cheap to gather: compiled policies are shared, not copied.
///
/// Absent identity and resource policies and grants grant nothing; the other layers limit nothing where they are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// Inline and managed policies of the user, its groups, or the role.
    pub identity: Vec<CompiledPolicy>,
    /// Bucket policy, key policy or trust policy.
    pub resource: Option<CompiledPolicy>,
    /// Permissions boundaries of the caller.
    pub boundaries: Vec<CompiledPolicy>,
    /// The session's own policies.
    pub session: Vec<CompiledPolicy>,
    /// Service control policies of the caller's account, the organization's root first.
    pub service_control: Vec<Level>,
    /// Resource control policies of the resource's account, the organization's root first.
    /// `RCPFullAWSAccess` is implied at every level.
    pub resource_control: Vec<Level>,
    /// Policies of the VPC endpoint that the request goes through.
    pub endpoint: Vec<CompiledPolicy>,
    /// Grants on the KMS key that are in effect.
    pub grants: Vec<Grant>,
    /// The organization's management account, which SCPs and RCPs never limit.
    pub management_account: Option<AccountId>,
    /// Who manages the KMS key.
    pub key_manager: KeyManager,
}

/// The policies attached at one place of an organization: root, unit or account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// The root, unit or account they are attached to.
    pub id: String,
    /// What is attached there. No SCP at all allows nothing.
    pub policies: Vec<CompiledPolicy>,
}

/// Who manages a KMS key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyManager {
    /// The account.
    #[default]
    Customer,
    /// AWS, on behalf of one service.
    Aws,
}
