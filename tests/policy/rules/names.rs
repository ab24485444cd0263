//! Rules 19, 23 and 24: whom `Principal` and `NotPrincipal` mean by a name.

use cipherdeck::policy::{Layer, Unspecified};
use serde_json::{Value, json};

use super::super::question::*;

fn spared(caller: &str, principal: Value) -> Question {
    let statement =
        json!({"Effect": "Deny", "NotPrincipal": principal, "Action": "*", "Resource": "*"});
    question()
        .by(caller)
        .identity(allow_all())
        .resource(statement)
}

/// Whether a Deny for everyone but `principal` spares the caller.
fn spares(caller: &str, principal: Value) -> bool {
    spared(caller, principal).is_allowed()
}

// Rule 19
#[test]
fn not_principal_spares_a_caller_whose_whole_chain_is_listed() {
    assert!(spares(ALICE, json!({"AWS": [ROOT, ALICE]})));
    assert!(spares(SESSION, json!({"AWS": [HOME, ROLE, SESSION]})));
    assert!(spares(ROOT, json!({"AWS": ROOT})));
    assert!(
        spares("s3.amazonaws.com", json!({"Service": "s3.amazonaws.com"}))
            || {
                // A service needs the resource's own Allow besides.
                let allow = resource_statement("Allow", json!({"Service": "s3.amazonaws.com"}));
                let deny = json!({"Effect": "Deny", "NotPrincipal": {"Service": "s3.amazonaws.com"}, "Action": "*", "Resource": "*"});
                question()
                    .by("s3.amazonaws.com")
                    .resource(json!([allow, deny]))
                    .is_allowed()
            }
    );
}

// Rule 19
#[test]
fn not_principal_hits_a_caller_of_whose_chain_a_part_is_missing() {
    assert!(!spares(ALICE, json!({"AWS": ALICE})));
    assert!(!spares(ALICE, json!({"AWS": ROOT})));
    assert!(!spares(SESSION, json!({"AWS": [ROLE, SESSION]})));
    assert!(!spares(SESSION, json!({"AWS": [ROOT, ROLE]})));
    assert!(!spares(SESSION, json!({"AWS": [ROOT, SESSION]})));
    assert!(!spares(OTHER, json!({"AWS": [ROOT, ALICE]})));
}

// Rule 19
#[test]
fn not_principal_asks_for_account_and_role_where_no_session_is_known() {
    assert!(spares(ROLE, json!({"AWS": [ROOT, ROLE]})));
    assert!(!spares(ROLE, json!({"AWS": ROLE})));
    assert!(!spares(ROLE, json!({"AWS": ROOT})));
    let federated = |principal: Value| {
        spared(FEDERATED, principal)
            .federated_by_alice()
            .is_allowed()
    };
    assert!(federated(json!({"AWS": [ROOT, ALICE, FEDERATED]})));
    assert!(!federated(json!({"AWS": [ROOT, FEDERATED]})));
    assert!(spares(FEDERATED, json!({"AWS": [ROOT, FEDERATED]})));
    assert!(!spares(FEDERATED, json!({"AWS": FEDERATED})));
}

// Rule 19
#[test]
fn not_principal_with_a_part_of_the_chain_is_marked_as_open() {
    let mark = |asked: Question| {
        let layer = asked.layer(Layer::Resource);
        let clauses = &layer.policies[0].statements[0].clauses;
        clauses.iter().find_map(|clause| clause.unspecified)
    };
    let chain = Some(Unspecified::NotPrincipalChain);
    assert_eq!(mark(spared(ALICE, json!({"AWS": ALICE}))), chain);
    assert_eq!(mark(spared(SESSION, json!({"AWS": [ROLE, ROOT]}))), chain);
    assert_eq!(mark(spared(OTHER, json!({"AWS": ALICE}))), None);
    assert_eq!(mark(spared(ALICE, json!({"AWS": [ROOT, ALICE]}))), None);
}

// Rule 19
#[test]
fn not_principal_never_spares_a_caller_with_a_boundary() {
    let listed = || spared(ALICE, json!({"AWS": [ROOT, ALICE]}));
    assert!(listed().is_allowed());
    assert!(!listed().boundary(allow_all()).is_allowed());
    let root = spared(ROOT, json!({"AWS": ROOT})).boundary(allow_all());
    assert!(root.is_allowed(), "the root user has none");
}

