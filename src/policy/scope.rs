//! What kind of request this is, as far as that decides which layers bear on it and how.

mod rcp_services;

use super::grant;
use super::kind::PolicyType;
use super::layers::{KeyManager, Policies};
use super::principal::{Principal, RoleSession};
use super::view::View;
use rcp_services::RCP_SERVICES;

/// What the request's caller, action and resource say about the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) target: Target,
    pub(super) accounts: Accounts,
    /// `sts:GetCallerIdentity`, which no policy can deny.
    pub(super) is_undeniable: bool,
    /// Nothing where SCPs limit the caller, else why they do not.
    pub(super) scp_exemption: Option<&'static str>,
    /// Nothing where RCPs limit the resource, else why they do not.
    pub(super) rcp_exemption: Option<&'static str>,
    /// Why no other account may do this to the key.
    pub(super) foreign_key_refusal: Option<&'static str>,
    /// Why the resource's policy cannot deny this.
    pub(super) resource_exemption: Option<&'static str>,
}

/// What the resource is, as far as its policy plays a part of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Its policy may grant by itself.
    Ordinary,
    /// A KMS key, whose policy must grant or pass the right on.
    Key,
    /// A role to be assumed, whose trust policy must grant or pass the right on.
    Role,
    /// A KMS alias, which has no policy.
    Alias,
}

impl Target {
    pub(super) fn of(view: &View<'_>) -> Self {
        let (service, id) = (view.arn.service(), view.arn.resource());
        let is_role = service == "iam" && id.starts_with("role/");
        let is_sts = view.service() == "sts";
        if is_sts && (is_role || view.operation().starts_with("assumerole")) {
            Self::Role
        } else if service == "kms" && id.starts_with("key/") {
            Self::Key
        } else if service == "kms" && id.starts_with("alias/") {
            Self::Alias
        } else {
            Self::Ordinary
        }
    }

    pub(super) fn policy_type(self) -> PolicyType {
        match self {
            Self::Key => PolicyType::Key,
            Self::Role => PolicyType::Trust,
            Self::Ordinary | Self::Alias => PolicyType::Resource,
        }
    }
}

/// Whether caller and resource belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accounts {
    /// Both belong to one account.
    Same,
    /// The resource is another account's.
    Cross,
    /// The caller belongs to no account, so only the resource's policy can grant.
    NoCaller,
}

impl Scope {
    pub(super) fn of(view: &View<'_>, policies: &Policies) -> Self {
        let target = Target::of(view);
        let accounts = accounts(view);
        let caller = &view.request.principal;
        Self {
            target,
            accounts,
            is_undeniable: view.action == "sts:getcalleridentity" && caller.account().is_some(),
            scp_exemption: scp_exemption(caller, policies),
            rcp_exemption: rcp_exemption(view, target, policies),
            foreign_key_refusal: foreign_key_refusal(view, target, accounts, policies),
            resource_exemption: resource_exemption(view, accounts),
        }
    }
}

fn accounts(view: &View<'_>) -> Accounts {
    match (view.request.principal.account(), &view.resource.account) {
        (None, _) => Accounts::NoCaller,
        (Some(caller), Some(owner)) if caller != owner => Accounts::Cross,
        // An owner that nobody names is taken for the caller's account.
        (Some(_), _) => Accounts::Same,
    }
}

/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
fn scp_exemption(caller: &Principal, policies: &Policies) -> Option<&'static str> {
    if policies.service_control.is_empty() {
        Some("no service control policies")
    } else if caller.account().is_none() {
        Some("service control policies limit users and roles of an account only")
    } else if caller.account() == policies.management_account.as_ref() {
        Some("service control policies do not limit the management account")
    } else if caller.is_service_linked() {
        Some("service control policies do not limit service-linked roles")
    } else {
        None
    }
}

/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
fn rcp_exemption(view: &View<'_>, target: Target, policies: &Policies) -> Option<&'static str> {
    let owner = view
        .resource
        .account
        .as_ref()
        .or_else(|| view.request.principal.account());
    if policies.resource_control.is_empty() {
        Some("no resource control policies")
    } else if owner.is_some() && owner == policies.management_account.as_ref() {
        Some("resource control policies do not limit resources of the management account")
    } else if view.request.principal.is_service_linked() {
        Some("resource control policies do not limit service-linked roles")
    } else if RCP_SERVICES.binary_search(&view.service()).is_err() {
        Some("the service does not support resource control policies")
    } else if view.resource.arn == "*" {
        Some("resource control policies limit resources only, and the action has none")
    } else if target == Target::Role && RoleSession::is_named_service_linked(role_name(view)) {
        Some("resource control policies do not limit who assumes a service-linked role")
    } else if target == Target::Key && policies.key_manager == KeyManager::Aws {
        Some("resource control policies do not limit AWS managed keys")
    } else if view.action == "kms:retiregrant" {
        Some("resource control policies do not limit `kms:RetireGrant`")
    } else {
        None
    }
}

/// The name of the role that is to be assumed, without its path.
fn role_name<'a>(view: &View<'a>) -> &'a str {
    let id = view.arn.resource();
    id.rsplit('/').next().unwrap_or(id)
}

/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html>
fn foreign_key_refusal(
    view: &View<'_>,
    target: Target,
    accounts: Accounts,
    policies: &Policies,
) -> Option<&'static str> {
    let is_kms = matches!(target, Target::Key | Target::Alias);
    if !is_kms || accounts != Accounts::Cross {
        return None;
    }
    let operation = view.action.strip_prefix("kms:").unwrap_or(&view.action);
    let is_shared = [grant::OPERATIONS, FOREIGN_KEY_OPERATIONS]
        .iter()
        .any(|operations| operations.contains(&operation));
    if policies.key_manager == KeyManager::Aws {
        Some("an AWS managed key cannot be used from another account")
    } else if !is_shared {
        Some("this operation does not work on another account's key, whoever allows it")
    } else {
        None
    }
}

/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
fn resource_exemption(view: &View<'_>, accounts: Accounts) -> Option<&'static str> {
    let is_owner = matches!(view.request.principal, Principal::Root { .. });
    let is_way_out = matches!(
        view.action.as_str(),
        "s3:getbucketpolicy" | "s3:putbucketpolicy" | "s3:deletebucketpolicy"
    );
    (is_owner && is_way_out && accounts == Accounts::Same).then_some(
        "no bucket policy keeps the root user of the bucket's account from reading, replacing or deleting it",
    )
}

/// What one may do with another account's key besides what a grant can allow, in lower case.
const FOREIGN_KEY_OPERATIONS: &[&str] = &[
    "getkeyrotationstatus",
    "listgrants",
    "reencrypt",
    "revokegrant",
];
