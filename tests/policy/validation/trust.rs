//! Who may assume a role, and how.

use super::*;

const GITHUB: &str = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const SAML: &str = "arn:aws:iam::111122223333:saml-provider/corp";

fn web(provider: &str, conditions: Value) -> Value {
    json!({"Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": conditions})
}

fn github(subject: &str) -> Value {
    web(
        GITHUB,
        json!({
            "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
            "StringLike": {"token.actions.githubusercontent.com:sub": subject}
        }),
    )
}

pub(super) fn cases() -> Vec<Case> {
    let saml = |condition: Value| json!({"Principal": {"Federated": SAML}, "Action": "sts:AssumeRoleWithSAML", "Condition": condition});
    let audience = json!({"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}});
    let main = "repo:octo/app:ref:refs/heads/main";
    vec![
        (
            "trust-no-assume",
            Trust,
            json!({"Action": "sts:TagSession"}),
            document(Trust, &[json!({}), json!({"Action": "sts:TagSession"})]),
        ),
        (
            "mismatched-action",
            Trust,
            json!({"Action": "sts:AssumeRoleWithSAML"}),
            saml(audience.clone()),
        ),
        (
            "mismatched-action",
            Trust,
            json!({"Principal": {"Federated": GITHUB}, "Action": "sts:AssumeRole"}),
            json!({"Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}),
        ),
        (
            "saml-no-audience",
            Trust,
            saml(json!({"StringEquals": {"SAML:iss": "https://idp.example.com"}})),
            saml(audience),
        ),
        (
            "oidc-no-condition",
            Trust,
            web(GITHUB, json!({"Bool": {"aws:SecureTransport": "true"}})),
            github(main),
        ),
        (
            "oidc-no-condition",
            Trust,
            web(
                "arn:aws:iam::111122223333:oidc-provider/login.example.org/tenant",
                json!({"StringLikeIfExists": {"login.example.org/tenant:sub": "a"}}),
            ),
            web(
                "arn:aws:iam::111122223333:oidc-provider/login.example.org/tenant",
                json!({"StringEquals": {"login.example.org/tenant:aud": "a"}}),
            ),
        ),
        (
            "oidc-no-subject",
            Trust,
            web(
                GITHUB,
                json!({"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}),
            ),
            web(
                GITHUB,
                json!({"StringEquals": {"token.actions.githubusercontent.com:job_workflow_ref": "octo/app/.github/workflows/deploy.yml@refs/heads/main"}}),
            ),
        ),
        (
            "oidc-no-subject",
            Trust,
            web(
                "cognito-identity.amazonaws.com",
                json!({"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}),
            ),
            web(
                "cognito-identity.amazonaws.com",
                json!({
                    "StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-central-1:1234abcd"},
                    "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}
                }),
            ),
        ),
        (
            "github-any-repository",
            Trust,
            github("repo:*"),
            github("repo:octo/*"),
        ),
        (
            "github-any-repository",
            Trust,
            github("repo:octo*/app:*"),
            github("repo:octo/app:environment:prod"),
        ),
    ]
}

#[test]
fn a_trust_policy_with_another_services_action_is_told_so_and_not_besides_that_it_lets_nobody_in() {
    let found = codes(Trust, &text(Trust, &json!({"Action": "s3:GetObject"})));
    assert_eq!(found, ["trust-action"]);
}
