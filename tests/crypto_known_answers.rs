//! The primitives against answers that others published.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use cipherdeck::base::parse_hex;
use cipherdeck::crypto::aead::{self, Key, Nonce, Sealed, Tag};
use cipherdeck::crypto::sigv4::{
    self, CredentialScope, Message, PathStyle, canonical_request, string_to_sign,
};
use serde_json::Value;

fn cases(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

fn bytes(case: &Value, name: &str) -> Vec<u8> {
    parse_hex(case[name].as_str().unwrap()).unwrap()
}

#[test]
fn aes_256_gcm_gives_nists_answers_and_refuses_what_nist_says_must_fail() {
    let file = cases(include_str!("data/aes_256_gcm.json"));
    let mut refused = 0;
    for case in file["cases"].as_array().unwrap() {
        let key = Key::try_from(bytes(case, "key").as_slice()).unwrap();
        let nonce = Nonce(bytes(case, "iv").try_into().unwrap());
        let associated_data = bytes(case, "aad");
        let sealed = Sealed {
            nonce,
            ciphertext: bytes(case, "ct"),
            tag: Tag(bytes(case, "tag").try_into().unwrap()),
        };
        let opened = aead::open(&key, &sealed, &associated_data);
        if case["pt"].is_null() {
            assert_eq!(opened, Err(aead::NotAuthentic), "{case}");
            refused += 1;
        } else {
            let plaintext = bytes(case, "pt");
            assert_eq!(opened.as_ref(), Ok(&plaintext), "{case}");
            let made = aead::seal(&key, nonce, &plaintext, &associated_data);
            assert_eq!(made, sealed, "{case}");
        }
    }
    assert!(refused >= 50, "only {refused} negative cases");
}

#[test]
fn sigv4_gives_the_answers_of_awss_signing_test_suite() {
    let file = cases(include_str!("data/sigv4.json"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let secret = text(&file["secretAccessKey"]);
    let amz_date = "20150830T123600Z";
    let scope = CredentialScope {
        date: "20150830".to_owned(),
        region: text(&file["region"]),
        service: text(&file["service"]),
    };
    let all = file["cases"].as_array().unwrap();
    assert_eq!(all.len(), 38);
    for case in all {
        let name = text(&case["name"]);
        let body = text(&case["body"]);
        let payload_hash =
            cipherdeck::base::hex(&cipherdeck::crypto::hash::sha256(body.as_bytes()));
        let mut headers: Vec<(String, String)> = case["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|header| (text(&header[0]), text(&header[1])))
            .collect();
        let mut add = |name: &str, value: String| {
            headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
            headers.push((name.to_owned(), value));
        };
        add("X-Amz-Date", amz_date.to_owned());
        if case["signBody"] == true {
            add("X-Amz-Content-Sha256", payload_hash.clone());
        }
        if case["omitToken"] == false
            && let Some(token) = case["token"].as_str()
        {
            add("X-Amz-Security-Token", token.to_owned());
        }
        let mut signed: Vec<String> = headers
            .iter()
            .map(|(name, _)| name.to_lowercase())
            .collect();
        signed.sort();
        signed.dedup();
        let message = Message {
            method: case["method"].as_str().unwrap(),
            path: case["path"].as_str().unwrap(),
            query: case["query"].as_str().unwrap(),
            headers: &headers,
            payload_hash: &payload_hash,
        };
        let style = PathStyle {
            resolves_segments: case["normalize"] == true,
            encodes_twice: false,
        };
        let canonical = canonical_request(&message, &signed, style);
        assert_eq!(canonical, text(&case["canonicalRequest"]), "{name}");
        let to_sign = string_to_sign(amz_date, &scope, &canonical);
        assert_eq!(to_sign, text(&case["stringToSign"]), "{name}");
        let key = sigv4::signing_key(&secret, &scope);
        assert_eq!(
            sigv4::signature(&key, &to_sign),
            text(&case["signature"]),
            "{name}"
        );
    }
}

/// The case `double-encode-path` of the same suite, which comes without a context file.
#[test]
fn every_service_but_s3_encodes_the_path_once_more() {
    let path = "/test/@connections/JBDvjfGEIAMCERw%3D";
    let canonical = |style| {
        let message = Message {
            method: "POST",
            path,
            query: "",
            headers: &[],
            payload_hash: "",
        };
        let text = canonical_request(&message, &[], style);
        text.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(
        canonical(PathStyle::STANDARD),
        "/test/%40connections/JBDvjfGEIAMCERw%253D"
    );
    assert_eq!(
        canonical(PathStyle::S3),
        "/test/%40connections/JBDvjfGEIAMCERw%3D"
    );
}
