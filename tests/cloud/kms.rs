//! What KMS promises, asked through the front door.

use crate::lab::{Lab, code, lab};
use cipherdeck::base::Blob;
use serde_json::{Value, json};

fn create_key(lab: &mut Lab) -> String {
    let created = lab.kms("CreateKey", &json!({})).unwrap();
    created["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
}

fn encrypt(lab: &mut Lab, key: &str, plaintext: &[u8], context: Value) -> Value {
    let plaintext = Blob(plaintext.to_vec());
    let body = json!({"KeyId": key, "Plaintext": plaintext, "EncryptionContext": context});
    lab.kms("Encrypt", &body).unwrap()
}

#[test]
fn what_is_encrypted_comes_back_without_naming_the_key() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"hello", json!({"purpose": "test"}));
    let decrypted = lab
        .kms(
            "Decrypt",
            &json!({"CiphertextBlob": encrypted["CiphertextBlob"], "EncryptionContext": {"purpose": "test"}}),
        )
        .unwrap();
    assert_eq!(decrypted["Plaintext"], json!(Blob(b"hello".to_vec())));
    assert_eq!(decrypted["KeyId"], encrypted["KeyId"]);
    assert_eq!(decrypted["EncryptionAlgorithm"], "SYMMETRIC_DEFAULT");
    assert_eq!(decrypted["KeyMaterialId"].as_str().unwrap().len(), 64);
}

#[test]
fn another_context_is_an_invalid_ciphertext_with_an_empty_message() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"hello", json!({"purpose": "test"}));
    for context in [
        json!({}),
        json!({"purpose": "Test"}),
        json!({"purpose": "test", "x": ""}),
    ] {
        let body =
            json!({"CiphertextBlob": encrypted["CiphertextBlob"], "EncryptionContext": context});
        let error = lab.kms("Decrypt", &body).unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("InvalidCiphertextException", "")
        );
    }
}

#[test]
fn every_flipped_bit_of_a_ciphertext_blob_is_refused() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"hi", json!({}));
    let blob: Blob = serde_json::from_value(encrypted["CiphertextBlob"].clone()).unwrap();
    for bit in 0..blob.0.len() * 8 {
        let mut flipped = blob.clone();
        flipped.0[bit / 8] ^= 1 << (bit % 8);
        let answer = lab.kms("Decrypt", &json!({"CiphertextBlob": flipped}));
        assert_eq!(code(answer), "InvalidCiphertextException", "bit {bit}");
    }
    for length in 1..blob.0.len() {
        let short = Blob(blob.0[..length].to_vec());
        let answer = lab.kms("Decrypt", &json!({"CiphertextBlob": short}));
        assert_eq!(code(answer), "InvalidCiphertextException", "{length} bytes");
    }
}

#[test]
fn a_data_key_comes_plain_and_wrapped_and_the_wrapped_one_opens_to_the_plain_one() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    for (asked, length) in [
        (json!({"KeySpec": "AES_256"}), 32),
        (json!({"KeySpec": "AES_128"}), 16),
        (json!({"NumberOfBytes": 64}), 64),
    ] {
        let mut body = asked;
        body["KeyId"] = json!(key);
        let made = lab.kms("GenerateDataKey", &body).unwrap();
        let plaintext: Blob = serde_json::from_value(made["Plaintext"].clone()).unwrap();
        assert_eq!(plaintext.0.len(), length);
        let opened = lab
            .kms(
                "Decrypt",
                &json!({"CiphertextBlob": made["CiphertextBlob"]}),
            )
            .unwrap();
        assert_eq!(opened["Plaintext"], made["Plaintext"]);
        let blind = lab.kms("GenerateDataKeyWithoutPlaintext", &body).unwrap();
        assert!(blind.get("Plaintext").is_none());
    }
}

#[test]
fn a_data_key_needs_exactly_one_of_key_spec_and_number_of_bytes() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    for body in [
        json!({"KeyId": key}),
        json!({"KeyId": key, "KeySpec": "AES_256", "NumberOfBytes": 32}),
    ] {
        let error = lab.kms("GenerateDataKey", &body).unwrap_err();
        assert_eq!(error.code, "ValidationException");
        assert_eq!(
            error.message,
            "Please specify either number of bytes or key spec."
        );
    }
}

