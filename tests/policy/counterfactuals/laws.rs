//! What holds of every edit.

use cipherdeck::base::Severity;
use cipherdeck::policy::counterfactual::{self, Edit, Place, PolicyPlace};
use cipherdeck::policy::{CompiledPolicy, Layer, PolicyType, evaluate, validate};
use proptest::prelude::*;

use super::super::laws::{asked, mutated};
use super::super::question::*;
use super::found;

/// In how many parts two questions differ: the context, each policy, the grants.
fn differences(one: &Question, other: &Question) -> usize {
    let lists = |question: &Question| {
        let policies = question.policies.clone();
        let levels =
            |levels: Vec<cipherdeck::policy::Level>| levels.into_iter().map(|level| level.policies);
        let mut lists = vec![
            policies.identity,
            policies.resource.into_iter().collect(),
            policies.boundaries,
            policies.session,
            policies.endpoint,
        ];
        lists.extend(levels(policies.service_control));
        lists.extend(levels(policies.resource_control));
        lists
    };
    let in_list = |one: &[CompiledPolicy], other: &[CompiledPolicy]| {
        if one.len() == other.len() {
            one.iter()
                .zip(other)
                .filter(|(one, other)| one != other)
                .count()
        } else {
            one.len().abs_diff(other.len())
        }
    };
    let policies: usize = lists(one)
        .iter()
        .zip(&lists(other))
        .map(|(one, other)| in_list(one, other))
        .sum();
    policies
        + usize::from(one.request.context != other.request.context)
        + one
            .policies
            .grants
            .len()
            .abs_diff(other.policies.grants.len())
}

fn with(edit: &Edit, question: &Question) -> Question {
    let (request, policies) = edit.apply(&question.request, &question.policies);
    Question { request, policies }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_edit_turns_the_decision_round_and_changes_one_thing(asked in asked()) {
        let found = found(&asked);
        prop_assert!(found.edits.len() <= counterfactual::MOST_EDITS);
        for edit in &found.edits {
            let edited = with(edit, &asked);
            prop_assert_ne!(edited.is_allowed(), asked.is_allowed(), "{}", edit.sentence);
            prop_assert_eq!(differences(&asked, &edited), 1, "{}", edit.sentence);
            prop_assert_eq!(&edited.request.principal, &asked.request.principal);
            prop_assert_eq!(&edited.request.resources, &asked.request.resources);
        }
    }

    #[test]
    fn an_edit_that_is_made_cannot_be_made_again(asked in asked()) {
        for edit in found(&asked).edits {
            let once = with(&edit, &asked);
            let twice = with(&edit, &once);
            prop_assert_eq!((once.request, once.policies), (twice.request, twice.policies));
        }
    }

    #[test]
    fn against_a_denial_only_what_stands_in_the_way_is_touched(asked in asked()) {
        let evaluation = evaluate(&asked.request, &asked.policies);
        if evaluation.decision.is_allowed() {
            return Ok(());
        }
        for edit in found(&asked).edits {
            let layer = match &edit.place {
                Place::Policy { at, .. } => at.layer,
                Place::Layer { layer: Layer::Grant, .. } | Place::Context(_) => continue,
                Place::Layer { layer, .. } => *layer,
                Place::Grant(_) => panic!("a grant never denies"),
            };
            prop_assert!(!evaluation.layers.of(layer).passes(), "{}", edit.sentence);
        }
    }

    #[test]
    fn a_patch_is_what_becomes_of_the_text(asked in asked()) {
        for edit in found(&asked).edits {
            if let (Some(patch), Place::Policy { at, .. }) = (&edit.patch, &edit.place) {
                let edited = with(&edit, &asked);
                let (before, after) = (text(&asked, *at), text(&edited, *at));
                prop_assert_eq!(patch.apply(&before), Some(after));
            }
        }
    }

    #[test]
    fn no_edit_makes_a_policy_less_legal(asked in asked()) {
        for edit in found(&asked).edits {
            if let (Some(_), Place::Policy { at, .. }) = (&edit.patch, &edit.place) {
                let kind = match at.layer {
                    Layer::Rcp => PolicyType::Rcp,
                    Layer::Scp => PolicyType::Scp,
                    Layer::Endpoint => PolicyType::Endpoint,
                    Layer::Resource | Layer::Grant => asked.request.resource_policy_type(),
                    Layer::Identity => PolicyType::Identity,
                    Layer::Boundary => PolicyType::Boundary,
                    Layer::Session => PolicyType::Session,
                };
                let errors = |question: &Question| {
                    let findings = validate(&text(question, *at), kind).into_iter();
                    findings.filter(|finding| finding.severity == Severity::Error).count()
                };
                prop_assert!(errors(&with(&edit, &asked)) <= errors(&asked), "{}", edit.sentence);
            }
        }
    }

    #[test]
    fn two_edits_turn_the_decision_round_only_where_one_does_not(asked in asked()) {
        let found = found(&asked);
        prop_assert_eq!(found.refusals.is_empty(), asked.is_allowed());
        if let Some([one, other]) = found.pair {
            prop_assert_eq!(found.edits, vec![]);
            let edited = with(&other, &with(&one, &asked));
            prop_assert_ne!(edited.is_allowed(), asked.is_allowed());
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(asked in asked()) {
        prop_assert_eq!(found(&asked), found(&asked));
    }

    #[test]
    fn no_text_does_harm(text in mutated(), action in ".{0,12}", resource in ".{0,20}", held in ".{0,8}") {
        let Ok(policy) = CompiledPolicy::parse(&text) else {
            return Ok(());
        };
        let mut asked = question().with("k:a", &held).with_values("k:b", &[&held]).action(&action);
        asked.request.resources = vec![cipherdeck::policy::Resource::new(resource)];
        asked.policies.identity = vec![policy.clone(), policy.clone()];
        asked.policies.resource = Some(policy);
        let _ = found(&asked);
    }
}

fn text(question: &Question, at: PolicyPlace) -> String {
    let policies = &question.policies;
    let list = match (at.layer, at.level) {
        (Layer::Identity, _) => &policies.identity,
        (Layer::Boundary, _) => &policies.boundaries,
        (Layer::Session, _) => &policies.session,
        (Layer::Endpoint, _) => &policies.endpoint,
        (Layer::Scp, Some(level)) => &policies.service_control[level].policies,
        (Layer::Rcp, Some(level)) => &policies.resource_control[level].policies,
        _ => return policies.resource.as_ref().unwrap().source().to_owned(),
    };
    list[at.index].source().to_owned()
}
