use proptest::prelude::*;

use crate::base::{Blob, Timestamp};
use crate::labs::envelope::{
    ContextPair, Envelope, Flip, Part, Stage, Step, Task, View, flip_every_bit,
};
use crate::labs::{Finding, Genesis, Recording, Session};

const STORY: [Step; 7] = [
    Step::CreateKey,
    Step::GenerateDataKey,
    Step::Encrypt,
    Step::Wipe,
    Step::Store,
    Step::Unwrap,
    Step::Decrypt,
];

fn recording(steps: &[Step]) -> Recording<Step> {
    let at = Timestamp::parse_rfc3339("2026-11-22T16:40:00Z").unwrap();
    Recording {
        genesis: Genesis {
            seed: Blob(vec![1; 32]),
            at,
        },
        steps: steps.to_vec(),
    }
}

fn after(steps: &[Step]) -> View {
    use crate::labs::Lab as _;
    Session::<Envelope>::replay(recording(steps)).lab().view()
}

fn stored_then(more: &[Step]) -> View {
    after(&[&STORY[..5], more].concat())
}

fn refusal(view: &View) -> &str {
    let outcome = view.outcome.as_ref().expect("every step has an outcome");
    assert!(outcome.is_refusal, "{outcome:?}");
    &outcome.head
}

#[test]
fn the_whole_story_ends_with_the_text_readable_again() {
    let view = after(&STORY);
    assert_eq!(view.stage, Stage::Decrypted);
    let decrypted = view
        .browser
        .iter()
        .find(|chip| chip.label == "decrypted")
        .unwrap();
    assert_eq!(
        decrypted.value,
        crate::labs::bench::Value::Text("Invoice 4471, due Friday.".to_owned())
    );
}

#[test]
fn what_lies_in_s3_holds_neither_the_text_nor_the_data_key() {
    use crate::labs::bench::Value;
    let held = after(&STORY[..2]);
    let key = held
        .browser
        .iter()
        .find(|chip| chip.label == "data key")
        .unwrap();
    let Value::Bytes { bytes: key, .. } = &key.value else {
        panic!("a data key is bytes")
    };
    let stored = after(&STORY[..5]);
    let everything: Vec<u8> = stored
        .s3
        .iter()
        .flat_map(|chip| match &chip.value {
            Value::Bytes { bytes, .. } => bytes.0.clone(),
            _ => Vec::new(),
        })
        .collect();
    assert!(!everything.windows(7).any(|window| window == b"Invoice"));
    assert!(!everything.windows(32).any(|window| window == key.0));
}

#[test]
fn a_changed_context_is_refused_by_kms_although_the_policy_allows() {
    let pair = ContextPair {
        name: "department".to_owned(),
        value: "Sales".to_owned(),
    };
    let view = stored_then(&[Step::Context(pair), Step::Unwrap]);
    assert_eq!(refusal(&view), "KMS refused.");
    let call = view.calls.last().unwrap();
    assert_eq!((call.status, call.action.as_str()), (400, "kms:Decrypt"));
    assert_eq!(call.error.as_ref().unwrap().0, "InvalidCiphertextException");
    assert_eq!(call.events.len(), 1);
    assert!(call.events[0].contains("Sales") && !call.events[0].contains("Invoice"));
}

#[test]
fn putting_it_back_lets_the_text_be_read_again() {
    let flip = Flip {
        part: Part::WrappedKey,
        byte: 20,
        bit: 3,
    };
    let broken = stored_then(&[Step::Flip(flip), Step::Unwrap]);
    assert_eq!(refusal(&broken), "KMS refused.");
    let mended = stored_then(&[
        Step::Flip(flip),
        Step::Unwrap,
        Step::PutBack,
        Step::Unwrap,
        Step::Decrypt,
    ]);
    assert_eq!(mended.stage, Stage::Decrypted);
    assert!(!mended.is_broken);
}

#[test]
fn every_bit_of_the_message_is_vouched_for_by_kms_or_by_the_tag() {
    let mut said = Vec::new();
    let finding = flip_every_bit(recording(&STORY[..5]), &mut |progress| said.push(progress));
    let Finding::EveryBit {
        tried,
        refused_by_kms,
        refused_here,
        read,
    } = finding;
    let bytes: usize = stored_then(&[])
        .breakable
        .iter()
        .map(|breakable| breakable.bytes)
        .sum();
    assert_eq!((tried, read), (bytes * 8, 0));
    assert_eq!(refused_here, (12 + 25 + 16) * 8);
    assert_eq!(refused_by_kms, tried - refused_here);
    let last = said.last().unwrap();
    assert_eq!((last.done, last.total), (tried, tried));
}