#[test]
fn limits_are_named_in_awss_words() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let long = Blob(vec![0; 4097]);
    let cases = [
        (
            "Encrypt",
            json!({"KeyId": key, "Plaintext": long}),
            "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length \
             less than or equal to 4096",
        ),
        (
            "Encrypt",
            json!({"Plaintext": ""}),
            "2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; \
             Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            "Decrypt",
            json!({"CiphertextBlob": Blob(vec![1; 6145])}),
            "1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint: Member must have \
             length less than or equal to 6144",
        ),
        (
            "GenerateDataKey",
            json!({"KeyId": key, "NumberOfBytes": 1025}),
            "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must \
             have value less than or equal to 1024",
        ),
        (
            "GenerateDataKey",
            json!({"KeyId": key, "KeySpec": "AES_512"}),
            "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: Member must \
             satisfy enum value set: [AES_256, AES_128]",
        ),
        (
            "ScheduleKeyDeletion",
            json!({"KeyId": key, "PendingWindowInDays": 6}),
            "1 validation error detected: Value '6' at 'pendingWindowInDays' failed to satisfy constraint: Member must \
             have value greater than or equal to 7",
        ),
    ];
    for (operation, body, message) in cases {
        let error = lab.kms(operation, &body).unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("ValidationException", message)
        );
    }
    assert!(
        lab.kms(
            "Encrypt",
            &json!({"KeyId": key, "Plaintext": Blob(vec![0; 4096])})
        )
        .is_ok()
    );
}

#[test]
fn a_disabled_key_does_no_cryptography_until_it_is_enabled_again() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"hello", json!({}));
    lab.kms("DisableKey", &json!({"KeyId": key})).unwrap();
    let body = json!({"CiphertextBlob": encrypted["CiphertextBlob"]});
    let error = lab.kms("Decrypt", &body).unwrap_err();
    assert_eq!(error.code, "DisabledException");
    assert_eq!(
        error.message,
        format!("{} is disabled.", encrypted["KeyId"].as_str().unwrap())
    );
    let described = lab.kms("DescribeKey", &json!({"KeyId": key})).unwrap();
    assert_eq!(described["KeyMetadata"]["KeyState"], "Disabled");
    assert_eq!(described["KeyMetadata"]["Enabled"], false);
    lab.kms("EnableKey", &json!({"KeyId": key})).unwrap();
    assert!(lab.kms("Decrypt", &body).is_ok());
}

#[test]
fn a_scheduled_deletion_can_be_cancelled_and_otherwise_takes_the_key_for_good() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"hello", json!({}));
    let decrypt = json!({"CiphertextBlob": encrypted["CiphertextBlob"]});
    let schedule = json!({"KeyId": key, "PendingWindowInDays": 7});
    let scheduled = lab.kms("ScheduleKeyDeletion", &schedule).unwrap();
    assert_eq!(scheduled["KeyState"], "PendingDeletion");
    assert_eq!(
        scheduled["DeletionDate"],
        lab.cloud.now().seconds() + 7 * 86_400
    );
    assert_eq!(
        code(lab.kms("Decrypt", &decrypt)),
        "KMSInvalidStateException"
    );
    assert_eq!(
        code(lab.kms("EnableKey", &json!({"KeyId": key}))),
        "KMSInvalidStateException"
    );

    lab.kms("CancelKeyDeletion", &json!({"KeyId": key}))
        .unwrap();
    assert_eq!(code(lab.kms("Decrypt", &decrypt)), "DisabledException");
    assert_eq!(
        code(lab.kms("CancelKeyDeletion", &json!({"KeyId": key}))),
        "KMSInvalidStateException"
    );

    lab.kms("ScheduleKeyDeletion", &schedule).unwrap();
    let events = lab.days_pass(7);
    assert_eq!(events[0].event_name, "DeleteKey");
    assert_eq!(
        code(lab.kms("DescribeKey", &json!({"KeyId": key}))),
        "NotFoundException"
    );
    assert_eq!(code(lab.kms("Decrypt", &decrypt)), "AccessDeniedException");
}

