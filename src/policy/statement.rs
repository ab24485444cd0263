//! One statement, compiled, and whether it applies to a request.

mod compile;
mod entry;
mod words;

use std::sync::Arc;

use crate::base::Span;

use super::action::ActionPattern;
use super::caller::{Callers, Grip};
use super::condition::Condition;
use super::document::{Effect, Illegal};
use super::kind::{PolicyType, Presence};
use super::recorder::Recorder;
use super::trace::{ClauseTrace, StatementTrace, Truth, Unspecified};
use super::view::View;
use entry::{Entry, ResourcePattern, any, negated_if};
use words::{Listing, caller_trace, illegal_clause, named_why, not_principal_why};

/// A statement, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    index: usize,
    sid: Option<Arc<str>>,
    span: Span,
    pub(super) effect: Option<Effect>,
    principal: Option<Clause<Callers>>,
    action: Option<Clause<Vec<Entry<ActionPattern>>>>,
    resource: Option<Clause<Vec<Entry<ResourcePattern>>>>,
    conditions: Vec<Condition>,
    illegal: Vec<Illegal>,
}

/// An element or its `Not…` form.
#[derive(Clone, Debug, PartialEq)]
struct Clause<T> {
    is_negated: bool,
    span: Span,
    value: T,
}

/// What a statement came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judgement {
    pub(super) truth: Truth,
    /// How closely its `Principal` names the caller.
    pub(super) grip: Grip,
}

impl Statement {
    /// Whether the statement applies to the request, as a statement of a policy of this kind.
    /// `is_bounded` says whether the caller has a permissions boundary.
    pub(super) fn judge<R: Recorder>(
        &self,
        kind: PolicyType,
        view: &View<'_>,
        is_bounded: bool,
        recorder: &mut R,
    ) -> Judgement {
        let (truth, grip) = self.truth(kind, view, is_bounded, recorder);
        recorder.statement(|clauses| StatementTrace {
            index: self.index,
            sid: self.sid.clone(),
            effect: self.effect,
            result: truth,
            applies: self.applies(truth),
            clauses,
            span: self.span,
        });
        Judgement { truth, grip }
    }

    /// An Allow counts where all of it matches, a Deny also where that cannot be told.
    pub(super) fn applies(&self, truth: Truth) -> bool {
        match self.effect {
            Some(Effect::Allow) => truth == Truth::Matched,
            Some(Effect::Deny) => truth != Truth::NotMatched,
            None => false,
        }
    }

    fn truth<R: Recorder>(
        &self,
        kind: PolicyType,
        view: &View<'_>,
        is_bounded: bool,
        recorder: &mut R,
    ) -> (Truth, Grip) {
        let stops = |truth: Truth| !R::LISTENS && truth == Truth::NotMatched;
        let mut truth = self.action(kind, view, recorder);
        if stops(truth) {
            return (truth, Grip::None);
        }
        truth = truth.and(self.resource(kind, view, recorder));
        if stops(truth) {
            return (truth, Grip::None);
        }
        let (named, grip) = self.principal(kind, view, is_bounded, recorder);
        truth = truth.and(named);
        for condition in &self.conditions {
            if stops(truth) {
                return (truth, grip);
            }
            truth = truth.and(condition.test(view, recorder));
        }
        for illegal in &self.illegal {
            truth = truth.and(Truth::CannotBeEvaluated);
            recorder.clause(|| {
                illegal_clause(
                    illegal.element.clone(),
                    illegal.why.clone().into(),
                    illegal.span,
                )
            });
        }
        if kind == PolicyType::Rcp && self.effect == Some(Effect::Allow) && !self.is_full_access() {
            truth = truth.and(Truth::CannotBeEvaluated);
            recorder.clause(|| {
                illegal_clause(
                    "Effect",
                    "only `RCPFullAWSAccess` allows among resource control policies".into(),
                    self.span,
                )
            });
        }
        (truth, grip)
    }

