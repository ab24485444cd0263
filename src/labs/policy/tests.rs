use proptest::prelude::*;

use crate::base::{Blob, Severity, Timestamp};
use crate::course::{ExhibitKind, FileKind, ScenarioId, parse_file};
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::mistake::Mistake;
use crate::labs::policy::{
    Branch, FieldView, Mark, Paper, PolicyBench, Prediction, Step, View, prove,
};
use crate::labs::{Genesis, Lab as _, Recording, Session};
use crate::policy::{DecidedBy, Decision, PolicyType};

fn genesis() -> Genesis {
    Genesis {
        seed: Blob(Vec::new()),
        at: Timestamp::from_millis(0),
    }
}

fn session(steps: &[Step]) -> Session<PolicyBench> {
    Session::replay(Recording {
        genesis: genesis(),
        steps: steps.to_vec(),
    })
}

fn after(steps: &[Step]) -> View {
    session(steps).lab().view()
}

fn write(field: Field, text: &str) -> Step {
    Step::Write(field.into(), text.to_owned())
}

fn policy(kind: PolicyType, level: &str, text: &str) -> Step {
    does(Change::Lay(Paper {
        kind: ExhibitKind::Policy(kind),
        level: level.to_owned(),
        name: String::new(),
        text: text.to_owned(),
    }))
}

fn does(change: Change) -> Step {
    Step::Do(change.into())
}

fn decision(view: &View) -> Decision {
    let answer = view.answer.as_ref();
    answer.expect("every text can be read").decision
}

fn field(view: &View, field: Field) -> &FieldView {
    view.form
        .field(&field.into())
        .unwrap_or_else(|| panic!("{field} lies on the bench"))
}

fn find<'a>(branches: &'a [Branch], title: &str) -> &'a Branch {
    fn search<'a>(branches: &'a [Branch], title: &str) -> Option<&'a Branch> {
        branches.iter().find_map(|branch| {
            (branch.title == title)
                .then_some(branch)
                .or_else(|| search(&branch.children, title))
        })
    }
    search(branches, title).unwrap_or_else(|| panic!("{title} is a branch"))
}

const ALLOW: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
const NOTHING: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#;

fn scenario() -> Option<ScenarioId> {
    Some("some-case".parse().unwrap())
}

fn request(text: &str) -> Paper {
    Paper::new(ExhibitKind::Request, text)
}

const REQUEST: &str = r#"{
  "principal": {"type": "Federated", "provider": "accounts.google.com"},
  "action": "ec2:RunInstances",
  "resource": [{"resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*"}, {"resource": "*", "accountId": "444455556666"}],
  "context": {"aws:TagKeys": ["team"], "aws:RequestedRegion": "eu-west-1"},
  "managementAccount": "123456789012",
  "keyManager": "AWS"
}"#;

#[test]
fn the_bench_begins_with_a_request_that_is_allowed() {
    let view = after(&[]);
    assert_eq!(decision(&view), Decision::Allowed);
    assert_eq!(view.graded, None);
}

#[test]
fn a_scenario_hides_its_decision_until_it_is_predicted() {
    let set_out = Step::SetOut(scenario(), vec![request(REQUEST)]);
    let view = after(std::slice::from_ref(&set_out));
    assert!(view.is_readable && view.answer.is_none());
    let right = Prediction {
        decision: Decision::ImplicitlyDenied,
        decided_by: DecidedBy::Default,
    };
    let view = after(&[set_out.clone(), Step::Predict(right)]);
    assert!(view.graded.unwrap().is_right());
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    let wrong = Prediction {
        decided_by: DecidedBy::Scp,
        ..right
    };
    let view = after(&[
        set_out.clone(),
        Step::Predict(wrong),
        does(Change::Lay(request("{}"))),
    ]);
    let graded = view.graded.unwrap();
    assert!(!graded.is_right() && graded.is_decision_right());
    assert!(
        after(&[set_out, Step::Predict(wrong), Step::Hide])
            .answer
            .is_none()
    );
}

#[test]
fn what_a_scenario_lays_down_can_be_printed_and_laid_down_again() {
    let policy = Paper {
        kind: ExhibitKind::Policy(PolicyType::Scp),
        level: "Root".to_owned(),
        name: "FullAWSAccess".to_owned(),
        text: ALLOW.to_owned(),
    };
    let papers = vec![
        request(REQUEST),
        policy,
        Paper::new(ExhibitKind::Grants, "[]"),
    ];
    let session = session(&[Step::SetOut(scenario(), papers)]);
    let again = Recording::<Step>::from_play(genesis(), &session.play()).unwrap();
    assert_eq!(again.steps.len(), 1);
    let view = Session::<PolicyBench>::replay(again).lab().view();
    assert_eq!(view, session.lab().view());
    assert_eq!(
        field(&view, Field::Principal).text,
        "federated accounts.google.com"
    );
    assert_eq!(field(&view, Field::Account(1)).text, "444455556666");
    assert_eq!(field(&view, Field::KeyManager).text, "AWS");
    assert_eq!(field(&view, Field::Level(0)).text, "Root");
}

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
fn the_path_opens_at_the_layer_that_decided_and_points_into_its_text() {
    let view = after(&[write(Field::Resource(0), "arn:aws:s3:::notes/home/bob/x")]);
    let path = &view.answer.as_ref().unwrap().path;
    let open: Vec<_> = path.iter().filter(|layer| layer.is_open).collect();
    assert_eq!(open.len(), 1);
    let clause = find(path, "Resource");
    assert_eq!(clause.mark, Some(Mark::Differs));
    let at = clause.at.as_ref().unwrap();
    assert_eq!(
        (at.field.clone(), at.place.to_string().as_str()),
        (Field::Policy(0).into(), "6:5")
    );
    let filled = &clause.children[0].title;
    assert!(
        filled.ends_with("which is `arn:aws:s3:::notes/home/alice/*` here"),
        "{filled}"
    );
}

