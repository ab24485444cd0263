//! What the bench makes of its texts.

use crate::base::Severity;
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::policy::{DecidedBy, Decision, PolicyType};

use super::{ALLOW, after, decision, does, field, policy, write};

#[test]
fn the_bench_begins_with_a_request_that_is_allowed() {
    let view = after(&[]);
    assert_eq!(decision(&view), Decision::Allowed);
    assert_eq!(view.graded, None);
}

#[test]
fn nothing_is_decided_while_a_text_cannot_be_read_and_the_text_says_why() {
    let wrong = [
        (Field::Principal, "alice"),
        (Field::Action, "GetObject"),
        (Field::Resource(0), "notes"),
        (Field::Account(0), "12"),
        (Field::ManagementAccount, "none"),
        (Field::KeyManager, "me"),
        (Field::Policy(0), "{\n  \"Statement\": [],\n}"),
    ];
    for (wrong, text) in wrong {
        let view = after(&[write(wrong, text)]);
        assert!(view.answer.is_none() && !view.is_readable, "{wrong}");
        assert_eq!(
            field(&view, wrong).notes[0].finding.severity,
            Severity::Error,
            "{wrong}"
        );
    }
    let view = after(&[write(Field::Policy(0), "{\n  \"Statement\": [],\n}")]);
    let note = &field(&view, Field::Policy(0)).notes[0];
    assert_eq!(note.place.unwrap().line, 2);
}

#[test]
fn what_is_wrong_but_legible_is_said_and_decided_all_the_same() {
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}"#;
    let view = after(&[write(Field::Policy(0), policy)]);
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    let note = &field(&view, Field::Policy(0)).notes[0];
    assert_eq!(
        (note.finding.code.as_str(), note.finding.span.start),
        ("invalid-effect", 50)
    );
}

#[test]
fn a_resources_policy_is_checked_as_what_the_resource_makes_it() {
    let view = after(&[
        policy(PolicyType::Resource, "", ALLOW),
        write(Field::Action, "sts:AssumeRole"),
        write(Field::Resource(0), "arn:aws:iam::111122223333:role/r"),
    ]);
    let notes = &field(&view, Field::Policy(1)).notes;
    assert!(
        notes
            .iter()
            .any(|note| note.finding.message.contains("trust")),
        "{notes:?}"
    );
}

#[test]
fn editors_offer_the_words_of_the_services_that_the_bench_speaks_of() {
    let view = after(&[policy(
        PolicyType::Resource,
        "",
        r#"{"Statement": {"NotAction": "kms:*"}}"#,
    )]);
    let has = |list: &[String], word: &str| list.iter().any(|each| each == word);
    let words = &view.form.words;
    for action in ["s3:GetObjectAcl", "kms:Decrypt", "sts:"] {
        assert!(has(&words.actions, action), "{action}");
    }
    for name in [
        "NotPrincipal",
        "StringNotLike",
        "s3:prefix",
        "kms:ViaService",
        "aws:PrincipalOrgID",
    ] {
        assert!(has(&words.names, name), "{name}");
    }
    assert!(!has(&words.actions, "sqs:SendMessage"));
}

#[test]
fn a_key_that_is_known_to_hold_a_set_holds_one_also_of_one_value() {
    let view = after(&[does(Change::AddKey(
        "aws:tagkeys".to_owned(),
        "team".to_owned(),
    ))]);
    assert_eq!(
        field(&view, Field::Values(1)).about,
        "a set of String; one value a line"
    );
    let view = after(&[does(Change::AddKey(
        "aws:SourceIp".to_owned(),
        "203.0.113.7".to_owned(),
    ))]);
    assert_eq!(field(&view, Field::Values(1)).about, "IpAddress");
}

#[test]
fn an_empty_scp_text_is_a_place_with_nothing_attached() {
    let view = after(&[policy(PolicyType::Scp, "Root", "")]);
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    assert_eq!(view.answer.unwrap().decided_by, DecidedBy::Scp);
}

#[test]
fn keys_that_the_policies_mention_and_the_request_lacks_are_offered() {
    let conditions = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::${s3:prefix, 'x'}/*",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"aws:UserName": "alice"}}}}"#;
    let view = after(&[write(Field::Policy(0), conditions)]);
    let acts = view.form.parts().flat_map(|part| &part.acts);
    let keys: Vec<_> = acts
        .filter_map(|act| match act.deed.change() {
            Some(Change::AddKey(key, value)) => Some(format!("{key}={value}")),
            _ => None,
        })
        .collect();
    assert_eq!(keys, ["aws:MultiFactorAuthPresent=true", "s3:prefix=", "="]);
    let view = after(&[
        write(
            Field::Policy(0),
            &conditions.replace("${s3:prefix, 'x'}", "notes"),
        ),
        does(Change::AddKey(
            "aws:MultiFactorAuthPresent".to_owned(),
            "true".to_owned(),
        )),
    ]);
    assert_eq!(decision(&view), Decision::Allowed);
}
