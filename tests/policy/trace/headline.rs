//! The decision in one sentence.

use serde_json::json;

use super::super::question::*;

#[test]
fn the_headline_speaks_like_an_access_denied_message() {
    assert_eq!(
        question().headline(),
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: \
         \"arn:aws:s3:::notes/a.txt\" because no identity-based policy allows the s3:GetObject action"
    );
    assert_eq!(
        key_question().by(SESSION).identity(allow_all()).headline(),
        format!(
            "User: {SESSION} is not authorized to perform: kms:Decrypt on resource: {KEY} because no resource-based \
             policy allows the kms:Decrypt action"
        )
    );
    let without_resource = question().action("s3:ListAllMyBuckets").on("*", HOME);
    assert!(
        without_resource
            .headline()
            .contains("perform: s3:ListAllMyBuckets because no")
    );
    let trust = json!({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"});
    let role = question()
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
        .resource(trust);
    assert!(
        role.headline()
            .ends_with("with an explicit deny in the role trust policy")
    );
}

#[test]
fn the_headline_names_the_kind_of_policy_that_is_silent() {
    for (asked, silent) in [
        (
            question().identity(allow_all()).scp(vec![]),
            "service control policy",
        ),
        (
            question().identity(allow_all()).boundary(allow_other()),
            "permissions boundary",
        ),
        (
            question().identity(allow_all()).session(allow_other()),
            "session policy",
        ),
        (
            question().identity(allow_all()).endpoint(allow_other()),
            "VPC endpoint policy",
        ),
        (
            question().by(OTHER).identity(allow_all()),
            "resource-based policy",
        ),
    ] {
        let end = format!("because no {silent} allows the s3:GetObject action");
        assert!(asked.headline().ends_with(&end), "{}", asked.headline());
    }
}

#[test]
fn the_headline_names_the_policy_that_denies_by_its_arn() {
    let arn =
        "arn:aws:organizations::444455556666:policy/o-example/service_control_policy/p-nonotes";
    let mut denied = question().identity(allow_all()).scp(vec![allow_all()]);
    let scp = policy(deny_all()).named(arn);
    denied.policies.service_control[0].policies.push(scp);
    let end = format!("with an explicit deny in a service control policy: {arn}");
    assert!(denied.headline().ends_with(&end), "{}", denied.headline());
    let nameless = question().identity(deny_all());
    assert!(
        nameless
            .headline()
            .ends_with("with an explicit deny in an identity-based policy")
    );
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
#[test]
fn the_headline_says_where_no_permission_is_needed() {
    let asked = question().action("sts:GetCallerIdentity").on("*", HOME);
    let end = "because no permission is needed for the sts:GetCallerIdentity action";
    assert!(asked.headline().ends_with(end), "{}", asked.headline());
}
