//! Resources: the parts of their ARNs, and whether the actions work on them.

use super::*;

const KMS: &str = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
const ROLE: &str = "arn:aws:iam::111122223333:role/app";

/// Reads something of IAM.
fn of_iam(resource: &str) -> Value {
    json!({"Action": "iam:GetRole", "Resource": resource})
}

/// Decrypts.
fn of_kms(resource: &str) -> Value {
    json!({"Action": "kms:Decrypt", "Resource": resource})
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        (
            "invalid-resource",
            Identity,
            json!({"Resource": "notes/*"}),
            json!({"Resource": "arn:aws:s3:*"}),
        ),
        (
            "resource-service-wildcard",
            Identity,
            json!({"Resource": "arn:aws:*:::notes"}),
            json!({"Resource": "arn:*:s3:::notes/*"}),
        ),
        (
            "variable-in-arn",
            Identity,
            json!({"Resource": "arn:aws:s3::${aws:PrincipalAccount}:notes"}),
            json!({"Resource": "arn:aws:s3:::${aws:PrincipalAccount}-notes/*"}),
        ),
        (
            "variable-not-closed",
            Identity,
            json!({"Resource": "arn:aws:s3:::${aws:username"}),
            json!({"Resource": "arn:aws:s3:::${aws:username}/*"}),
        ),
        (
            "variable-empty",
            Identity,
            json!({"Resource": "arn:aws:s3:::${}"}),
            json!({"Resource": "arn:aws:s3:::notes/${*}"}),
        ),
        (
            "variable-default",
            Identity,
            json!({"Resource": "arn:aws:s3:::${aws:username, none}"}),
            json!({"Resource": "arn:aws:s3:::${aws:username, 'none'}/*"}),
        ),
        (
            "variable-name",
            Identity,
            json!({"Resource": "arn:aws:s3:::${a*}"}),
            json!({"Resource": "arn:aws:s3:::${aws:PrincipalTag/a b}/*"}),
        ),
        (
            "unknown-variable",
            Identity,
            json!({"Resource": "arn:aws:s3:::notes/${aws:usrname}"}),
            json!({"Resource": "arn:aws:s3:::notes/${aws:USERNAME}"}),
        ),
        (
            "unknown-variable",
            Identity,
            json!({"Resource": "arn:aws:s3:::notes/${s3:owner}"}),
            json!({"Resource": "arn:aws:s3:::notes/${token.example.org:sub}"}),
        ),
        (
            "variable-multi-valued",
            Identity,
            json!({"Resource": "arn:aws:s3:::notes/${aws:TagKeys}"}),
            json!({"Resource": "arn:aws:s3:::notes/${aws:PrincipalTag/team}"}),
        ),
        (
            "arn-partition",
            Identity,
            json!({"Resource": "arn:amazon:s3:::notes/*"}),
            json!({"Resource": "arn:aws-us-gov:s3:::notes/*"}),
        ),
        (
            "arn-service-case",
            Identity,
            json!({"Resource": "arn:aws:S3:::notes/*"}),
            json!({"Resource": "arn:aws:s3:::NOTES/*"}),
        ),
        (
            "unknown-arn-service",
            Identity,
            json!({"Resource": "arn:aws:s4:::notes/*"}),
            json!({"Action": "sagemaker:*", "Resource": "arn:aws:sagemaker:eu-central-1:111122223333:model/*"}),
        ),
        (
            "arn-region",
            Identity,
            of_kms("arn:aws:kms:europe:111122223333:key/*"),
            of_kms("arn:aws:kms:us-gov-west-1:111122223333:key/*"),
        ),
        (
            "arn-account",
            Identity,
            of_iam("arn:aws:iam::12345:role/app"),
            of_iam("arn:aws:iam::1111*:role/app"),
        ),
        (
            "arn-region-not-allowed",
            Identity,
            of_iam("arn:aws:iam:us-east-1:111122223333:role/app"),
            of_iam("arn:aws:iam:*:111122223333:role/app"),
        ),
        (
            "arn-region-missing",
            Identity,
            of_kms("arn:aws:kms::111122223333:key/*"),
            of_kms("arn:aws:kms:*:111122223333:key/*"),
        ),
        (
            "arn-account-not-allowed",
            Identity,
            json!({"Resource": "arn:aws:s3::111122223333:notes"}),
            json!({"Resource": "arn:aws:s3:::notes/*"}),
        ),
        (
            "arn-account-missing",
            Identity,
            of_iam("arn:aws:iam:::role/app"),
            json!({"Action": "ssm:GetParameter", "Resource": "arn:aws:ssm:eu-central-1::parameter/aws/service/ami/*"}),
        ),
        (
            "arn-resource",
            Identity,
            of_kms("arn:aws:kms:eu-central-1:111122223333:1234abcd"),
            of_kms(KMS),
        ),
        (
            "action-needs-star",
            Identity,
            json!({"Action": ["s3:GetObject", "s3:ListAllMyBuckets"]}),
            json!({"Action": "s3:ListAllMyBuckets", "Resource": "*"}),
        ),
        (
            "action-needs-star",
            Identity,
            json!({"Action": "kms:ListKeys", "Resource": KMS}),
            json!({"Action": "kms:List*", "Resource": KMS}),
        ),
        (
            "bucket-action-on-object",
            Identity,
            json!({"Action": ["s3:GetObject", "s3:ListBucket"]}),
            json!({"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::notes/*"]}),
        ),
        (
            "object-action-on-bucket",
            Identity,
            json!({"Resource": "arn:aws:s3:::notes"}),
            json!({"Resource": "arn:aws:s3:::notes*"}),
        ),
        (
            "resource-mismatch",
            Identity,
            of_kms("arn:aws:kms:eu-central-1:111122223333:alias/app"),
            json!({"Action": "kms:CreateAlias", "Resource": ["arn:aws:kms:eu-central-1:111122223333:alias/app", KMS]}),
        ),
        (
            "resource-mismatch",
            Identity,
            json!({"Action": ["iam:GetUser", "iam:GetRole"], "Resource": ROLE}),
            json!({"Action": ["iam:GetUser", "iam:GetRole"], "Resource": "arn:aws:iam::111122223333:*"}),
        ),
        (
            "unused-resource",
            Identity,
            json!({"Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::notes/*"]}),
            json!({"Action": "s3:*", "Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::notes/*"]}),
        ),
        (
            "redundant-resource",
            Identity,
            json!({"Resource": ["arn:aws:s3:::notes/*", "arn:aws:s3:::notes/a"]}),
            json!({"Resource": ["arn:aws:s3:::notes/a*", "arn:aws:s3:::notes/b"]}),
        ),
        (
            "redundant-resource",
            Identity,
            json!({"Action": "s3:*", "Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::notes"]}),
            json!({"Action": "s3:*", "Resource": ["arn:aws:s3:::notes", "arn:aws:s3:::Notes"]}),
        ),
    ]
}

