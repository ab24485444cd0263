use proptest::prelude::*;

use crate::base::{Blob, Timestamp};
use crate::labs::envelope::{ContextPair, Envelope, Flip, Part, Stage, Step, View, flip_every_bit};
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
