//! Actions: their form, whether they exist, and what they allow.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let deny_all = json!({"Effect": "Deny", "Action": "*", "Resource": "*"});
    let role = "arn:aws:iam::111122223333:role/app";
    vec![
        (
            "invalid-action",
            Identity,
            json!({"Action": "GetObject"}),
            json!({"Action": "s3:getobject"}),
        ),
        (
            "action-service-wildcard",
            Identity,
            json!({"Action": "s*:GetObject"}),
            json!({"Action": "s3:*et?bject"}),
        ),
        (
            "variable-in-action",
            Identity,
            json!({"Action": "s3:${aws:username}"}),
            json!({"Resource": "arn:aws:s3:::notes/${aws:username}"}),
        ),
        (
            "unknown-service",
            Identity,
            json!({"Action": "s4:GetObject"}),
            json!({"Action": "sagemaker:Invoke*", "Resource": "*"}),
        ),
        (
            "unknown-action",
            Identity,
            json!({"Action": "s3:GetObjects"}),
            json!({"Action": "S3:GETOBJECT"}),
        ),
        (
            "unknown-action",
            Identity,
            json!({"Action": "s3:Fetch*"}),
            json!({"Action": "s3:*Object"}),
        ),
        (
            "unknown-action",
            Identity,
            json!({"Action": "s3:HeadObject"}),
            json!({"Action": "sagemaker:NoSuchAction", "Resource": "*"}),
        ),
        (
            "deprecated-action",
            Identity,
            json!({"Action": "aws-portal:ViewBilling", "Resource": "*"}),
            json!({"Action": "billing:GetBillingData", "Resource": "*"}),
        ),
        (
            "trust-action",
            Trust,
            json!({"Action": ["sts:AssumeRole", "s3:GetObject"]}),
            json!({"Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}),
        ),
        (
            "trust-action",
            Trust,
            json!({"Action": ["sts:AssumeRole", "sts:GetCallerIdentity"]}),
            json!({"Action": ["sts:Assume*"]}),
        ),
        (
            "key-action",
            Key,
            json!({"Action": ["kms:*", "s3:GetObject"]}),
            json!({"Action": ["kms:*"]}),
        ),
        (
            "rcp-service",
            Rcp,
            json!({"Action": ["s3:*", "ec2:*"]}),
            json!({"Action": ["s3:*", "sts:*", "secretsmanager:*"]}),
        ),
        (
            "redundant-action",
            Identity,
            json!({"Action": ["s3:Get*", "s3:GetObject"]}),
            json!({"Action": ["s3:Get*", "s3:PutObject"]}),
        ),
        (
            "redundant-action",
            Identity,
            json!({"Action": ["s3:GetObject", "S3:getobject"]}),
            json!({"Action": ["s3:GetObject", "s3:GetObjectAcl"]}),
        ),
        (
            "full-access",
            Identity,
            json!({"Action": "*", "Resource": "*"}),
            json!({"Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
        ),
        (
            "full-access",
            Identity,
            json!({"Action": ["*"], "Resource": ["*"]}),
            json!({"Action": "*"}),
        ),
        (
            "deny-everything",
            Scp,
            document(Scp, &[json!({}), deny_all.clone()]),
            document(Scp, std::slice::from_ref(&deny_all)),
        ),
        (
            "deny-everything",
            Resource,
            document(
                Resource,
                &[json!({}), with(&deny_all, json!({"Principal": "*"}))],
            ),
            document(
                Resource,
                &[
                    json!({}),
                    with(&deny_all, json!({"Principal": {"AWS": "444455556666"}})),
                ],
            ),
        ),
        (
            "deny-everything",
            Identity,
            document(Identity, &[json!({}), deny_all.clone()]),
            document(
                Identity,
                &[
                    json!({}),
                    with(
                        &deny_all,
                        json!({"Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}}}),
                    ),
                ],
            ),
        ),
        (
            "not-resource-allow",
            Identity,
            json!({"Resource": null, "NotResource": "arn:aws:s3:::notes/*"}),
            json!({"Effect": "Deny", "Resource": null, "NotResource": "arn:aws:s3:::notes/*"}),
        ),
        (
            "pass-role-star",
            Identity,
            json!({"Action": "iam:PassRole", "Resource": "*"}),
            json!({"Action": "iam:PassRole", "Resource": role}),
        ),
        (
            "pass-role-star",
            Identity,
            json!({"Action": "iam:Pass*", "Resource": "*"}),
            json!({"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}),
        ),
        (
            "pass-role-star",
            Identity,
            json!({"Action": ["iam:GetRole", "iam:PassRole"], "Resource": "*"}),
            json!({"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}),
        ),
        (
            "pass-role-star-in-action",
            Identity,
            json!({"Action": "iam:*", "Resource": "*"}),
            json!({"Action": "iam:Get*", "Resource": "*"}),
        ),
        (
            "pass-role-not-action",
            Identity,
            json!({"Action": null, "NotAction": "s3:*", "Resource": "*"}),
            json!({"Action": null, "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}),
        ),
        (
            "create-slr-star",
            Identity,
            json!({"Action": "iam:CreateServiceLinkedRole", "Resource": "*"}),
            json!({"Action": "iam:CreateServiceLinkedRole", "Resource": "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/*"}),
        ),
        (
            "create-slr-star",
            Identity,
            json!({"Action": "iam:CreateServiceLinkedRole*", "Resource": "*"}),
            json!({"Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": {"StringEquals": {"iam:AWSServiceName": "ecs.amazonaws.com"}}}),
        ),
    ]
}

#[test]
fn what_a_ceiling_allows_is_no_grant() {
    for kind in [Scp, Session, Boundary] {
        for changes in [
            json!({"Action": "*", "Resource": "*"}),
            json!({"Action": "iam:*", "Resource": "*"}),
        ] {
            assert_eq!(
                codes(kind, &text(kind, &changes)),
                [""; 0],
                "{kind} {changes}"
            );
        }
    }
}

#[test]
fn pass_role_on_all_roles_but_some_is_found_beside_the_not_resource() {
    let changes = json!({"Action": "iam:PassRole", "Resource": null, "NotResource": "arn:aws:iam::111122223333:role/admin"});
    let mut found = codes(Identity, &text(Identity, &changes));
    found.sort();
    assert_eq!(found, ["not-resource-allow", "pass-role-not-resource"]);
}

#[test]
fn a_slip_of_the_keyboard_and_an_operations_name_are_put_right() {
    let help = |action: &str| {
        let findings = validate(&text(Identity, &json!({"Action": action})), Identity);
        findings[0].help.clone().unwrap()
    };
    assert_eq!(help("s3:GetObjct"), "did you mean `GetObject`?");
    assert_eq!(help("dynamodbb:GetItem"), "did you mean `dynamodb`?");
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
    for (operation, action) in [
        ("s3:CompleteMultipartUpload", "s3:PutObject"),
        ("s3:CopyObject", "s3:PutObject` and `s3:GetObject"),
        ("s3:CreateMultipartUpload", "s3:PutObject"),
        ("s3:DeleteObjects", "s3:DeleteObject"),
        ("s3:HeadBucket", "s3:ListBucket"),
        ("s3:HeadObject", "s3:GetObject"),
        ("s3:ListBuckets", "s3:ListAllMyBuckets"),
        ("s3:ListMultipartUploads", "s3:ListBucketMultipartUploads"),
        ("s3:ListObjectVersions", "s3:ListBucketVersions"),
        ("s3:ListObjects", "s3:ListBucket"),
        ("s3:ListObjectsV2", "s3:ListBucket"),
        ("s3:UploadPart", "s3:PutObject"),
        ("kms:ReEncrypt", "kms:ReEncryptFrom` and `kms:ReEncryptTo"),
        ("lambda:Invoke", "lambda:InvokeFunction"),
    ] {
        let allowed_by = format!("the operation is allowed by `{action}`");
        assert_eq!(help(operation), allowed_by, "{operation}");
    }
}