    /// Whether this is the statement of `RCPFullAWSAccess`.
    fn is_full_access(&self) -> bool {
        let plain = |is_negated: bool| !is_negated && self.conditions.is_empty();
        let actions = self.action.iter().filter(|clause| plain(clause.is_negated));
        let mut actions = actions
            .flat_map(|clause| &clause.value)
            .filter_map(Entry::legal);
        let resources = self
            .resource
            .iter()
            .filter(|clause| plain(clause.is_negated));
        let mut resources = resources
            .flat_map(|clause| &clause.value)
            .filter_map(Entry::legal);
        let mut callers = self
            .principal
            .iter()
            .filter(|clause| plain(clause.is_negated));
        actions.any(|action| *action == ActionPattern::Everything)
            && resources.any(ResourcePattern::is_everything)
            && callers.any(|clause| clause.value.is_everyone())
    }

    fn action<R: Recorder>(&self, kind: PolicyType, view: &View<'_>, recorder: &mut R) -> Truth {
        let Some(clause) = &self.action else {
            recorder.clause(|| {
                illegal_clause("Action", "the statement has no `Action`".into(), self.span)
            });
            return Truth::CannotBeEvaluated;
        };
        let test = |action: &ActionPattern| {
            Truth::from(action.matches_parts(view.service(), view.operation()))
        };
        let truth = negated_if(
            clause.is_negated,
            any(&clause.value, test),
            clause.value.is_empty(),
        );
        let is_misplaced = clause.is_negated && kind == PolicyType::Rcp;
        let truth = if is_misplaced {
            truth.and(Truth::CannotBeEvaluated)
        } else {
            truth
        };
        recorder.clause(|| ClauseTrace {
            element: Listing::Action.name(clause.is_negated).into(),
            operator: None,
            key: None,
            request: Some(view.told_action()),
            values: clause
                .value
                .iter()
                .map(|entry| entry.trace(test, |_| "the action differs", |_| None))
                .collect(),
            result: truth,
            why: if is_misplaced {
                "a resource control policy cannot hold `NotAction`".into()
            } else {
                Listing::Action.why(truth, clause.is_negated).into()
            },
            unspecified: None,
            span: clause.span,
            source: Listing::Action.page(clause.is_negated).into(),
        });
        truth
    }

    fn resource<R: Recorder>(&self, kind: PolicyType, view: &View<'_>, recorder: &mut R) -> Truth {
        let clause = match (&self.resource, kind.resource()) {
            (Some(clause), Presence::Required | Presence::Optional) => clause,
            (None, Presence::Forbidden | Presence::Optional) => return Truth::Matched,
            (Some(clause), Presence::Forbidden) => {
                recorder.clause(|| {
                    illegal_clause(
                        "Resource",
                        "a trust policy names no resource".into(),
                        clause.span,
                    )
                });
                return Truth::CannotBeEvaluated;
            }
            (None, Presence::Required) if kind == PolicyType::Key => {
                recorder.clause(|| ClauseTrace {
                    result: Truth::NotMatched,
                    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html".into(),
                    ..illegal_clause(
                        "Resource",
                        "a statement of a key policy without `Resource` has no effect".into(),
                        self.span,
                    )
                });
                return Truth::NotMatched;
            }
            (None, Presence::Required) => {
                recorder.clause(|| {
                    illegal_clause(
                        "Resource",
                        "the statement has no `Resource`".into(),
                        self.span,
                    )
                });
                return Truth::CannotBeEvaluated;
            }
        };
        let test = |resource: &ResourcePattern| resource.judge(kind, view);
        let truth = negated_if(
            clause.is_negated,
            any(&clause.value, test),
            clause.value.is_empty(),
        );
        let difference = |resource: &ResourcePattern| resource.difference(kind, view);
        let meant = |resource: &ResourcePattern| resource.meant(view);
        recorder.clause(|| ClauseTrace {
            element: Listing::Resource.name(clause.is_negated).into(),
            operator: None,
            key: None,
            request: Some(view.told_resource()),
            values: clause
                .value
                .iter()
                .map(|entry| entry.trace(test, difference, meant))
                .collect(),
            result: truth,
            why: Listing::Resource.why(truth, clause.is_negated).into(),
            unspecified: clause
                .value
                .iter()
                .filter_map(Entry::legal)
                .filter_map(|resource| resource.template.as_ref())
                .any(|template| template.has_telling_value(view))
                .then_some(Unspecified::WildcardInVariable),
            span: clause.span,
            source: Listing::Resource.page(clause.is_negated).into(),
        });
        truth
    }

