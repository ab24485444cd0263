//! What would have turned the decision round.

use std::time::{Duration, Instant};

use cipherdeck::base::Severity;
use cipherdeck::policy::counterfactual::{
    self, Counterfactuals, Edit, EditKind, Place, PolicyPlace,
};
use cipherdeck::policy::{CompiledPolicy, Layer, PolicyType, decide, evaluate, validate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::laws::{asked, mutated};
use super::question::*;

fn found(question: &Question) -> Counterfactuals {
    counterfactual::find(&question.request, &question.policies)
}

fn kinds(question: &Question) -> Vec<(EditKind, String)> {
    let found = found(question);
    found
        .edits
        .iter()
        .map(|edit| (edit.kind, edit.sentence.clone()))
        .collect()
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn under(effect: &str, condition: Value) -> Value {
    json!({"Effect": effect, "Action": "s3:*", "Resource": "*", "Condition": condition})
}

/// The first edit's kind and sentence.
fn first(question: &Question) -> (EditKind, String) {
    kinds(question).remove(0)
}

/// Whether one of the edits says this.
fn offers(question: &Question, sentence: &str) -> bool {
    kinds(question)
        .iter()
        .any(|(_, told)| told.contains(sentence))
}

#[test]
fn a_condition_that_fails_is_answered_by_another_context_with_values_of_the_policy() {
    let limited = |condition| question().identity(under("Allow", condition));
    let cases = [
        (
            json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
            "sign in with MFA",
        ),
        (
            json!({"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}),
            "call from the address `198.51.100.7`",
        ),
        (
            json!({"StringLike": {"aws:RequestedRegion": "eu-*"}}),
            "ask in the Region `eu-west-1`",
        ),
        (
            json!({"StringEquals": {"kms:EncryptionContext:team": "red"}}),
            "pass the encryption context `team` = `red`",
        ),
        (
            json!({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
            "send `aws:MultiFactorAuthAge` with the value `3599`",
        ),
        (
            json!({"DateGreaterThan": {"aws:CurrentTime": "2026-12-31T00:00:00Z"}}),
            "ask at `2027-01-01T00:00:00Z`",
        ),
        (
            json!({"Null": {"aws:TokenIssueTime": "false"}}),
            "send `aws:TokenIssueTime`",
        ),
        (
            json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}),
            "send `aws:TagKeys` with the value `[team]`",
        ),
    ];
    for (condition, sentence) in cases {
        let (kind, told) = first(&limited(condition));
        assert_eq!(kind, EditKind::ChangeContext, "{told}");
        assert!(told.starts_with(sentence), "{told}");
    }
}

#[test]
fn who_one_is_cannot_be_chosen() {
    for key in ["aws:PrincipalArn", "aws:PrincipalOrgID", "aws:userid"] {
        let asked = question().identity(under("Allow", json!({"StringEquals": {key: "x"}})));
        assert!(
            kinds(&asked)
                .iter()
                .all(|(kind, _)| *kind != EditKind::ChangeContext),
            "{key}"
        );
    }
    let own = question().identity(under(
        "Allow",
        json!({"StringEquals": {"aws:username": "alice"}}),
    ));
    assert!(offers(&own, "send `aws:username` with the value `alice`"));
    let others = question().identity(under(
        "Allow",
        json!({"StringEquals": {"aws:username": "bob"}}),
    ));
    assert!(!offers(&others, "send `aws:username`"));
}

#[test]
fn what_is_always_there_is_not_left_out() {
    let plain = question()
        .with("aws:SecureTransport", "false")
        .identity(allow_all())
        .identity(under(
            "Deny",
            json!({"Bool": {"aws:SecureTransport": "false"}}),
        ));
    assert!(offers(&plain, "call over TLS"));
    assert!(!offers(&plain, "leave `aws:SecureTransport` out"));
}

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
fn the_layer_that_is_silent_gets_a_statement_or_its_first_policy() {
    let attach = |question: Question| {
        let (kind, told) = first(&question);
        assert_eq!(kind, EditKind::AttachPolicy, "{told}");
        told
    };
    assert_eq!(
        attach(question()),
        "attach a policy to the caller that allows `s3:GetObject` on `arn:aws:s3:::notes/a.txt`"
    );
    assert_eq!(
        attach(question().by(OTHER).identity(allow_all())),
        format!(
            "attach a policy to the resource that allows `s3:GetObject` on `{OBJECT}` to `{OTHER}`"
        )
    );
    assert_eq!(
        attach(
            question()
                .identity(allow_all())
                .scp(vec![allow_all()])
                .scp(vec![])
        ),
        "attach `FullAWSAccess` to `o-level`"
    );
    let assume = question()
        .action("sts:AssumeRole")
        .on(ROLE, HOME)
        .identity(allow_all());
    assert_eq!(
        attach(assume),
        format!("attach a policy to the resource that allows `sts:AssumeRole` to `{ALICE}`")
    );
    for limit in [Question::boundary, Question::session, Question::endpoint] {
        let ec2 = json!([{"Effect": "Allow", "Action": ["ec2:*", "sqs:*"], "Resource": ["arn:aws:s3:::other"]}]);
        let asked = limit(question().by(SESSION).identity(allow_all()), ec2);
        let told = kinds(&asked);
        assert_eq!(told[0].0, EditKind::AddStatement, "{told:?}");
        assert_eq!(told.last().unwrap().0, EditKind::DetachPolicy);
    }
}

#[test]
fn a_key_may_be_opened_by_its_policy_or_by_a_grant() {
    let asked = key_question().by(SESSION);
    let grant = format!("create a grant that lets `{ROLE}` do `Decrypt` with the key");
    assert!(offers(&asked, &grant));
    assert!(!offers(
        &asked.clone().action("kms:ScheduleKeyDeletion"),
        "create a grant"
    ));
    let lambda = key_question().by("lambda.amazonaws.com");
    assert!(!offers(&lambda, "create a grant"));
}

#[test]
fn a_grant_wants_the_encryption_context_that_it_demands() {
    let under = |constraint: &str| {
        let grant = json!({"GranteePrincipal": ROLE, "Operations": ["Decrypt"], "Constraints": {constraint: {"team": "red"}}});
        key_question().by(SESSION).grant(grant)
    };
    let missing = under("EncryptionContextSubset");
    assert_eq!(
        first(&missing).1,
        "pass the encryption context `team` = `red`"
    );
    let wrong_case = missing.with("kms:EncryptionContext:Team", "red");
    assert_eq!(
        first(&wrong_case).1,
        "pass the encryption context `team` = `red`"
    );
    let one_too_many = under("EncryptionContextEquals")
        .with("kms:EncryptionContext:team", "red")
        .with("kms:EncryptionContext:stage", "prod");
    assert_eq!(
        first(&one_too_many).1,
        "leave `kms:EncryptionContext:stage` out of the request"
    );
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

#[test]
fn a_young_grant_wants_its_token() {
    let grant = json!({"GranteePrincipal": ROLE, "Operations": ["Decrypt"], "state": "pending", "GrantToken": "t-1"});
    let asked = key_question().by(SESSION).grant(grant);
    let (kind, told) = first(&asked);
    assert_eq!(kind, EditKind::PassGrantToken);
    assert_eq!(told, "pass the grant token `t-1`, or wait five minutes");
}

#[test]
fn policies_of_aws_are_detached_and_never_rewritten() {
    let mut asked = question();
    let name = "arn:aws:iam::aws:policy/AmazonEC2FullAccess";
    asked
        .policies
        .identity
        .push(policy(allow("ec2:*", "*")).named(name));
    assert_eq!(first(&asked).0, EditKind::AttachPolicy);
    asked
        .policies
        .identity
        .push(policy(deny_all()).named("arn:aws:iam::aws:policy/AWSDenyAll"));
    asked.policies.identity.push(policy(allow_all()));
    assert_eq!(
        kinds(&asked),
        [(
            EditKind::DetachPolicy,
            "detach the identity policy `arn:aws:iam::aws:policy/AWSDenyAll`".to_owned()
        )]
    );
}

#[test]
fn what_allows_can_be_taken_away_in_as_many_ways() {
    let asked = question()
        .with("aws:RequestedRegion", "eu-west-1")
        .identity(json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}
        }));
    let kinds: Vec<EditKind> = kinds(&asked).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            EditKind::ChangeContext,
            EditKind::Narrow,
            EditKind::RemoveStatement,
            EditKind::AddStatement,
            EditKind::DetachPolicy,
        ]
    );
    let grant = json!({"GrantId": "g-1", "GranteePrincipal": ROLE, "Operations": ["Decrypt"]});
    assert!(offers(
        &key_question().by(SESSION).grant(grant),
        "revoke the grant `g-1`"
    ));
    let root = question().by(ROOT).scp(vec![allow_all()]);
    assert!(offers(
        &root,
        "add a statement to the service control policy of `o-level` that denies"
    ));
}

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
fn every_resource_that_is_denied_is_in_the_statement() {
    let asked = question().and_on("arn:aws:s3:::notes/b*", HOME);
    let found = found(&asked);
    assert!(
        found.edits[0]
            .after
            .contains(r#"["arn:aws:s3:::notes/a.txt", "arn:aws:s3:::notes/b*"]"#)
    );
    assert!(
        found.edits[0]
            .sentence
            .ends_with("on `arn:aws:s3:::notes/a.txt`, `arn:aws:s3:::notes/b*`")
    );
}

#[test]
fn the_name_of_a_policy_and_the_rest_of_its_text_survive() {
    let text = "{ \"Version\": \"2012-10-17\",\n\n  \"Statement\": [ { \"Effect\":\"Allow\", \"Action\" : [\"s3:PutObject\" ], \"Resource\":\"*\"}]\t}";
    let mut asked = question();
    asked
        .policies
        .identity
        .push(CompiledPolicy::parse(text).unwrap().named("Notes"));
    let edit = found(&asked).edits.remove(0);
    let (_, policies) = edit.apply(&asked.request, &asked.policies);
    assert_eq!(policies.identity[0].name(), Some("Notes"));
    assert_eq!(
        policies.identity[0].source(),
        text.replace("\"s3:PutObject\" ]", "\"s3:PutObject\", \"s3:GetObject\" ]")
    );
}

/// In how many parts two questions differ: the context, each policy, the grants.
fn differences(one: &Question, other: &Question) -> usize {
    let lists = |question: &Question| {
        let policies = question.policies.clone();
        let levels =
            |levels: Vec<cipherdeck::policy::Level>| levels.into_iter().map(|level| level.policies);
        let mut lists = vec![
            policies.identity,
            policies.resource.into_iter().collect(),
            policies.boundaries,
            policies.session,
            policies.endpoint,
        ];
        lists.extend(levels(policies.service_control));
        lists.extend(levels(policies.resource_control));
        lists
    };
    let in_list = |one: &[CompiledPolicy], other: &[CompiledPolicy]| {
        if one.len() == other.len() {
            one.iter()
                .zip(other)
                .filter(|(one, other)| one != other)
                .count()
        } else {
            one.len().abs_diff(other.len())
        }
    };
    let policies: usize = lists(one)
        .iter()
        .zip(&lists(other))
        .map(|(one, other)| in_list(one, other))
        .sum();
    policies
        + usize::from(one.request.context != other.request.context)
        + one
            .policies
            .grants
            .len()
            .abs_diff(other.policies.grants.len())
}

fn with(edit: &Edit, question: &Question) -> Question {
    let (request, policies) = edit.apply(&question.request, &question.policies);
    Question { request, policies }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_edit_turns_the_decision_round_and_changes_one_thing(asked in asked()) {
        let found = found(&asked);
        prop_assert!(found.edits.len() <= counterfactual::MOST_EDITS);
        for edit in &found.edits {
            let edited = with(edit, &asked);
            prop_assert_ne!(edited.is_allowed(), asked.is_allowed(), "{}", edit.sentence);
            prop_assert_eq!(differences(&asked, &edited), 1, "{}", edit.sentence);
            prop_assert_eq!(&edited.request.principal, &asked.request.principal);
            prop_assert_eq!(&edited.request.resources, &asked.request.resources);
        }
    }

    #[test]
    fn an_edit_that_is_made_cannot_be_made_again(asked in asked()) {
        for edit in found(&asked).edits {
            let once = with(&edit, &asked);
            let twice = with(&edit, &once);
            prop_assert_eq!((once.request, once.policies), (twice.request, twice.policies));
        }
    }

    #[test]
    fn against_a_denial_only_what_stands_in_the_way_is_touched(asked in asked()) {
        let evaluation = evaluate(&asked.request, &asked.policies);
        if evaluation.decision.is_allowed() {
            return Ok(());
        }
        for edit in found(&asked).edits {
            let layer = match &edit.place {
                Place::Policy { at, .. } => at.layer,
                Place::Layer { layer: Layer::Grant, .. } | Place::Context(_) => continue,
                Place::Layer { layer, .. } => *layer,
                Place::Grant(_) => panic!("a grant never denies"),
            };
            prop_assert!(!evaluation.layers.of(layer).passes(), "{}", edit.sentence);
        }
    }

    #[test]
    fn a_patch_is_what_becomes_of_the_text(asked in asked()) {
        for edit in found(&asked).edits {
            if let (Some(patch), Place::Policy { at, .. }) = (&edit.patch, &edit.place) {
                let edited = with(&edit, &asked);
                let (before, after) = (text(&asked, *at), text(&edited, *at));
                prop_assert_eq!(patch.apply(&before), Some(after));
            }
        }
    }

    #[test]
    fn no_edit_makes_a_policy_less_legal(asked in asked()) {
        for edit in found(&asked).edits {
            if let (Some(_), Place::Policy { at, .. }) = (&edit.patch, &edit.place) {
                let kind = match at.layer {
                    Layer::Rcp => PolicyType::Rcp,
                    Layer::Scp => PolicyType::Scp,
                    Layer::Endpoint => PolicyType::Endpoint,
                    Layer::Resource | Layer::Grant => asked.request.resource_policy_type(),
                    Layer::Identity => PolicyType::Identity,
                    Layer::Boundary => PolicyType::Boundary,
                    Layer::Session => PolicyType::Session,
                };
                let errors = |question: &Question| {
                    let findings = validate(&text(question, *at), kind).into_iter();
                    findings.filter(|finding| finding.severity == Severity::Error).count()
                };
                prop_assert!(errors(&with(&edit, &asked)) <= errors(&asked), "{}", edit.sentence);
            }
        }
    }

    #[test]
    fn two_edits_turn_the_decision_round_only_where_one_does_not(asked in asked()) {
        let found = found(&asked);
        prop_assert_eq!(found.refusals.is_empty(), asked.is_allowed());
        if let Some([one, other]) = found.pair {
            prop_assert_eq!(found.edits, vec![]);
            let edited = with(&other, &with(&one, &asked));
            prop_assert_ne!(edited.is_allowed(), asked.is_allowed());
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(asked in asked()) {
        prop_assert_eq!(found(&asked), found(&asked));
    }

    #[test]
    fn no_text_does_harm(text in mutated(), action in ".{0,12}", resource in ".{0,20}", held in ".{0,8}") {
        let Ok(policy) = CompiledPolicy::parse(&text) else {
            return Ok(());
        };
        let mut asked = question().with("k:a", &held).with_values("k:b", &[&held]).action(&action);
        asked.request.resources = vec![cipherdeck::policy::Resource::new(resource)];
        asked.policies.identity = vec![policy.clone(), policy.clone()];
        asked.policies.resource = Some(policy);
        let _ = found(&asked);
    }
}

fn text(question: &Question, at: PolicyPlace) -> String {
    let policies = &question.policies;
    let list = match (at.layer, at.level) {
        (Layer::Identity, _) => &policies.identity,
        (Layer::Boundary, _) => &policies.boundaries,
        (Layer::Session, _) => &policies.session,
        (Layer::Endpoint, _) => &policies.endpoint,
        (Layer::Scp, Some(level)) => &policies.service_control[level].policies,
        (Layer::Rcp, Some(level)) => &policies.resource_control[level].policies,
        _ => return policies.resource.as_ref().unwrap().source().to_owned(),
    };
    list[at.index].source().to_owned()
}
