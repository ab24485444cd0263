//! What a word put right, or a narrower Deny, would turn.

use cipherdeck::policy::counterfactual::EditKind;
use serde_json::json;

use super::super::question::*;
use super::{allow, first, kinds, offers, under};

#[test]
fn a_spelling_is_put_right() {
    let on = |resource: &str| first(&question().identity(allow("s3:GetObject", resource)));
    let rewrite = |text: &str, right: &str| {
        let (kind, told) = on(text);
        assert_eq!(kind, EditKind::Rewrite);
        assert!(
            told.starts_with(&format!("write `{right}` in place of `{text}`")),
            "{told}"
        );
    };
    rewrite("arn:aws:s3:::notes", "arn:aws:s3:::notes/*");
    rewrite("arn:aws:s3:::Notes/*", "arn:aws:s3:::notes/*");
    rewrite(
        "arn:aws:s3:eu-west-1:444455556666:notes/*",
        "arn:aws:s3:::notes/*",
    );

    let named = |name: &str| resource_statement("Allow", json!({"AWS": name}));
    let other = question()
        .by(OTHER)
        .identity(allow_all())
        .resource(named("arn:aws:iam::444455556666:user/Eve"));
    assert_eq!(first(&other).0, EditKind::Rewrite);

    let held = question().with("k:a", "abc");
    let wild = held
        .clone()
        .identity(under("Allow", json!({"StringEquals": {"k:a": "a*"}})));
    assert!(offers(
        &wild,
        "write `StringLike` in place of `StringEquals`"
    ));
    let case = held.identity(under("Allow", json!({"StringEquals": {"k:a": "ABC"}})));
    assert!(offers(&case, "write `abc` in place of `ABC`"));
    let set = question()
        .with_values("aws:TagKeys", &["a", "b"])
        .identity(under(
            "Allow",
            json!({"StringEquals": {"aws:TagKeys": "a"}}),
        ));
    assert!(offers(
        &set,
        "write `ForAnyValue:StringEquals` in place of `StringEquals`"
    ));
}

#[test]
fn variables_want_the_version_that_has_them() {
    for version in [json!({"Version": "2008-10-17"}), json!({})] {
        let mut document = version;
        document["Statement"] = allow("s3:*", "arn:aws:s3:::notes/${aws:username}/*");
        let mut asked = question()
            .with("aws:username", "alice")
            .on("arn:aws:s3:::notes/alice/a.txt", HOME);
        asked.policies.identity.push(compiled(&document));
        let (kind, told) = first(&asked);
        assert_eq!(kind, EditKind::Rewrite);
        assert!(told.contains("the version `2012-10-17`"), "{told}");
    }
}

#[test]
fn a_deny_is_narrowed_before_it_is_removed() {
    let scp = json!({"Sid": "Ireland", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}});
    let asked = question()
        .with("aws:RequestedRegion", "us-east-1")
        .identity(allow_all())
        .scp(vec![allow_all(), scp]);
    let told: Vec<String> = kinds(&asked).into_iter().map(|(_, told)| told).collect();
    assert_eq!(
        told,
        [
            "ask in the Region `eu-west-1` (`aws:RequestedRegion`)",
            "add `us-east-1` to the excepted values of `aws:RequestedRegion` in statement `Ireland` of the service control policy number 2 of `o-level`",
            "add `s3:GetObject` to the excepted actions of statement `Ireland` of the service control policy number 2 of `o-level`",
            "except `arn:aws:iam::111122223333:user/alice` from statement `Ireland` of the service control policy number 2 of `o-level`",
            "remove statement `Ireland` of the service control policy number 2 of `o-level`",
            "detach the service control policy number 2 of `o-level`",
        ]
    );
}

#[test]
fn a_deny_on_a_missing_key_may_demand_the_key() {
    let deny = json!({"Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject", "s3:PutObjectAcl"], "Resource": "*",
        "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}});
    let asked = question()
        .action("s3:PutObject")
        .identity(allow_all())
        .resource(deny);
    assert_eq!(
        first(&asked).1,
        "send `s3:x-amz-server-side-encryption` with the value `aws:kms`"
    );
    assert!(offers(
        &asked,
        "apply only where `s3:x-amz-server-side-encryption` is there"
    ));
    assert!(offers(&asked, "take `s3:PutObject` out of the actions"));
}

#[test]
fn a_not_principal_wants_every_part_of_the_chain() {
    let deny =
        json!({"Effect": "Deny", "NotPrincipal": {"AWS": [ROLE]}, "Action": "*", "Resource": "*"});
    let asked = question().by(SESSION).identity(allow_all()).resource(deny);
    assert!(offers(
        &asked,
        &format!(
            "add `{}`, `{SESSION}` to the excepted principals",
            "arn:aws:iam::111122223333:root"
        )
    ));
}

#[test]
fn a_deny_whose_exception_is_misspelt_is_put_right() {
    let deny = |value: &str| {
        question()
            .with("k:a", "abc")
            .identity(allow_all())
            .identity(under("Deny", json!({"StringNotEquals": {"k:a": value}})))
    };
    assert!(offers(
        &deny("a*"),
        "write `StringNotLike` in place of `StringNotEquals`"
    ));
    assert!(offers(&deny("ABC"), "write `abc` in place of `ABC`"));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
#[test]
fn null_is_never_offered_if_exists() {
    let deny = under("Deny", json!({"Null": {"k:a": "false"}}));
    let asked = question().identity(allow_all()).identity(deny);
    assert!(asked.is_allowed());
    assert!(offers(&asked, "send `k:a`"));
    assert!(!offers(&asked, "IfExists"));
}
