//! Whether a grant allows a request.

use crate::policy::caller::{Grip, Who};
use crate::policy::principal::Principal;
use crate::policy::trace::Unspecified;
use crate::policy::view::View;

use super::{Grant, GrantState, OPERATIONS};

/// What a grant says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Judgement {
    /// How closely it names the caller, where it allows. Who is named by the account needs an identity policy too.
    pub(in crate::policy) allows: Option<Grip>,
    /// Why, in a short phrase.
    pub(in crate::policy) why: &'static str,
    pub(in crate::policy) unspecified: Option<Unspecified>,
}

impl Grant {
    pub(in crate::policy) fn judge(&self, view: &View<'_>) -> Judgement {
        let operation = view.action.strip_prefix("kms:").unwrap_or_default();
        if let Some(why) = self.is_unknown_yet(view) {
            return refused(why);
        }
        if operation == "retiregrant"
            && let Some(retires) = self.retired_by(&view.request.principal)
        {
            return retires;
        }
        match self.refusal(operation, view) {
            Some(why) => refused(why),
            None => self.allowed(operation, view),
        }
    }

    fn is_unknown_yet(&self, view: &View<'_>) -> Option<&'static str> {
        let is_passed = |token: &String| view.request.grant_tokens.contains(token);
        let is_usable =
            self.state == GrantState::Active || self.grant_token.as_ref().is_some_and(is_passed);
        (!is_usable).then_some(
            "KMS does not know of the grant everywhere yet, and the request does not pass its token",
        )
    }

    /// Why the grantee may not, in a short phrase.
    fn refusal(&self, operation: &str, view: &View<'_>) -> Option<&'static str> {
        let is_listed = |listed: &String| listed.eq_ignore_ascii_case(operation);
        if !self.operations.iter().any(is_listed) {
            return Some("the operation is not listed");
        }
        if !OPERATIONS.contains(&operation) {
            return Some("no grant can allow this operation");
        }
        if named(&self.grantee_principal, &view.request.principal).is_none() {
            return Some("the grantee is another principal");
        }
        let constraints = self.constraints.as_ref();
        if let Some(why) =
            constraints.and_then(|constraints| constraints.source_refusal(view.request))
        {
            return Some(why);
        }
        match operation {
            // Operations without encryption context cannot be held to one.
            "describekey" | "retiregrant" => None,
            "creategrant" => self
                .lacks_operation(view)
                .then_some("the new grant lists operations that this one lacks")
                .or_else(|| constraints?.laxer(view.request)),
            _ => constraints?.context_refusal(view.request),
        }
    }

    fn allowed(&self, operation: &str, view: &View<'_>) -> Judgement {
        let is_account = named(&self.grantee_principal, &view.request.principal)
            == Some(Grip::Account)
            && !matches!(view.request.principal, Principal::Root { .. });
        let is_open = operation == "creategrant" && granted_operations(view).is_none();
        Judgement {
            allows: Some(Grip::Direct),
            why: "grantee, operation and constraints fit",
            unspecified: if is_account {
                Some(Unspecified::AccountGrantee)
            } else {
                is_open.then_some(Unspecified::UnknownGrantOperations)
            },
        }
    }

    /// Who may retire the grant though it does not list `RetireGrant`: its retiring principal, and the account that
    /// created it, which may pass the right on by an identity policy, as may an account that is the retiring principal.
    fn retired_by(&self, caller: &Principal) -> Option<Judgement> {
        let retiring = self.retiring_principal.as_deref();
        let retiring = retiring.and_then(|retiring| named(retiring, caller));
        let issuing = self.issuing_account.as_deref();
        let issuing = issuing.and_then(|issuing| named(issuing, caller));
        let (grip, why) = match (retiring, issuing) {
            (Some(grip), _) => (grip, "the retiring principal may retire the grant"),
            (None, Some(grip)) => (grip, "the account that created the grant may retire it"),
            (None, None) => return None,
        };
        let is_root = matches!(caller, Principal::Root { .. });
        Some(Judgement {
            allows: Some(if is_root { Grip::Direct } else { grip }),
            why,
            unspecified: None,
        })
    }

    /// Whether the grant to be created lists an operation that this one does not.
    fn lacks_operation(&self, view: &View<'_>) -> bool {
        let has = |asked: &String| {
            let mut own = self.operations.iter();
            own.any(|own| own.eq_ignore_ascii_case(asked))
        };
        granted_operations(view).is_some_and(|asked| !asked.iter().all(has))
    }
}

fn granted_operations<'a>(view: &View<'a>) -> Option<&'a [String]> {
    let asked = view.request.context.get_folded("kms:grantoperations");
    asked.map(|asked| asked.as_slice())
}

/// How closely a grant's principal names the caller. Everyone is nobody here.
fn named(principal: &str, caller: &Principal) -> Option<Grip> {
    let kind = match caller {
        Principal::Service(_) => "Service",
        _ => "AWS",
    };
    if principal == "*" {
        return None;
    }
    let (_, grip) = Who::of(kind, principal).names(caller);
    (grip != Grip::None).then_some(grip)
}

fn refused(why: &'static str) -> Judgement {
    Judgement {
        allows: None,
        why,
        unspecified: None,
    }
}
