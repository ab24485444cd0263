//! What every layer says by itself.

mod page;
mod resource;

use std::borrow::Cow;

use super::caller::Grip;
use super::compiled::CompiledPolicy;
use super::decision::{Layer, Outcome, Outcomes};
use super::document::Effect;
use super::kind::PolicyType;
use super::layers::{Level, Policies};
use super::principal::Principal;
use super::recorder::Recorder;
use super::scope::Scope;
use super::trace::{LayerTrace, PolicyTrace};
use super::view::View;

/// What every layer says, and how closely the resource's policy names the caller, where it allows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Judged {
    pub(super) outcomes: Outcomes,
    pub(super) resource_grip: Option<Grip>,
    /// The same of the grant that names it most closely.
    pub(super) grant_grip: Option<Grip>,
}

/// What a list of policies says together.
#[derive(Clone, Copy, Debug)]
struct Union {
    denies: bool,
    /// How closely the closest Allow names the caller; nothing where none applies.
    allows: Option<Grip>,
}

impl Union {
    const SILENT: Self = Self {
        denies: false,
        allows: None,
    };

    fn and(self, other: Self) -> Self {
        Self {
            denies: self.denies || other.denies,
            allows: self.allows.max(other.allows),
        }
    }

    /// Whether a statement of this effect could still change what the list says.
    fn is_open_to(self, effect: Option<Effect>) -> bool {
        match effect {
            Some(Effect::Allow) => self.allows != Some(Grip::Direct),
            Some(Effect::Deny) => !self.denies,
            None => false,
        }
    }

    fn outcome(self) -> Outcome {
        match self {
            Self { denies: true, .. } => Outcome::ExplicitlyDenied,
            Self {
                allows: Some(_), ..
            } => Outcome::Allowed,
            _ => Outcome::ImplicitlyDenied,
        }
    }
}

pub(super) fn judge<R: Recorder>(
    scope: &Scope,
    view: &View<'_>,
    policies: &Policies,
    recorder: &mut R,
) -> Judged {
    let mut bench = Bench {
        scope,
        view,
        policies,
        recorder,
        judged: Judged::default(),
    };
    if scope.is_undeniable {
        for layer in Layer::ALL {
            bench.close(
                layer,
                Outcome::NotApplicable,
                "nobody needs permission for this, and none can be taken away",
            );
        }
        return bench.judged;
    }
    for layer in Layer::ALL {
        match layer {
            Layer::Rcp => bench.rcp(),
            Layer::Scp => bench.scp(),
            Layer::Endpoint => bench.limit(layer, PolicyType::Endpoint, &policies.endpoint, true),
            Layer::Resource => bench.resource(),
            Layer::Grant => bench.grant(),
            Layer::Identity => bench.identity(),
            Layer::Boundary => {
                let applies = bench.may_be_bounded();
                bench.limit(layer, PolicyType::Boundary, &policies.boundaries, applies);
            }
            Layer::Session => {
                bench.limit(
                    layer,
                    PolicyType::Session,
                    &policies.session,
                    bench.has_identity(),
                );
            }
        }
    }
    bench.judged
}

struct Bench<'a, R> {
    scope: &'a Scope,
    view: &'a View<'a>,
    policies: &'a Policies,
    recorder: &'a mut R,
    judged: Judged,
}

