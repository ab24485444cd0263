//! Which of the proposed edits turn the decision round.

use crate::base::Span;
use crate::policy::compiled::CompiledPolicy;
use crate::policy::evaluate::decide;

use super::case::{Candidate, Case, Proposal};
use super::edit::{Change, Edit, EditKind, Place, PolicyPlace};
use super::{MOST_BYTES, MOST_EDITS, MOST_OF_A_KIND, MOST_PAIRS, MOST_TRIED};

#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) edits: Vec<Edit>,
    pub(super) pair: Option<[Edit; 2]>,
}

pub(super) fn search(case: &Case<'_>, mut candidates: Vec<Candidate>) -> Found {
    candidates.sort_by_cached_key(|candidate| rank(case, candidate));
    let mut found = Found::default();
    let mut budget = Budget(MOST_BYTES);
    let mut tried: Vec<Edit> = Vec::new();
    for candidate in candidates {
        if found.edits.len() == MOST_EDITS {
            break;
        }
        let of_this_kind = |edits: &[Edit]| {
            let same = edits.iter().filter(|edit| edit.kind == candidate.kind);
            same.count()
        };
        if of_this_kind(&found.edits) == MOST_OF_A_KIND || of_this_kind(&tried) == MOST_TRIED {
            continue;
        }
        if !budget.covers(&candidate) {
            continue;
        }
        let Some(edit) = realized(candidate) else {
            continue;
        };
        if tried.iter().any(|other| other.change == edit.change) {
            continue;
        }
        if turns(case, &[&edit]) {
            found.edits.push(edit.clone());
        }
        tried.push(edit);
    }
    if found.edits.is_empty() {
        found.pair = pair(case, &tried, Budget(MOST_BYTES));
    }
    found
}

/// How many bytes of policies may still be compiled anew.
struct Budget(usize);

impl Budget {
    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    fn covers(&mut self, candidate: &Candidate) -> bool {
        match &candidate.proposal {
            Proposal::Change(_) => true,
            Proposal::Patch { was, .. } => self.spend(was.source().len()),
        }
    }

    fn covers_both(&mut self, one: &Edit, other: &Edit) -> bool {
        match (&one.change, &other.change) {
            (Change::Document { at: one, .. }, Change::Document { at: other, was, .. })
                if one == other =>
            {
                self.spend(was.source().len())
            }
            _ => true,
        }
    }
}

/// The first two edits of different things that together turn the decision round.
fn pair(case: &Case<'_>, tried: &[Edit], mut budget: Budget) -> Option<[Edit; 2]> {
    let edits = of_every_thing(tried);
    let both = |sum: usize| {
        let edits = &edits;
        (0..edits.len())
            .map(move |one| (one, sum.wrapping_sub(one)))
            .filter(|&(one, other)| one < other && other < edits.len())
            .map(|(one, other)| (edits[one], edits[other]))
    };
    (0..edits.len() * 2)
        .flat_map(both)
        .filter(|(one, other)| thing(one) != thing(other))
        .take(MOST_PAIRS)
        .filter(|(one, other)| budget.covers_both(one, other))
        .filter_map(|(one, other)| Some([one.clone(), other.behind(one)?]))
        .find(|[one, other]| turns(case, &[one, other]))
}

/// The two best edits of everything that can be edited, in order.
fn of_every_thing(tried: &[Edit]) -> Vec<&Edit> {
    let mut edits: Vec<&Edit> = Vec::new();
    for edit in tried {
        let same = edits.iter().filter(|other| thing(other) == thing(edit));
        if same.count() < 2 {
            edits.push(edit);
        }
    }
    edits
}

/// What an edit is about, as far as two edits of it would hardly help each other.
#[derive(PartialEq)]
enum Thing<'e> {
    Key(&'e str),
    Statement(PolicyPlace, usize),
    Policy(PolicyPlace),
    Other(&'e Place),
}

fn thing(edit: &Edit) -> Thing<'_> {
    match &edit.place {
        Place::Context(key) => Thing::Key(key),
        Place::Policy {
            at,
            statement: Some(statement),
            ..
        } => Thing::Statement(*at, *statement),
        Place::Policy { at, .. } => Thing::Policy(*at),
        other => Thing::Other(other),
    }
}

/// Whether the edits, made one after the other, turn the decision round.
fn turns(case: &Case<'_>, edits: &[&Edit]) -> bool {
    let mut asked = (case.request.clone(), case.policies.clone());
    for edit in edits {
        asked = edit.apply(&asked.0, &asked.1);
    }
    let decision = decide(&asked.0, &asked.1).decision;
    decision.is_allowed() != case.evaluation.decision.is_allowed()
}

fn realized(candidate: Candidate) -> Option<Edit> {
    let (change, patch) = match candidate.proposal {
        Proposal::Change(change) => (change, None),
        Proposal::Patch { at, was, patch } => {
            let text = patch.apply(was.source())?;
            let is = CompiledPolicy::parse(&text).ok()?;
            let is = match was.name() {
                Some(name) => is.named(name),
                None => is,
            };
            (Change::Document { at, was, is }, Some(patch))
        }
    };
    Some(Edit {
        kind: candidate.kind,
        place: candidate.place,
        before: candidate.before,
        after: candidate.after,
        sentence: candidate.sentence,
        patch,
        change,
    })
}

/// The less, the better.
type Rank = (u8, u8, usize, Option<PolicyPlace>, Span, String);

fn rank(case: &Case<'_>, candidate: &Candidate) -> Rank {
    let is_allowed = case.evaluation.decision.is_allowed();
    let size = candidate.before.len() + candidate.after.len();
    let (at, span) = match &candidate.place {
        Place::Policy { at, span, .. } => (Some(*at), *span),
        _ => (None, Span::default()),
    };
    (
        weight(candidate.kind, is_allowed),
        candidate.risk,
        size,
        at,
        span,
        candidate.after.clone(),
    )
}

/// Against a denial what gives away least comes first; against an allow what takes away most plainly.
fn weight(kind: EditKind, is_allowed: bool) -> u8 {
    match (kind, is_allowed) {
        (EditKind::ChangeContext | EditKind::PassGrantToken, _) => 0,
        (EditKind::Rewrite, _) => 1,
        (EditKind::Narrow, _) => 2,
        (EditKind::RemoveStatement, true) => 3,
        (EditKind::Widen, _) => 4,
        (EditKind::AddStatement, _) => 5,
        (EditKind::AttachPolicy, _) => 6,
        (EditKind::AddGrant | EditKind::RemoveGrant, _) => 7,
        (EditKind::RemoveStatement, false) => 8,
        (EditKind::DetachPolicy, _) => 9,
    }
}
