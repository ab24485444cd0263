//! What the lessons teach as a dated fact is what the simulated cloud does.

use std::collections::BTreeSet;

use cipherdeck::base::{Blob, Timestamp};
use cipherdeck::client::Client;
use cipherdeck::cloud::{ADMINISTRATOR, Accounts, Cloud};
use cipherdeck::course::{Course, FactValue, Facts, Files, QuestionKind};
use serde_json::{Value, json};

struct World {
    cloud: Cloud,
    client: Client,
    key: String,
}

impl World {
    fn new() -> Self {
        let mut cloud = Cloud::new(
            7_u64,
            Timestamp::parse_rfc3339("2026-11-22T00:00:00Z").expect("it is an instant"),
        );
        let credentials = cloud
            .sign_in(&Accounts::role(ADMINISTRATOR))
            .expect("the role is there");
        let client = Client::new(credentials, "us-east-1");
        let key = client
            .create_key(&mut cloud, "", None)
            .result
            .expect("an administrator may")
            .key_id;
        Self { cloud, client, key }
    }

    fn call(&mut self, operation: &str, body: &Value) -> Result<Value, String> {
        self.client
            .kms(&mut self.cloud, operation, body)
            .json()
            .map_err(|error| error.code)
    }
}

fn fact(id: &str) -> usize {
    let text = std::fs::read_to_string("content/facts.toml").expect("the course has facts");
    let (facts, _) = Facts::parse(&text);
    match facts
        .get(&id.parse().expect("it is a name"))
        .unwrap_or_else(|| panic!("no fact {id}"))
        .value
    {
        FactValue::Integer(value) => usize::try_from(value).expect("it is a count"),
        ref other => panic!("{id} is no whole number: {other:?}"),
    }
}

#[test]
fn encrypt_takes_as_many_bytes_as_the_fact_says_and_not_one_more() {
    let mut world = World::new();
    let longest = fact("kms.plaintext-bytes");
    for (bytes, is_taken) in [(longest, true), (longest + 1, false)] {
        let body = json!({"KeyId": world.key, "Plaintext": Blob(vec![0; bytes])});
        assert_eq!(
            world.call("Encrypt", &body).is_ok(),
            is_taken,
            "{bytes} bytes"
        );
    }
}

#[test]
fn decrypt_reads_as_many_bytes_as_the_fact_says() {
    let mut world = World::new();
    let longest = fact("kms.ciphertext-bytes");
    let mut code = |bytes| {
        let body = json!({"CiphertextBlob": Blob(vec![0; bytes])});
        world.call("Decrypt", &body).unwrap_err()
    };
    assert_eq!(code(longest), "InvalidCiphertextException");
    assert_eq!(code(longest + 1), "ValidationException");
}

#[test]
fn a_key_waits_for_its_deletion_as_long_as_the_facts_allow() {
    let (shortest, longest) = (
        fact("kms.deletion-window-days.minimum"),
        fact("kms.deletion-window-days.maximum"),
    );
    for (days, is_taken) in [
        (shortest - 1, false),
        (shortest, true),
        (longest, true),
        (longest + 1, false),
    ] {
        let mut world = World::new();
        let body = json!({"KeyId": world.key, "PendingWindowInDays": days});
        assert_eq!(
            world.call("ScheduleKeyDeletion", &body).is_ok(),
            is_taken,
            "{days} days"
        );
    }
}

#[test]
fn a_key_has_as_many_aliases_as_the_fact_says() {
    let mut world = World::new();
    let most = fact("kms.aliases-per-key");
    for number in 0..=most {
        let body = json!({"AliasName": format!("alias/{number}"), "TargetKeyId": world.key});
        let refusal = world.call("CreateAlias", &body).err();
        let expected = (number == most).then(|| "LimitExceededException".to_owned());
        assert_eq!(refusal, expected, "alias {number}");
    }
}

#[test]
fn the_drill_asks_old_against_new_and_nothing_twice() {
    let text = std::fs::read("content/facts.toml").expect("the course has facts");
    let (course, _) = Course::read(&Files::from([("facts.toml".to_owned(), text)]));
    let course = course.with_drill();
    assert!(course.questions().count() > 10);
    for (_, question) in course.questions() {
        let QuestionKind::Single { options } = &question.kind else {
            panic!("{} has one right answer", question.id)
        };
        let ids: BTreeSet<_> = options.iter().map(|option| &option.id).collect();
        assert_eq!(ids.len(), options.len(), "{}", question.id);
        assert!(options.len() >= 2, "{}", question.id);
        let right = options.iter().filter(|option| option.right).count();
        assert_eq!(right, 1, "{}", question.id);
    }
}
