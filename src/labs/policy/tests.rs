use proptest::prelude::*;

use crate::base::{Blob, Severity, Timestamp};
use crate::labs::policy::{Field, Mark, PolicyBench, SCENARIOS, Step, View};
use crate::labs::{Genesis, Lab as _, Recording, Session};
use crate::policy::Decision;

fn after(steps: &[Step]) -> View {
    let recording = Recording {
        genesis: Genesis {
            seed: Blob(Vec::new()),
            at: Timestamp::from_millis(0),
        },
        steps: steps.to_vec(),
    };
    Session::<PolicyBench>::replay(recording).lab().view()
}

fn write(field: Field, text: &str) -> Step {
    Step::Write(field, text.to_owned())
}

fn decision(view: &View) -> Decision {
    view.answer
        .as_ref()
        .expect("every text can be read")
        .decision
}

#[test]
fn every_scenario_is_sound_and_decided_as_its_story_tells() {
    use Decision::{Allowed, ExplicitlyDenied, ImplicitlyDenied};
    let decisions = [ExplicitlyDenied, Allowed, Allowed, ImplicitlyDenied];
    assert_eq!(decisions.len(), SCENARIOS.len());
    for (number, expected) in decisions.into_iter().enumerate() {
        let view = after(&[Step::SetOut(number)]);
        assert_eq!(decision(&view), expected, "{}", SCENARIOS[number].title);
        let notes = view.fields.iter().flat_map(|field| &field.notes);
        // One story's user may do everything, and it is about what holds her all the same.
        let flaws: Vec<_> = notes.filter(|note| note.code != "full-access").collect();
        assert!(flaws.is_empty(), "{flaws:?}");
    }
}

#[test]
fn what_the_stories_ask_to_try_turns_the_decision() {
    let kms = write(
        Field::Context,
        r#"{"s3:x-amz-server-side-encryption": "aws:kms"}"#,
    );
    assert_eq!(decision(&after(&[kms])), Decision::Allowed);
    let bob = [
        Step::SetOut(1),
        write(Field::Context, r#"{"aws:username": "bob"}"#),
    ];
    assert_eq!(decision(&after(&bob)), Decision::ImplicitlyDenied);
    let no_key_policy = [Step::SetOut(2), write(Field::ResourcePolicy, "")];
    assert_eq!(decision(&after(&no_key_policy)), Decision::ImplicitlyDenied);
    let ireland = [
        Step::SetOut(3),
        write(Field::Context, r#"{"aws:RequestedRegion": "eu-west-1"}"#),
    ];
    assert_eq!(decision(&after(&ireland)), Decision::Allowed);
    let instances = [&ireland[..], &[write(Field::Action, "ec2:RunInstances")]].concat();
    let view = after(&instances);
    assert!(
        view.answer
            .unwrap()
            .headline
            .contains("permissions boundary")
    );
}

#[test]
fn the_branch_that_decided_is_open_and_says_which_clause_did_it() {
    let answer = after(&[]).answer.unwrap();
    let open: Vec<_> = answer.layers.iter().filter(|layer| layer.is_open).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].title.as_str(), open[0].mark),
        ("Resource policy", Mark::Denies)
    );
    let statement = &open[0].children[0];
    assert_eq!(statement.place.unwrap().to_string(), "4:5");
    let clause = statement.children.last().unwrap();
    assert_eq!(
        clause.title,
        "Condition StringNotEquals s3:x-amz-server-side-encryption"
    );
    assert_eq!(
        clause.why,
        "the key is missing, which a negated operator lets pass"
    );
    assert_eq!(clause.place.unwrap().to_string(), "11:29");
}

#[test]
fn a_variable_is_shown_before_and_after_it_is_filled_in() {
    let answer = after(&[Step::SetOut(1)]).answer.unwrap();
    let identity = answer
        .layers
        .iter()
        .find(|layer| layer.title == "Identity policy")
        .unwrap();
    let resource = identity.children[0]
        .children
        .iter()
        .find(|clause| clause.title == "Resource")
        .unwrap();
    assert_eq!(
        resource.children[0].title,
        "`arn:aws:s3:::notes/home/${aws:username}/*`, which is `arn:aws:s3:::notes/home/alice/*` here"
    );
}

#[test]
fn nothing_is_decided_while_a_text_cannot_be_read_and_the_text_says_why() {
    let wrong = [
        (Field::Principal, "alice"),
        (Field::Action, "GetObject"),
        (Field::Resource, "notes"),
        (Field::Owner, "12"),
        (Field::Context, "{\n  \"a\": }"),
        (Field::IdentityPolicy, "{\"Statement\": [],}"),
    ];
    for (field, text) in wrong {
        let view = after(&[write(field, text)]);
        assert!(view.answer.is_none(), "{field:?}");
        let note = &view.field(field).notes[0];
        assert_eq!(note.severity, Severity::Error, "{field:?}");
    }
    let context = after(&[write(Field::Context, "{\n  \"a\": }")]);
    assert_eq!(
        context.field(Field::Context).notes[0].place.unwrap().line,
        2
    );
}

#[test]
fn what_is_wrong_but_legible_is_said_and_decided_all_the_same() {
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}"#;
    let view = after(&[Step::SetOut(1), write(Field::IdentityPolicy, policy)]);
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    let note = &view.field(Field::IdentityPolicy).notes[0];
    assert_eq!(note.place.unwrap().to_string(), "1:51");
    assert_eq!(
        note.help.as_deref(),
        Some("write `Allow` or `Deny`, in this case")
    );
}

#[test]
fn a_resources_policy_is_checked_as_what_the_resource_makes_it() {
    let view = after(&[Step::SetOut(2), write(Field::Action, "sts:AssumeRole")]);
    let notes = &view.field(Field::ResourcePolicy).notes;
    assert!(
        notes.iter().any(|note| note.message.contains("trust")),
        "{notes:?}"
    );
}

proptest! {
    #[test]
    fn any_text_in_any_field_leaves_a_view(field in 0..Field::ALL.len(), text in ".{0,80}", number in any::<usize>()) {
        let view = after(&[Step::SetOut(number), Step::Write(Field::ALL[field], text.clone())]);
        prop_assert_eq!(&view.fields[field].text, &text);
    }
}
