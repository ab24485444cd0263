//! What is not legal.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use serde_json::{Value, json};

use super::question::*;

fn denies(statement: Value) -> bool {
    !question()
        .identity(allow_all())
        .identity(statement)
        .is_allowed()
}

#[test]
fn what_is_not_legal_allows_nothing_and_stops_no_deny() {
    let cases = [
        json!({"Action": "*", "NotAction": "iam:*", "Resource": "*"}),
        json!({"Resource": "*"}),
        json!({"Action": "*"}),
        json!({"Action": "*", "Resource": "*", "NotResource": "arn:aws:s3:::x"}),
        json!({"Action": "*", "Resource": "*", "condition": {}}),
        json!({"Action": ["s3:Get*", 5], "Resource": ["*"], "Condition": 7}),
        json!({"Action": 5, "Resource": "*"}),
        json!({"Action": "*", "Resource": [null]}),
        json!({"Action": "s3*", "Resource": "*"}),
        json!({"Action": "*", "Resource": "notes"}),
        json!({"Action": "*", "Resource": "arn:aws:s3::${aws:PrincipalAccount}:notes/*"}),
    ];
    for mut case in cases {
        case["Effect"] = json!("Allow");
        assert!(!question().identity(case.clone()).is_allowed(), "{case}");
        case["Effect"] = json!("Deny");
        assert!(denies(case.clone()), "{case}");
    }
}

#[test]
fn a_repeated_key_allows_nothing_and_stops_no_deny() {
    let parse = |text: &str| cipherdeck::policy::CompiledPolicy::parse(text).unwrap();
    let with = |effect: &str| {
        parse(&format!(
            r#"{{"Statement":{{"Effect":"{effect}","Action":"*","Action":"s3:*","Resource":"*"}}}}"#
        ))
    };
    let mut allowed = question();
    allowed.policies.identity.push(with("Allow"));
    assert!(!allowed.is_allowed());
    let mut denied = question().identity(allow_all());
    denied.policies.identity.push(with("Deny"));
    assert!(!denied.is_allowed());
}

#[test]
fn an_effect_in_the_wrong_case_allows_nothing_and_loses_no_denial() {
    assert!(
        !question()
            .identity(json!({"Effect": "allow", "Action": "*", "Resource": "*"}))
            .is_allowed()
    );
    assert!(denies(
        json!({"Effect": "deny", "Action": "*", "Resource": "*"})
    ));
    assert!(
        !question()
            .identity(json!({"Action": "*", "Resource": "*"}))
            .is_allowed()
    );
}
