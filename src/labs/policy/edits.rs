//! What would turn the decision round, each change with the step that makes it on the bench.

use crate::base::Lines;
use crate::course::ExhibitKind;
use crate::policy::counterfactual::{self, Counterfactuals, Edit, EditKind, Place, PolicyPlace};
use crate::policy::written::grants_to_json;
use crate::policy::{Decision, Layer, Policies, PolicyType};

use super::ask::Question;
use super::case::Case;
use super::deed::Change;
use super::field::Field;
use super::form::Act;
use super::paper::Paper;
use super::tree::{At, Branch};

/// One branch a change; where no single one is enough, one that says so, with the two that are.
pub(super) fn branches(question: &Question, case: &Case, decision: Decision) -> Vec<Branch> {
    let is_denied = decision != Decision::Allowed;
    let found = counterfactual::find(&question.request, &question.policies);
    let bench = Bench {
        question,
        case,
        is_denied,
    };
    if found.edits.is_empty() {
        return bench.no_single_one(&found).into_iter().collect();
    }
    found.edits.iter().map(|edit| bench.branch(edit)).collect()
}

struct Bench<'a> {
    question: &'a Question,
    case: &'a Case,
    /// Whether the changes would allow what is denied.
    is_denied: bool,
}

impl Bench<'_> {
    fn no_single_one(&self, found: &Counterfactuals) -> Option<Branch> {
        let who = found.sentence()?;
        let pair = found.pair.iter().flatten();
        // The second change is about the bench as the first leaves it, so only the first can be made here.
        let children: Vec<Branch> = pair
            .enumerate()
            .map(|(place, edit)| match place {
                0 => self.branch(edit),
                _ => Branch::new(edit.sentence.clone(), ""),
            })
            .collect();
        let title = if children.is_empty() {
            "No single change is enough"
        } else {
            "No single change is enough, but these two together are"
        };
        Some(Branch {
            is_open: true,
            children,
            ..Branch::new(title, who)
        })
    }

    fn branch(&self, edit: &Edit) -> Branch {
        Branch {
            at: self.at(edit),
            act: self
                .change(edit)
                .map(|change| Act::new("Make this change", change)),
            ..Branch::new(edit.sentence.clone(), self.caution(edit))
        }
    }

    /// What to think of before making it in earnest: the search tries a change on one request, and policies hold for all.
    fn caution(&self, edit: &Edit) -> &'static str {
        let is_denied = self.is_denied;
        match edit.kind {
            EditKind::Narrow | EditKind::RemoveStatement | EditKind::DetachPolicy if is_denied => {
                "what it denies may guard more than this request"
            }
            EditKind::Widen | EditKind::AddStatement if is_denied => {
                "see which other requests it lets through"
            }
            EditKind::Narrow | EditKind::RemoveStatement | EditKind::DetachPolicy => {
                "others may live by what it allows"
            }
            _ => "",
        }
    }

    fn at(&self, edit: &Edit) -> Option<At> {
        let Place::Policy { at, span, .. } = &edit.place else {
            return None;
        };
        let number = self.number(*at)?;
        let lines = Lines::new(&self.case.policies.get(number)?.text);
        Some(At {
            field: Field::Policy(number).into(),
            place: lines.place(span.start),
            span: *span,
        })
    }

    fn change(&self, edit: &Edit) -> Option<Change> {
        let (request, policies) = edit.apply(&self.question.request, &self.question.policies);
        match &edit.place {
            Place::Context(key) => {
                let value = request.context.get(key);
                let lines = value.map(|value| value.as_slice().join("\n"));
                Some(Change::SetKey(key.clone(), lines))
            }
            Place::Policy { at, .. } => {
                let number = self.number(*at)?;
                match (&edit.patch, edit.kind) {
                    (_, EditKind::DetachPolicy) => Some(Change::Remove(Field::Policy(number))),
                    (Some(patch), _) => {
                        let text = patch.apply(&self.case.policies.get(number)?.text)?;
                        Some(Change::Write(Field::Policy(number), text))
                    }
                    (None, _) => None,
                }
            }
            Place::Layer {
                layer: Layer::Grant,
                ..
            }
            | Place::Grant(_)
                if request.grant_tokens == self.question.request.grant_tokens =>
            {
                let text = grants_to_json(&policies.grants);
                Some(Change::Lay(Paper::new(ExhibitKind::Grants, &text)))
            }
            Place::Layer { layer, level } => {
                let level = level.and_then(|level| level_id(&policies, *layer, level));
                Some(Change::Lay(Paper {
                    level: level.unwrap_or_default(),
                    ..Paper::new(ExhibitKind::Policy(kind(*layer)?), &edit.after)
                }))
            }
            Place::Grant(_) => None,
        }
    }

    fn number(&self, at: PolicyPlace) -> Option<usize> {
        let policies = &self.question.policies;
        let level = at
            .level
            .and_then(|level| level_id(policies, at.layer, level));
        self.question.number(at.layer, level.as_deref(), at.index)
    }
}

fn level_id(policies: &Policies, layer: Layer, level: usize) -> Option<String> {
    let levels = match layer {
        Layer::Rcp => &policies.resource_control,
        _ => &policies.service_control,
    };
    levels.get(level).map(|level| level.id.clone())
}

/// What kind of policy a layer takes.
fn kind(layer: Layer) -> Option<PolicyType> {
    Some(match layer {
        Layer::Rcp => PolicyType::Rcp,
        Layer::Scp => PolicyType::Scp,
        Layer::Endpoint => PolicyType::Endpoint,
        Layer::Resource => PolicyType::Resource,
        Layer::Identity => PolicyType::Identity,
        Layer::Boundary => PolicyType::Boundary,
        Layer::Session => PolicyType::Session,
        Layer::Grant => return None,
    })
}
