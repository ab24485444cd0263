//! How the layers come to one decision.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>

use cipherdeck::policy::{DecidedBy, Decision, Outcome};
use serde_json::{Value, json};

use super::question::*;

const ALLOWED: Decision = Decision::Allowed;
const IMPLICIT: Decision = Decision::ImplicitlyDenied;
const EXPLICIT: Decision = Decision::ExplicitlyDenied;

fn assert_decided(question: &Question, decision: Decision, by: DecidedBy) {
    let verdict = question.verdict();
    assert_eq!(
        (verdict.decision, verdict.decided_by),
        (decision, by),
        "{}",
        question.headline()
    );
}

#[test]
fn nothing_is_allowed_by_default_except_to_the_root_user() {
    assert_decided(&question(), IMPLICIT, DecidedBy::Default);
    assert_decided(&question().by(SESSION), IMPLICIT, DecidedBy::Default);
    assert_decided(&question().by(ROOT), ALLOWED, DecidedBy::Identity);
    assert_decided(
        &question().by("arn:aws:iam::444455556666:root"),
        IMPLICIT,
        DecidedBy::Resource,
    );
}

#[test]
fn a_deny_in_any_layer_decides_whatever_the_others_allow() {
    let open = || {
        question()
            .identity(allow_all())
            .resource(resource_statement("Allow", json!("*")))
            .boundary(allow_all())
            .session(allow_all())
            .endpoint(resource_statement("Allow", json!("*")))
            .scp(vec![allow_all()])
            .rcp(vec![])
    };
    assert_decided(&open(), ALLOWED, DecidedBy::Resource);
    assert_decided(&open().identity(deny_all()), EXPLICIT, DecidedBy::Identity);
    assert_decided(
        &open().resource(resource_statement("Deny", json!("*"))),
        EXPLICIT,
        DecidedBy::Resource,
    );
    assert_decided(&open().boundary(deny_all()), EXPLICIT, DecidedBy::Boundary);
    assert_decided(&open().session(deny_all()), EXPLICIT, DecidedBy::Session);
    assert_decided(
        &open().endpoint(resource_statement("Deny", json!("*"))),
        EXPLICIT,
        DecidedBy::Endpoint,
    );
    assert_decided(
        &open().scp(vec![allow_all(), deny_all()]),
        EXPLICIT,
        DecidedBy::Scp,
    );
    assert_decided(
        &open().rcp(vec![resource_statement("Deny", json!("*"))]),
        EXPLICIT,
        DecidedBy::Rcp,
    );
}

#[test]
fn an_scp_limits_users_roles_and_the_root_user_of_its_account() {
    let limited = |question: Question| question.identity(allow_all()).scp(vec![]);
    for caller in [ALICE, SESSION, ROOT, FEDERATED] {
        assert_decided(&limited(question().by(caller)), IMPLICIT, DecidedBy::Scp);
    }
    let open = resource_statement("Allow", json!("*"));
    assert!(limited(question().anonymously().resource(open.clone())).is_allowed());
    assert!(limited(question().by("lambda.amazonaws.com").resource(open)).is_allowed());
    let linked = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSupport/s";
    assert!(limited(question().by(linked)).is_allowed());
    assert!(limited(question()).managed_by(HOME).is_allowed());
    assert!(!limited(question()).managed_by("444455556666").is_allowed());
}

