//! What the trace says.

mod conditions;
mod elements;
mod headline;

use cipherdeck::policy::{Context, Layer};
use serde_json::json;

use super::question::*;

#[test]
fn keys_that_follow_from_the_request_are_filled_in() {
    let asked = |key: &str, value: &str| {
        question().identity(when(allow_all(), json!({"StringEquals": {key: value}})))
    };
    assert!(asked("aws:PrincipalArn", ALICE).is_allowed());
    assert!(asked("aws:PrincipalArn", ROLE).by(SESSION).is_allowed());
    assert!(asked("aws:PrincipalAccount", HOME).is_allowed());
    assert!(
        asked("aws:PrincipalType", "AssumedRole")
            .by(SESSION)
            .is_allowed()
    );
    assert!(asked("aws:ResourceAccount", HOME).is_allowed());
    let said = asked("aws:PrincipalArn", ALICE).with("aws:PrincipalArn", "else");
    assert!(!said.is_allowed(), "what the request says stands above");
}

#[test]
fn a_request_takes_another_context() {
    let asked = question().with("k:a", "1").request;
    let asked = asked.with_context(Context::new().with("k:b", "2"));
    assert!(asked.context.get("k:a").is_none());
    assert!(asked.context.get("K:B").is_some());
}

#[test]
fn every_layer_and_clause_gives_the_page_that_says_so() {
    let asked = key_question()
        .grant(json!({"GranteePrincipal": ALICE, "Operations": ["Encrypt"]}))
        .identity(when(
            allow_all(),
            json!({"Bool": {"k:a": "true"}, "StringLike": {"k:b": ["x", "y"]}}),
        ))
        .resource(resource_statement("Allow", json!({"AWS": ROOT})));
    for layer in Layer::ALL {
        let layer = asked.layer(layer);
        assert!(layer.source.starts_with("https://docs.aws.amazon.com/"));
        let statements = layer.policies.iter().flat_map(|policy| &policy.statements);
        for clause in statements.flat_map(|statement| &statement.clauses) {
            assert!(clause.source.starts_with("https://docs.aws.amazon.com/"));
        }
    }
    let identity = asked.layer(Layer::Identity);
    let clauses = &identity.policies[0].statements[0].clauses;
    assert!(clauses[2].source.ends_with("condition_operators.html"));
    let held = asked.with("k:a", "true").layer(Layer::Identity);
    let clause = &held.policies[0].statements[0].clauses[2];
    assert!(clause.source.ends_with("#Conditions_Boolean"));
}
