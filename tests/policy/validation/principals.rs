//! Whom a statement names.

use super::*;

pub(super) fn cases() -> Vec<Case> {
    let aws = |name: &str| json!({"Principal": {"AWS": name}});
    let federated = |name: &str| {
        json!({
            "Principal": {"Federated": name}, "Action": "sts:AssumeRoleWithSAML",
            "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
        })
    };
    vec![
        (
            "invalid-principal",
            Resource,
            aws("alice"),
            aws("arn:aws:iam::111122223333:user/alice"),
        ),
        (
            "invalid-principal",
            Resource,
            aws("arn:aws:iam::111122223333:group/admins"),
            aws("arn:aws:sts::111122223333:assumed-role/app/session"),
        ),
        (
            "invalid-principal",
            Resource,
            json!({"Principal": "alice"}),
            aws("111122223333"),
        ),
        (
            "invalid-principal-type",
            Resource,
            json!({"Principal": {"User": "alice"}}),
            aws("arn:aws:iam::111122223333:root"),
        ),
        (
            "principal-wildcard",
            Resource,
            aws("arn:aws:iam::111122223333:user/*"),
            json!({"Effect": "Deny", "Principal": {"AWS": "*"}}),
        ),
        (
            "variable-in-principal",
            Resource,
            aws("arn:aws:iam::111122223333:user/${aws:username}"),
            aws("arn:aws:iam::111122223333:user/$aws"),
        ),
        (
            "principal-gone",
            Resource,
            aws("AIDACKCEVSQ6C2EXAMPLE"),
            aws("arn:aws:iam::111122223333:role/AIDACKCEVSQ6C2EXAMPLE"),
        ),
        (
            "arn-partition",
            Resource,
            aws("arn:amazon:iam::111122223333:root"),
            aws("arn:aws-cn:iam::111122223333:root"),
        ),
        (
            "redundant-principal",
            Resource,
            json!({"Principal": {"AWS": ["111122223333", "111122223333"]}}),
            json!({"Principal": {"AWS": ["111122223333", "444455556666"]}}),
        ),
        (
            "not-principal-allow",
            Resource,
            json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
            json!({"Effect": "Deny", "Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
        ),
        (
            "not-principal-not-allowed",
            Trust,
            json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}),
            aws("111122223333"),
        ),
        (
            "any-service",
            Resource,
            json!({"Effect": "Deny", "Principal": {"Service": "*"}}),
            json!({"Effect": "Deny", "Principal": {"Service": "sns.amazonaws.com"}}),
        ),
        (
            "invalid-service-principal",
            Resource,
            json!({"Effect": "Deny", "Principal": {"Service": "sns"}}),
            json!({"Effect": "Deny", "Principal": {"Service": "logs.eu-central-1.amazonaws.com"}}),
        ),
        (
            "any-federated",
            Trust,
            federated("*"),
            federated("arn:aws:iam::111122223333:saml-provider/corp"),
        ),
        (
            "invalid-federated-principal",
            Trust,
            federated("corp"),
            federated("arn:aws:iam::111122223333:saml-provider/corp"),
        ),
        (
            "federated-outside-trust",
            Resource,
            json!({"Principal": {"Federated": "accounts.google.com"}}),
            aws("arn:aws:sts::111122223333:federated-user/bob"),
        ),
        (
            "invalid-canonical-user",
            Resource,
            json!({"Principal": {"CanonicalUser": "111122223333"}}),
            json!({"Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}}),
        ),
        (
            "canonical-user-not-allowed",
            Trust,
            json!({"Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}}),
            aws("111122223333"),
        ),
    ]
}
