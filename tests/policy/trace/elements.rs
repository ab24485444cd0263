//! What the trace says of a statement's elements.

use cipherdeck::policy::{ClauseTrace, Layer, Truth};
use serde_json::{Value, json};

use super::super::question::*;

#[test]
fn a_resource_says_why_it_is_not_meant() {
    for (resource, why) in [
        ("arn:aws:s3:::Notes/*", "case differs"),
        ("arn:aws:s3:::other/*", "resource part differs"),
        ("arn:aws:sns:::notes/*", "service segment differs"),
        (
            "arn:aws:s3:::${k:none}",
            "a variable has no value in this request",
        ),
        ("notes/*", "neither `*` nor an ARN"),
    ] {
        let on = json!({"Effect": "Allow", "Action": "*", "Resource": resource});
        let layer = question().identity(on).layer(Layer::Identity);
        let value = layer.policies[0].statements[0].clauses[1].values[0].clone();
        assert_eq!(value.why.as_deref(), Some(why), "{resource}");
    }
}

/// What the trace says of an element of a layer's first statement.
fn clause(asked: &Question, layer: Layer, element: &str) -> ClauseTrace {
    let mut layer = asked.layer(layer);
    let statement = layer.policies.swap_remove(0).statements.swap_remove(0);
    let mut clauses = statement.clauses.into_iter();
    clauses.find(|clause| clause.element == element).unwrap()
}

#[test]
fn a_principal_says_in_which_policies_it_may_not_stand_so() {
    let deny = |element: &str, principal: Value| {
        let mut deny = json!({"Effect": "Deny", "Action": "*"});
        deny[element] = principal;
        deny
    };
    let on_everything = |mut statement: Value| {
        statement["Resource"] = json!("*");
        statement
    };
    let trust = |statement: Value| {
        let assume = question().action("sts:AssumeRole").on(ROLE, HOME);
        (assume.resource(statement), Layer::Resource)
    };
    let rcp = |statement: Value| {
        let asked = question().rcp(vec![on_everything(statement)]);
        (asked, Layer::Rcp)
    };
    for ((asked, layer), element, why) in [
        (
            trust(deny("NotPrincipal", json!({"AWS": OTHER}))),
            "NotPrincipal",
            "a trust policy cannot hold `NotPrincipal`",
        ),
        (
            rcp(deny("NotPrincipal", json!({"AWS": OTHER}))),
            "NotPrincipal",
            "a resource control policy cannot hold `NotPrincipal`",
        ),
        (
            rcp(deny("Principal", json!({"AWS": ALICE}))),
            "Principal",
            "the principal of a resource control policy is always `*`",
        ),
    ] {
        let clause = clause(&asked, layer, element);
        assert_eq!(clause.why, why);
        assert_eq!(clause.result, Truth::CannotBeEvaluated, "{why}");
    }
    let (asked, layer) = trust(deny("Principal", json!("*")));
    let legal = clause(&asked, layer, "Principal");
    assert_eq!(legal.why, "the caller itself is named");
}

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
#[test]
fn a_statement_of_a_key_policy_without_resource_gives_the_page_on_key_policies() {
    let statement = json!({"Effect": "Allow", "Principal": "*", "Action": "kms:*"});
    let asked = key_question().resource(statement);
    let clause = clause(&asked, Layer::Resource, "Resource");
    assert_eq!(clause.result, Truth::NotMatched);
    assert_eq!(
        clause.source,
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html"
    );
}

#[test]
fn every_element_is_told_also_behind_one_that_does_not_match() {
    let of_another = json!({
        "Effect": "Allow", "Action": "ec2:*", "Resource": "arn:aws:s3:::other",
        "Condition": {"StringEquals": {"k:a": "1"}, "Bool": {"k:b": "true"}}
    });
    let layer = question().identity(of_another).layer(Layer::Identity);
    let clauses = layer.policies[0].statements[0].clauses.iter();
    let told: Vec<(&str, Truth)> = clauses
        .map(|clause| (&*clause.element, clause.result))
        .collect();
    let elements = ["Action", "Resource", "Condition", "Condition"];
    assert_eq!(told, elements.map(|element| (element, Truth::NotMatched)));
}