fn done(more: &[Step]) -> Vec<&'static str> {
    let steps = [&STORY[..5], more].concat();
    Session::<Envelope>::replay(recording(&steps))
        .done()
        .to_vec()
}

fn flip(part: Part) -> Step {
    Step::Flip(Flip {
        part,
        byte: 9,
        bit: 0,
    })
}

fn context(value: &str) -> Step {
    Step::Context(ContextPair {
        name: "department".to_owned(),
        value: value.to_owned(),
    })
}

#[test]
fn every_task_is_done_by_its_steps_and_by_no_step_before() {
    use Step::{Decrypt, Unwrap};
    let ways = [
        (Task::RoundTrip, vec![Unwrap, Decrypt]),
        (
            Task::FlippedBit,
            vec![flip(Part::Ciphertext), Unwrap, Decrypt],
        ),
        (Task::WrongContext, vec![context("Sales"), Unwrap]),
        (Task::DamagedKey, vec![flip(Part::WrappedKey), Unwrap]),
    ];
    assert_eq!(ways.each_ref().map(|(task, _)| *task), Task::ALL);
    for (task, way) in ways {
        assert_eq!(done(&way[..way.len() - 1]), [""; 0], "{task:?}");
        assert_eq!(done(&way), [task.name()]);
        let steps = [&STORY[..5], &way].concat();
        let mut session = Session::<Envelope>::replay(recording(&steps));
        session.undo();
        assert_eq!(session.done(), [""; 0], "{task:?}");
    }
}

#[test]
fn what_was_done_stays_done_when_the_bench_is_mended() {
    let way = [context("Sales"), Step::Unwrap, Step::PutBack];
    let names = [Task::WrongContext, Task::RoundTrip].map(Task::name);
    assert_eq!(done(&[&way[..], &STORY[5..]].concat()), names);
}

#[test]
fn a_refusal_with_two_possible_causes_does_neither_task() {
    let both = [flip(Part::WrappedKey), context("Sales"), Step::Unwrap];
    assert_eq!(done(&both), [""; 0]);
    let other_part = [flip(Part::Tag), Step::Unwrap, Step::Decrypt];
    assert_eq!(done(&other_part), [""; 0]);
}

#[test]
fn a_text_that_was_never_bound_to_this_context_proves_nothing_about_its_bits() {
    let [create, generate, encrypt, wipe, store, unwrap, decrypt] = STORY;
    let steps = [
        create,
        generate,
        context("Sales"),
        encrypt,
        wipe,
        store,
        context("Finance"),
        flip(Part::Ciphertext),
        unwrap,
        decrypt,
    ];
    let session = Session::<Envelope>::replay(recording(&steps));
    assert_eq!(refusal(&after(&steps)), "AES-GCM refused.");
    assert_eq!(session.done(), [""; 0]);
}

#[test]
fn nothing_is_stored_beside_a_plain_key() {
    assert_eq!(
        refusal(&after(&[
            Step::CreateKey,
            Step::GenerateDataKey,
            Step::Encrypt,
            Step::Store
        ])),
        "Wipe first."
    );
}

#[test]
fn the_same_seed_and_steps_give_the_same_bench() {
    assert_eq!(after(&STORY), after(&STORY));
}

fn any_step() -> impl Strategy<Value = Step> {
    let pair = ("[a-z:]{0,12}", ".{0,12}").prop_map(|(name, value)| ContextPair { name, value });
    let part = prop::sample::select(Part::ALL.to_vec());
    let flip =
        (part, 0_usize..400, any::<u8>()).prop_map(|(part, byte, bit)| Flip { part, byte, bit });
    prop_oneof![
        5 => prop::sample::select(STORY.to_vec()),
        1 => ".{0,40}".prop_map(Step::Write),
        1 => pair.prop_map(Step::Context),
        1 => flip.prop_map(Step::Flip),
        1 => Just(Step::PutBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is done in whatever order: the lab stands, and a broken message is never read.
    #[test]
    fn no_order_of_steps_breaks_the_bench(steps in prop::collection::vec(any_step(), 0..24)) {
        let view = after(&steps);
        prop_assert!(view.stage < Stage::Decrypted || !view.is_broken);
    }
}
