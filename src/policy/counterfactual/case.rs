//! What is known about the decision: its trace, and every policy with its place and what the trace says of it.

use std::cell::OnceCell;

use crate::base::Span;
use crate::policy::compiled::CompiledPolicy;
use crate::policy::decision::{Evaluation, Layer, Outcome};
use crate::policy::document::Effect;
use crate::policy::kind::PolicyType;
use crate::policy::layers::{Level, Policies};
use crate::policy::request::Request;
use crate::policy::trace::{
    ClauseTrace, LayerTrace, PolicyTrace, ResourceTrace, StatementTrace, Truth,
};

use super::draft::Draft;
use super::edit::{Change, EditKind, Patch, Place, PolicyPlace};

/// A decision to be turned round.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) request: &'a Request,
    pub(super) policies: &'a Policies,
    pub(super) evaluation: &'a Evaluation,
    pub(super) documents: Vec<Document<'a>>,
}

/// A policy that takes part.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) at: PolicyPlace,
    pub(super) policy: &'a CompiledPolicy,
    /// How sentences call it.
    pub(super) called: String,
    /// What the trace says of it, with the layer, once for each resource that is looked at.
    pub(super) traces: Vec<(&'a LayerTrace, &'a PolicyTrace)>,
    draft: OnceCell<Option<Draft<'a>>>,
}

/// An edit that is worth trying.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) kind: EditKind,
    pub(super) place: Place,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) sentence: String,
    /// Among edits of one kind, the less the safer.
    pub(super) risk: u8,
    pub(super) proposal: Proposal,
}

#[derive(Debug)]
pub(super) enum Proposal {
    Change(Change),
    Patch {
        at: PolicyPlace,
        was: CompiledPolicy,
        patch: Patch,
    },
}

/// Beyond so many resources no more edits come of them.
const MOST_RESOURCES: usize = 4;

impl<'a> Case<'a> {
    pub(super) fn new(
        request: &'a Request,
        policies: &'a Policies,
        evaluation: &'a Evaluation,
    ) -> Self {
        let mut case = Self {
            request,
            policies,
            evaluation,
            documents: Vec::new(),
        };
        let branches: Vec<_> = case.branches().collect();
        for layer in Layer::ALL {
            let traces: Vec<&LayerTrace> = branches
                .iter()
                .filter_map(|branch| branch.layers.iter().find(|trace| trace.layer == layer))
                .collect();
            let listed = listed(policies, layer);
            let levels: Vec<_> = listed.iter().map(|(at, _)| at.level).collect();
            for (number, (at, policy)) in listed.into_iter().enumerate() {
                let beside = levels.iter().filter(|level| **level == at.level).count();
                // A layer that plays no part has no traces.
                let traces = traces
                    .iter()
                    .filter_map(|trace| Some((*trace, trace.policies.get(number)?)));
                case.documents.push(Document {
                    at,
                    policy,
                    called: called(&case, at, policy, beside > 1),
                    traces: traces.collect(),
                    draft: OnceCell::new(),
                });
            }
        }
        case
    }

    /// The resources that are looked at: of a denial those that are denied, of an allow the first.
    pub(super) fn branches(&self) -> impl Iterator<Item = &'a ResourceTrace> + use<'a> {
        let evaluation = self.evaluation;
        let is_allowed = evaluation.decision.is_allowed();
        let matters = move |branch: &&ResourceTrace| is_allowed || !branch.decision.is_allowed();
        let count = if is_allowed { 1 } else { MOST_RESOURCES };
        evaluation.trace.iter().filter(matters).take(count)
    }

    /// Whether a layer says this of one of the resources.
    pub(super) fn says(&self, layer: Layer, outcome: Outcome) -> bool {
        self.branches()
            .flat_map(|branch| &branch.layers)
            .any(|trace| trace.layer == layer && trace.outcome == outcome)
    }

    /// The policies of a layer.
    pub(super) fn of(&self, layer: Layer) -> impl Iterator<Item = &Document<'a>> {
        self.documents
            .iter()
            .filter(move |document| document.at.layer == layer)
    }
}