    fn principal<R: Recorder>(
        &self,
        kind: PolicyType,
        view: &View<'_>,
        is_bounded: bool,
        recorder: &mut R,
    ) -> (Truth, Grip) {
        let clause = match (&self.principal, kind.principal()) {
            (Some(clause), Presence::Required | Presence::Optional) => clause,
            (None, Presence::Forbidden | Presence::Optional) => {
                return (Truth::Matched, Grip::Direct);
            }
            (Some(clause), Presence::Forbidden) => {
                let element = Listing::Principal.name(clause.is_negated);
                recorder.clause(|| {
                    illegal_clause(
                        element,
                        "this kind of policy names no principal".into(),
                        clause.span,
                    )
                });
                return (Truth::CannotBeEvaluated, Grip::None);
            }
            (None, Presence::Required) => {
                recorder.clause(|| {
                    illegal_clause(
                        "Principal",
                        "the statement has no `Principal`".into(),
                        self.span,
                    )
                });
                return (Truth::CannotBeEvaluated, Grip::None);
            }
        };
        let caller = &view.request.principal;
        let misplaced = self.misplaced_principal(kind, clause);
        let (mut truth, grip) = if clause.is_negated {
            let exempt = if is_bounded {
                Truth::NotMatched
            } else {
                clause.value.cover(caller)
            };
            (exempt.negated(), Grip::Direct)
        } else {
            clause.value.name(caller)
        };
        if misplaced.is_some() {
            truth = truth.and(Truth::CannotBeEvaluated);
        }
        recorder.clause(|| ClauseTrace {
            element: Listing::Principal.name(clause.is_negated).into(),
            operator: None,
            key: None,
            request: Some(view.told_caller()),
            values: clause
                .value
                .entries
                .iter()
                .map(|entry| caller_trace(entry, view))
                .collect(),
            result: truth,
            why: match (misplaced, clause.is_negated) {
                (Some(why), _) => why.into(),
                (None, false) => named_why(truth, grip).into(),
                (None, true) => not_principal_why(truth, is_bounded).into(),
            },
            unspecified: (clause.is_negated
                && truth == Truth::Matched
                && !is_bounded
                && clause.value.name(caller).0 == Truth::Matched)
                .then_some(Unspecified::NotPrincipalChain),
            span: clause.span,
            source: Listing::Principal.page(clause.is_negated).into(),
        });
        (truth, grip)
    }

    /// Why this `Principal` or `NotPrincipal` is legal in no policy of this kind.
    fn misplaced_principal(
        &self,
        kind: PolicyType,
        clause: &Clause<Callers>,
    ) -> Option<&'static str> {
        match kind {
            PolicyType::Trust if clause.is_negated => {
                Some("a trust policy cannot hold `NotPrincipal`")
            }
            PolicyType::Rcp if clause.is_negated => {
                Some("a resource control policy cannot hold `NotPrincipal`")
            }
            PolicyType::Rcp if !clause.value.is_everyone() => {
                Some("the principal of a resource control policy is always `*`")
            }
            _ if clause.is_negated && self.effect == Some(Effect::Allow) => {
                Some("`NotPrincipal` with Allow is not supported")
            }
            _ => None,
        }
    }
}
