//! Who may knock: signatures, times and tokens.

use cipherdeck::base::Blob;
use cipherdeck::client::{Client, sign};
use cipherdeck::cloud::{Accounts, Cloud, Credentials, Endpoint, Headers, HttpRequest, Service};
use serde_json::{Value, json};
use std::time::Duration;

use crate::lab::lab;

fn endpoint(service: Service) -> Endpoint {
    Endpoint::new(service, "us-east-1").unwrap()
}

fn request(service: Service) -> HttpRequest {
    let (method, path, headers) = match service {
        Service::Kms => ("POST", "/", [("X-Amz-Target", "TrentService.ListKeys")]),
        Service::S3 => (
            "GET",
            "/notes/x",
            [("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")],
        ),
    };
    HttpRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        headers: Headers::from_iter(headers),
        body: Blob::default(),
    }
}

fn signed(cloud: &mut Cloud, service: Service) -> (HttpRequest, Credentials) {
    let credentials = cloud.sign_in(&Accounts::root_user()).unwrap();
    let mut request = request(service);
    sign(&mut request, &endpoint(service), &credentials, cloud.now());
    (request, credentials)
}

fn code(cloud: &mut Cloud, request: &HttpRequest) -> String {
    let response = cloud.dispatch(request).response;
    let body = String::from_utf8(response.body.0).unwrap();
    if let Ok(body) = serde_json::from_str::<Value>(&body) {
        return body["__type"].as_str().unwrap_or("accepted").to_owned();
    }
    let code = body
        .split_once("<Code>")
        .and_then(|(_, rest)| rest.split_once("</Code>"));
    code.map_or("accepted", |(code, _)| code).to_owned()
}

#[test]
fn a_signed_request_is_accepted_and_anything_changed_after_signing_is_not() {
    let mut cloud = lab().cloud;
    let (good, _) = signed(&mut cloud, Service::Kms);
    assert_eq!(code(&mut cloud, &good), "accepted");
    let changes: [fn(&mut HttpRequest); 6] = [
        |request| request.method = "PUT".to_owned(),
        |request| request.path = "/x".to_owned(),
        |request| request.query = "a=b".to_owned(),
        |request| request.body = Blob(b"{}".to_vec()),
        |request| {
            request
                .headers
                .set("X-Amz-Target", "TrentService.CreateKey");
        },
        |request| request.headers.set("X-Amz-Unsigned", "added"),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut changed = good.clone();
        change(&mut changed);
        assert_eq!(
            code(&mut cloud, &changed),
            "InvalidSignatureException",
            "change {index}"
        );
    }
}

#[test]
fn a_signature_holds_for_fifteen_minutes() {
    let mut cloud = lab().cloud;
    let (request, _) = signed(&mut cloud, Service::Kms);
    let (object, _) = signed(&mut cloud, Service::S3);
    cloud.advance(Duration::from_mins(15));
    assert_eq!(code(&mut cloud, &request), "accepted");
    cloud.advance(Duration::from_secs(1));
    assert_eq!(code(&mut cloud, &request), "InvalidSignatureException");
    assert_eq!(code(&mut cloud, &object), "RequestTimeTooSkewed");
}

#[test]
fn nobody_and_strangers_are_told_so_in_the_words_of_each_service() {
    let mut cloud = lab().cloud;
    let (mut kms, credentials) = signed(&mut cloud, Service::Kms);
    kms.headers.remove("Authorization");
    assert_eq!(
        code(&mut cloud, &kms),
        "MissingAuthenticationTokenException"
    );
    kms.headers.set("Authorization", "Basic x");
    assert_eq!(code(&mut cloud, &kms), "IncompleteSignatureException");
    let stranger = Credentials {
        access_key_id: "AKIDEXAMPLE".to_owned(),
        ..credentials.clone()
    };
    let forger = Credentials {
        secret_access_key: "guess".to_owned(),
        ..credentials.clone()
    };
    let borrower = Credentials {
        session_token: Some("guess".to_owned()),
        ..credentials
    };
    let mut refused = |credentials: &Credentials, service: Service| {
        let mut request = request(service);
        sign(&mut request, &endpoint(service), credentials, cloud.now());
        code(&mut cloud, &request)
    };
    assert_eq!(
        refused(&stranger, Service::Kms),
        "UnrecognizedClientException"
    );
    assert_eq!(refused(&forger, Service::Kms), "InvalidSignatureException");
    assert_eq!(
        refused(&borrower, Service::Kms),
        "UnrecognizedClientException"
    );
    assert_eq!(refused(&stranger, Service::S3), "InvalidAccessKeyId");
    assert_eq!(refused(&forger, Service::S3), "SignatureDoesNotMatch");
    assert_eq!(refused(&borrower, Service::S3), "InvalidToken");
}

#[test]
fn a_signature_for_another_region_is_refused() {
    let mut cloud = lab().cloud;
    let (mut request, _) = signed(&mut cloud, Service::Kms);
    request.headers.set("Host", "kms.eu-west-1.amazonaws.com");
    assert_eq!(code(&mut cloud, &request), "InvalidSignatureException");
}

#[test]
fn the_anonymous_get_what_a_bucket_policy_gives_everyone() {
    let mut lab = lab();
    lab.client
        .create_bucket(&mut lab.cloud, "notes")
        .result
        .unwrap();
    let none = std::collections::BTreeMap::new();
    let encryption = cipherdeck::client::ServerSideEncryption::SseS3;
    lab.client
        .put_object(&mut lab.cloud, "notes", "x", b"hi", &encryption, &none)
        .result
        .unwrap();
    let mut anonymous = request(Service::S3);
    anonymous.headers.set("Host", "s3.us-east-1.amazonaws.com");
    assert_eq!(code(&mut lab.cloud, &anonymous), "AccessDenied");
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*",
    }});
    lab.client
        .put_bucket_policy(&mut lab.cloud, "notes", &policy.to_string())
        .result
        .unwrap();
    assert_eq!(lab.cloud.dispatch(&anonymous).response.body.0, b"hi");
}

#[test]
fn a_session_signs_with_its_token() {
    let mut lab = lab();
    let answer = lab.kms("ListKeys", &json!({}));
    assert!(answer.is_ok());
    let request = &lab.last.as_ref().unwrap().request;
    assert!(request.headers.get("x-amz-security-token").is_some());
    let user = lab.cloud.accounts_mut().add_user("alice", Vec::new());
    let alice = Client::new(lab.cloud.sign_in(&user).unwrap(), "us-east-1");
    let exchange = alice.kms(&mut lab.cloud, "ListKeys", &json!({}));
    assert!(
        exchange
            .request
            .headers
            .get("x-amz-security-token")
            .is_none()
    );
    assert_eq!(exchange.json().unwrap_err().code, "AccessDeniedException");
}
