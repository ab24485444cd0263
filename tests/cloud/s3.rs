//! What S3 promises: every mode of encryption, who may read, and what lies on the disk.

use std::collections::BTreeMap;

use cipherdeck::base::Blob;
use cipherdeck::client::{Client, ClientError, ServerSideEncryption};
use cipherdeck::cloud::kms::EncryptionContext;
use cipherdeck::cloud::s3::{KeptKey, KeyAccess, Mode, Scheme, Stored};
use cipherdeck::cloud::{Headers, ServiceError};
use cipherdeck::crypto::aead::{Key, Nonce};
use cipherdeck::policy::CompiledPolicy;
use serde_json::json;

use crate::lab::{Lab, client, lab};

const BUCKET: &str = "notes";
const OBJECT: &str = "a letter.txt";
const PLAINTEXT: &[u8] = b"attack at dawn, and bring the good biscuits";

fn bucket() -> Lab {
    let mut lab = lab();
    lab.client
        .create_bucket(&mut lab.cloud, BUCKET)
        .result
        .unwrap();
    lab.client
        .allow_sse_c(&mut lab.cloud, BUCKET, true)
        .result
        .unwrap();
    lab
}

fn sse_kms(key_id: Option<&str>, bucket_key: bool) -> ServerSideEncryption {
    ServerSideEncryption::SseKms {
        key_id: key_id.map(str::to_owned),
        context: EncryptionContext::default(),
        bucket_key,
    }
}

fn customer_key(byte: u8) -> Key {
    Key::from([byte; 32])
}

/// Every mode, under the account's own managed key where KMS plays a part.
fn modes() -> [(Mode, ServerSideEncryption); 5] {
    [
        (Mode::SseS3, ServerSideEncryption::SseS3),
        (Mode::SseKms, sse_kms(None, false)),
        (Mode::SseKmsBucketKey, sse_kms(None, true)),
        (
            Mode::DsseKms,
            ServerSideEncryption::DsseKms { key_id: None },
        ),
        (Mode::SseC, ServerSideEncryption::SseC(customer_key(7))),
    ]
}

fn key_to_get(mode: Mode) -> Option<Key> {
    (mode == Mode::SseC).then(|| customer_key(7))
}

fn put(lab: &mut Lab, encryption: &ServerSideEncryption) -> Result<(), ServiceError> {
    let client = lab.client.clone();
    put_as(lab, &client, OBJECT, encryption)
}

fn put_as(
    lab: &mut Lab,
    client: &Client,
    key: &str,
    encryption: &ServerSideEncryption,
) -> Result<(), ServiceError> {
    let metadata = BTreeMap::new();
    let answer = client.put_object(
        &mut lab.cloud,
        BUCKET,
        key,
        PLAINTEXT,
        encryption,
        &metadata,
    );
    lab.last = Some(answer.exchange);
    answer.result
}

fn get(lab: &mut Lab, key: Option<&Key>) -> Result<Vec<u8>, ServiceError> {
    let client = lab.client.clone();
    get_as(lab, &client, key)
}

fn get_as(lab: &mut Lab, client: &Client, key: Option<&Key>) -> Result<Vec<u8>, ServiceError> {
    let answer = client.get_object(&mut lab.cloud, BUCKET, OBJECT, key);
    lab.last = Some(answer.exchange);
    answer.result.map(|object| object.body)
}

fn stored(lab: &Lab) -> Stored {
    let bucket = lab.cloud.s3().bucket_on_disk(BUCKET).unwrap();
    bucket.objects[OBJECT].stored.clone()
}

fn kms_calls(lab: &Lab) -> Vec<(String, String)> {
    let events = lab.last_events().iter();
    let kms = events.filter(|event| event.event_source == "kms.amazonaws.com");
    kms.map(|event| {
        let context = &event.request_parameters["encryptionContext"]["aws:s3:arn"];
        (
            event.event_name.clone(),
            context.as_str().unwrap_or_default().to_owned(),
        )
    })
    .collect()
}

fn answered(lab: &Lab, header: &str) -> Option<String> {
    let response = &lab.last.as_ref().unwrap().reply.response;
    response.headers.get(header).map(str::to_owned)
}

