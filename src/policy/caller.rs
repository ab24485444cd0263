//! Whom a `Principal` or `NotPrincipal` element names.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use std::sync::Arc;

use crate::base::{AccountId, Arn, Span};

use super::document::{NamedPrincipals, Principals};
use super::principal::Principal;
use super::trace::Truth;

/// How closely a resource policy names the caller. What is named more closely is limited by less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grip {
    /// Not at all.
    None,
    /// By the account, which may pass the right on.
    Account,
    /// By the role or user whose session it is.
    Role,
    /// By itself, or as everyone.
    Direct,
}

/// A `Principal` or `NotPrincipal`, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Callers {
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) written: Arc<str>,
    pub(super) span: Span,
    pub(super) who: Who,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    Everyone,
    Account {
        partition: Option<String>,
        account: AccountId,
    },
    User(Arn),
    Role {
        partition: String,
        account: AccountId,
        name: String,
    },
    Session(Arn),
    FederatedUser(Arn),
    Service(String),
    AnyService,
    Federated(String),
    AnyFederated,
    /// An id such as `AIDA…` that is left of a deleted user or role, or one that IAM has put in place of an ARN.
    UniqueId,
    /// With the reason in a short phrase.
    Illegal(&'static str),
}

impl Callers {
    pub(super) fn compile(written: &Principals) -> Self {
        let entries = match written {
            Principals::Everyone(span) => vec![Entry {
                written: "*".into(),
                span: *span,
                who: Who::Everyone,
            }],
            Principals::Named(kinds) => kinds.iter().flat_map(Self::entries).collect(),
            Principals::Illegal(span) => vec![Entry {
                written: Arc::default(),
                span: *span,
                who: Who::Illegal("neither `*` nor an object"),
            }],
        };
        Self { entries }
    }

    fn entries(named: &NamedPrincipals) -> impl Iterator<Item = Entry> {
        let legal = named.names.values.iter().map(|name| Entry {
            who: Who::of(&named.kind.value, &name.value),
            written: name.value.as_str().into(),
            span: name.span,
        });
        let illegal = named.names.illegal.iter().map(|illegal| Entry {
            who: Who::Illegal(NOT_A_STRING),
            written: Arc::default(),
            span: illegal.span,
        });
        legal.chain(illegal)
    }

    pub(super) fn is_everyone(&self) -> bool {
        matches!(
            self.entries.as_slice(),
            [Entry {
                who: Who::Everyone,
                ..
            }]
        )
    }

    /// Whether the caller is named, and how closely.
    pub(super) fn name(&self, caller: &Principal) -> (Truth, Grip) {
        let mut best = (Truth::NotMatched, Grip::None);
        for entry in &self.entries {
            let (truth, grip) = entry.who.names(caller);
            best = (best.0.or(truth), best.1.max(grip));
        }
        best
    }

    /// Whether every element of the caller's chain is named: its account, its user or role, its session.
    pub(super) fn cover(&self, caller: &Principal) -> Truth {
        if self
            .entries
            .iter()
            .any(|entry| matches!(entry.who, Who::Illegal(_)))
        {
            return Truth::CannotBeEvaluated;
        }
        let has = |wanted: Grip| {
            self.entries.iter().any(|entry| {
                let (_, grip) = entry.who.names(caller);
                grip == wanted || entry.who == Who::Everyone
            })
        };
        let is_covered = match caller {
            Principal::Service(_) | Principal::Federated { .. } | Principal::Anonymous => {
                has(Grip::Direct)
            }
            Principal::Root { .. } => has(Grip::Account),
            Principal::User { .. } | Principal::FederatedUser { user: None, .. } => {
                has(Grip::Account) && has(Grip::Direct)
            }
            Principal::Role(session) if session.session.is_none() => {
                has(Grip::Account) && has(Grip::Role)
            }
            Principal::Role(_) | Principal::FederatedUser { .. } => {
                has(Grip::Account) && has(Grip::Role) && has(Grip::Direct)
            }
        };
        Truth::from(is_covered)
    }
}

impl Who {
    pub(super) fn of(kind: &str, name: &str) -> Self {
        match (kind, name) {
            ("AWS", "*") => Self::Everyone,
            ("AWS", _) => Self::aws(name),
            ("Service", "*") => Self::AnyService,
            ("Federated", "*") => Self::AnyFederated,
            ("Service" | "Federated", _) if has_wildcard(name) => Self::Illegal(PARTIAL_WILDCARD),
            ("Service", _) => Self::Service(name.to_owned()),
            ("Federated", _) => Self::Federated(name.to_owned()),
            ("CanonicalUser", _) => {
                Self::Illegal("a canonical user id says nothing about the caller here")
            }
            _ => Self::Illegal("there is no such kind of principal"),
        }
    }

