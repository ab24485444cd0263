//! What the layers' outcomes come to together.

use super::caller::Grip;
use super::decision::{DecidedBy, Decision, Layer, Outcome};
use super::judge::Judged;
use super::scope::{Accounts, Scope, Target};

type Settled = (Decision, DecidedBy);

/// A Deny anywhere decides. Then what must allow is asked in the documented order; the first that does not decides.
pub(super) fn settle(scope: &Scope, judged: &Judged) -> Settled {
    if scope.is_undeniable {
        return (Decision::Allowed, DecidedBy::Default);
    }
    let denies = |layer: &Layer| judged.outcomes.of(*layer) == Outcome::ExplicitlyDenied;
    if let Some(layer) = Layer::ALL.into_iter().find(denies) {
        return (Decision::ExplicitlyDenied, layer.into());
    }
    if let Err(layer) = pass(judged, &[Layer::Rcp, Layer::Scp, Layer::Endpoint]) {
        return denied(layer);
    }
    if scope.foreign_key_refusal.is_some() {
        return denied(Layer::Resource);
    }
    match scope.accounts {
        Accounts::Same => same_account(scope, judged),
        Accounts::Cross => cross_account(judged),
        Accounts::NoCaller => no_caller(judged),
    }
}

fn same_account(scope: &Scope, judged: &Judged) -> Settled {
    let settled = match judged.resource_grip {
        Some(Grip::Direct) => return allowed(Layer::Resource),
        Some(Grip::Role) => match pass(judged, &[Layer::Boundary, Layer::Session]) {
            Ok(()) => return allowed(Layer::Resource),
            Err(layer) => denied(layer),
        },
        Some(Grip::Account) if needs_policy(scope) => match identity_path(judged) {
            Ok(()) => return allowed(Layer::Identity),
            Err(layer) => denied(layer),
        },
        _ if needs_policy(scope) => nothing_grants(judged),
        _ => match identity_path(judged) {
            Ok(()) => return allowed(Layer::Identity),
            Err(Layer::Identity) => (Decision::ImplicitlyDenied, DecidedBy::Default),
            Err(layer) => denied(layer),
        },
    };
    by_grant(judged).unwrap_or(settled)
}

/// Both accounts must allow; how closely the resource's policy names the caller spares it nothing.
/// A grant needs no policy of either account.
fn cross_account(judged: &Judged) -> Settled {
    let settled = match judged.resource_grip {
        None => nothing_grants(judged),
        Some(_) => match identity_path(judged) {
            Err(layer) => denied(layer),
            Ok(()) => return allowed(Layer::Identity),
        },
    };
    by_grant(judged).unwrap_or(settled)
}

/// A grant that names the caller allows; one that names its account leaves it to an identity policy.
fn by_grant(judged: &Judged) -> Option<Settled> {
    let may = match judged.grant_grip? {
        Grip::Account => identity_path(judged).is_ok(),
        _ => true,
    };
    may.then_some(allowed(Layer::Grant))
}

fn no_caller(judged: &Judged) -> Settled {
    if judged.resource_grip.is_some() {
        return allowed(Layer::Resource);
    }
    by_grant(judged).unwrap_or((Decision::ImplicitlyDenied, DecidedBy::Default))
}

/// The resource's policy should grant and does not. If nothing else would either, no layer is to blame.
fn nothing_grants(judged: &Judged) -> Settled {
    if judged.outcomes.identity == Outcome::Allowed {
        denied(Layer::Resource)
    } else {
        (Decision::ImplicitlyDenied, DecidedBy::Default)
    }
}

fn needs_policy(scope: &Scope) -> bool {
    matches!(scope.target, Target::Key | Target::Role)
}

fn identity_path(judged: &Judged) -> Result<(), Layer> {
    if judged.outcomes.identity != Outcome::Allowed {
        return Err(Layer::Identity);
    }
    pass(judged, &[Layer::Boundary, Layer::Session])
}

/// The first layer that stands in the way.
fn pass(judged: &Judged, layers: &[Layer]) -> Result<(), Layer> {
    let stands_in_the_way = |layer: &&Layer| !judged.outcomes.of(**layer).passes();
    layers
        .iter()
        .find(stands_in_the_way)
        .map_or(Ok(()), |layer| Err(*layer))
}

fn allowed(layer: Layer) -> Settled {
    (Decision::Allowed, layer.into())
}

fn denied(layer: Layer) -> Settled {
    (Decision::ImplicitlyDenied, layer.into())
}
