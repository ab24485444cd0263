//! A fuzz target for reader and evaluator. It begins with the lines of a small corpus and damages them. Every run of the tests
//! tries a few hundred; more on any toolchain, for as long as one likes:
//!
//! ```sh
//! PROPTEST_CASES=1000000 cargo test --release --no-default-features --test policy fuzz
//! ```
//!
//! What fails is made as small as it can be, printed, and kept in `proptest-regressions/`.

use cipherdeck::policy::{
    CompiledPolicy, Policies, PolicyType, decide, evaluate, validate, written,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::question::question;

/// Lines of `cipherdeck policy evaluate`, each with the decision that it comes to undamaged.
const CORPUS: &str = include_str!("../data/policy_corpus.jsonl");

/// What damage is made of, beside single bytes: what the grammar knows, and what readers stumble over.
const WORDS: [&str; 28] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "1e999",
    "é",
    "\u{feff}",
    "*",
    "?",
    "${",
    "}'",
    "${*}",
    "Not",
    "ForAllValues:",
    "IfExists",
    "arn:aws:",
    "2008-10-17",
    "::/0",
    "==",
];

#[derive(Clone, Debug)]
enum Damage {
    Byte(Index, u8),
    Cut(Index, usize),
    Word(Index, &'static str),
    Double(Index, usize),
    /// The rest of the text from here on is that of another line.
    Splice(Index, &'static str, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = || any::<Index>();
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        (place(), 1..40_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        (place(), select(WORDS.to_vec())).prop_map(|(at, word)| Damage::Word(at, word)),
        (place(), 1..200_usize).prop_map(|(at, length)| Damage::Double(at, length)),
        (place(), line(), place()).prop_map(|(at, line, from)| Damage::Splice(at, line, from)),
    ]
}

fn line() -> impl Strategy<Value = &'static str> {
    select(CORPUS.lines().collect::<Vec<_>>())
}

fn damaged(text: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        let part = |at: &Index, part: usize| {
            let at = at.index(length);
            at..(at + part).min(length)
        };
        match damage {
            Damage::Byte(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Cut(at, cut) => drop(bytes.drain(part(at, *cut))),
            Damage::Word(at, word) => drop(bytes.splice(part(at, 0), word.bytes())),
            Damage::Double(at, double) => {
                let double = bytes[part(at, *double)].to_vec();
                drop(bytes.splice(part(at, 0), double));
            }
            Damage::Splice(at, other, from) => {
                bytes.truncate(at.index(length));
                bytes.extend(&other.as_bytes()[from.index(other.len())..]);
            }
        }
    }
    bytes
}

/// The target: reads bytes as a question and as a policy of every kind, and decides. It comes back, and with a trace
/// the decision is the same.
fn target(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(asked) = written::question(&text) {
        let (request, policies) = (&asked.request, &asked.policies);
        let evaluation = evaluate(request, policies);
        assert_eq!(evaluation.verdict(), decide(request, policies));
        serde_json::to_string(&evaluation).expect("every trace can be written");
    }
    for kind in PolicyType::ALL {
        drop(validate(&text, kind));
    }
    if let Ok(policy) = CompiledPolicy::parse(&text) {
        everywhere(&policy);
    }
}

fn everywhere(policy: &CompiledPolicy) {
    let request = question()
        .with("k:a", "a")
        .with_values("k:b", &["b"])
        .request;
    let of = || vec![policy.clone()];
    for policies in [
        Policies {
            identity: of(),
            ..Policies::default()
        },
        Policies {
            boundaries: of(),
            ..Policies::default()
        },
        Policies {
            session: of(),
            ..Policies::default()
        },
        Policies {
            endpoint: of(),
            ..Policies::default()
        },
        Policies {
            resource: Some(policy.clone()),
            ..Policies::default()
        },
    ] {
        assert_eq!(
            evaluate(&request, &policies).verdict(),
            decide(&request, &policies)
        );
    }
}

/// The policies of a line, each as it stands there.
fn policies_in(line: &str) -> Vec<String> {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let mut found = Vec::new();
    collect(&line, &mut found);
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) if members.contains_key("Statement") => {
            found.push(value.to_string());
        }
        serde_json::Value::Object(members) => {
            members.values().for_each(|value| collect(value, found));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

#[test]
fn the_corpus_is_read_and_decided_as_it_says() {
    for line in CORPUS.lines() {
        let asked = written::question(line).unwrap();
        let verdict = decide(&asked.request, &asked.policies);
        let expected: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            serde_json::to_value(verdict.decision).unwrap(),
            expected["expected"],
            "{line}"
        );
    }
}

proptest! {
    #[test]
    fn a_damaged_question_does_no_harm(line in line(), damages in prop::collection::vec(damage(), 0..6)) {
        target(&damaged(line, &damages));
    }

    #[test]
    fn a_damaged_policy_does_no_harm(line in line(), policy in any::<Index>(), damages in prop::collection::vec(damage(), 0..6)) {
        let policies = policies_in(line);
        if let Some(policy) = policies.get(policy.index(policies.len().max(1))) {
            target(&damaged(policy, &damages));
        }
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        target(&bytes);
    }
}