#[test]
fn keys_go_by_id_arn_alias_and_alias_arn() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    lab.kms(
        "CreateAlias",
        &json!({"AliasName": "alias/app", "TargetKeyId": key}),
    )
    .unwrap();
    let arn = format!("arn:aws:kms:us-east-1:111122223333:key/{key}");
    let names = [
        &key,
        &arn,
        "alias/app",
        "arn:aws:kms:us-east-1:111122223333:alias/app",
    ];
    for name in names {
        assert_eq!(
            encrypt(&mut lab, name, b"x", json!({}))["KeyId"],
            json!(arn),
            "{name}"
        );
    }
    let listed = lab.kms("ListAliases", &json!({})).unwrap();
    assert_eq!(listed["Aliases"][0]["AliasName"], "alias/app");
    assert_eq!(listed["Aliases"][0]["TargetKeyId"], json!(key));
    assert_eq!(listed["Truncated"], false);
    let again = json!({"AliasName": "alias/app", "TargetKeyId": key});
    assert_eq!(
        code(lab.kms("CreateAlias", &again)),
        "AlreadyExistsException"
    );
    assert_eq!(
        code(lab.kms("DisableKey", &json!({"KeyId": "alias/app"}))),
        "NotFoundException"
    );
}

#[test]
fn what_names_no_key_is_not_found() {
    let mut lab = lab();
    let cases = [
        ("nonsense", "Invalid keyId 'nonsense'"),
        (
            "alias/none",
            "Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.",
        ),
        (
            "00000000-0000-4000-8000-000000000000",
            "Key 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000' does not exist",
        ),
        (
            "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000000",
            "Invalid arn eu-west-1",
        ),
    ];
    for (key_id, message) in cases {
        let error = lab
            .kms("DescribeKey", &json!({"KeyId": key_id}))
            .unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.message.as_str()),
            ("NotFoundException", message)
        );
    }
}

#[test]
fn a_named_key_that_did_not_encrypt_is_the_incorrect_key() {
    let mut lab = lab();
    let (one, other) = (create_key(&mut lab), create_key(&mut lab));
    let encrypted = encrypt(&mut lab, &one, b"x", json!({}));
    let body = json!({"CiphertextBlob": encrypted["CiphertextBlob"], "KeyId": other});
    assert_eq!(code(lab.kms("Decrypt", &body)), "IncorrectKeyException");
}

#[test]
fn re_encryption_moves_a_ciphertext_to_another_key_and_context_without_showing_it() {
    let mut lab = lab();
    let (one, other) = (create_key(&mut lab), create_key(&mut lab));
    let encrypted = encrypt(&mut lab, &one, b"x", json!({"a": "1"}));
    let body = json!({
        "CiphertextBlob": encrypted["CiphertextBlob"], "SourceEncryptionContext": {"a": "1"},
        "DestinationKeyId": other, "DestinationEncryptionContext": {"b": "2"},
    });
    let moved = lab.kms("ReEncrypt", &body).unwrap();
    assert!(moved.get("Plaintext").is_none());
    assert_eq!(moved["SourceKeyId"], encrypted["KeyId"]);
    assert_ne!(moved["KeyId"], encrypted["KeyId"]);
    let body = json!({"CiphertextBlob": moved["CiphertextBlob"], "EncryptionContext": {"b": "2"}});
    let decrypted = lab.kms("Decrypt", &body).unwrap();
    assert_eq!(decrypted["Plaintext"], "eA==");
    let actions: Vec<String> = lab
        .last_authorizations()
        .iter()
        .map(|a| a.action.clone())
        .collect();
    assert_eq!(actions, ["kms:Decrypt"]);
}

