//! What a statement, a policy or a grant more or less would turn.

use cipherdeck::policy::CompiledPolicy;
use cipherdeck::policy::counterfactual::EditKind;
use serde_json::json;

use super::super::question::*;
use super::{allow, first, found, kinds, offers};

#[test]
fn the_layer_that_is_silent_gets_a_statement_or_its_first_policy() {
    let attach = |question: Question| {
        let (kind, told) = first(&question);
        assert_eq!(kind, EditKind::AttachPolicy, "{told}");
        told
    };
    assert_eq!(
        attach(question()),
        "attach a policy to the caller that allows `s3:GetObject` on `arn:aws:s3:::notes/a.txt`"
    );
    assert_eq!(
        attach(question().by(OTHER).identity(allow_all())),
        format!(
            "attach a policy to the resource that allows `s3:GetObject` on `{OBJECT}` to `{OTHER}`"
        )
    );
    assert_eq!(
        attach(
            question()
                .identity(allow_all())
                .scp(vec![allow_all()])
                .scp(vec![])
        ),
        "attach `FullAWSAccess` to `o-level`"
    );
    let assume = question()
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
        .identity(allow_all());
    assert_eq!(
        attach(assume),
        format!("attach a policy to the resource that allows `sts:AssumeRole` to `{ALICE}`")
    );
    for limit in [Question::boundary, Question::session, Question::endpoint] {
        let ec2 = json!([{"Effect": "Allow", "Action": ["ec2:*", "sqs:*"], "Resource": ["arn:aws:s3:::other"]}]);
        let asked = limit(question().by(SESSION).identity(allow_all()), ec2);
        let told = kinds(&asked);
        assert_eq!(told[0].0, EditKind::AddStatement, "{told:?}");
        assert_eq!(told.last().unwrap().0, EditKind::DetachPolicy);
    }
}

#[test]
fn a_key_may_be_opened_by_its_policy_or_by_a_grant() {
    let asked = key_question().by(SESSION);
    let grant = format!("create a grant that lets `{ROLE}` do `Decrypt` with the key");
    assert!(offers(&asked, &grant));
    assert!(!offers(
        &asked.clone().action("kms:ScheduleKeyDeletion"),
        "create a grant"
    ));
    let lambda = key_question().by("lambda.amazonaws.com");
    assert!(!offers(&lambda, "create a grant"));
}

#[test]
fn policies_of_aws_are_detached_and_never_rewritten() {
    let mut asked = question();
    let name = "arn:aws:iam::aws:policy/AmazonEC2FullAccess";
    asked
        .policies
        .identity
        .push(policy(allow("ec2:*", "*")).named(name));
    assert_eq!(first(&asked).0, EditKind::AttachPolicy);
    asked
        .policies
        .identity
        .push(policy(deny_all()).named("arn:aws:iam::aws:policy/AWSDenyAll"));
    asked.policies.identity.push(policy(allow_all()));
    assert_eq!(
        kinds(&asked),
        [(
            EditKind::DetachPolicy,
            "detach the identity policy `arn:aws:iam::aws:policy/AWSDenyAll`".to_owned()
        )]
    );
}

#[test]
fn what_allows_can_be_taken_away_in_as_many_ways() {
    let asked = question()
        .with("aws:RequestedRegion", "eu-west-1")
        .identity(json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
        }));
    let kinds: Vec<EditKind> = kinds(&asked).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            EditKind::ChangeContext,
            EditKind::Narrow,
            EditKind::RemoveStatement,
            EditKind::AddStatement,
            EditKind::DetachPolicy,
        ]
    );
    let grant = json!({"GrantId": "g-1", "GranteePrincipal": ROLE, "Operations": ["Decrypt"]});
    assert!(offers(
        &key_question().by(SESSION).grant(grant),
        "revoke the grant `g-1`"
    ));
    let root = question().by(ROOT).scp(vec![allow_all()]);
    assert!(offers(
        &root,
        "add a statement to the service control policy of `o-level` that denies"
    ));
}

#[test]
fn every_resource_that_is_denied_is_in_the_statement() {
    let asked = question().and_on("arn:aws:s3:::notes/b*", HOME);
    let found = found(&asked);
    assert!(
        found.edits[0]
            .after
            .contains(r#"["arn:aws:s3:::notes/a.txt", "arn:aws:s3:::notes/b*"]"#)
    );
    assert!(
        found.edits[0]
            .sentence
            .ends_with("on `arn:aws:s3:::notes/a.txt`, `arn:aws:s3:::notes/b*`")
    );
}

#[test]
fn the_name_of_a_policy_and_the_rest_of_its_text_survive() {
    let text = "{ \"Version\": \"2012-10-17\",\n\n  \"Statement\": [ { \"Effect\":\"Allow\", \"Action\" : [\"s3:PutObject\" ], \"Resource\":\"*\"}]\t}";
    let mut asked = question();
    asked
        .policies
        .identity
        .push(CompiledPolicy::parse(text).unwrap().named("Notes"));
    let edit = found(&asked).edits.remove(0);
    let (_, policies) = edit.apply(&asked.request, &asked.policies);
    assert_eq!(policies.identity[0].name(), Some("Notes"));
    assert_eq!(
        policies.identity[0].source(),
        text.replace("\"s3:PutObject\" ]", "\"s3:PutObject\", \"s3:GetObject\" ]")
    );
}

#[test]
fn of_two_denies_the_one_nearer_to_the_caller_comes_first() {
    let asked = question().identity(allow_all()).scp(vec![allow_all()]);
    let told = kinds(&asked.boundary(allow_all())).into_iter();
    let added: Vec<String> = told
        .filter(|(kind, _)| *kind == EditKind::AddStatement)
        .map(|(_, told)| told)
        .collect();
    let deny = "that denies `s3:GetObject` on `arn:aws:s3:::notes/a.txt`";
    assert_eq!(
        added,
        [
            format!("add a statement to the permissions boundary {deny}"),
            format!("add a statement to the identity policy {deny}"),
            format!("add a statement to the service control policy of `o-level` {deny}"),
        ]
    );
}
