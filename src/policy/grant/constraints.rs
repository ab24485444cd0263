//! What a grant demands of a request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::policy::context::Context;
use crate::policy::principal::Principal;
use crate::policy::request::Request;

/// What a request must look like for a grant to allow it. Keys and values tell case apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantConstraints {
    /// Its encryption context has exactly these pairs.
    #[serde(
        default,
        alias = "EncryptionContextEquals",
        skip_serializing_if = "Option::is_none"
    )]
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
    /// Its encryption context has at least these pairs.
    #[serde(
        default,
        alias = "EncryptionContextSubset",
        skip_serializing_if = "Option::is_none"
    )]
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
    /// Where a service asks, it does so for this resource (`aws:SourceArn`).
    #[serde(default, alias = "SourceArn", skip_serializing_if = "Option::is_none")]
    pub source_arn: Option<String>,
}

impl GrantConstraints {
    /// Why the encryption context of a request will not do.
    pub(super) fn context_refusal(&self, request: &Request) -> Option<&'static str> {
        let context = encryption_context(&request.context);
        if let Some(wanted) = &self.encryption_context_equals
            && !(wanted.len() == context.len() && holds(&context, wanted))
        {
            return Some("the encryption context is not the one that the grant demands");
        }
        if let Some(wanted) = &self.encryption_context_subset
            && !holds(&context, wanted)
        {
            return Some("the encryption context lacks a pair that the grant demands");
        }
        None
    }

    /// Why the resource for which a service asks will not do.
    pub(super) fn source_refusal(&self, request: &Request) -> Option<&'static str> {
        let wanted = self.source_arn.as_deref()?;
        if !matches!(request.principal, Principal::Service(_)) {
            return None;
        }
        let held = request.context.get_folded("aws:sourcearn");
        let held = held.and_then(|held| held.single());
        (held != Some(wanted)).then_some("the service asks for another resource (`aws:SourceArn`)")
    }

    /// Why a grant that the request would create is less strict than this one. The request holds the new grant's
    /// constraint as `kms:GrantConstraintType`, and its pairs as `kms:EncryptionContext:key`.
    pub(super) fn laxer(&self, request: &Request) -> Option<&'static str> {
        const LAXER: &str = "the new grant's constraint is less strict than that of this one";
        let context = &request.context;
        let kind = context.get_folded("kms:grantconstrainttype");
        let kind = kind.map_or(&[][..], |kind| kind.as_slice());
        let is = |name: &str| kind.iter().any(|kind| kind == name);
        let pairs = encryption_context(context);
        if let Some(wanted) = &self.encryption_context_equals
            && !(is("EncryptionContextEquals")
                && wanted.len() == pairs.len()
                && holds(&pairs, wanted))
        {
            return Some(LAXER);
        }
        if let Some(wanted) = &self.encryption_context_subset
            && !((is("EncryptionContextEquals") || is("EncryptionContextSubset"))
                && holds(&pairs, wanted))
        {
            return Some(LAXER);
        }
        None
    }
}

fn holds(context: &BTreeMap<&str, &str>, wanted: &BTreeMap<String, String>) -> bool {
    let is_pair =
        |(key, value): (&String, &String)| context.get(key.as_str()) == Some(&value.as_str());
    wanted.iter().all(is_pair)
}

/// The pairs that the request carries as `kms:EncryptionContext:key`, in the case in which they were written.
fn encryption_context(context: &Context) -> BTreeMap<&str, &str> {
    const PREFIX: &str = "kms:EncryptionContext:";
    let mut pairs = BTreeMap::new();
    for (key, value) in context.iter() {
        let (Some(prefix), Some(value)) = (key.get(..PREFIX.len()), value.single()) else {
            continue;
        };
        if prefix.eq_ignore_ascii_case(PREFIX) {
            pairs.insert(&key[PREFIX.len()..], value);
        }
    }
    pairs
}