#[test]
fn lists_come_in_pages() {
    let mut lab = lab();
    for _ in 0..3 {
        create_key(&mut lab);
    }
    let first = lab.kms("ListKeys", &json!({"Limit": 2})).unwrap();
    assert_eq!(
        (first["Keys"].as_array().unwrap().len(), &first["Truncated"]),
        (2, &json!(true))
    );
    let rest = lab
        .kms(
            "ListKeys",
            &json!({"Limit": 2, "Marker": first["NextMarker"]}),
        )
        .unwrap();
    assert_eq!(
        (rest["Keys"].as_array().unwrap().len(), &rest["Truncated"]),
        (1, &json!(false))
    );
    assert_eq!(
        code(lab.kms("ListKeys", &json!({"Marker": "x"}))),
        "InvalidMarkerException"
    );
}

#[test]
fn what_is_not_there_is_refused_plainly() {
    let mut lab = lab();
    assert_eq!(
        code(lab.kms("Sign", &json!({}))),
        "UnknownOperationException"
    );
    assert_eq!(
        code(lab.kms("CreateKey", &json!({"KeySpec": "RSA_2048"}))),
        "UnsupportedOperationException"
    );
    assert_eq!(
        code(lab.kms("CreateKey", &json!({"MultiRegion": true}))),
        "UnsupportedOperationException"
    );
    assert_eq!(
        code(lab.kms("CreateKey", &json!({"KeySpec": "AES"}))),
        "ValidationException"
    );
    assert_eq!(
        code(lab.kms("DescribeKey", &json!({"KeyId": 7}))),
        "SerializationException"
    );
}

#[test]
fn a_dry_run_tells_what_would_have_come_of_it() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let body = json!({"KeyId": key, "Plaintext": "eA==", "DryRun": true});
    assert_eq!(code(lab.kms("Encrypt", &body)), "DryRunOperationException");
    lab.kms("DisableKey", &json!({"KeyId": key})).unwrap();
    assert_eq!(code(lab.kms("Encrypt", &body)), "DisabledException");
}

#[test]
fn a_policy_that_locks_its_author_out_is_refused_unless_the_check_is_bypassed() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let nobody = r#"{"Version":"2012-10-17","Statement":[]}"#;
    let body = json!({"KeyId": key, "Policy": nobody});
    assert_eq!(
        code(lab.kms("PutKeyPolicy", &body)),
        "MalformedPolicyDocumentException"
    );
    assert_eq!(
        code(lab.kms("PutKeyPolicy", &json!({"KeyId": key, "Policy": "{"}))),
        "MalformedPolicyDocumentException"
    );
    let body = json!({"KeyId": key, "Policy": nobody, "BypassPolicyLockoutSafetyCheck": true});
    lab.kms("PutKeyPolicy", &body).unwrap();
    assert_eq!(
        code(lab.kms("GetKeyPolicy", &json!({"KeyId": key}))),
        "AccessDeniedException"
    );
}

#[test]
fn the_trail_tells_of_every_call_and_never_of_plaintext_or_ciphertext() {
    let mut lab = lab();
    let key = create_key(&mut lab);
    let encrypted = encrypt(&mut lab, &key, b"secret", json!({"Purpose": "test"}));
    let event = lab.last_events()[0].clone();
    assert_eq!(event.event_source, "kms.amazonaws.com");
    assert_eq!(event.event_name, "Encrypt");
    assert!(event.read_only);
    assert_eq!(
        event.request_parameters,
        json!({"keyId": key, "encryptionContext": {"Purpose": "test"}, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"})
    );
    assert_eq!(event.response_elements, Value::Null);
    assert_eq!(event.resources[0].arn, encrypted["KeyId"].as_str().unwrap());
    let answer = lab.kms(
        "Decrypt",
        &json!({"CiphertextBlob": encrypted["CiphertextBlob"]}),
    );
    assert!(answer.is_err());
    let event = lab.last_events()[0].clone();
    assert_eq!(event.error_code.as_deref(), Some("InvalidCiphertext"));
    let trail = serde_json::to_string(lab.cloud.trail()).unwrap();
    assert!(!trail.contains(encrypted["CiphertextBlob"].as_str().unwrap()));
    assert!(!trail.contains(&Blob(b"secret".to_vec()).to_base64()));
}
