//! The scenarios of AWS's pages, in our own words: organizations' policies level by level, and who is limited by what.

use serde_json::json;

use super::question::*;

/// Which of these services an account may use under the SCPs on the way from the root to it.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
fn usable(levels: &[&[&str]]) -> Vec<&'static str> {
    let services = [
        ("ec2", "ec2:RunInstances"),
        ("s3", "s3:GetObject"),
        ("sqs", "sqs:SendMessage"),
    ];
    let statement = |scp: &&str| {
        let (effect, action) = scp.split_once(' ').unwrap();
        json!({"Effect": effect, "Action": action, "Resource": "*"})
    };
    let is_usable = |action: &str| {
        let asked = question().action(action).identity(allow_all());
        let under =
            |asked: Question, level: &&[&str]| asked.scp(level.iter().map(statement).collect());
        levels.iter().fold(asked, under).is_allowed()
    };
    let usable = services.iter().filter(|(_, action)| is_usable(action));
    usable.map(|(service, _)| *service).collect()
}

const FULL: &str = "Allow *";

#[test]
fn scenario_1_a_deny_reaches_everything_below_it() {
    let sandbox = [FULL, "Deny s3:*"];
    assert_eq!(usable(&[&[FULL], &sandbox, &[FULL]]), ["ec2", "sqs"]);
    assert_eq!(usable(&[&[FULL], &sandbox, &[FULL, "Deny ec2:*"]]), ["sqs"]);
}

#[test]
fn scenario_2_an_allow_must_stand_at_every_level() {
    assert_eq!(usable(&[&[FULL], &["Allow ec2:*"], &[FULL]]), ["ec2"]);
    assert_eq!(usable(&[&[FULL], &[FULL], &[FULL]]), ["ec2", "s3", "sqs"]);
}

#[test]
fn scenario_3_without_an_allow_at_the_root_nothing_is_left() {
    let nothing: [&str; 0] = [];
    assert_eq!(usable(&[&[], &[FULL], &[FULL]]), nothing);
    assert_eq!(usable(&[&["Deny s3:*"], &[FULL], &[FULL]]), nothing);
}

#[test]
fn scenario_4_a_deny_in_one_branch_leaves_the_other_alone() {
    let test = [FULL, "Deny ec2:*"];
    assert_eq!(usable(&[&[FULL], &[FULL], &test, &[FULL]]), ["s3", "sqs"]);
    assert_eq!(
        usable(&[&[FULL], &[FULL], &[FULL], &[FULL]]),
        ["ec2", "s3", "sqs"]
    );
}

#[test]
fn scenario_5_an_allow_in_one_branch_narrows_that_branch() {
    assert_eq!(
        usable(&[&[FULL], &[FULL], &["Allow ec2:*"], &[FULL]]),
        ["ec2"]
    );
    assert_eq!(
        usable(&[&[FULL], &[FULL], &[FULL], &[FULL]]),
        ["ec2", "s3", "sqs"]
    );
}

#[test]
fn scenario_6_a_deny_at_the_root_wins_over_allows_below() {
    let root = [FULL, "Deny s3:*"];
    let nothing: [&str; 0] = [];
    assert_eq!(usable(&[&root, &[FULL], &["Allow s3:*"], &[FULL]]), nothing);
    assert_eq!(usable(&[&root, &[FULL], &[FULL], &[FULL]]), ["ec2", "sqs"]);
}

/// For a caller and how the resource policy of its account names it: which silent layers stop the request.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[test]
fn who_is_named_decides_which_silent_layers_limit() {
    let user = question;
    let session = || question().by(SESSION);
    let federated = || question().federated_by_alice();
    let aws = |name: &str| json!({"AWS": name});
    let rows = [
        (user(), aws(ALICE), [false, false, false]),
        (user(), aws(ROOT), [true, true, true]),
        (user(), json!("*"), [false, false, false]),
        (session(), aws(SESSION), [false, false, false]),
        (session(), aws(ROLE), [false, true, true]),
        (session(), aws(ROOT), [true, true, true]),
        (session(), json!("*"), [false, false, false]),
        (federated(), aws(FEDERATED), [false, false, false]),
        (federated(), aws(ALICE), [false, true, true]),
        (federated(), aws(HOME), [true, true, true]),
    ];
    for (caller, principal, [identity, boundary, session]) in rows {
        let why = format!("{} named by {principal}", caller.request.principal);
        let named = caller.resource(resource_statement("Allow", principal));
        assert_eq!(!named.is_allowed(), identity, "identity: {why}");
        let granted = named.identity(allow_all());
        let bounded = granted.clone().boundary(allow_other());
        assert_eq!(!bounded.is_allowed(), boundary, "boundary: {why}");
        assert_eq!(
            !granted.session(allow_other()).is_allowed(),
            session,
            "session: {why}"
        );
    }
}
