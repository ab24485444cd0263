//! What would be decided by other policies, by another reading or behind another change.

use crate::labs::policy::Step;
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::mistake::Mistake;
use crate::policy::PolicyType;

use super::{ALLOW, NOTHING, after, decision, does, find, policy, write};

#[test]
fn versions_of_the_policies_stand_side_by_side() {
    let view = after(&[
        write(Field::Policy(0), ALLOW),
        Step::KeepPolicies,
        write(Field::Policy(0), NOTHING),
        write(Field::Resource(0), "arn:aws:s3:::other/x"),
    ]);
    let comparison = &view.answer.as_ref().unwrap().comparison;
    assert_eq!(comparison.versions, ["as set out", "version 2", "now"]);
    let decisions: Vec<Vec<_>> = comparison
        .rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| cell.verdict.unwrap().0.is_allowed())
                .collect()
        })
        .collect();
    assert_eq!(decisions, [[true, true, false], [false, true, false]]);
    let changed: Vec<_> = comparison.rows[1]
        .cells
        .iter()
        .map(|cell| cell.is_changed)
        .collect();
    assert_eq!(changed, [false, true, true]);
}

#[test]
fn whoever_misreads_the_policies_is_named_and_every_mistake_has_a_case() {
    for mistake in Mistake::ALL {
        let view = after(&[does(Change::SetOutExample(mistake))]);
        let answer = view.answer.expect("an example can be read");
        let branch = find(&answer.misreadings, mistake.name());
        assert!(
            branch.mark.is_some() && branch.act.is_none(),
            "{mistake:?} shows"
        );
        let hidden = answer.misreadings.last().unwrap().children.len();
        assert_eq!(answer.misreadings.len() - 1 + hidden, Mistake::ALL.len());
    }
}

/// Every change that is offered on a bench after these steps.
fn offered(steps: &[Step]) -> Vec<(String, Step)> {
    let answer = after(steps).answer.expect("every text can be read");
    let acts = answer.edits.iter();
    acts.filter_map(|edit| Some((edit.title.clone(), Step::Do(edit.act.clone()?.deed))))
        .collect()
}

#[test]
fn every_change_that_is_offered_turns_the_decision_round_when_it_is_made() {
    let keyed = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}"#;
    let deny = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#;
    let key = [
        write(Field::Action, "kms:Decrypt"),
        write(
            Field::Resource(0),
            "arn:aws:kms:us-east-1:111122223333:key/k",
        ),
    ];
    let benches: [Vec<Step>; 7] = [
        vec![],
        vec![write(Field::Policy(0), keyed)],
        vec![policy(PolicyType::Resource, "", deny)],
        vec![
            policy(PolicyType::Scp, "Root", ALLOW),
            policy(PolicyType::Scp, "Unit", NOTHING),
        ],
        vec![policy(PolicyType::Boundary, "", NOTHING)],
        vec![does(Change::Remove(Field::Policy(0)))],
        key.to_vec(),
    ];
    for bench in benches {
        let before = decision(&after(&bench)).is_allowed();
        let offered = offered(&bench);
        assert!(!offered.is_empty(), "{bench:?}");
        for (sentence, step) in offered {
            let view = after(&[&bench[..], std::slice::from_ref(&step)].concat());
            assert_ne!(decision(&view).is_allowed(), before, "{sentence}: {step:?}");
        }
    }
}