#[test]
fn common_arns_of_many_services_are_sound() {
    let sound = [
        (
            "logs:PutLogEvents",
            "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/app:*",
        ),
        (
            "dynamodb:Query",
            "arn:aws:dynamodb:*:111122223333:table/orders/index/*",
        ),
        (
            "lambda:InvokeFunction",
            "arn:aws:lambda:eu-central-1:111122223333:function:app:prod",
        ),
        (
            "sqs:SendMessage",
            "arn:aws:sqs:eu-central-1:111122223333:orders",
        ),
        (
            "sns:Publish",
            "arn:aws:sns:eu-central-1:111122223333:orders",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db/pass-??????",
        ),
        (
            "ssm:GetParametersByPath",
            "arn:aws:ssm:eu-central-1:111122223333:parameter/app/*",
        ),
        (
            "ec2:StartInstances",
            "arn:aws:ec2:eu-central-1:111122223333:instance/i-0abc",
        ),
        ("ec2:RunInstances", "arn:aws:ec2:*::image/ami-*"),
        (
            "rds-db:connect",
            "arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/app",
        ),
        (
            "execute-api:Invoke",
            "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/prod/GET/pets",
        ),
        (
            "iam:AttachRolePolicy",
            "arn:aws:iam::111122223333:role/team/*",
        ),
        ("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ("sts:AssumeRole", "arn:aws:iam::*:role/audit"),
        (
            "s3:GetObject",
            "arn:aws:s3:eu-central-1:111122223333:accesspoint/notes/object/*",
        ),
        (
            "cognito-idp:AdminGetUser",
            "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_abc",
        ),
        (
            "organizations:DescribeAccount",
            "arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/444455556666",
        ),
        (
            "ecr:BatchGetImage",
            "arn:aws:ecr:eu-central-1:111122223333:repository/team/app",
        ),
        (
            "events:PutEvents",
            "arn:aws:events:eu-central-1:111122223333:event-bus/default",
        ),
        (
            "ssm:SendCommand",
            "arn:aws:ssm:*::document/AWS-RunShellScript",
        ),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::*"),
        (
            "backup:StartRestoreJob",
            "arn:aws:backup:*:*:recovery-point:*",
        ),
        (
            "cloudtrail:StopLogging",
            "arn:aws:cloudtrail:eu-central-1:111122223333:trail/all",
        ),
    ];
    for (action, resource) in sound {
        let changes = json!({"Action": action, "Resource": resource});
        assert_eq!(
            codes(Identity, &text(Identity, &changes)),
            [""; 0],
            "{changes}"
        );
    }
}

#[test]
fn an_action_on_what_belongs_to_another_service_is_no_matter_of_buckets() {
    for resource in [
        "arn:aws:sns:us-east-1:111122223333:jobs",
        "arn:aws:s3:::jobs",
    ] {
        let changes = json!({"Action": "sqs:SendMessage", "Resource": resource});
        let found = codes(Identity, &text(Identity, &changes));
        assert_eq!(found, ["resource-mismatch"], "{resource}");
    }
}

#[test]
fn statements_on_all_but_different_resources_are_both_needed() {
    let but = |action: &str, resource: &str| json!({"Effect": "Deny", "Action": action, "Resource": null, "NotResource": resource});
    let both = [
        but("s3:*", "arn:aws:s3:::notes/*"),
        but("s3:GetObject", "arn:aws:s3:::other/*"),
    ];
    let found = codes(Identity, &document(Identity, &both).to_string());
    assert!(
        !found.contains(&"redundant-statement".to_owned()),
        "{found:?}"
    );
}
