//! Rules 10 to 18 and 20 to 22: what a resource policy grants within its account, and to whom.

use cipherdeck::policy::{DecidedBy, Outcome};
use serde_json::{Value, json};

use super::super::question::*;

fn named(name: &str) -> Value {
    resource_statement("Allow", json!({"AWS": name}))
}

// Rule 10
#[test]
fn in_one_account_either_side_may_grant() {
    let by_identity = question().identity(allow_all());
    assert_decided(&by_identity, ALLOWED, DecidedBy::Identity);
    let by_resource = question().resource(named(ALICE));
    assert_decided(&by_resource, ALLOWED, DecidedBy::Resource);
    let both = question().identity(allow_all()).resource(named(OTHER));
    assert_decided(&both, ALLOWED, DecidedBy::Identity);
}

// Rule 10
#[test]
fn a_resource_policy_for_others_grants_nothing_and_keys_and_roles_want_one() {
    let for_others = question().resource(named(OTHER));
    assert_decided(&for_others, IMPLICIT, DecidedBy::Default);
    let key = key_question().identity(allow_all());
    assert_decided(&key, IMPLICIT, DecidedBy::Resource);
    let role = question()
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
        .identity(allow_all());
    assert_decided(&role, IMPLICIT, DecidedBy::Resource);
}

/// What stands in the way of a caller that a resource policy of its own account names so.
fn in_the_way(caller: &Question, name: Value) -> Vec<&'static str> {
    let base = || {
        caller
            .clone()
            .resource(resource_statement("Allow", name.clone()))
    };
    let mut layers = Vec::new();
    if !base().is_allowed() {
        layers.push("identity");
    }
    let bounded = base().identity(allow_all()).boundary(allow_other());
    if !bounded.is_allowed() {
        layers.push("boundary");
    }
    let narrowed = base().identity(allow_all()).session(allow_other());
    if !narrowed.is_allowed() {
        layers.push("session");
    }
    layers
}

const NOTHING: [&str; 0] = [];
const EVERYTHING: [&str; 3] = ["identity", "boundary", "session"];

fn by(caller: &str) -> Question {
    question().by(caller)
}

// Rule 11
#[test]
fn a_user_that_is_named_needs_neither_identity_policy_nor_boundary() {
    assert_eq!(in_the_way(&by(ALICE), json!({"AWS": ALICE})), NOTHING);
}

// Rule 11
#[test]
fn another_user_that_is_named_changes_nothing_for_this_one() {
    let bob = "arn:aws:iam::111122223333:user/bob";
    assert_eq!(in_the_way(&by(ALICE), json!({"AWS": bob})), EVERYTHING);
}

// Rule 12
#[test]
fn a_session_that_is_named_is_limited_by_nothing() {
    assert_eq!(in_the_way(&by(SESSION), json!({"AWS": SESSION})), NOTHING);
    assert_eq!(
        in_the_way(&by(FEDERATED), json!({"AWS": FEDERATED})),
        NOTHING
    );
}

// Rule 12
#[test]
fn another_session_of_the_role_is_not_meant() {
    let other = "arn:aws:sts::111122223333:assumed-role/Reader/bob";
    assert_eq!(in_the_way(&by(SESSION), json!({"AWS": other})), EVERYTHING);
    let user = "arn:aws:sts::111122223333:federated-user/eve";
    assert_eq!(in_the_way(&by(FEDERATED), json!({"AWS": user})), EVERYTHING);
}

// Rule 13
#[test]
fn a_role_that_is_named_needs_no_identity_policy() {
    let question = by(SESSION).resource(named(ROLE));
    assert_decided(&question, ALLOWED, DecidedBy::Resource);
}

// Rule 13
#[test]
fn a_role_that_is_named_is_limited_by_boundary_and_session_policy() {
    let ways = in_the_way(&by(SESSION), json!({"AWS": ROLE}));
    assert_eq!(ways, ["boundary", "session"]);
    let bounded = by(SESSION).resource(named(ROLE)).boundary(allow_other());
    assert_decided(&bounded, IMPLICIT, DecidedBy::Boundary);
    let narrowed = by(SESSION).resource(named(ROLE)).session(allow_other());
    assert_decided(&narrowed, IMPLICIT, DecidedBy::Session);
}