impl<'a> Document<'a> {
    /// The policy's text to work on; nothing where it is not ours to change.
    pub(super) fn draft(&self) -> Option<&Draft<'a>> {
        if self.is_managed_by_aws() {
            return None;
        }
        let draft = self.draft.get_or_init(|| Draft::of(self.policy.source()));
        draft.as_ref()
    }

    pub(super) fn is_managed_by_aws(&self) -> bool {
        let name = self.policy.name().unwrap_or_default();
        name.contains(":iam::aws:policy/")
            || name.starts_with("arn:aws:organizations::aws:policy/")
            || matches!(name, "FullAWSAccess" | "RCPFullAWSAccess")
    }

    /// Its statements, with what became of them, once for each resource that is looked at.
    pub(super) fn statements(&self) -> impl Iterator<Item = (&'a LayerTrace, &'a StatementTrace)> {
        self.traces.iter().flat_map(|(layer, policy)| {
            policy
                .statements
                .iter()
                .map(|statement| (*layer, statement))
        })
    }

    /// How sentences call one of its statements.
    pub(super) fn part(&self, statement: &StatementTrace) -> String {
        match &statement.sid {
            Some(sid) => format!("statement `{sid}` of {}", self.called),
            None => format!("statement {} of {}", statement.index + 1, self.called),
        }
    }

    /// An edit of a part of the text.
    pub(super) fn candidate(
        &self,
        kind: EditKind,
        statement: Option<usize>,
        patch: Patch,
        risk: u8,
        sentence: String,
    ) -> Candidate {
        let source = self.policy.source();
        let before = source
            .get(patch.span.start..patch.span.end)
            .unwrap_or_default();
        Candidate {
            kind,
            place: self.place(statement, patch.span),
            before: before.to_owned(),
            after: patch.text.clone(),
            sentence,
            risk,
            proposal: Proposal::Patch {
                at: self.at,
                was: self.policy.clone(),
                patch,
            },
        }
    }

    /// The policy taken away whole.
    pub(super) fn detached(&self) -> Candidate {
        let whole = Span::new(0, self.policy.source().len());
        Candidate {
            kind: EditKind::DetachPolicy,
            place: self.place(None, whole),
            before: self.policy.source().to_owned(),
            after: String::new(),
            sentence: format!("detach {}", self.called),
            risk: u8::from(self.is_managed_by_aws()),
            proposal: Proposal::Change(Change::Detach {
                at: self.at,
                was: self.policy.clone(),
            }),
        }
    }

    fn place(&self, statement: Option<usize>, span: Span) -> Place {
        Place::Policy {
            at: self.at,
            statement,
            span,
        }
    }
}

/// The clauses that keep a statement from applying.
pub(super) fn failing(statement: &StatementTrace) -> Vec<&ClauseTrace> {
    let clauses = statement.clauses.iter();
    clauses
        .filter(|clause| clause.result != Truth::Matched)
        .collect()
}

pub(super) fn is(statement: &StatementTrace, effect: Effect) -> bool {
    statement.effect == Some(effect)
}

fn listed(policies: &Policies, layer: Layer) -> Vec<(PolicyPlace, &CompiledPolicy)> {
    match layer {
        Layer::Rcp => in_levels(layer, &policies.resource_control),
        Layer::Scp => in_levels(layer, &policies.service_control),
        Layer::Endpoint => in_list(layer, None, &policies.endpoint).collect(),
        Layer::Resource => in_list(layer, None, policies.resource.as_slice()).collect(),
        Layer::Grant => Vec::new(),
        Layer::Identity => in_list(layer, None, &policies.identity).collect(),
        Layer::Boundary => in_list(layer, None, &policies.boundaries).collect(),
        Layer::Session => in_list(layer, None, &policies.session).collect(),
    }
}

fn in_levels(layer: Layer, levels: &[Level]) -> Vec<(PolicyPlace, &CompiledPolicy)> {
    let levels = levels.iter().enumerate();
    levels
        .flat_map(|(number, level)| in_list(layer, Some(number), &level.policies))
        .collect()
}

fn in_list(
    layer: Layer,
    level: Option<usize>,
    list: &[CompiledPolicy],
) -> impl Iterator<Item = (PolicyPlace, &CompiledPolicy)> {
    let place = move |index| PolicyPlace {
        layer,
        level,
        index,
    };
    list.iter()
        .enumerate()
        .map(move |(index, policy)| (place(index), policy))
}

/// How sentences call a policy of a layer.
pub(super) fn kind_called(request: &Request, layer: Layer) -> &'static str {
    match layer {
        Layer::Rcp => "resource control policy",
        Layer::Scp => "service control policy",
        Layer::Endpoint => "VPC endpoint policy",
        Layer::Grant => "grant",
        Layer::Identity => "identity policy",
        Layer::Boundary => "permissions boundary",
        Layer::Session => "session policy",
        Layer::Resource => match request.resource_policy_type() {
            PolicyType::Key => "key policy",
            PolicyType::Trust => "role trust policy",
            _ => "resource's policy",
        },
    }
}

fn called(
    case: &Case<'_>,
    at: PolicyPlace,
    policy: &CompiledPolicy,
    is_one_of_many: bool,
) -> String {
    let kind = kind_called(case.request, at.layer);
    let what = match policy.name() {
        Some(name) => format!("the {kind} `{name}`"),
        None if is_one_of_many => format!("the {kind} number {}", at.index + 1),
        None => format!("the {kind}"),
    };
    let levels = match at.layer {
        Layer::Scp => &case.policies.service_control,
        _ => &case.policies.resource_control,
    };
    match at.level.and_then(|level| levels.get(level)) {
        Some(level) => format!("{what} of `{}`", level.id),
        None => what,
    }
}