    fn aws(name: &str) -> Self {
        if let Some(account) = AccountId::new(name) {
            return Self::Account {
                partition: None,
                account,
            };
        }
        if name.contains("${") {
            return Self::Illegal("a principal cannot hold a variable");
        }
        if has_wildcard(name) {
            return Self::Illegal(PARTIAL_WILDCARD);
        }
        if is_unique_id(name) {
            return Self::UniqueId;
        }
        let Ok(arn) = name.parse::<Arn>() else {
            return Self::Illegal("neither an account nor an ARN");
        };
        let Some(account) = AccountId::new(&arn.account) else {
            return Self::Illegal("the ARN's account is not twelve digits");
        };
        let (kind, rest) = arn.resource.split_once('/').unwrap_or((&arn.resource, ""));
        match (arn.service.as_str(), kind) {
            ("iam", "root") if rest.is_empty() => Self::Account {
                partition: Some(arn.partition),
                account,
            },
            ("iam", "user") if !rest.is_empty() => Self::User(arn),
            ("iam", "role") if !rest.is_empty() => Self::Role {
                name: rest.rsplit('/').next().unwrap_or(rest).to_owned(),
                partition: arn.partition,
                account,
            },
            ("sts", "assumed-role") if rest.contains('/') => Self::Session(arn),
            ("sts", "federated-user") if !rest.is_empty() => Self::FederatedUser(arn),
            _ => Self::Illegal("the ARN names no principal"),
        }
    }

    /// Whether this names the caller, and how closely.
    pub(super) fn names(&self, caller: &Principal) -> (Truth, Grip) {
        let grip = match (self, caller) {
            (Self::Illegal(_), _) => return (Truth::CannotBeEvaluated, Grip::None),
            (Self::Everyone, _) => Grip::Direct,
            (Self::Account { partition, account }, _) => {
                let is_theirs = caller.account() == Some(account)
                    && partition
                        .as_ref()
                        .is_none_or(|partition| Some(partition) == partition_of(caller));
                if is_theirs { Grip::Account } else { Grip::None }
            }
            (Self::User(named), Principal::User { arn, .. }) if named == arn => Grip::Direct,
            (
                Self::User(named),
                Principal::FederatedUser {
                    user: Some(user), ..
                },
            ) if named == user => Grip::Role,
            (
                Self::Role {
                    partition,
                    account,
                    name,
                },
                Principal::Role(session),
            ) => {
                let is_theirs = *name == session.role
                    && *account == session.account
                    && *partition == session.partition;
                if is_theirs { Grip::Role } else { Grip::None }
            }
            (Self::Session(named), Principal::Role(session)) if *named == session.arn() => {
                Grip::Direct
            }
            (Self::FederatedUser(named), Principal::FederatedUser { arn, .. }) if named == arn => {
                Grip::Direct
            }
            (Self::Service(named), Principal::Service(service)) if named == service => Grip::Direct,
            (Self::AnyService, Principal::Service(_))
            | (Self::AnyFederated, Principal::Federated { .. }) => Grip::Direct,
            (Self::Federated(named), Principal::Federated { provider }) if named == provider => {
                Grip::Direct
            }
            _ => Grip::None,
        };
        (Truth::from(grip != Grip::None), grip)
    }
}

/// Why a value among others says nothing.
pub(super) const NOT_A_STRING: &str = "not a string";

const PARTIAL_WILDCARD: &str = "a principal cannot hold a wildcard among other characters";

fn partition_of(caller: &Principal) -> Option<&String> {
    match caller {
        Principal::Root { partition, .. } => Some(partition),
        Principal::User { arn, .. } | Principal::FederatedUser { arn, .. } => Some(&arn.partition),
        Principal::Role(session) => Some(&session.partition),
        Principal::Service(_) | Principal::Federated { .. } | Principal::Anonymous => None,
    }
}

fn has_wildcard(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes>
fn is_unique_id(name: &str) -> bool {
    let is_known = ["AIDA", "AROA", "AGPA", "ANPA", "AIPA"]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    is_known && name.len() >= 16 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
