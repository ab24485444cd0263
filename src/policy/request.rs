//! The request that is judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Who wants to do what to which resources, and under which circumstances.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// Such as `s3:GetObject`.
    pub action: String,
    /// One or more; all must be allowed.
    pub resources: Vec<Resource>,
    /// Condition keys with their values.
    pub context: Context,
}

/// What is acted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// An ARN, or `*` for actions without resource.
    pub arn: String,
    /// The account that owns it, where known.
    pub account: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A user, role session, federated user or root user.
    Arn(crate::base::Arn),
    /// An AWS service, such as `lambda.amazonaws.com`.
    Service(String),
    /// Someone signed in at an identity provider.
    Federated {
        /// The provider's host name or ARN.
        provider: String,
    },
    /// Nobody known.
    Anonymous,
}

/// Condition keys with their values. Key names do not tell case apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context(BTreeMap<String, ContextValue>);

/// What a condition key holds in this request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ContextValue {
    /// The value of a single-valued key.
    Single(String),
    /// The values of a multi-valued key, even if it is one or none.
    Multiple(Vec<String>),
}