#[test]
fn what_aws_leaves_open_is_marked_with_the_reading_taken() {
    let condition = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"NumericLessThan": {"s3:max-keys": "10"}}}}"#;
    let view = after(&[
        write(Field::Policy(0), condition),
        does(Change::AddKey("s3:max-keys".to_owned(), "many".to_owned())),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let clause = find(path, "Condition NumericLessThan s3:max-keys");
    let open = clause.children.last().unwrap();
    assert_eq!(open.mark, Some(Mark::Unspecified));
    assert!(
        open.title.starts_with("AWS does not specify"),
        "{}",
        open.title
    );

    let view = after(&[write(Field::Policy(0), ALLOW)]);
    assert!(!format!("{:?}", view.answer).contains("Unspecified"));
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
fn the_organization_is_a_tree_from_the_root_down() {
    let view = after(&[
        policy(PolicyType::Scp, "Root", ALLOW),
        policy(PolicyType::Scp, "Workloads", ALLOW),
        policy(PolicyType::Scp, "Workloads", NOTHING),
        policy(PolicyType::Scp, "111122223333", NOTHING),
    ]);
    assert_eq!(decision(&view), Decision::ImplicitlyDenied);
    let path = &view.answer.as_ref().unwrap().path;
    let root = find(path, "`Root`");
    assert_eq!(root.mark, Some(Mark::Allows));
    let unit = find(&root.children, "`Workloads`");
    assert_eq!(unit.mark, Some(Mark::Allows));
    let account = find(&unit.children, "`111122223333`");
    assert_eq!(account.mark, Some(Mark::Silent));
    assert!(account.why.starts_with("0 of "), "{}", account.why);
    assert!(
        root.why.ends_with("actions of `s3` are left here"),
        "{}",
        root.why
    );
}

#[test]
fn each_level_says_which_actions_of_the_service_it_leaves() {
    let reads = ALLOW.replace(
        "\"*\", \"Resource",
        "[\"s3:GetObject\", \"s3:GetObjectAcl\"], \"Resource",
    );
    let view = after(&[
        policy(PolicyType::Scp, "Root", &reads),
        policy(PolicyType::Scp, "Unit", ALLOW),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let unit = find(path, "`Unit`");
    assert!(unit.why.starts_with("2 of "), "{}", unit.why);
    let left = find(&unit.children, "What is left");
    assert_eq!(left.children[0].title, "`GetObject`, `GetObjectAcl`");
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
fn several_resources_have_a_branch_each() {
    let view = after(&[
        does(Change::AddResource),
        write(Field::Resource(1), "arn:aws:s3:::other/x"),
    ]);
    let path = &view.answer.as_ref().unwrap().path;
    let marks: Vec<_> = path.iter().map(|branch| branch.mark).collect();
    assert_eq!(marks, [Some(Mark::Allows), Some(Mark::Silent)]);
    let view = after(&[
        does(Change::AddResource),
        does(Change::Remove(Field::Resource(0))),
        does(Change::Remove(Field::Resource(0))),
    ]);
    assert_eq!(field(&view, Field::Resource(0)).text, "");
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

#[test]
fn a_scenario_that_does_not_come_to_what_it_says_is_disproved() {
    let file = |decision: &str, policy: &str| {
        format!(
            "---\nscenario: some-case\ntitle: A case\ndomains: [SCS-C03/4]\ntopic: iam\ndecision: {decision}\ndecided-by: identity\n---\n\n# A case\n\nA story.\n\n\
             ```json request\n{{\"principal\": \"arn:aws:iam::111122223333:user/a\", \"action\": \"s3:GetObject\", \"resource\": {{\"resource\": \"arn:aws:s3:::b/k\"}}}}\n```\n\n\
             ```json identity\n{policy}\n```\n\n> [!NOTE]\n> So it is.\n> Source: <https://docs.aws.amazon.com/x.html>\n"
        )
    };
    let codes = |text: &str| -> Vec<(String, usize)> {
        let (draft, findings) = parse_file("scenarios/some-case.md", text.as_bytes());
        assert!(findings.is_empty(), "{findings:?}");
        let FileKind::Scenario(scenario) = draft.unwrap().file.kind else {
            panic!("it is a scenario")
        };
        let found = prove(&scenario).into_iter();
        found
            .map(|finding| (finding.code, finding.span.start))
            .collect()
    };
    const ALLOW: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"#;
    assert_eq!(codes(&file("Allowed", ALLOW)), []);
    let denied = file("ExplicitlyDenied", ALLOW);
    assert_eq!(
        codes(&denied),
        [(
            "wrong-decision".to_owned(),
            denied.find("Explicitly").unwrap()
        )]
    );
    let flawed = file(
        "Allowed",
        &ALLOW.replace("\"Version\": \"2012-10-17\", ", ""),
    );
    assert_eq!(codes(&flawed)[0].0, "wrong-findings");
    let broken = file("Allowed", "{,}");
    assert_eq!(
        codes(&broken),
        [("json-syntax".to_owned(), broken.find("{,}").unwrap() + 1)]
    );
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
