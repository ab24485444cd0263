//! A scenario on the bench, before and behind the prediction.

use crate::course::{ExhibitKind, FileKind, parse_file};
use crate::labs::policy::deed::Change;
use crate::labs::policy::field::Field;
use crate::labs::policy::{Paper, PolicyBench, Prediction, Step, prove};
use crate::labs::{Lab as _, Recording, Session};
use crate::policy::{DecidedBy, Decision, PolicyType};

use super::{ALLOW, REQUEST, after, decision, does, field, genesis, request, scenario, session};

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
