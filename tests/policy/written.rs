//! Requests, grants and whole questions as JSON writes them.

use cipherdeck::base::Diagnostic;
use cipherdeck::policy::{ContextValue, Decision, KeyManager, Principal, decide, written};
use proptest::prelude::*;

use super::question::*;

/// The code of a finding and the text it is about.
fn about<'a>(text: &'a str, problem: &Diagnostic) -> (String, &'a str) {
    let place = &text[problem.span.start..problem.span.end];
    (problem.code.clone(), place)
}

fn refusal(text: &str) -> (String, &str) {
    about(text, &written::request(text).unwrap_err())
}

#[test]
fn a_request_is_read_with_everything_that_belongs_to_it() {
    let asked = written::request(
        r#"{
          "principal": {"type": "Anonymous"},
          "action": "s3:GetObject",
          "resource": [{"resource": "arn:aws:s3:::notes/a", "accountId": "111122223333"}, {"resource": "*"}],
          "context": {"aws:SecureTransport": true, "aws:TagKeys": ["team"], "k:n": 7},
          "managementAccount": "444455556666",
          "keyManager": "AWS"
        }"#,
    )
    .unwrap();
    assert_eq!(asked.request.principal, Principal::Anonymous);
    assert_eq!(asked.request.resources.len(), 2);
    assert_eq!(asked.request.resources[0].account, Some(account(HOME)));
    let held = |key: &str| asked.request.context.get(key).cloned().unwrap();
    assert_eq!(
        held("aws:securetransport"),
        ContextValue::Single("true".into())
    );
    assert_eq!(
        held("aws:tagkeys"),
        ContextValue::Multiple(vec!["team".into()])
    );
    assert_eq!(held("k:n"), ContextValue::Single("7".into()));
    assert_eq!(asked.management_account, Some(account("444455556666")));
    assert_eq!(asked.key_manager, KeyManager::Aws);
}

#[test]
fn what_is_wrong_with_a_request_is_said_at_its_place() {
    let place = |text| refusal(text).1;
    let whole = r#"{"principal": "anonymous", "action": "s3:GetObject"}"#;
    assert_eq!(place(whole), whole);
    assert_eq!(place(r#"{"principal": "alice"}"#), "\"alice\"");
    assert_eq!(
        place(r#"{"principal": "anonymous", "action": "s3:*", "resource": {"resource": "*"}}"#),
        "\"s3:*\""
    );
    assert_eq!(
        place(r#"{"principal": "anonymous", "action": "s3:A", "resource": {"resource": "notes"}}"#),
        "\"notes\""
    );
    assert_eq!(
        place(r#"{"principal": "anonymous", "action": "s3:A", "resource": []}"#),
        "[]"
    );
    assert_eq!(
        place(
            r#"{"principal": "anonymous", "action": "s3:A", "resource": {"resource": "*", "accountId": "12"}}"#
        ),
        "\"12\""
    );
    assert_eq!(
        place(
            r#"{"principal": "anonymous", "action": "s3:A", "resource": {"resource": "*"}, "context": {"k": {}}}"#
        ),
        "{}"
    );
    assert_eq!(place(" 7"), "7");
}

#[test]
fn a_misspelt_member_of_a_request_is_refused() {
    let text = r#"{"principal": "anonymous", "contxt": {}}"#;
    assert_eq!(refusal(text), ("unknown-member".to_owned(), "{}"));
}

#[test]
fn what_is_no_json_is_told_at_its_line() {
    let text = "{\n  \"principal\": \"anonymous\",\n  \"action\": }";
    let problem = written::request(text).unwrap_err();
    assert_eq!(problem.code, "json-syntax");
    assert!(text[problem.span.start..].starts_with('}'), "{problem:?}");
    assert_eq!(written::grants("").unwrap_err().code, "json-syntax");
}

#[test]
fn grants_are_read_in_the_form_of_kms() {
    let text = r#"[{"GranteePrincipal": "arn:aws:iam::111122223333:user/alice", "Operations": ["Decrypt"],
        "Constraints": {"EncryptionContextSubset": {"team": "red"}}}]"#;
    let grants = written::grants(text).unwrap();
    assert_eq!(grants[0].grantee_principal, ALICE);
    assert_eq!(
        written::grants(&written::grants_to_json(&grants)).unwrap(),
        grants
    );
    assert_eq!(about("{}", &written::grants("{}").unwrap_err()).1, "{}");
}

#[test]
fn a_question_holds_request_and_layers_and_places_what_is_wrong_with_a_policy() {
    let line = |policy: &str| {
        format!(
            r#"{{"request": {{"principal": "{ALICE}", "action": "s3:GetObject", "resource": {{"resource": "{OBJECT}"}}}}, "identityPolicies": [{policy}]}}"#
        )
    };
    let text = line(r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#);
    let question = written::question(&text).unwrap();
    let verdict = decide(&question.request, &question.policies);
    assert_eq!(verdict.decision, Decision::Allowed);
    let text = line("[]");
    let problem = written::question(&text).unwrap_err();
    assert_eq!(about(&text, &problem), ("not-an-object".to_owned(), "[]"));
    assert_eq!(written::question("{}").unwrap_err().code, "missing-request");
}

#[test]
fn a_context_is_written_key_by_key_on_lines_of_their_own_and_an_empty_one_on_none() {
    let written = |question: Question| {
        let asked = written::Asked {
            request: question.request,
            management_account: None,
            key_manager: KeyManager::Customer,
        };
        asked.to_string()
    };
    assert!(written(question()).contains("\n  \"context\": {}\n}"));
    let held = question().with("k:a", "1").with("k:b", "2");
    let lines = "\n  \"context\": {\n    \"k:a\": \"1\",\n    \"k:b\": \"2\"\n  }\n}";
    assert!(written(held).contains(lines));
}

proptest! {
    #[test]
    fn no_text_does_harm(text in any::<String>()) {
        let _ = written::request(&text);
        let _ = written::grants(&text);
        let _ = written::question(&text);
    }

    #[test]
    fn a_request_that_is_written_is_read_as_it_was(
        action in "[a-z]{1,4}:[A-Z][a-z]{1,4}", path in "[ -~]{1,12}", owned in any::<bool>(), twice in any::<bool>(), managed in any::<bool>(),
        context in prop::collection::btree_map("[a-z]{1,3}:[ -~é]{0,6}", prop::collection::vec(any::<String>(), 0..3), 0..4),
    ) {
        let mut request = question().action(&action).request;
        let mut resource = cipherdeck::policy::Resource::new(format!("arn:aws:s3:::{path}"));
        if owned {
            resource = resource.owned_by(account(HOME));
        }
        request.resources = vec![resource; 1 + usize::from(twice)];
        for (key, values) in context {
            let value = match values.as_slice() {
                [one] => ContextValue::Single(one.clone()),
                _ => ContextValue::Multiple(values),
            };
            request.context.insert(key, value);
        }
        request.grant_tokens = vec![action; usize::from(twice)];
        let asked = written::Asked {
            request,
            management_account: managed.then(|| account(HOME)),
            key_manager: if managed { KeyManager::Aws } else { KeyManager::Customer },
        };
        prop_assert_eq!(written::request(&asked.to_string()).unwrap(), asked);
    }
}