// Rule 14
#[test]
fn a_user_that_is_named_takes_its_federated_sessions_along_within_their_limits() {
    let ways = in_the_way(&question().federated_by_alice(), json!({"AWS": ALICE}));
    assert_eq!(ways, ["boundary", "session"]);
}

// Rule 14
#[test]
fn a_federated_session_of_an_unknown_user_is_not_meant_by_that_users_name() {
    assert_eq!(
        in_the_way(&by(FEDERATED), json!({"AWS": ALICE})),
        EVERYTHING
    );
    let bob = json!({"AWS": "arn:aws:iam::111122223333:user/bob"});
    assert_eq!(
        in_the_way(&question().federated_by_alice(), bob),
        EVERYTHING
    );
}

// Rule 15
#[test]
fn everyone_names_the_caller_directly() {
    for caller in [ALICE, SESSION, FEDERATED] {
        assert_eq!(in_the_way(&by(caller), json!("*")), NOTHING, "{caller}");
        assert_eq!(in_the_way(&by(caller), json!({"AWS": "*"})), NOTHING);
    }
    let role_only = json!({"ArnEquals": {"aws:PrincipalArn": ROLE}});
    let statement = when(resource_statement("Allow", json!("*")), role_only);
    let bounded = by(SESSION).resource(statement).boundary(allow_other());
    assert_decided(
        &bounded.session(allow_other()),
        ALLOWED,
        DecidedBy::Resource,
    );
}

// Rule 15
#[test]
fn a_condition_on_the_principal_narrows_everyone() {
    let others =
        json!({"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Writer"}});
    let statement = when(resource_statement("Allow", json!("*")), others);
    assert_decided(
        &by(SESSION).resource(statement),
        IMPLICIT,
        DecidedBy::Default,
    );
}

// Rule 16
#[test]
fn an_account_that_is_named_adds_nothing_within_it() {
    for name in [ROOT, HOME] {
        assert_eq!(in_the_way(&by(SESSION), json!({"AWS": name})), EVERYTHING);
        let granted = by(ALICE).resource(named(name)).identity(allow_all());
        assert_decided(&granted, ALLOWED, DecidedBy::Identity);
    }
    let silent = by(ALICE).resource(named(ROOT));
    assert_decided(&silent, IMPLICIT, DecidedBy::Default);
    let silent = silent.verdict();
    assert_eq!(silent.layers.resource, Outcome::ImplicitlyDenied);
}

// Rule 16
#[test]
fn an_account_means_more_than_its_root_user() {
    let open = key_question().identity(allow_all()).resource(named(ROOT));
    assert!(open.is_allowed());
    let away = question()
        .by(OTHER)
        .identity(allow_all())
        .resource(named(AWAY));
    assert!(away.is_allowed());
}

// Rule 17
#[test]
fn an_explicit_deny_wins_over_being_named() {
    for (caller, name) in [
        (ALICE, ALICE),
        (SESSION, SESSION),
        (SESSION, ROLE),
        (FEDERATED, "*"),
    ] {
        let base = || by(caller).resource(named(name));
        assert_decided(&base().identity(deny_all()), EXPLICIT, DecidedBy::Identity);
        assert_decided(&base().boundary(deny_all()), EXPLICIT, DecidedBy::Boundary);
        assert_decided(&base().session(deny_all()), EXPLICIT, DecidedBy::Session);
    }
}

// Rule 17
#[test]
fn silence_does_not_win_over_being_named() {
    let base = by(SESSION).resource(named(SESSION));
    let silent = base
        .identity(allow_other())
        .boundary(allow_other())
        .session(allow_other());
    assert_decided(&silent, ALLOWED, DecidedBy::Resource);
}

/// Whether a Deny for `principal` hits the caller.
fn hits(caller: &str, principal: Value) -> bool {
    let denied = by(caller)
        .identity(allow_all())
        .resource(resource_statement("Deny", principal));
    !denied.is_allowed()
}

// Rule 18
#[test]
fn a_deny_of_a_role_or_account_hits_all_its_sessions() {
    assert!(hits(SESSION, json!({"AWS": ROLE})));
    assert!(hits(SESSION, json!({"AWS": ROOT})));
    assert!(hits(SESSION, json!({"AWS": HOME})));
    assert!(hits(SESSION, json!({"AWS": SESSION})));
    assert!(hits(SESSION, json!({"AWS": [OTHER, ROLE]})));
    assert!(hits(ALICE, json!({"AWS": HOME})));
    assert!(hits(FEDERATED, json!({"AWS": ROOT})));
}

