//! Links and recordings lead to the same bench.

use proptest::prelude::*;

use crate::course::ExhibitKind;
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::{Paper, PolicyBench, Step};
use crate::labs::{Lab as _, Recording, Session};
use crate::policy::PolicyType;

use super::{does, field, genesis, request, scenario, session, write};

#[test]
fn a_link_shows_the_bench_as_it_stands_and_not_the_way_there() {
    let session = session(&[
        write(Field::Action, "s3:PutObject"),
        write(Field::Action, "s3:ListBucket"),
    ]);
    let play = Recording::<Step>::from_play(genesis(), &session.play()).unwrap();
    assert_eq!(play.steps.len(), 1);
    let view = Session::<PolicyBench>::replay(play).lab().view();
    assert_eq!(field(&view, Field::Action).text, "s3:ListBucket");
}

fn any_field() -> impl Strategy<Value = Field> {
    (0..12_usize, 0..3_usize).prop_map(|(kind, number)| match kind {
        0 => Field::Principal,
        1 => Field::Action,
        2 => Field::Resource(number),
        3 => Field::Account(number),
        4 => Field::Key(number),
        5 => Field::Values(number),
        6 => Field::ManagementAccount,
        7 => Field::KeyManager,
        8 => Field::Policy(number),
        9 => Field::Name(number),
        10 => Field::Level(number),
        _ => Field::Grants,
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    let kinds = prop::sample::select(PolicyType::ALL.to_vec());
    prop_oneof![
        4 => (any_field(), ".{0,60}").prop_map(|(field, text)| Step::Write(field.into(), text)),
        1 => (kinds, ".{0,40}").prop_map(|(kind, text)| does(Change::Lay(Paper::new(ExhibitKind::Policy(kind), &text)))),
        1 => ".{0,40}".prop_map(|text| does(Change::Lay(Paper::new(ExhibitKind::Grants, &text)))),
        1 => ".{0,40}".prop_map(|text| Step::SetOut(scenario(), vec![request(&text)])),
        1 => ".{0,40}".prop_map(|text| Step::Replace(vec![request(&text)])),
        1 => any_field().prop_map(|field| does(Change::Remove(field))),
        1 => (".{0,20}", ".{0,20}").prop_map(|(key, value)| does(Change::AddKey(key, value))),
        1 => (".{0,20}", prop::option::of(".{0,20}")).prop_map(|(key, values)| does(Change::SetKey(key, values))),
        1 => Just(does(Change::AddResource)),
        1 => Just(Step::KeepPolicies),
        1 => Just(Step::KeepRequest),
        1 => Just(Step::Hide),
    ]
}

proptest! {
    #[test]
    fn any_steps_leave_a_view_and_a_link_that_leads_to_the_same_bench(steps in prop::collection::vec(any_step(), 0..12)) {
        let session = session(&steps);
        let view = session.lab().view();
        let again = Recording::<Step>::from_play(genesis(), &session.play()).unwrap();
        let shared = Session::<PolicyBench>::replay(again).lab().view();
        prop_assert_eq!(view.is_readable, shared.is_readable);
    }
}