// Rule 19
#[test]
fn not_principal_with_allow_grants_nothing_and_in_a_trust_policy_stops_no_deny() {
    let statement = |effect: &str| json!({"Effect": effect, "NotPrincipal": {"AWS": OTHER}, "Action": "*", "Resource": "*"});
    assert!(!question().resource(statement("Allow")).is_allowed());
    let trust = |effect: &str| json!({"Effect": effect, "NotPrincipal": {"AWS": OTHER}, "Action": "sts:AssumeRole"});
    let open = json!({"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "sts:AssumeRole"});
    let assume = || question().action("sts:AssumeRole").on(ROLE, HOME);
    assert!(!assume().resource(trust("Allow")).is_allowed());
    assert!(!assume().resource(json!([open, trust("Deny")])).is_allowed());
}

/// Whether a Deny for `principal` hits the caller.
fn hits(caller: &str, principal: Value) -> bool {
    let denied = question()
        .by(caller)
        .identity(allow_all())
        .resource(resource_statement("Deny", principal));
    !denied.is_allowed()
}

fn lets_in(caller: &str, principal: Value) -> bool {
    let open = resource_statement("Allow", principal);
    question().by(caller).resource(open).is_allowed()
}

// Rule 23
#[test]
fn user_names_tell_case_and_path_apart() {
    assert!(hits(ALICE, json!({"AWS": ALICE})));
    assert!(lets_in(ALICE, json!({"AWS": ALICE})));
    for other in ["user/Alice", "user/team/alice", "user/alic"] {
        let arn = format!("arn:aws:iam::111122223333:{other}");
        assert!(!hits(ALICE, json!({"AWS": arn})), "{other}");
        assert!(!lets_in(ALICE, json!({"AWS": arn})), "{other}");
    }
}

// Rule 23
#[test]
fn a_name_with_a_wildcard_allows_nobody_and_stops_no_deny() {
    for some in [
        "arn:aws:iam::111122223333:user/*",
        "arn:aws:iam::111122223333:user/alic?",
        "1111*",
        "${aws:PrincipalArn}",
    ] {
        assert!(!lets_in(ALICE, json!({"AWS": some})), "{some}");
        assert!(hits(ALICE, json!({"AWS": some})), "{some}");
    }
    assert!(!lets_in(
        "s3.amazonaws.com",
        json!({"Service": "*.amazonaws.com"})
    ));
}

// Rule 23
#[test]
fn a_name_with_a_wildcard_is_no_service_or_provider() {
    assert!(hits(ALICE, json!({"Service": "*.amazonaws.com"})));
    assert!(hits(
        ALICE,
        json!({"Federated": "arn:aws:iam::111122223333:saml-provider/*"})
    ));
    assert!(!hits(ALICE, json!({"Service": "s3.amazonaws.com"})));
}

// Rule 23
#[test]
fn a_star_alone_is_every_service_or_provider() {
    assert!(lets_in("s3.amazonaws.com", json!({"Service": "*"})));
    assert!(!lets_in(ALICE, json!({"Service": "*"})));
    let signed_in = question().signed_in_at("accounts.google.com");
    let open = resource_statement("Allow", json!({"Federated": "*"}));
    assert!(signed_in.resource(open).is_allowed());
}

// Rule 23
#[test]
fn what_names_no_principal_allows_nobody_and_stops_no_deny() {
    for name in [
        "arn:aws:iam::444455556666:root/x",
        "arn:aws:iam::444455556666:user/",
        "arn:aws:iam::444455556666:role/",
        "arn:aws:iam::444455556666:group/g",
        "arn:aws:sts::444455556666:assumed-role/Reader",
        "arn:aws:sts::444455556666:federated-user/",
        "arn:aws:s3:::notes",
        "arn:aws:iam::1:user/alice",
        "alice",
        "",
        "AIDASHORT",
        "AIDACKCEVSQ6C2EX-MPLE",
        "XXXXACKCEVSQ6C2EXAMPLE",
    ] {
        assert!(!lets_in(ALICE, json!({"AWS": name})), "{name}");
        assert!(hits(ALICE, json!({"AWS": name})), "{name}");
    }
    for kind in ["CanonicalUser", "Aws", "Everyone"] {
        assert!(!lets_in(ALICE, json!({kind: ALICE})), "{kind}");
        assert!(hits(ALICE, json!({kind: "someone"})), "{kind}");
    }
}

// Rule 23
#[test]
fn a_unique_id_is_nobody_any_more() {
    assert!(!hits(ALICE, json!({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})));
    assert!(!lets_in(SESSION, json!({"AWS": "AROACKCEVSQ6C2EXAMPLE"})));
}

// Rule 23
#[test]
fn a_principal_where_none_may_stand_allows_nothing_and_stops_no_deny() {
    let statement = |effect: &str| resource_statement(effect, json!("*"));
    assert!(!question().identity(statement("Allow")).is_allowed());
    let denied = question().identity(allow_all()).identity(statement("Deny"));
    assert!(!denied.is_allowed());
    let missing = question().identity(allow_all()).resource(deny_all());
    assert!(
        !missing.is_allowed(),
        "one that is missing stops no deny either"
    );
    assert!(!question().resource(allow_all()).is_allowed());
}

// Rule 24
#[test]
fn a_role_is_known_by_its_name_whatever_its_path() {
    let with_path = json!({"AWS": "arn:aws:iam::111122223333:role/teams/red/Reader"});
    assert!(hits(SESSION, with_path.clone()));
    assert!(lets_in(SESSION, with_path));
    assert!(lets_in(ROLE, json!({"AWS": ROLE})));
}

// Rule 24
#[test]
fn a_role_of_another_name_account_or_partition_is_another_one() {
    for role in [
        "arn:aws:iam::111122223333:role/reader",
        "arn:aws:iam::111122223333:role/Reader/x",
        "arn:aws:iam::444455556666:role/Reader",
        "arn:aws-cn:iam::111122223333:role/Reader",
    ] {
        assert!(!hits(SESSION, json!({"AWS": role})), "{role}");
        assert!(!lets_in(SESSION, json!({"AWS": role})), "{role}");
    }
}

// Rule 24
#[test]
fn a_caller_keeps_its_partition() {
    let root = "arn:aws-cn:iam::111122223333:root";
    let china = json!({"StringEquals": {"aws:PrincipalArn": root}});
    let deny = when(resource_statement("Deny", json!("*")), china);
    assert!(!question().by(root).resource(deny.clone()).is_allowed());
    assert!(question().by(ROOT).resource(deny).is_allowed());
    let session = "arn:aws-cn:sts::111122223333:assumed-role/Reader/alice";
    assert!(lets_in(session, json!({"AWS": session})));
    assert!(lets_in(
        session,
        json!({"AWS": "arn:aws-cn:iam::111122223333:role/Reader"})
    ));
    assert!(!lets_in(SESSION, json!({"AWS": session})));
    assert!(!hits(
        SESSION,
        json!({"AWS": "arn:aws-cn:iam::111122223333:root"})
    ));
    assert!(hits(
        session,
        json!({"AWS": "arn:aws-cn:iam::111122223333:root"})
    ));
}
