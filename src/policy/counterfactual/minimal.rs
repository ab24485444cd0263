//! The smallest statement about a request, added to a policy or as a policy of its own.

use crate::policy::compiled::CompiledPolicy;
use crate::policy::decision::Layer;
use crate::policy::document::Effect;
use crate::policy::kind::{PolicyType, Presence};
use crate::policy::layout::Item;

use super::case::{Candidate, Case, Document, Proposal};
use super::clauses::principal_names;
use super::edit::{Change, EditKind, Place};

/// An Allow or a Deny of this action on these resources, and of nothing else.
#[derive(Debug)]
pub(super) struct Minimal<'a> {
    pub(super) effect: Effect,
    pub(super) kind: PolicyType,
    action: &'a str,
    resources: Vec<String>,
    principal: Option<Item>,
    /// The principal as sentences say it, with a blank before it.
    to: String,
    risk: u8,
}

impl<'a> Minimal<'a> {
    /// The statements that a policy of this layer might hold; where principals are named, the narrowest first.
    pub(super) fn all(case: &Case<'a>, layer: Layer, effect: Effect) -> Vec<Self> {
        let kind = kind(case, layer);
        let risks = 0..;
        let minimal = |(risk, (principal, to))| Self {
            effect,
            kind,
            action: &case.request.action,
            resources: resources(case),
            principal,
            to,
            risk,
        };
        risks.zip(principals(case, kind)).map(minimal).collect()
    }

    pub(super) fn with_risk(self, risk: u8) -> Self {
        Self { risk, ..self }
    }

    /// The statement added to a policy; nothing where that is not ours to change.
    pub(super) fn added_to(&self, document: &Document<'_>) -> Option<Candidate> {
        let draft = document.draft()?;
        let statement = self.item(|arn| draft.literal(arn));
        let patch = draft.add_statement(&statement)?;
        let sentence = format!(
            "add a statement to {} that {}",
            document.called,
            self.what()
        );
        let mut candidate =
            document.candidate(EditKind::AddStatement, None, patch, self.risk, sentence);
        candidate.before.clear();
        candidate.after = statement.open().lay_out(0, 0);
        Some(candidate)
    }

    /// The statement as a policy of its own, attached to what a sentence calls `to`.
    pub(super) fn attached(&self, layer: Layer, level: Option<usize>, to: &str) -> Candidate {
        let (text, policy) = document(self.item(str::to_owned));
        let sentence = format!("attach a policy to {to} that {}", self.what());
        attachment(layer, level, policy, text, sentence, self.risk)
    }

    fn item(&self, literal: impl Fn(&str) -> String) -> Item {
        let effect = match self.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        let mut members = vec![("Effect".to_owned(), Item::string(effect))];
        if let Some(principal) = &self.principal {
            members.push(("Principal".to_owned(), principal.clone()));
        }
        members.push(("Action".to_owned(), Item::string(self.action)));
        let resources = self.resources.iter().map(|arn| Item::string(&literal(arn)));
        let resources: Vec<Item> = resources.collect();
        match (self.kind, resources.as_slice()) {
            (PolicyType::Trust, _) => {}
            // In a key's policy this means the key.
            (PolicyType::Key, _) => members.push(("Resource".to_owned(), Item::string("*"))),
            (_, [one]) => members.push(("Resource".to_owned(), one.clone())),
            _ => members.push(("Resource".to_owned(), Item::List(resources))),
        }
        Item::Object(members)
    }

    /// What the statement does, in words.
    fn what(&self) -> String {
        let verb = match self.effect {
            Effect::Allow => "allows",
            Effect::Deny => "denies",
        };
        let on = match self.kind {
            PolicyType::Trust | PolicyType::Key => String::new(),
            _ => format!(" on `{}`", self.resources.join("`, `")),
        };
        format!("{verb} `{}`{on}{}", self.action, self.to)
    }
}

/// `FullAWSAccess` at one level of the service control policies.
pub(super) fn full_access(number: usize, level: &str) -> Candidate {
    let star = || Item::string("*");
    let statement = Item::Object(vec![
        ("Effect".to_owned(), Item::string("Allow")),
        ("Action".to_owned(), star()),
        ("Resource".to_owned(), star()),
    ]);
    let (text, policy) = document(statement);
    let policy = policy.named("FullAWSAccess");
    let sentence = format!("attach `FullAWSAccess` to `{level}`");
    attachment(Layer::Scp, Some(number), policy, text, sentence, 1)
}

fn attachment(
    layer: Layer,
    level: Option<usize>,
    policy: CompiledPolicy,
    text: String,
    sentence: String,
    risk: u8,
) -> Candidate {
    Candidate {
        kind: EditKind::AttachPolicy,
        place: Place::Layer { layer, level },
        before: String::new(),
        after: text,
        sentence,
        risk,
        proposal: Proposal::Change(Change::Attach {
            layer,
            level,
            policy,
        }),
    }
}

fn document(statement: Item) -> (String, CompiledPolicy) {
    let members = vec![
        ("Version".to_owned(), Item::string("2012-10-17")),
        ("Statement".to_owned(), statement.open()),
    ];
    let text = Item::Object(members).open().lay_out(0, 0);
    let policy = CompiledPolicy::parse(&text).expect("it was laid out as JSON");
    (text, policy)
}

/// Of a denial the resources that are denied, of an allow the first.
fn resources(case: &Case<'_>) -> Vec<String> {
    let is_allowed = case.evaluation.decision.is_allowed();
    let branches = case.evaluation.trace.iter();
    let matter = branches.filter(|branch| is_allowed || !branch.decision.is_allowed());
    let count = if is_allowed { 1 } else { usize::MAX };
    let mut arns: Vec<String> = matter
        .take(count)
        .map(|branch| branch.resource.clone())
        .collect();
    arns.dedup();
    arns
}

/// What kind of policy belongs to a layer.
fn kind(case: &Case<'_>, layer: Layer) -> PolicyType {
    match layer {
        Layer::Rcp => PolicyType::Rcp,
        Layer::Scp => PolicyType::Scp,
        Layer::Endpoint => PolicyType::Endpoint,
        Layer::Resource | Layer::Grant => case.request.resource_policy_type(),
        Layer::Identity => PolicyType::Identity,
        Layer::Boundary => PolicyType::Boundary,
        Layer::Session => PolicyType::Session,
    }
}

/// Whom a statement in such a policy names, and how sentences say it.
fn principals(case: &Case<'_>, kind: PolicyType) -> Vec<(Option<Item>, String)> {
    match kind.principal() {
        Presence::Forbidden => vec![(None, String::new())],
        Presence::Optional => vec![everyone()],
        Presence::Required if kind == PolicyType::Rcp => vec![everyone()],
        Presence::Required => {
            let caller = &case.request.principal;
            let account = caller.account();
            let account = account.map(|account| ("AWS", format!("arn:aws:iam::{account}:root")));
            let mut names = principal_names(caller);
            names.extend(account);
            names.dedup();
            names.into_iter().map(named).collect()
        }
    }
}

fn named((kind, name): (&'static str, String)) -> (Option<Item>, String) {
    if name == "*" {
        return everyone();
    }
    let principal = Item::Object(vec![(kind.to_owned(), Item::string(&name))]);
    (Some(principal), format!(" to `{name}`"))
}

fn everyone() -> (Option<Item>, String) {
    (Some(Item::string("*")), " to everyone".to_owned())
}