// Rule 18
#[test]
fn a_deny_of_another_hits_nobody_else() {
    assert!(!hits(SESSION, json!({"AWS": ALICE})));
    assert!(!hits(SESSION, json!({"AWS": AWAY})));
    assert!(!hits(SESSION, json!({"Service": "s3.amazonaws.com"})));
    let other = "arn:aws:sts::111122223333:assumed-role/Reader/bob";
    assert!(!hits(SESSION, json!({"AWS": other})));
}

// Rule 20
#[test]
fn a_service_gets_in_by_a_policy_that_names_it_or_everyone() {
    let service = || by("lambda.amazonaws.com");
    for principal in [json!({"Service": "lambda.amazonaws.com"}), json!("*")] {
        let asked = service().resource(resource_statement("Allow", principal));
        assert_decided(&asked, ALLOWED, DecidedBy::Resource);
        let limited = asked
            .scp(vec![])
            .boundary(allow_other())
            .session(allow_other());
        assert!(
            limited.is_allowed(),
            "nothing limits a service but the resource's side"
        );
        let denied = limited
            .identity(deny_all())
            .boundary(deny_all())
            .session(deny_all());
        assert!(denied.is_allowed(), "these are not a service's");
    }
    let from = json!({"StringEquals": {"aws:SourceAccount": HOME}});
    let guarded = when(
        resource_statement("Allow", json!({"Service": "lambda.amazonaws.com"})),
        from,
    );
    let asked = service().resource(guarded);
    assert!(asked.clone().with("aws:SourceAccount", HOME).is_allowed());
    assert!(!asked.with("aws:SourceAccount", AWAY).is_allowed());
}

// Rule 20
#[test]
fn a_service_that_is_not_named_stays_out_whatever_an_identity_policy_says() {
    let service = || by("lambda.amazonaws.com").identity(allow_all());
    assert_decided(&service(), IMPLICIT, DecidedBy::Default);
    let other = resource_statement("Allow", json!({"Service": "s3.amazonaws.com"}));
    assert!(!service().resource(other).is_allowed());
    assert!(!service().resource(named(HOME)).is_allowed());
}

// Rule 21
#[test]
fn the_anonymous_are_meant_by_everyone_in_both_spellings() {
    for principal in [json!("*"), json!({"AWS": "*"})] {
        let asked = question()
            .anonymously()
            .resource(resource_statement("Allow", principal));
        assert_decided(&asked, ALLOWED, DecidedBy::Resource);
        assert_eq!(asked.verdict().layers.identity, Outcome::NotApplicable);
    }
}

// Rule 21
#[test]
fn the_anonymous_are_meant_by_no_account_service_or_provider() {
    for principal in [
        json!({"AWS": HOME}),
        json!({"Service": "*"}),
        json!({"Federated": "*"}),
        json!({"CanonicalUser": "*"}),
    ] {
        let asked = question().anonymously().identity(allow_all());
        let asked = asked.resource(resource_statement("Allow", principal.clone()));
        assert_decided(&asked, IMPLICIT, DecidedBy::Default);
    }
}

const PROVIDER: &str = "arn:aws:iam::111122223333:oidc-provider/token.example.com";

/// Someone signed in at `provider` who wants the role that trusts [`PROVIDER`] for one audience.
fn signed_in(provider: &str) -> Question {
    let web = json!({
        "Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"token.example.com:aud": "app"}}
    });
    question()
        .signed_in_at(provider)
        .action("sts:AssumeRoleWithWebIdentity")
        .on(ROLE, HOME)
        .resource(web)
}

// Rule 22
#[test]
fn a_provider_that_is_named_lets_in_who_signed_in_there() {
    assert!(
        signed_in(PROVIDER)
            .with("token.example.com:aud", "app")
            .is_allowed()
    );
}

// Rule 22
#[test]
fn a_provider_is_named_exactly() {
    let elsewhere = [
        "token.example.com",
        "arn:aws:iam::111122223333:oidc-provider/token.example.com/eu",
        "arn:aws:iam::444455556666:oidc-provider/token.example.com",
    ];
    for provider in elsewhere {
        let asked = signed_in(provider).with("token.example.com:aud", "app");
        assert!(!asked.is_allowed(), "{provider}");
    }
    assert!(
        !signed_in(PROVIDER)
            .with("token.example.com:aud", "other")
            .is_allowed()
    );
}
