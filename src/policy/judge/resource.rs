//! What the resource's own side says: its policy, and a key's grants.

use crate::policy::caller::Grip;
use crate::policy::decision::{Layer, Outcome};
use crate::policy::recorder::Recorder;
use crate::policy::scope::{Accounts, Target};
use crate::policy::trace::PolicyTrace;

use super::{Bench, Union, plain_why};

impl<R: Recorder> Bench<'_, R> {
    pub(super) fn resource(&mut self) {
        let target = self.scope.target;
        if target == Target::Alias {
            let (outcome, why) = match self.scope.foreign_key_refusal {
                Some(why) => (Outcome::ImplicitlyDenied, why),
                None => (Outcome::NotApplicable, "an alias has no policy of its own"),
            };
            return self.close(Layer::Resource, outcome, why);
        }
        let is_needed = target != Target::Ordinary || self.scope.accounts != Accounts::Same;
        let policies = self.policies;
        let (outcome, why) = match &policies.resource {
            Some(policy) => {
                let policy = std::slice::from_ref(policy);
                let union = self.union(target.policy_type(), policy, None);
                self.judged.resource_grip = union.allows;
                outcome(union, is_needed)
            }
            None if is_needed => (
                Outcome::ImplicitlyDenied,
                "there is no policy, and one must allow this",
            ),
            None => (Outcome::NotApplicable, "there is no policy"),
        };
        let is_denied = outcome == Outcome::ExplicitlyDenied;
        let (outcome, why) = match (
            self.scope.resource_exemption,
            self.scope.foreign_key_refusal,
        ) {
            (Some(why), _) if is_denied => (Outcome::NotApplicable, why),
            (_, Some(why)) if !is_denied => (Outcome::ImplicitlyDenied, why),
            _ => (outcome, why),
        };
        self.close(Layer::Resource, outcome, why);
    }

    pub(super) fn grant(&mut self) {
        if self.scope.target != Target::Key || self.policies.grants.is_empty() {
            return self.close(Layer::Grant, Outcome::NotApplicable, "there is none");
        }
        for (index, grant) in self.policies.grants.iter().enumerate() {
            let judgement = grant.judge(self.view);
            self.judged.grant_grip = self.judged.grant_grip.max(judgement.allows);
            self.recorder.policy(|statements| PolicyTrace {
                index,
                name: grant.grant_id.clone(),
                level: None,
                outcome: match judgement.allows {
                    Some(_) => Outcome::Allowed,
                    None => Outcome::ImplicitlyDenied,
                },
                why: Some(judgement.why.into()),
                unspecified: judgement.unspecified,
                statements,
            });
        }
        let (outcome, why) = match self.judged.grant_grip {
            Some(Grip::Account) => (
                Outcome::Allowed,
                "a grant names the account, which must pass the right on by an identity policy",
            ),
            Some(_) => (Outcome::Allowed, "a grant allows"),
            None => (Outcome::ImplicitlyDenied, "no grant allows this"),
        };
        self.close(Layer::Grant, outcome, why);
    }
}

fn outcome(union: Union, is_needed: bool) -> (Outcome, &'static str) {
    match union {
        Union { denies: true, .. } => (
            Outcome::ExplicitlyDenied,
            plain_why(Outcome::ExplicitlyDenied),
        ),
        Union { allows: None, .. } => (
            Outcome::ImplicitlyDenied,
            plain_why(Outcome::ImplicitlyDenied),
        ),
        Union {
            allows: Some(Grip::Account),
            ..
        } if !is_needed => (
            Outcome::ImplicitlyDenied,
            "it names only the account, which adds nothing within that account",
        ),
        Union {
            allows: Some(Grip::Account),
            ..
        } => (
            Outcome::Allowed,
            "it names the account, which must pass the right on by an identity policy",
        ),
        Union {
            allows: Some(Grip::Role),
            ..
        } => (
            Outcome::Allowed,
            "it names the caller's role or user; boundary and session policy still limit",
        ),
        Union {
            allows: Some(_), ..
        } => (Outcome::Allowed, "it names the caller itself or everyone"),
    }
}
