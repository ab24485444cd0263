//! What is found where much stands in the way, or nothing can be done.

use std::time::{Duration, Instant};

use cipherdeck::policy::counterfactual::{EditKind, MOST_OF_A_KIND, Place};
use cipherdeck::policy::{Layer, decide};
use serde_json::{Value, json};

use super::super::question::*;
use super::{found, under};

#[test]
fn where_several_layers_refuse_they_are_named_and_the_smallest_pair_is_found() {
    let asked = question().by(OTHER);
    let found = found(&asked);
    assert_eq!(found.edits, []);
    let layers: Vec<Layer> = found.refusals.iter().map(|refusal| refusal.layer).collect();
    assert_eq!(layers, [Layer::Resource, Layer::Identity]);
    assert_eq!(
        found.sentence().unwrap(),
        "two layers refuse: the resource's policy (there is no policy, and one must allow this) and the identity policies (no statement allows this)"
    );
    let [one, other] = found.pair.unwrap();
    assert_eq!(
        (one.kind, other.kind),
        (EditKind::AttachPolicy, EditKind::AttachPolicy)
    );
}

#[test]
fn two_statements_of_one_policy_may_both_have_to_change() {
    let second = json!({"Sid": "Second", "Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"});
    let first = json!({"Sid": "First", "Effect": "Deny", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"});
    let asked = question().identity(json!([allow_all(), first, second]));
    let found = found(&asked);
    assert_eq!(
        found.sentence().unwrap(),
        "one layer refuses: the identity policies (a statement denies)"
    );
    assert_eq!(found.edits, []);
    let [one, other] = found.pair.unwrap();
    let (request, policies) = one.apply(&asked.request, &asked.policies);
    let (request, policies) = other.apply(&request, &policies);
    assert!(decide(&request, &policies).decision.is_allowed());
    let Place::Policy { span, .. } = other.place else {
        panic!("{other:?}");
    };
    assert_eq!(span, other.patch.unwrap().span);
}

#[test]
fn what_nobody_can_allow_or_deny_has_no_edits() {
    let foreign = key_question()
        .by(OTHER)
        .action("kms:ScheduleKeyDeletion")
        .identity(allow_all())
        .resource(resource_statement("Allow", json!("*")));
    let refused = found(&foreign);
    assert_eq!((refused.edits, refused.pair), (vec![], None));
    assert!(refused.refusals[0].why.contains("whoever allows it"));
    let whoami = question()
        .action("sts:GetCallerIdentity")
        .identity(deny_all());
    assert_eq!(found(&whoami).edits, []);
    assert_eq!(found(&whoami).sentence(), None);
}

#[test]
fn a_thousand_statements_in_the_way_are_looked_through_in_bounds() {
    let begin = Instant::now();
    let deny =
        |n| json!({"Effect": "Deny", "Action": ["s3:Get*", format!("s3:Put{n}")], "Resource": "*"});
    let denials: Vec<Value> = (0..1000).map(deny).collect();
    let found = found(&question().identity(json!(denials)));
    assert_eq!((found.edits, found.pair), (vec![], None));
    assert!(
        begin.elapsed() < Duration::from_secs(30),
        "took {:?}",
        begin.elapsed()
    );
}

#[test]
fn of_one_kind_no_more_edits_are_shown_than_a_reader_takes_in() {
    let keys = ["k:a", "k:b", "k:c", "k:d", "k:e", "k:f"];
    let mut asked = question().identity(allow_all());
    let mut all = json!({});
    for key in keys {
        asked = asked.with(key, "1");
        all[key] = json!("1");
    }
    let found = found(&asked.identity(under("Deny", json!({"StringEquals": all}))));
    let kinds = found.edits.iter().map(|edit| edit.kind);
    let contexts = kinds.filter(|kind| *kind == EditKind::ChangeContext);
    assert_eq!(contexts.count(), MOST_OF_A_KIND);
}
