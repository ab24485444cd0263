//! The request that is judged.

use crate::base::AccountId;

use super::context::Context;
use super::kind::PolicyType;
use super::principal::Principal;
use super::scope::Target;
use super::view::View;

/// Who wants to do what to which resources, and under which circumstances.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// Such as `s3:GetObject`; its case does not matter.
    pub action: String,
    /// One or more; all must be allowed.
    pub resources: Vec<Resource>,
    /// Condition keys with their values.
    pub context: Context,
    /// Tokens of KMS grants that are too young to be known everywhere.
    pub grant_tokens: Vec<String>,
}

impl Request {
    /// A request for one resource with an empty context.
    #[must_use]
    pub fn new(principal: Principal, action: impl Into<String>, resource: Resource) -> Self {
        Self {
            principal,
            action: action.into(),
            resources: vec![resource],
            context: Context::new(),
            grant_tokens: Vec::new(),
        }
    }

    /// What kind of policy its resources have, as far as the request says: a key's, a role's or another.
    #[must_use]
    pub fn resource_policy_type(&self) -> PolicyType {
        let resources = self.resources.iter();
        let mut kinds =
            resources.map(|resource| Target::of(&View::new(self, resource)).policy_type());
        kinds
            .find(|kind| *kind != PolicyType::Resource)
            .unwrap_or(PolicyType::Resource)
    }

    /// The same request with this context.
    #[must_use]
    pub fn with_context(self, context: Context) -> Self {
        Self { context, ..self }
    }
}

/// What is acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// An ARN, or `*` for actions without resource.
    pub arn: String,
    /// The account that owns it. Where nobody says and the ARN does not, it counts as the caller's.
    pub account: Option<AccountId>,
}

impl Resource {
    /// The resource that `arn` names; its owner is read from the ARN where that holds one.
    #[must_use]
    pub fn new(arn: impl Into<String>) -> Self {
        let arn = arn.into();
        let account = arn.split(':').nth(4).and_then(AccountId::new);
        Self { arn, account }
    }

    /// The same resource, owned by `account`.
    #[must_use]
    pub fn owned_by(self, account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..self
        }
    }
}
