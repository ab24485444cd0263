//! Policies of resources that let in too many, and keys that lock out everyone.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let root = json!({"AWS": "arn:aws:iam::111122223333:root"});
    let admin = json!({"AWS": "arn:aws:iam::111122223333:role/admin"});
    let on = |operator: &str, key: &str, value: &str| json!({"Principal": "*", "Condition": {operator: {key: value}}});
    let service = |condition: Value| {
        let mut changes =
            json!({"Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject"});
        if condition.is_object() {
            changes["Condition"] = condition;
        }
        changes
    };
    vec![
        (
            "public-access",
            Resource,
            json!({"Principal": "*"}),
            json!({"Principal": "*", "Effect": "Deny"}),
        ),
        (
            "public-access",
            Resource,
            json!({"Principal": {"AWS": "*"}}),
            on("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        ),
        (
            "public-access",
            Resource,
            on("Bool", "aws:SecureTransport", "true"),
            on("IpAddress", "aws:SourceIp", "203.0.113.0/24"),
        ),
        (
            "public-access",
            Resource,
            on("StringNotEquals", "aws:PrincipalAccount", "111122223333"),
            on("StringEquals", "aws:PrincipalAccount", "111122223333"),
        ),
        (
            "public-access",
            Resource,
            on("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
            on("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d"),
        ),
        (
            "public-access",
            Trust,
            json!({"Principal": "*"}),
            json!({"Principal": {"AWS": "*"}, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}}}),
        ),
        (
            "public-access",
            Key,
            json!({"Principal": "*"}),
            json!({"Principal": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}),
        ),
        (
            "confused-deputy",
            Resource,
            service(Value::Null),
            service(json!({"StringEquals": {"aws:SourceAccount": "111122223333"}})),
        ),
        (
            "confused-deputy",
            Resource,
            service(json!({"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}})),
            service(
                json!({"ArnLike": {"aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*"}}),
            ),
        ),
        (
            "key-absent-for-service",
            Resource,
            service(
                json!({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceAccount": "111122223333"}}),
            ),
            service(json!({"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}})),
        ),
        (
            "key-policy-lockout",
            Key,
            json!({"Action": "kms:Decrypt"}),
            json!({"Action": ["kms:Decrypt", "kms:Put*"]}),
        ),
        (
            "key-policy-no-account",
            Key,
            json!({"Principal": admin}),
            document(
                Key,
                &[
                    json!({"Principal": root}),
                    json!({"Principal": admin, "Action": "kms:PutKeyPolicy"}),
                ],
            ),
        ),
        (
            "key-resource",
            Key,
            json!({"Resource": "arn:aws:kms:eu-central-1:111122223333:key/1234abcd"}),
            json!({"Resource": ["*"]}),
        ),
    ]
}