#[test]
fn what_is_put_comes_back_in_every_mode_and_never_lies_on_the_disk_as_it_is() {
    for (mode, encryption) in modes() {
        let mut lab = bucket();
        put(&mut lab, &encryption).unwrap();
        let got = get(&mut lab, key_to_get(mode).as_ref()).unwrap();
        assert_eq!(got, PLAINTEXT, "{mode:?}");
        let on_disk = serde_json::to_vec(&stored(&lab)).unwrap();
        let bytes = stored(&lab).bytes.0;
        assert!(
            !bytes.windows(6).any(|window| window == b"attack"),
            "{mode:?}"
        );
        assert!(
            !on_disk.windows(6).any(|window| window == b"attack"),
            "{mode:?}"
        );
    }
}

#[test]
fn every_answer_tells_how_the_object_is_encrypted() {
    let told = [
        ("AES256", false, false),
        ("aws:kms", true, false),
        ("aws:kms", true, true),
        ("aws:kms:dsse", true, false),
    ];
    for ((mode, encryption), (name, has_key, has_bucket_key)) in modes().into_iter().zip(told) {
        let mut lab = bucket();
        put(&mut lab, &encryption).unwrap();
        for _ in 0..2 {
            assert_eq!(
                answered(&lab, "x-amz-server-side-encryption").as_deref(),
                Some(name)
            );
            let key = answered(&lab, "x-amz-server-side-encryption-aws-kms-key-id");
            assert_eq!(
                key.is_some_and(|key| key.starts_with("arn:aws:kms:")),
                has_key
            );
            let bucket_key = answered(&lab, "x-amz-server-side-encryption-bucket-key-enabled");
            assert_eq!(bucket_key.as_deref() == Some("true"), has_bucket_key);
            get(&mut lab, key_to_get(mode).as_ref()).unwrap();
        }
    }
}

#[test]
fn without_a_wish_an_object_is_encrypted_by_s3_itself() {
    let mut lab = bucket();
    put(&mut lab, &ServerSideEncryption::BucketDefault).unwrap();
    assert_eq!(
        answered(&lab, "x-amz-server-side-encryption").as_deref(),
        Some("AES256")
    );
    assert!(matches!(stored(&lab).keys[..], [KeptKey::WrappedByS3(_)]));
    assert_eq!(kms_calls(&lab), []);
}

#[test]
fn kms_is_asked_once_an_object_with_the_objects_arn_and_once_a_bucket_key_with_the_buckets() {
    let object = "arn:aws:s3:::notes/a letter.txt".to_owned();
    let mut lab = bucket();
    put(&mut lab, &sse_kms(None, false)).unwrap();
    assert_eq!(
        kms_calls(&lab),
        [("GenerateDataKey".to_owned(), object.clone())]
    );
    get(&mut lab, None).unwrap();
    assert_eq!(kms_calls(&lab), [("Decrypt".to_owned(), object.clone())]);

    put(&mut lab, &sse_kms(None, true)).unwrap();
    let generated = (
        "GenerateDataKey".to_owned(),
        "arn:aws:s3:::notes".to_owned(),
    );
    assert_eq!(kms_calls(&lab), std::slice::from_ref(&generated));
    put(&mut lab, &sse_kms(None, true)).unwrap();
    assert_eq!(kms_calls(&lab), []);
    get(&mut lab, None).unwrap();
    assert_eq!(kms_calls(&lab), []);
    lab.cloud.advance(std::time::Duration::from_hours(1));
    get(&mut lab, None).unwrap();
    assert_eq!(kms_calls(&lab), [("Decrypt".to_owned(), generated.1)]);

    put(&mut lab, &ServerSideEncryption::DsseKms { key_id: None }).unwrap();
    assert_eq!(kms_calls(&lab), [("GenerateDataKey".to_owned(), object)]);
}

#[test]
fn s3_asks_kms_in_its_callers_name_and_the_trail_says_so() {
    let mut lab = bucket();
    put(&mut lab, &sse_kms(None, false)).unwrap();
    let [kms, s3] = lab.last_events() else {
        panic!("two events, not {:?}", lab.last_events());
    };
    assert_eq!(
        kms.user_identity.invoked_by.as_deref(),
        Some("s3.amazonaws.com")
    );
    assert_eq!(kms.user_identity.arn, s3.user_identity.arn);
    assert_eq!(
        (s3.event_name.as_str(), s3.management_event),
        ("PutObject", false)
    );
    assert_eq!(
        s3.additional_event_data,
        Some(json!({"SSEApplied": "SSE_KMS"}))
    );
    let via: Vec<Option<&str>> = lab
        .last_authorizations()
        .iter()
        .map(|a| a.via.as_deref())
        .collect();
    assert_eq!(via, [None, Some("s3.us-east-1.amazonaws.com")]);
}

