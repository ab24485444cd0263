//! From documents back to text.

use std::fmt::Write as _;

use cipherdeck::policy::{Element, Policy, Principals, Strings};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::laws::{mutated, statements};

fn printed(text: &str) -> String {
    Policy::parse(text).unwrap().to_json()
}

#[test]
fn a_document_is_laid_out_as_aws_writes_its_examples() {
    let text = r#"{"Statement":[{"Condition":{"Bool":{"aws:SecureTransport":false},"StringLike":{"aws:PrincipalOrgID":["o-1","o-2"]}},
        "NotResource":"arn:aws:s3:::notes/*","Action":["s3:GetObject"],"Principal":{"AWS":["111122223333","444455556666"],"Service":"s3.amazonaws.com"},
        "Effect":"Deny","Sid":"A \"b\""}],"Id":"x","Version":"2012-10-17"}"#;
    let laid_out = r#"{
  "Version": "2012-10-17",
  "Id": "x",
  "Statement": [
    {
      "Sid": "A \"b\"",
      "Effect": "Deny",
      "Principal": {"AWS": ["111122223333", "444455556666"], "Service": "s3.amazonaws.com"},
      "Action": ["s3:GetObject"],
      "NotResource": "arn:aws:s3:::notes/*",
      "Condition": {
        "Bool": {"aws:SecureTransport": false},
        "StringLike": {"aws:PrincipalOrgID": ["o-1", "o-2"]}
      }
    }
  ]
}"#;
    assert_eq!(printed(text), laid_out);
    assert_eq!(Policy::parse(text).unwrap().to_string(), laid_out);
}

#[test]
fn a_statement_that_stands_by_itself_stays_so() {
    let text = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let laid_out = "{\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Action\": \"*\",\n    \"Resource\": \"*\"\n  }\n}";
    assert_eq!(printed(text), laid_out);
    assert_eq!(printed(r#"{"Statement": []}"#), "{\n  \"Statement\": []\n}");
}

#[test]
fn what_is_too_long_for_a_line_takes_a_line_each() {
    let actions: Vec<String> = (0..9)
        .map(|n| format!("s3:GetBucketSomething{n}"))
        .collect();
    let text = json!({"Statement": {"Effect": "Allow", "Action": actions, "Resource": "*"}});
    let laid_out = printed(&text.to_string());
    assert!(laid_out.contains("\"Action\": [\n      \"s3:GetBucketSomething0\",\n"));
    assert!(laid_out.lines().all(|line| line.len() <= 100));
}

/// Everything in a document but the places.
fn content(policy: &Policy) -> String {
    let mut out = String::new();
    let mut part = |name: &str, what: String| writeln!(out, "{name} {what}").unwrap();
    let text = |element: &Option<Element<cipherdeck::policy::Spanned<String>>>| {
        format!("{:?}", element.as_ref().map(|element| &element.value.value))
    };
    let list = |strings: &Strings| {
        let values: Vec<_> = strings.values.iter().map(|value| &value.value).collect();
        format!("{values:?} {}", strings.is_list)
    };
    let strings = |element: &Option<Element<Strings>>| {
        format!("{:?}", element.as_ref().map(|element| list(&element.value)))
    };
    let principals = |element: &Option<Element<Principals>>| {
        let written = element.as_ref().map(|element| match &element.value {
            Principals::Everyone(_) => "everyone".to_owned(),
            Principals::Named(kinds) => kinds
                .iter()
                .map(|kind| format!("{} {}", kind.kind.value, list(&kind.names)))
                .collect(),
            Principals::Illegal(_) => "illegal".to_owned(),
        });
        format!("{written:?}")
    };
    part("Version", text(&policy.version));
    part("Id", text(&policy.id));
    for statement in &policy.statements {
        part("Sid", text(&statement.sid));
        part("Effect", text(&statement.effect));
        part("Principal", principals(&statement.principal));
        part("NotPrincipal", principals(&statement.not_principal));
        part("Action", strings(&statement.action));
        part("NotAction", strings(&statement.not_action));
        part("Resource", strings(&statement.resource));
        part("NotResource", strings(&statement.not_resource));
        part("Condition", format!("{}", statement.condition.is_some()));
        for condition in statement
            .condition
            .iter()
            .flat_map(|element| &element.value)
        {
            let (operator, key) = (&condition.operator.value, &condition.key.value);
            part(
                "Key",
                format!("{operator} {key} {}", list(&condition.values)),
            );
        }
    }
    out
}

fn document(statements: &[Value], as_list: bool, pretty: bool) -> String {
    let statements = match statements {
        [one] if !as_list => one.clone(),
        several => json!(several),
    };
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    if pretty {
        format!("{document:#}")
    } else {
        document.to_string()
    }
}

proptest! {
    #[test]
    fn what_is_printed_says_the_same(statements in statements(), as_list in any::<bool>(), pretty in any::<bool>()) {
        let text = document(&statements, as_list, pretty);
        let policy = Policy::parse(&text).unwrap();
        if policy.problems.is_empty() {
            let again = Policy::parse(&policy.to_json()).unwrap();
            prop_assert_eq!(&again.problems, &vec![]);
            prop_assert_eq!(content(&again), content(&policy));
            let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            prop_assert_eq!(value(&policy.to_json()), value(&text));
        }
    }

    #[test]
    fn printing_twice_is_printing_once(text in mutated()) {
        if let Ok(policy) = Policy::parse(&text) {
            let once = policy.to_json();
            prop_assert_eq!(printed(&once), once);
        }
    }
}
