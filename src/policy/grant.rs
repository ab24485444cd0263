//! KMS grants.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::caller::Who;
use super::context::Context;
use super::principal::Principal;
use super::trace::Truth;
use super::view::View;

/// A KMS grant that is in effect on the key that the request is for. It only ever allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// The grant's id, for the trace.
    #[serde(default, alias = "GrantId", skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// Who may use it: the ARN of a user, role, session, federated user or account, or a service.
    #[serde(alias = "GranteePrincipal")]
    pub grantee_principal: String,
    /// For which operations, such as `Decrypt`.
    #[serde(alias = "Operations")]
    pub operations: Vec<String>,
    /// Which encryption context the request must have.
    #[serde(
        default,
        alias = "Constraints",
        skip_serializing_if = "Option::is_none"
    )]
    pub constraints: Option<GrantConstraints>,
}

/// Which encryption context a request must have for a grant to allow it. Keys and values tell case apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantConstraints {
    /// Exactly these pairs.
    #[serde(
        default,
        alias = "EncryptionContextEquals",
        skip_serializing_if = "Option::is_none"
    )]
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
    /// At least these pairs.
    #[serde(
        default,
        alias = "EncryptionContextSubset",
        skip_serializing_if = "Option::is_none"
    )]
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
}

impl Grant {
    /// Why the grant does not allow the request, in a short phrase; nothing where it does.
    pub(super) fn refusal(&self, view: &View<'_>) -> Option<&'static str> {
        let operation = view.action.strip_prefix("kms:").unwrap_or_default();
        if !self
            .operations
            .iter()
            .any(|listed| listed.eq_ignore_ascii_case(operation))
        {
            return Some("the operation is not listed");
        }
        if !self.is_for(view) {
            return Some("the grantee is another principal");
        }
        // Operations without encryption context cannot be held to one.
        if matches!(operation, "describekey" | "retiregrant") {
            return None;
        }
        if operation == "creategrant" {
            return self
                .passes_on_more(view)
                .then_some("the new grant lists operations that this one lacks");
        }
        self.constraints
            .as_ref()
            .and_then(|constraints| constraints.refusal(view))
    }

    fn is_for(&self, view: &View<'_>) -> bool {
        let caller = &view.request.principal;
        let kind = match caller {
            Principal::Service(_) => "Service",
            _ => "AWS",
        };
        self.grantee_principal != "*"
            && Who::of(kind, &self.grantee_principal).names(caller).0 == Truth::Matched
    }

    /// Whether the grant to be created lists an operation that this one does not.
    fn passes_on_more(&self, view: &View<'_>) -> bool {
        let asked = view.request.context.get_folded("kms:grantoperations");
        let has = |asked: &String| {
            self.operations
                .iter()
                .any(|own| own.eq_ignore_ascii_case(asked))
        };
        asked.is_some_and(|asked| !asked.as_slice().iter().all(has))
    }
}

impl GrantConstraints {
    fn refusal(&self, view: &View<'_>) -> Option<&'static str> {
        let context = encryption_context(&view.request.context);
        let is_pair =
            |(key, value): (&String, &String)| context.get(key.as_str()) == Some(&value.as_str());
        if let Some(wanted) = &self.encryption_context_equals
            && !(wanted.len() == context.len() && wanted.iter().all(is_pair))
        {
            return Some("the encryption context is not the one that the grant demands");
        }
        if let Some(wanted) = &self.encryption_context_subset
            && !wanted.iter().all(is_pair)
        {
            return Some("the encryption context lacks a pair that the grant demands");
        }
        None
    }
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