impl<R: Recorder> Bench<'_, R> {
    fn close(&mut self, layer: Layer, outcome: Outcome, why: impl Into<Cow<'static, str>>) {
        self.judged.outcomes.set(layer, outcome);
        self.recorder.layer(|policies| LayerTrace {
            layer,
            outcome,
            why: why.into(),
            source: page::of(layer, self.scope).into(),
            policies,
        });
    }

    fn has_identity(&self) -> bool {
        self.view.request.principal.account().is_some()
    }

    /// Only users and roles have permissions boundaries, which limit their sessions too.
    fn may_be_bounded(&self) -> bool {
        self.has_identity() && !matches!(self.view.request.principal, Principal::Root { .. })
    }

    fn rcp(&mut self) {
        if let Some(why) = self.scope.rcp_exemption {
            return self.close(Layer::Rcp, Outcome::NotApplicable, why);
        }
        let mut denies = false;
        for level in &self.policies.resource_control {
            denies |= self
                .union(PolicyType::Rcp, &level.policies, Some(level))
                .denies;
        }
        if denies {
            self.close(
                Layer::Rcp,
                Outcome::ExplicitlyDenied,
                "a resource control policy denies",
            );
        } else {
            self.close(
                Layer::Rcp,
                Outcome::Allowed,
                "`RCPFullAWSAccess` allows at every level, and nothing denies",
            );
        }
    }

    /// Every level needs an Allow of its own, and a Deny at any level decides.
    fn scp(&mut self) {
        if let Some(why) = self.scope.scp_exemption {
            return self.close(Layer::Scp, Outcome::NotApplicable, why);
        }
        let (mut denies, mut silent) = (false, None);
        for level in &self.policies.service_control {
            let union = self.union(PolicyType::Scp, &level.policies, Some(level));
            denies |= union.denies;
            if union.allows.is_none() && silent.is_none() {
                silent = Some(level);
            }
        }
        match (denies, silent) {
            (true, _) => self.close(
                Layer::Scp,
                Outcome::ExplicitlyDenied,
                "a service control policy denies",
            ),
            (false, Some(level)) if R::LISTENS => {
                let why = format!("nothing attached to `{}` allows this", level.id);
                self.close(Layer::Scp, Outcome::ImplicitlyDenied, why);
            }
            (false, Some(_)) => self.close(Layer::Scp, Outcome::ImplicitlyDenied, ""),
            (false, None) => self.close(Layer::Scp, Outcome::Allowed, "every level allows"),
        }
    }

    /// A layer that limits where there is one.
    fn limit(
        &mut self,
        layer: Layer,
        kind: PolicyType,
        policies: &[CompiledPolicy],
        applies: bool,
    ) {
        if policies.is_empty() {
            return self.close(
                layer,
                Outcome::NotApplicable,
                "there is none, so it limits nothing",
            );
        }
        if !applies {
            return self.close(
                layer,
                Outcome::NotApplicable,
                "it does not limit this kind of caller",
            );
        }
        let outcome = self.union(kind, policies, None).outcome();
        self.close(layer, outcome, plain_why(outcome));
    }

    fn identity(&mut self) {
        match self.view.request.principal {
            Principal::Service(_) | Principal::Federated { .. } | Principal::Anonymous => {
                self.close(
                    Layer::Identity,
                    Outcome::NotApplicable,
                    "the caller belongs to no account",
                );
            }
            Principal::Root { .. } => {
                let why = "the root user may do everything in its own account and has no policies of its own";
                self.close(Layer::Identity, Outcome::Allowed, why);
            }
            Principal::User { .. } | Principal::Role(_) | Principal::FederatedUser { .. } => {
                let outcome = self
                    .union(PolicyType::Identity, &self.policies.identity, None)
                    .outcome();
                self.close(Layer::Identity, outcome, plain_why(outcome));
            }
        }
    }

    fn union(
        &mut self,
        kind: PolicyType,
        policies: &[CompiledPolicy],
        level: Option<&Level>,
    ) -> Union {
        let mut union = Union::SILENT;
        for (index, policy) in policies.iter().enumerate() {
            let one = self.policy(kind, policy, union);
            union = union.and(one);
            self.recorder.policy(|statements| PolicyTrace {
                index,
                name: policy.name().map(str::to_owned),
                level: level.map(|level| level.id.clone()),
                outcome: one.outcome(),
                why: None,
                unspecified: None,
                statements,
            });
        }
        union
    }

    /// What a policy of a list says. Where nobody listens it stops asking as soon as that adds nothing to what the ones before
    /// it have said.
    fn policy(&mut self, kind: PolicyType, policy: &CompiledPolicy, before: Union) -> Union {
        let is_bounded = !self.policies.boundaries.is_empty() && self.may_be_bounded();
        let mut union = Union::SILENT;
        for statement in policy.statements() {
            if !R::LISTENS && !before.and(union).is_open_to(statement.effect) {
                continue;
            }
            let judgement = statement.judge(kind, self.view, is_bounded, self.recorder);
            if !statement.applies(judgement.truth) {
                continue;
            }
            match statement.effect {
                Some(Effect::Allow) => union.allows = union.allows.max(Some(judgement.grip)),
                Some(Effect::Deny) => union.denies = true,
                None => {}
            }
        }
        union
    }
}

fn plain_why(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "a statement allows, and none denies",
        Outcome::ExplicitlyDenied => "a statement denies",
        Outcome::ImplicitlyDenied => "no statement allows this",
        Outcome::NotApplicable => "it plays no part",
    }
}