#[test]
fn every_level_needs_an_allow_of_its_own() {
    let s3 = || json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*"});
    let ec2 = || json!({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"});
    let base = || question().identity(allow_all());
    assert!(base().scp(vec![allow_all()]).scp(vec![s3()]).is_allowed());
    assert!(
        base().scp(vec![ec2(), s3()]).is_allowed(),
        "policies of one level are a union"
    );
    assert_decided(
        &base().scp(vec![allow_all()]).scp(vec![ec2()]),
        IMPLICIT,
        DecidedBy::Scp,
    );
    assert_decided(
        &base().scp(vec![ec2()]).scp(vec![s3()]),
        IMPLICIT,
        DecidedBy::Scp,
    );
    assert_decided(
        &base().scp(vec![allow_all()]).scp(vec![]),
        IMPLICIT,
        DecidedBy::Scp,
    );
    assert!(base().is_allowed(), "no levels at all limit nothing");
}

#[test]
fn an_scp_alone_grants_nothing() {
    assert_decided(
        &question().scp(vec![allow_all()]),
        IMPLICIT,
        DecidedBy::Default,
    );
}

#[test]
fn an_rcp_limits_a_members_resources_whoever_calls() {
    let deny = || vec![resource_statement("Deny", json!("*"))];
    let open = || {
        question()
            .identity(allow_all())
            .resource(resource_statement("Allow", json!("*")))
    };
    assert!(open().rcp(vec![]).is_allowed(), "full access is implied");
    assert_decided(&open().rcp(deny()), EXPLICIT, DecidedBy::Rcp);
    assert_decided(&open().by(OTHER).rcp(deny()), EXPLICIT, DecidedBy::Rcp);
    assert_decided(&open().by(ROOT).rcp(deny()), EXPLICIT, DecidedBy::Rcp);
    assert_decided(&open().anonymously().rcp(deny()), EXPLICIT, DecidedBy::Rcp);
    assert!(open().rcp(deny()).managed_by(HOME).is_allowed());
    assert!(
        open()
            .action("sns:Publish")
            .on("arn:aws:sns:us-east-1:111122223333:t", HOME)
            .rcp(deny())
            .is_allowed()
    );
    assert!(
        open()
            .by("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s")
            .rcp(deny())
            .is_allowed()
    );
}

#[test]
fn an_rcp_spares_aws_managed_keys_and_the_retiring_of_grants() {
    let open = || {
        let everyone = resource_statement("Allow", json!("*"));
        key_question()
            .resource(everyone)
            .rcp(vec![resource_statement("Deny", json!("*"))])
    };
    assert_decided(&open(), EXPLICIT, DecidedBy::Rcp);
    assert!(open().aws_managed_key().is_allowed());
    assert!(open().action("kms:RetireGrant").is_allowed());
}

#[test]
fn an_rcp_never_grants() {
    let allow = vec![resource_statement("Allow", json!("*"))];
    assert_decided(&question().rcp(allow), IMPLICIT, DecidedBy::Default);
}

#[test]
fn an_endpoint_policy_is_one_more_intersection() {
    let put =
        json!({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"});
    let base = || question().identity(allow_all());
    assert_decided(&base().endpoint(put), IMPLICIT, DecidedBy::Endpoint);
    assert!(
        base()
            .endpoint(resource_statement("Allow", json!("*")))
            .is_allowed()
    );
    assert!(base().endpoint(allow_all()).is_allowed());
    assert!(
        !question().endpoint(allow_all()).is_allowed(),
        "it grants nothing"
    );
}

#[test]
fn boundary_and_session_intersect_with_identity() {
    let put = || json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"});
    let base = || question().by(SESSION).identity(allow_all());
    assert_decided(&base().boundary(put()), IMPLICIT, DecidedBy::Boundary);
    assert_decided(&base().session(put()), IMPLICIT, DecidedBy::Session);
    assert!(
        base()
            .boundary(allow_all())
            .session(allow_all())
            .is_allowed()
    );
    assert!(
        !question()
            .by(SESSION)
            .boundary(allow_all())
            .session(allow_all())
            .is_allowed()
    );
}

#[test]
fn in_one_account_either_side_may_grant() {
    let named = |name: &str| resource_statement("Allow", json!({"AWS": name}));
    assert_decided(
        &question().identity(allow_all()),
        ALLOWED,
        DecidedBy::Identity,
    );
    assert_decided(
        &question().resource(named(ALICE)),
        ALLOWED,
        DecidedBy::Resource,
    );
    assert_decided(
        &question().resource(named(OTHER)),
        IMPLICIT,
        DecidedBy::Default,
    );
}

/// What stands in the way of a caller that a resource policy of its own account names so.
fn in_the_way(caller: &str, name: Value) -> Vec<&'static str> {
    let put = || json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"});
    let base = || {
        question()
            .by(caller)
            .resource(resource_statement("Allow", name.clone()))
    };
    let mut layers = Vec::new();
    if !base().is_allowed() {
        layers.push("identity");
    }
    if !base().identity(allow_all()).boundary(put()).is_allowed() {
        layers.push("boundary");
    }
    if !base().identity(allow_all()).session(put()).is_allowed() {
        layers.push("session");
    }
    layers
}

#[test]
fn the_more_closely_a_resource_policy_names_the_caller_the_less_limits_it() {
    let nothing: [&str; 0] = [];
    assert_eq!(in_the_way(ALICE, json!({"AWS": ALICE})), nothing);
    assert_eq!(in_the_way(SESSION, json!({"AWS": SESSION})), nothing);
    assert_eq!(in_the_way(FEDERATED, json!({"AWS": FEDERATED})), nothing);
    assert_eq!(in_the_way(SESSION, json!("*")), nothing);
    assert_eq!(in_the_way(SESSION, json!({"AWS": "*"})), nothing);
    assert_eq!(
        in_the_way(SESSION, json!({"AWS": ROLE})),
        ["boundary", "session"]
    );
    assert_eq!(
        in_the_way(SESSION, json!({"AWS": ROOT})),
        ["identity", "boundary", "session"]
    );
    assert_eq!(
        in_the_way(SESSION, json!({"AWS": HOME})),
        ["identity", "boundary", "session"]
    );
}

#[test]
fn naming_the_issuing_user_leaves_a_federated_session_its_limits() {
    use cipherdeck::policy::Principal;
    let named = resource_statement("Allow", json!({"AWS": ALICE}));
    let mut base = question().by(FEDERATED).resource(named);
    if let Principal::FederatedUser { user, .. } = &mut base.request.principal {
        *user = Some(ALICE.parse().unwrap());
    }
    assert!(base.is_allowed());
    let put = json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"});
    assert_decided(&base.session(put), IMPLICIT, DecidedBy::Session);
}

#[test]
fn across_accounts_both_sides_must_allow() {
    let open = || resource_statement("Allow", json!({"AWS": "444455556666"}));
    let base = || question().by(OTHER);
    assert_decided(
        &base().identity(allow_all()).resource(open()),
        ALLOWED,
        DecidedBy::Identity,
    );
    assert_decided(&base().identity(allow_all()), IMPLICIT, DecidedBy::Resource);
    assert_decided(&base().resource(open()), IMPLICIT, DecidedBy::Identity);
    assert_decided(&base(), IMPLICIT, DecidedBy::Default);
    let named = || resource_statement("Allow", json!({"AWS": OTHER}));
    assert!(
        !base().resource(named()).is_allowed(),
        "being named spares nothing across accounts"
    );
    let put = || json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"});
    assert!(
        !base()
            .identity(allow_all())
            .resource(named())
            .boundary(put())
            .is_allowed()
    );
    assert!(
        !base()
            .identity(allow_all())
            .resource(named())
            .session(put())
            .is_allowed()
    );
}

#[test]
fn services_and_strangers_need_the_resources_policy() {
    let service = || question().by("lambda.amazonaws.com").identity(allow_all());
    assert_decided(&service(), IMPLICIT, DecidedBy::Default);
    assert!(
        service()
            .resource(resource_statement(
                "Allow",
                json!({"Service": "lambda.amazonaws.com"})
            ))
            .is_allowed()
    );
    assert!(
        !service()
            .resource(resource_statement(
                "Allow",
                json!({"Service": "s3.amazonaws.com"})
            ))
            .is_allowed()
    );
    let stranger = || question().anonymously().identity(allow_all());
    assert!(!stranger().is_allowed());
    assert!(
        stranger()
            .resource(resource_statement("Allow", json!("*")))
            .is_allowed()
    );
    assert!(
        stranger()
            .resource(resource_statement("Allow", json!({"AWS": "*"})))
            .is_allowed()
    );
    assert!(
        !stranger()
            .resource(resource_statement("Allow", json!({"AWS": HOME})))
            .is_allowed()
    );
    assert_eq!(stranger().verdict().layers.identity, Outcome::NotApplicable);
}

fn trust(principal: Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
}

#[test]
fn a_role_is_assumed_only_if_its_trust_policy_says_so() {
    let base = |caller: &str| {
        question()
            .by(caller)
            .action("sts:AssumeRole")
            .on(ROLE, HOME)
    };
    assert_decided(
        &base(ALICE).identity(allow_all()),
        IMPLICIT,
        DecidedBy::Resource,
    );
    assert!(
        base(ALICE)
            .resource(trust(json!({"AWS": ALICE})))
            .is_allowed()
    );
    assert!(
        !base(ALICE)
            .resource(trust(json!({"AWS": ROOT})))
            .is_allowed()
    );
    assert!(
        base(ALICE)
            .identity(allow_all())
            .resource(trust(json!({"AWS": ROOT})))
            .is_allowed()
    );
    assert!(!base(ROOT).is_allowed(), "not even the root user");
    assert!(
        !base(OTHER)
            .resource(trust(json!({"AWS": OTHER})))
            .is_allowed()
    );
    assert!(
        base(OTHER)
            .identity(allow_all())
            .resource(trust(json!({"AWS": OTHER})))
            .is_allowed()
    );
    assert!(
        base("ec2.amazonaws.com")
            .resource(trust(json!({"Service": "ec2.amazonaws.com"})))
            .is_allowed()
    );
}

#[test]
fn a_provider_is_named_exactly_in_a_trust_policy() {
    let provider = "arn:aws:iam::111122223333:oidc-provider/token.example.com";
    let web = json!({
        "Effect": "Allow", "Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"token.example.com:aud": "app"}}
    });
    let base = |provider: &str| {
        let asked = question()
            .signed_in_at(provider)
            .action("sts:AssumeRoleWithWebIdentity")
            .on(ROLE, HOME);
        asked.resource(web.clone())
    };
    assert!(
        base(provider)
            .with("token.example.com:aud", "app")
            .is_allowed()
    );
    assert!(
        !base(provider)
            .with("token.example.com:aud", "other")
            .is_allowed()
    );
    assert!(
        !base("token.example.com")
            .with("token.example.com:aud", "app")
            .is_allowed()
    );
}

#[test]
fn nobody_can_be_denied_to_ask_who_they_are() {
    let asked = question()
        .action("sts:GetCallerIdentity")
        .on("*", HOME)
        .identity(deny_all())
        .scp(vec![]);
    assert_decided(&asked, ALLOWED, DecidedBy::Default);
    assert!(
        !question()
            .action("sts:GetCallerIdentity")
            .anonymously()
            .is_allowed()
    );
    assert!(
        !question()
            .action("sts:GetSessionToken")
            .identity(deny_all())
            .is_allowed()
    );
}

#[test]
fn nobody_uses_a_key_unless_its_policy_says_so() {
    let delegation = || resource_statement("Allow", json!({"AWS": ROOT}));
    assert_decided(
        &key_question().identity(allow_all()),
        IMPLICIT,
        DecidedBy::Resource,
    );
    assert!(
        !key_question().by(ROOT).is_allowed(),
        "not even the root user"
    );
    assert_decided(
        &key_question().resource(delegation()),
        IMPLICIT,
        DecidedBy::Identity,
    );
    assert_decided(
        &key_question().identity(allow_all()).resource(delegation()),
        ALLOWED,
        DecidedBy::Identity,
    );
    assert!(key_question().by(ROOT).resource(delegation()).is_allowed());
    assert_decided(
        &key_question().resource(resource_statement("Allow", json!({"AWS": ALICE}))),
        ALLOWED,
        DecidedBy::Resource,
    );
    let named = resource_statement("Allow", json!({"AWS": ALICE}));
    assert_decided(
        &key_question().identity(deny_all()).resource(named),
        EXPLICIT,
        DecidedBy::Identity,
    );
}

#[test]
fn a_key_policy_may_pass_on_a_part_only() {
    let partly = || {
        json!({
            "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:Describe*", "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalAccount": HOME}}
        })
    };
    let base = || key_question().identity(allow_all()).resource(partly());
    assert!(base().action("kms:DescribeKey").is_allowed());
    assert!(!base().is_allowed());
}

#[test]
fn a_statement_of_a_key_policy_without_resource_has_no_effect() {
    let statement =
        |effect: &str| json!({"Effect": effect, "Principal": {"AWS": ALICE}, "Action": "*"});
    assert!(!key_question().resource(statement("Allow")).is_allowed());
    let both = json!([
        statement("Deny"),
        resource_statement("Allow", json!({"AWS": ALICE}))
    ]);
    assert!(key_question().resource(both).is_allowed());
}

#[test]
fn everyone_with_a_callers_account_is_a_direct_grant() {
    let managed = || {
        json!({
            "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*",
            "Condition": {"StringEquals": {"kms:CallerAccount": HOME}}
        })
    };
    assert!(
        key_question()
            .resource(managed())
            .with("kms:CallerAccount", HOME)
            .is_allowed()
    );
    assert!(
        !key_question()
            .resource(managed())
            .with("kms:CallerAccount", "444455556666")
            .is_allowed()
    );
}

#[test]
fn an_alias_is_decided_by_identity_policies_alone() {
    let alias = "arn:aws:kms:us-east-1:111122223333:alias/app";
    let base = || question().action("kms:CreateAlias").on(alias, HOME);
    assert!(base().identity(allow_all()).is_allowed());
    assert!(
        !base()
            .resource(resource_statement("Allow", json!("*")))
            .is_allowed()
    );
}

#[test]
fn another_accounts_key_serves_some_operations_only() {
    let base = || {
        let open = resource_statement("Allow", json!({"AWS": "444455556666"}));
        key_question()
            .by(OTHER)
            .identity(allow_all())
            .resource(open)
    };
    assert!(base().is_allowed());
    assert!(base().action("kms:CreateGrant").is_allowed());
    assert_decided(
        &base().action("kms:ScheduleKeyDeletion"),
        IMPLICIT,
        DecidedBy::Resource,
    );
    assert!(!base().aws_managed_key().is_allowed());
}

fn decrypt_grant() -> Value {
    json!({"GranteePrincipal": ROLE, "Operations": ["Decrypt", "DescribeKey"]})
}

#[test]
fn a_grant_allows_its_grantee_its_operations_without_any_policy() {
    let base = || key_question().by(SESSION).grant(decrypt_grant());
    assert_decided(&base(), ALLOWED, DecidedBy::Grant);
    assert!(!base().action("kms:Encrypt").is_allowed());
    assert!(!base().by(ALICE).is_allowed());
    assert_decided(&base().identity(deny_all()), EXPLICIT, DecidedBy::Identity);
    assert_decided(&base().scp(vec![]), IMPLICIT, DecidedBy::Scp);
    assert!(
        key_question()
            .grant(json!({"granteePrincipal": ALICE, "operations": ["Decrypt"]}))
            .is_allowed()
    );
}

#[test]
fn a_grant_demands_its_encryption_context_to_the_letter() {
    let with = |constraints: Value| {
        let mut grant = decrypt_grant();
        grant["Constraints"] = constraints;
        key_question().by(SESSION).grant(grant)
    };
    let equals = || with(json!({"EncryptionContextEquals": {"App": "one"}}));
    assert!(
        equals()
            .with("kms:EncryptionContext:App", "one")
            .is_allowed()
    );
    assert!(!equals().is_allowed());
    assert!(
        !equals()
            .with("kms:EncryptionContext:app", "one")
            .is_allowed()
    );
    assert!(
        !equals()
            .with("kms:EncryptionContext:App", "one")
            .with("kms:EncryptionContext:B", "2")
            .is_allowed()
    );
    let subset = || with(json!({"EncryptionContextSubset": {"App": "one"}}));
    assert!(
        subset()
            .with("kms:EncryptionContext:App", "one")
            .with("kms:EncryptionContext:B", "2")
            .is_allowed()
    );
    assert!(!subset().with("kms:EncryptionContext:B", "2").is_allowed());
    assert!(
        equals().action("kms:DescribeKey").is_allowed(),
        "operations without encryption context are free of it"
    );
}

#[test]
fn a_grant_passes_on_no_more_than_it_has() {
    let parent = json!({"GranteePrincipal": ROLE, "Operations": ["CreateGrant", "Decrypt"]});
    let base = || {
        key_question()
            .by(SESSION)
            .action("kms:CreateGrant")
            .grant(parent.clone())
    };
    assert!(
        base()
            .with_values("kms:GrantOperations", &["Decrypt"])
            .is_allowed()
    );
    assert!(
        !base()
            .with_values("kms:GrantOperations", &["Decrypt", "Encrypt"])
            .is_allowed()
    );
}

#[test]
fn of_several_resources_every_one_must_be_allowed() {
    let one = json!({"Effect": "Allow", "Action": "*", "Resource": OBJECT});
    let base = || {
        question()
            .identity(one.clone())
            .and_on("arn:aws:s3:::notes/b.txt", HOME)
    };
    assert_decided(&base(), IMPLICIT, DecidedBy::Default);
    assert!(base().identity(allow_all()).is_allowed());
    let deny = json!({"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::notes/b.txt"});
    assert_decided(&base().identity(deny), EXPLICIT, DecidedBy::Identity);
    let mut none = question().identity(allow_all());
    none.request.resources.clear();
    assert!(!none.is_allowed());
}

#[test]
fn keys_that_follow_from_the_request_are_filled_in() {
    let when = |key: &str, value: &str| {
        question().identity(json!({
            "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {key: value}}
        }))
    };
    assert!(when("aws:PrincipalArn", ALICE).is_allowed());
    assert!(when("aws:PrincipalArn", ROLE).by(SESSION).is_allowed());
    assert!(when("aws:PrincipalAccount", HOME).is_allowed());
    assert!(
        when("aws:PrincipalType", "AssumedRole")
            .by(SESSION)
            .is_allowed()
    );
    assert!(when("aws:ResourceAccount", HOME).is_allowed());
    assert!(
        !when("aws:PrincipalArn", ALICE)
            .with("aws:PrincipalArn", "else")
            .is_allowed(),
        "what the request says stands above"
    );
}

#[test]
fn the_headline_speaks_like_an_access_denied_message() {
    assert_eq!(
        question().headline(),
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: \
         \"arn:aws:s3:::notes/a.txt\" because no identity-based policy allows the s3:GetObject action"
    );
    let mut denied = question();
    denied
        .policies
        .identity
        .push(policy(deny_all()).named("arn:aws:iam::111122223333:policy/NoNotes"));
    assert!(denied.headline().ends_with("with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/NoNotes"));
    assert!(
        question()
            .identity(allow_all())
            .scp(vec![])
            .headline()
            .ends_with("because no service control policy allows the s3:GetObject action")
    );
}
