//! What a prediction says of the learner: the first one, of the scenario as its author wrote it.

use crate::labs::Recording;
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::mistake::Mistake;
use crate::labs::policy::{Prediction, Step};
use crate::policy::{DecidedBy, Decision, PolicyType};

use super::{ALLOW, REQUEST, after, does, genesis, policy, request, scenario, session, write};

const RIGHT: Prediction = Prediction {
    decision: Decision::ImplicitlyDenied,
    decided_by: DecidedBy::Default,
};

fn set_out() -> Step {
    Step::SetOut(scenario(), vec![request(REQUEST)])
}

fn verdict(steps: &[Step]) -> Option<bool> {
    after(&[&[set_out()], steps].concat()).verdict
}

fn right() -> Step {
    Step::Predict(RIGHT)
}

fn wrong() -> Step {
    Step::Predict(Prediction {
        decided_by: DecidedBy::Scp,
        ..RIGHT
    })
}

#[test]
fn a_prediction_is_right_where_verdict_and_reason_are() {
    assert_eq!(verdict(&[]), None);
    assert_eq!(verdict(&[right()]), Some(true));
    assert_eq!(verdict(&[wrong()]), Some(false));
}

#[test]
fn what_is_predicted_after_the_decision_was_shown_changes_no_verdict() {
    assert_eq!(verdict(&[wrong(), Step::Hide, right()]), Some(false));
    assert_eq!(verdict(&[wrong(), set_out(), right()]), Some(true));
    let changed = policy(PolicyType::Identity, "", ALLOW);
    assert_eq!(verdict(&[right(), changed, Step::Hide]), Some(true));
}

#[test]
fn a_case_that_was_changed_first_has_no_verdict() {
    let changes = [
        policy(PolicyType::Identity, "", ALLOW),
        write(Field::Action, "s3:GetObject"),
        does(Change::AddKey("aws:username".to_owned(), "eve".to_owned())),
        Step::Replace(vec![request("{}")]),
        does(Change::SetOutExample(Mistake::ALL[0])),
    ];
    for change in changes {
        assert_eq!(verdict(&[change.clone(), right()]), None, "{change:?}");
        let removed = does(Change::Remove(Field::Policy(0)));
        assert_eq!(
            verdict(&[change, right(), removed, Step::Hide, right()]),
            None
        );
    }
}

#[test]
fn a_change_that_was_taken_back_before_the_prediction_is_none() {
    let there = write(Field::Action, "s3:GetObject");
    let back = write(Field::Action, "ec2:RunInstances");
    assert_eq!(verdict(&[there, back, right()]), Some(true));
    let mut session = session(&[set_out(), right()]);
    session.undo();
    assert_eq!(after(&session.recording().steps).verdict, None);
}

#[test]
fn a_case_of_ones_own_has_no_verdict() {
    let own = Step::SetOut(None, vec![request(REQUEST)]);
    assert_eq!(after(&[own, Step::Hide, right()]).verdict, None);
    assert_eq!(after(&[Step::Hide, right()]).verdict, None);
}

#[test]
fn a_link_to_a_scenario_asks_and_one_to_a_changed_scenario_does_not_count() {
    let opened = |steps: &[Step]| {
        let play = session(steps).play();
        let again = Recording::<Step>::from_play(genesis(), &play).unwrap();
        after(&[again.steps, vec![right()]].concat())
    };
    assert_eq!(opened(&[set_out(), wrong()]).verdict, Some(true));
    let changed = opened(&[set_out(), write(Field::Action, "s3:GetObject")]);
    assert_eq!((changed.scenario, changed.verdict), (scenario(), None));
}
