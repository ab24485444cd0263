//! KMS grants that are missing, or that could be revoked.

use crate::policy::context::ContextValue;
use crate::policy::decision::{Layer, Outcome};
use crate::policy::grant::{Grant, GrantConstraints, GrantState};
use crate::policy::principal::Principal;
use crate::policy::scope::Target;
use crate::policy::view::View;
use crate::policy::written;

use super::case::{Candidate, Case, Proposal};
use super::context;
use super::edit::{Change, EditKind, Place};

/// A grant for the caller on the key, the token of one that KMS does not know of everywhere yet, or the encryption
/// context that one demands.
pub(super) fn candidates(case: &Case<'_>) -> Vec<Candidate> {
    let mut candidates: Vec<_> = tokens(case).collect();
    let constraints = case
        .policies
        .grants
        .iter()
        .filter_map(|grant| grant.constraints.as_ref());
    candidates.extend(constraints.flat_map(|constraints| contexts(case, constraints)));
    candidates.extend(created(case));
    candidates
}

fn tokens(case: &Case<'_>) -> impl Iterator<Item = Candidate> {
    let grants = case.policies.grants.iter().enumerate();
    let pending = grants.filter(|(_, grant)| grant.state == GrantState::Pending);
    pending.filter_map(|(index, grant)| {
        let token = grant.grant_token.clone()?;
        Some(Candidate {
            kind: EditKind::PassGrantToken,
            place: Place::Grant(index),
            before: String::new(),
            after: token.clone(),
            sentence: format!("pass the grant token `{token}`, or wait five minutes"),
            risk: 0,
            proposal: Proposal::Change(Change::PassToken(token)),
        })
    })
}

/// The encryption context with a pair more that a grant demands, or a pair less that it does not know.
fn contexts(case: &Case<'_>, constraints: &GrantConstraints) -> Vec<Candidate> {
    const PREFIX: &str = "kms:EncryptionContext:";
    let pairs = [
        &constraints.encryption_context_equals,
        &constraints.encryption_context_subset,
    ];
    let demanded = pairs.into_iter().flatten().flatten();
    let more = demanded.map(|(key, value)| {
        let value = ContextValue::Single(value.clone());
        context::candidate(case.request, &format!("{PREFIX}{key}"), Some(value))
    });
    let held = case.request.context.iter().map(|(key, _)| key);
    let is_pair = |key: &&str| {
        key.get(..PREFIX.len())
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case(PREFIX))
    };
    let less = held
        .filter(is_pair)
        .map(|key| context::candidate(case.request, key, None));
    more.chain(less).collect()
}

/// Whether a grant can allow this operation, evaluation tells.
fn created(case: &Case<'_>) -> Option<Candidate> {
    let [resource] = case.request.resources.as_slice() else {
        return None;
    };
    let view = View::new(case.request, resource);
    let operation = view.action.strip_prefix("kms:")?;
    if Target::of(&view) != Target::Key || operation.is_empty() {
        return None;
    }
    let grantee = match &case.request.principal {
        // Through the API a grant cannot be given to these.
        Principal::Service(_) | Principal::Federated { .. } | Principal::Anonymous => return None,
        caller => caller.principal_arn()?.to_string(),
    };
    let name = case.request.action.split_once(':')?.1.to_owned();
    let sentence = format!("create a grant that lets `{grantee}` do `{name}` with the key");
    let grant = Grant {
        grant_id: None,
        grantee_principal: grantee,
        operations: vec![name],
        constraints: None,
        retiring_principal: None,
        issuing_account: None,
        state: GrantState::Active,
        grant_token: None,
    };
    Some(Candidate {
        kind: EditKind::AddGrant,
        place: Place::Layer {
            layer: Layer::Grant,
            level: None,
        },
        before: String::new(),
        after: written::grants_to_json(std::slice::from_ref(&grant)),
        sentence,
        risk: 0,
        proposal: Proposal::Change(Change::AddGrant(grant)),
    })
}

/// The grants that allow, each revoked.
pub(super) fn revocations(case: &Case<'_>) -> Vec<Candidate> {
    let layers = case.branches().flat_map(|branch| &branch.layers);
    let grants = layers
        .filter(|trace| trace.layer == Layer::Grant)
        .flat_map(|trace| &trace.policies)
        .filter(|grant| grant.outcome == Outcome::Allowed);
    let numbered =
        grants.filter_map(|trace| Some((trace.index, case.policies.grants.get(trace.index)?)));
    numbered
        .map(|(index, grant)| revocation(index, grant))
        .collect()
}

fn revocation(index: usize, grant: &Grant) -> Candidate {
    let called = match &grant.grant_id {
        Some(id) => format!("the grant `{id}`"),
        None => format!("the grant for `{}`", grant.grantee_principal),
    };
    Candidate {
        kind: EditKind::RemoveGrant,
        place: Place::Grant(index),
        before: written::grants_to_json(std::slice::from_ref(grant)),
        after: String::new(),
        sentence: format!("revoke {called}"),
        risk: 0,
        proposal: Proposal::Change(Change::RemoveGrant(grant.clone())),
    }
}
