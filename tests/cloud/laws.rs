//! Laws that hold for every cloud and every request.

use cipherdeck::base::Blob;
use cipherdeck::client::sign;
use cipherdeck::cloud::kms::OPERATIONS;
use cipherdeck::cloud::{
    ADMINISTRATOR, Accounts, Cloud, Endpoint, Headers, HttpRequest, LoadError, Service,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::lab::{Lab, lab};

/// JSON that looks more or less like what an operation takes.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        Just(json!("AAAA")),
        Just(json!("alias/app")),
        Just(json!("AES_256")),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn member() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "KeyId",
        "Plaintext",
        "CiphertextBlob",
        "EncryptionContext",
        "NumberOfBytes",
        "KeySpec",
        "Policy",
        "Limit",
        "Marker",
        "AliasName",
        "TargetKeyId",
        "PendingWindowInDays",
        "Tags",
        "GrantTokens",
        "DryRun",
        "DestinationKeyId",
        "Description",
        "EncryptionAlgorithm",
        "BypassPolicyLockoutSafetyCheck",
    ])
    .prop_map(str::to_owned)
}

fn body() -> impl Strategy<Value = Value> {
    prop::collection::btree_map(member(), json_value(), 0..5)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

/// A cloud with something in it.
fn furnished() -> Lab {
    let mut lab = lab();
    let key = lab.kms("CreateKey", &json!({})).unwrap();
    let key = &key["KeyMetadata"]["KeyId"];
    lab.kms(
        "CreateAlias",
        &json!({"AliasName": "alias/app", "TargetKeyId": key}),
    )
    .unwrap();
    lab.client
        .create_bucket(&mut lab.cloud, "notes")
        .result
        .unwrap();
    let encryption = cipherdeck::client::ServerSideEncryption::DsseKms { key_id: None };
    let none = std::collections::BTreeMap::new();
    lab.client
        .put_object(&mut lab.cloud, "notes", "x", b"hi", &encryption, &none)
        .result
        .unwrap();
    lab
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_kms_request_makes_it_panic_and_every_one_is_on_the_trail(
        operation in 0..OPERATIONS.len(),
        body in body(),
    ) {
        let mut lab = furnished();
        let name = OPERATIONS[operation].name;
        let exchange = lab.client.kms(&mut lab.cloud, name, &body);
        let _ = exchange.json();
        prop_assert_eq!(exchange.reply.events.len(), 1);
        prop_assert_eq!(&exchange.reply.events[0].event_name, name);
    }

    #[test]
    fn no_signed_request_at_all_makes_it_panic(
        method in "[A-Z]{0,6}|GET|PUT|POST|HEAD|DELETE",
        path in "(/[ -~]{0,20}){0,3}|/notes(/x)?",
        query in "[ -~]{0,12}|encryption|policy=",
        names in prop::collection::vec("[a-zA-Z-]{1,12}|x-amz-server-side-encryption(-context|-customer-key)?", 0..4),
        value in "[ -~]{0,16}|aws:kms",
        body in prop::collection::vec(any::<u8>(), 0..40),
        is_s3 in any::<bool>(),
    ) {
        let mut lab = furnished();
        let headers = names.into_iter().map(|name| (name, value.clone()));
        let mut request = HttpRequest { method, path, query, headers: Headers::from_iter(headers), body: Blob(body) };
        let service = if is_s3 { Service::S3 } else { Service::Kms };
        request.headers.set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");
        let credentials = lab.cloud.sign_in(&Accounts::role(ADMINISTRATOR)).unwrap();
        sign(&mut request, &Endpoint::new(service, "us-east-1").unwrap(), &credentials, lab.cloud.now());
        let _ = lab.cloud.dispatch(&request);
    }

    #[test]
    fn no_unsigned_request_makes_it_panic(
        path in any::<String>(),
        host in "(kms|s3)\\.us-east-1\\.amazonaws\\.com|.{0,20}",
        authorization in "AWS4-HMAC-SHA256 .{0,40}|.{0,40}",
        date in "[0-9]{8}T[0-9]{6}Z|.{0,16}",
    ) {
        let headers = [("Host", host), ("Authorization", authorization), ("X-Amz-Date", date)];
        let request = HttpRequest {
            method: "GET".to_owned(), path, query: String::new(), headers: Headers::from_iter(headers), body: Blob::default(),
        };
        let mut lab = lab();
        let reply = lab.cloud.dispatch(&request);
        prop_assert!(!reply.response.is_success());
    }

    #[test]
    fn a_damaged_saved_cloud_is_an_error(at in any::<prop::sample::Index>(), bit in 0..7_u8) {
        let mut saved = furnished().cloud.save().into_bytes();
        let at = at.index(saved.len());
        saved[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(saved) {
            prop_assert!(Cloud::load(&text).is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_saved_cloud_comes_back_as_it_was_and_goes_on_as_it_would_have() {
    let mut lab = furnished();
    let saved = lab.cloud.save();
    let mut loaded = Cloud::load(&saved).unwrap();
    assert_eq!(loaded.save(), saved);
    let random = json!({"NumberOfBytes": 32});
    let first = lab.client.kms(&mut lab.cloud, "GenerateRandom", &random);
    let second = lab.client.kms(&mut loaded, "GenerateRandom", &random);
    assert_eq!(first, second);
    assert_eq!(lab.cloud.save(), loaded.save());
}

#[test]
fn the_same_seed_and_requests_give_the_same_bytes() {
    assert_eq!(furnished().cloud.save(), furnished().cloud.save());
}

#[test]
fn what_was_never_a_cloud_or_is_of_another_version_is_named_as_such() {
    assert!(matches!(Cloud::load(""), Err(LoadError::NotACloud)));
    assert!(matches!(Cloud::load("{}"), Err(LoadError::NotACloud)));
    let saved = lab()
        .cloud
        .save()
        .replacen("\"version\":1", "\"version\":2", 1);
    assert!(matches!(Cloud::load(&saved), Err(LoadError::Version(2))));
}
