//! Reading documents: every element with its place, and no text that does harm.

use std::time::{Duration, Instant};

use cipherdeck::base::Lines;
use cipherdeck::policy::{CompiledPolicy, Policy, evaluate};
use serde_json::json;

use super::question::*;

fn refusal(text: &str) -> String {
    let problem = Policy::parse(text).unwrap_err();
    format!(
        "{} {}",
        Lines::new(text).place(problem.span.start),
        problem.message
    )
}

#[test]
fn comments_and_trailing_commas_are_refused_at_their_place() {
    assert_eq!(
        refusal("{\n  // why\n}"),
        "2:3 a policy cannot hold comments"
    );
    assert_eq!(
        refusal("{\"a\": 1,\n}"),
        "1:8 a comma stands behind the last item"
    );
    assert_eq!(
        refusal("{\"a\": 1} {}"),
        "1:10 something stands behind the end of the document"
    );
    assert_eq!(refusal(""), "1:1 the text is empty");
    assert_eq!(refusal("[]"), "1:1 a policy is an object, this is a list");
    assert!(refusal("{'a': 1}").starts_with("1:2 single-quoted"));
    assert!(refusal("{\"a\": \"line\nbreak\"}").starts_with("1:"));
    assert!(refusal("{\u{a0}\"a\": 1}").starts_with("1:"));
    assert!(refusal("{\"a\": 01}").starts_with("1:"));
}

#[test]
fn every_element_knows_its_place() {
    let text = "{\"Version\": \"2012-10-17\",\n \"Statement\": {\"Sid\": \"A\", \"Action\": [\"s3:Get*\"],\n \
                \"Condition\": {\"Bool\": {\"k:x\": true}}}}";
    let policy = Policy::parse(text).unwrap();
    let at = |span: cipherdeck::base::Span| &text[span.start..span.end];
    let statement = &policy.statements[0];
    assert_eq!(at(policy.version.as_ref().unwrap().name), "\"Version\"");
    assert_eq!(at(statement.sid.as_ref().unwrap().span), "\"A\"");
    assert_eq!(
        at(statement.action.as_ref().unwrap().value.values[0].span),
        "\"s3:Get*\""
    );
    let condition = &statement.condition.as_ref().unwrap().value[0];
    assert_eq!(at(condition.key.span), "\"k:x\"");
    assert_eq!(at(condition.span), "\"k:x\": true");
    assert_eq!(at(condition.values.values[0].span), "true");
}

#[test]
fn a_trace_points_at_the_clause_that_fails() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"k:x":"A"}}}}"#;
    let mut asked = question().with("k:x", "a");
    asked
        .policies
        .identity
        .push(CompiledPolicy::parse(text).unwrap());
    let evaluation = evaluate(&asked.request, &asked.policies);
    let layer = evaluation.trace[0]
        .layers
        .iter()
        .find(|layer| !layer.policies.is_empty())
        .unwrap();
    let clause = layer.policies[0].statements[0].clauses.last().unwrap();
    assert_eq!(&text[clause.span.start..clause.span.end], r#""k:x":"A""#);
    assert_eq!(clause.values[0].why.as_deref(), Some("case differs"));
    assert_eq!(clause.why, "no value matches");
    assert!(clause.source.starts_with("https://docs.aws.amazon.com/"));
}

#[test]
fn a_deny_that_cannot_be_evaluated_is_marked() {
    use cipherdeck::policy::Truth;
    let broken = json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringIs": {"k:x": "1"}}});
    let asked = question().identity(allow_all()).identity(broken);
    let evaluation = evaluate(&asked.request, &asked.policies);
    let layer = evaluation.trace[0]
        .layers
        .iter()
        .find(|layer| !layer.policies.is_empty())
        .unwrap();
    let statement = &layer.policies[1].statements[0];
    assert_eq!(statement.result, Truth::CannotBeEvaluated);
    assert!(statement.applies);
    assert_eq!(
        statement.clauses.last().unwrap().why,
        "there is no such operator"
    );
}

#[test]
fn a_policy_is_saved_as_its_text_and_name() {
    let saved = policy(allow_all()).named("arn:aws:iam::aws:policy/AdministratorAccess");
    let text = serde_json::to_string(&saved).unwrap();
    assert_eq!(
        serde_json::from_str::<CompiledPolicy>(&text).unwrap(),
        saved
    );
    assert!(serde_json::from_str::<CompiledPolicy>(r#"{"document":"{"}"#).is_err());
}

#[test]
fn hostile_texts_are_answered_soon() {
    let begin = Instant::now();
    for deep in ["[", "{\"a\":", "[\"]\",", "{\"}\":"] {
        assert!(Policy::parse(&deep.repeat(500_000)).is_err());
    }
    let many = "\"s3:GetObject\",".repeat(70_000);
    let long = format!(
        "{{\"Statement\":{{\"Effect\":\"Allow\",\"Action\":[{many}\"s3:PutObject\"],\"Resource\":\"*\"}}}}"
    );
    assert!(long.len() > 1_000_000);
    let policy = CompiledPolicy::parse(&long).unwrap();
    let mut asked = question();
    asked.policies.identity.push(policy);
    assert!(asked.is_allowed());
    let pattern = format!("arn:aws:s3:::{}b", "*a".repeat(5_000));
    let object = format!("arn:aws:s3:::{}", "a".repeat(10_000));
    let stars = question()
        .on(&object, HOME)
        .identity(json!({"Effect": "Allow", "Action": "*", "Resource": pattern}));
    assert!(!stars.is_allowed());
    assert!(
        begin.elapsed() < Duration::from_secs(20),
        "took {:?}",
        begin.elapsed()
    );
}

#[test]
fn brackets_within_a_text_nest_nothing() {
    let text = "[{".repeat(1_000);
    let named = json!({"Id": text, "Statement": allow_all()});
    assert!(CompiledPolicy::parse(&named.to_string()).is_ok());
}