#[test]
fn reading_under_sse_kms_needs_the_key_too_and_under_sse_s3_it_does_not() {
    let mut lab = bucket();
    let created = lab.kms("CreateKey", &json!({})).unwrap();
    let kms_key = created["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    let s3_only =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
    let policy = CompiledPolicy::parse(s3_only).unwrap();
    let reader = lab.cloud.accounts_mut().add_role("Reader", vec![policy]);
    let reader = client(&mut lab.cloud, &reader);

    put(&mut lab, &ServerSideEncryption::SseS3).unwrap();
    assert_eq!(get_as(&mut lab, &reader, None).unwrap(), PLAINTEXT);
    put(&mut lab, &sse_kms(Some(&kms_key), false)).unwrap();
    let error = get_as(&mut lab, &reader, None).unwrap_err();
    assert_eq!((error.status, error.code.as_str()), (403, "AccessDenied"));
    assert!(error.message.contains("kms:Decrypt"), "{}", error.message);
    // The key that AWS manages is open to the account through S3.
    put(&mut lab, &sse_kms(None, false)).unwrap();
    assert_eq!(get_as(&mut lab, &reader, None).unwrap(), PLAINTEXT);
}

#[test]
fn a_disabled_key_locks_the_objects_under_it() {
    let mut lab = bucket();
    let created = lab.kms("CreateKey", &json!({})).unwrap();
    let key = created["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    put(&mut lab, &sse_kms(Some(&key), false)).unwrap();
    lab.kms("DisableKey", &json!({"KeyId": key})).unwrap();
    assert_eq!(
        get(&mut lab, None).unwrap_err().code,
        "KMS.DisabledException"
    );
}

#[test]
fn new_buckets_refuse_sse_c_until_it_is_let_in() {
    let mut lab = lab();
    lab.client
        .create_bucket(&mut lab.cloud, BUCKET)
        .result
        .unwrap();
    let encryption = ServerSideEncryption::SseC(customer_key(7));
    let error = put(&mut lab, &encryption).unwrap_err();
    assert_eq!((error.status, error.code.as_str()), (403, "AccessDenied"));
    lab.client
        .allow_sse_c(&mut lab.cloud, BUCKET, true)
        .result
        .unwrap();
    put(&mut lab, &encryption).unwrap();
}

#[test]
fn sse_c_needs_the_same_key_to_get_and_to_head_and_keeps_only_a_check_of_it() {
    let mut lab = bucket();
    put(&mut lab, &ServerSideEncryption::SseC(customer_key(7))).unwrap();
    let head = |lab: &mut Lab, key: Option<Key>| {
        let answer = lab
            .client
            .head_object(&mut lab.cloud, BUCKET, OBJECT, key.as_ref());
        answer.result.map(|_| ()).map_err(|error| error.status)
    };
    assert_eq!(head(&mut lab, Some(customer_key(7))), Ok(()));
    assert_eq!(head(&mut lab, Some(customer_key(8))), Err(403));
    assert_eq!(head(&mut lab, None), Err(400));
    assert_eq!(get(&mut lab, None).unwrap_err().code, "InvalidRequest");
    assert_eq!(
        get(&mut lab, Some(&customer_key(8))).unwrap_err().code,
        "AccessDenied"
    );
    assert!(matches!(stored(&lab).keys[..], [KeptKey::Check { .. }]));
    let saved = lab.cloud.save();
    assert!(!saved.contains(&Blob(vec![7; 32]).to_base64()));
}

#[test]
fn sse_c_headers_are_checked_before_anything_is_stored() {
    let mut lab = bucket();
    let good = ServerSideEncryption::SseC(customer_key(7)).headers();
    let path = format!("/{BUCKET}/x");
    let mut code = |name: &str, value: Option<&str>| {
        let mut headers = good.clone();
        headers.remove(name);
        if let Some(value) = value {
            headers.set(name, value);
        }
        let exchange = lab
            .client
            .s3(&mut lab.cloud, "PUT", &path, "", headers, b"x");
        exchange.s3_error().unwrap().code
    };
    let prefix = "x-amz-server-side-encryption-customer";
    assert_eq!(
        code(&format!("{prefix}-algorithm"), Some("AES128")),
        "InvalidEncryptionAlgorithmError"
    );
    assert_eq!(
        code(&format!("{prefix}-algorithm"), None),
        "InvalidArgument"
    );
    assert_eq!(code(&format!("{prefix}-key"), None), "InvalidArgument");
    assert_eq!(
        code(&format!("{prefix}-key"), Some("AAAA")),
        "InvalidArgument"
    );
    assert_eq!(code(&format!("{prefix}-key-md5"), None), "InvalidArgument");
    assert_eq!(
        code(&format!("{prefix}-key-md5"), Some("AAAA")),
        "InvalidArgument"
    );
    assert_eq!(
        code("x-amz-server-side-encryption", Some("AES256")),
        "InvalidArgument"
    );
    assert_eq!(
        code("x-amz-server-side-encryption-aws-kms-key-id", Some("x")),
        "InvalidArgument"
    );
}

#[test]
fn a_bucket_policy_can_demand_a_mode() {
    let mut lab = bucket();
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::notes/*",
        "Condition": {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}},
    }});
    lab.client
        .put_bucket_policy(&mut lab.cloud, BUCKET, &policy.to_string())
        .result
        .unwrap();
    assert_eq!(
        put(&mut lab, &ServerSideEncryption::SseS3)
            .unwrap_err()
            .code,
        "AccessDenied"
    );
    assert_eq!(
        put(&mut lab, &ServerSideEncryption::BucketDefault)
            .unwrap_err()
            .code,
        "AccessDenied"
    );
    put(&mut lab, &sse_kms(None, false)).unwrap();
    let exchange = lab.client.s3(
        &mut lab.cloud,
        "GET",
        "/notes",
        "policy=",
        Headers::default(),
        b"",
    );
    assert_eq!(
        exchange.reply.response.body.0,
        policy.to_string().as_bytes()
    );
}

#[test]
fn a_buckets_default_can_be_set_and_read_back() {
    let mut lab = bucket();
    let configuration = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms\
        </SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule>\
        </ServerSideEncryptionConfiguration>";
    let headers = Headers::default();
    let exchange = lab.client.s3(
        &mut lab.cloud,
        "PUT",
        "/notes",
        "encryption=",
        headers.clone(),
        configuration.as_bytes(),
    );
    assert_eq!(exchange.s3_error(), None);
    put(&mut lab, &ServerSideEncryption::BucketDefault).unwrap();
    assert_eq!(
        answered(&lab, "x-amz-server-side-encryption-bucket-key-enabled").as_deref(),
        Some("true")
    );
    let exchange = lab.client.s3(
        &mut lab.cloud,
        "GET",
        "/notes",
        "encryption=",
        headers.clone(),
        b"",
    );
    let body = String::from_utf8(exchange.reply.response.body.0).unwrap();
    assert!(
        body.contains("<SSEAlgorithm>aws:kms</SSEAlgorithm>"),
        "{body}"
    );
    assert!(
        body.contains("<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType>"),
        "{body}"
    );
    let exchange = lab.client.s3(
        &mut lab.cloud,
        "PUT",
        "/notes",
        "encryption=",
        headers,
        b"<x>",
    );
    assert_eq!(exchange.s3_error().unwrap().code, "MalformedXML");
}

#[test]
fn a_flipped_bit_in_any_byte_of_a_stored_object_is_refused() {
    for (mode, encryption) in modes() {
        let mut lab = bucket();
        put(&mut lab, &encryption).unwrap();
        let saved = lab.cloud.save();
        let bytes = stored(&lab).bytes;
        for at in 0..bytes.0.len() {
            let mut flipped = bytes.clone();
            flipped.0[at] ^= 1 << (at % 8);
            let mut damaged = lab_with_disk(&saved, &bytes, &flipped);
            let error = get(&mut damaged, key_to_get(mode).as_ref()).unwrap_err();
            assert_eq!(error.code, "InternalError", "{mode:?}, byte {at}");
        }
    }
}

/// The same cloud after someone changed what lies on its disk.
fn lab_with_disk(saved: &str, before: &Blob, after: &Blob) -> Lab {
    let mut saved: serde_json::Value = serde_json::from_str(saved).unwrap();
    let state = saved["cloud"].to_string();
    let state = state.replace(&before.to_base64(), &after.to_base64());
    let digest = cipherdeck::base::hex(&cipherdeck::crypto::hash::sha256(state.as_bytes()));
    saved["sha256"] = json!(digest);
    saved["cloud"] = serde_json::from_str(&state).unwrap();
    let cloud = cipherdeck::cloud::Cloud::load(&saved.to_string()).unwrap();
    Lab { cloud, ..lab() }
}

/// Stores what it is given.
#[derive(Debug)]
struct Plain;

impl Scheme for Plain {
    fn seal(&self, _: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        Ok(Stored {
            bytes: Blob(plaintext.to_vec()),
            keys: Vec::new(),
        })
    }

    fn open(&self, _: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        Ok(stored.bytes.0.clone())
    }
}

#[test]
fn a_mode_can_be_made_to_encrypt_in_another_way() {
    let mut lab = bucket();
    lab.cloud.s3_mut().replace_scheme(Mode::SseKms, &Plain);
    put(&mut lab, &sse_kms(None, false)).unwrap();
    assert_eq!(stored(&lab).bytes.0, PLAINTEXT);
    assert_eq!(kms_calls(&lab), []);
    put(&mut lab, &ServerSideEncryption::SseS3).unwrap();
    assert_ne!(stored(&lab).bytes.0, PLAINTEXT);
}

#[test]
fn what_is_not_there_is_not_found_and_what_is_not_built_is_not_implemented() {
    let mut lab = bucket();
    let mut ask = |method: &str, path: &str, query: &str| {
        let exchange = lab
            .client
            .s3(&mut lab.cloud, method, path, query, Headers::default(), b"");
        exchange
            .s3_error()
            .map(|error| error.code)
            .unwrap_or_default()
    };
    assert_eq!(ask("GET", "/none/x", ""), "NoSuchBucket");
    assert_eq!(ask("GET", "/notes/x", ""), "NoSuchKey");
    assert_eq!(ask("HEAD", "/notes/x", ""), "404");
    assert_eq!(ask("DELETE", "/notes/x", ""), "");
    assert_eq!(ask("GET", "/notes", "policy"), "NoSuchBucketPolicy");
    assert_eq!(ask("GET", "/notes", "list-type=2"), "NotImplemented");
    assert_eq!(ask("GET", "/", ""), "NotImplemented");
    assert_eq!(ask("PUT", "/Bad_Name", ""), "InvalidBucketName");
}

#[test]
fn the_client_can_encrypt_by_itself_so_that_s3_never_sees_plaintext_or_key() {
    let mut lab = bucket();
    let created = lab.kms("CreateKey", &json!({})).unwrap();
    let kms_key = created["KeyMetadata"]["Arn"].as_str().unwrap().to_owned();
    let context = EncryptionContext::from_iter([("purpose", "letter")]);
    let client = lab.client.clone();
    let nonce = Nonce([1; 12]);
    let put = client.put_encrypted_object(
        &mut lab.cloud,
        BUCKET,
        OBJECT,
        PLAINTEXT,
        &kms_key,
        &context,
        nonce,
    );
    assert_eq!(put.result, Ok(()));
    let as_s3_has_it = get(&mut lab, None).unwrap();
    assert_eq!(as_s3_has_it.len(), PLAINTEXT.len() + 16);
    assert_ne!(&as_s3_has_it[..PLAINTEXT.len()], PLAINTEXT);
    let got = client.get_encrypted_object(&mut lab.cloud, BUCKET, OBJECT);
    assert_eq!(got.result.as_deref(), Ok(PLAINTEXT));
    assert_eq!(got.exchanges.len(), 2);

    // Whoever changes the object is found out by the client, not by S3.
    let metadata = client
        .get_object(&mut lab.cloud, BUCKET, OBJECT, None)
        .result
        .unwrap()
        .metadata;
    let mut changed = as_s3_has_it;
    changed[0] ^= 1;
    let encryption = ServerSideEncryption::BucketDefault;
    client
        .put_object(
            &mut lab.cloud,
            BUCKET,
            OBJECT,
            &changed,
            &encryption,
            &metadata,
        )
        .result
        .unwrap();
    let got = client.get_encrypted_object(&mut lab.cloud, BUCKET, OBJECT);
    assert_eq!(got.result, Err(ClientError::NotAuthentic));
    put_as(&mut lab, &client, OBJECT, &encryption).unwrap();
    let got = client.get_encrypted_object(&mut lab.cloud, BUCKET, OBJECT);
    assert_eq!(got.result, Err(ClientError::NotEncrypted));
}
