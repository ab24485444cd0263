//! What policy decisions are measured on, natively (`engines.rs`) and in a browser (`decisions.rs`).

#![allow(dead_code, reason = "each of the two measures a part")]

use cipherdeck::policy::{CompiledPolicy, ContextValue, Level, Policies, Request, Resource};

/// A request and the policies that decide it.
#[derive(Debug)]
pub struct Case {
    pub request: Request,
    pub policies: Policies,
}

/// A user's request under ten identity policies of three statements each, all with conditions, one level of service
/// control policies and a bucket policy. Each of the ten allows it.
pub fn everyday() -> Case {
    under(vec![compiled(IDENTITY); 10])
}

/// The same where only the last of the ten allows, so that every statement and every condition is tested.
pub fn late() -> Case {
    let silent = IDENTITY
        .replace("203.0.113.0/24", "198.51.100.0/24")
        .replace("blue-*", "green-*");
    let mut identity = vec![compiled(&silent); 9];
    identity.push(compiled(IDENTITY));
    under(identity)
}

fn under(identity: Vec<CompiledPolicy>) -> Case {
    Case {
        request: request("arn:aws:s3:::notes/ana/today.md"),
        policies: Policies {
            identity,
            service_control: vec![Level {
                id: "r-root".to_owned(),
                policies: vec![compiled(ALLOW_ALL), compiled(REGIONS)],
            }],
            resource: Some(compiled(BUCKET)),
            ..Policies::default()
        },
    }
}

const IDENTITY: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":["arn:aws:s3:::notes","arn:aws:s3:::notes/${aws:username}/*"],
     "Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"Bool":{"aws:SecureTransport":"true"}}},
    {"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1","eu-central-1"]}}},
    {"Effect":"Allow","Action":["ec2:Describe*","s3:*"],"Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/team":["red-*","blue-*"]}}}]}"#;

const ALLOW_ALL: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

const REGIONS: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*",
    "Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1","eu-central-1"]},
                 "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin*"}}}}"#;

const BUCKET: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/*"},
    {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::notes","arn:aws:s3:::notes/*"],
     "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;

/// One identity policy of so many statements, of which the last allows the request.
pub fn grown(statements: usize) -> Case {
    let silent = (1..statements).map(|number| {
        format!(
            r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/other-{number}/*",
                 "Condition":{{"StringEquals":{{"aws:RequestedRegion":"us-east-1"}}}}}}"#
        )
    });
    let last =
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/ana/*"}"#;
    let statements: Vec<String> = silent.chain([last.to_owned()]).collect();
    let document = format!(
        r#"{{"Version":"2012-10-17","Statement":[{}]}}"#,
        statements.join(",")
    );
    allowed_by("arn:aws:s3:::notes/ana/today.md", &document)
}

/// How long the texts of the hostile cases are, in characters.
pub const HOSTILE: usize = 10_000;

/// Patterns that make a matcher that tries again take for ever, against texts that almost match: in an action, in a resource,
/// and under `StringLike` and `ArnLike`.
pub fn hostile() -> Vec<(&'static str, Case)> {
    let text = "a".repeat(HOSTILE);
    let stars = format!("{}b", "*a".repeat(HOSTILE / 2));
    let gaps = format!("*{}b*", "a?".repeat(HOSTILE / 4));
    let arn = format!("arn:aws:s3:::{text}");
    let statement = |action: &str, resource: &str, condition: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"{resource}","Condition":{{{condition}}}}}}}"#
        )
    };
    let like = |pattern: &str| format!(r#""StringLike":{{"k:text":"{pattern}"}}"#);
    let arn_like = |pattern: &str| format!(r#""ArnLike":{{"k:arn":"arn:aws:s3:::{pattern}"}}"#);
    let documents = [
        ("an action", statement(&format!("s3:{stars}"), "*", "")),
        (
            "a resource",
            statement("*", &format!("arn:aws:s3:::{stars}"), ""),
        ),
        (
            "a resource with `?`",
            statement("*", &format!("arn:aws:s3:::{gaps}"), ""),
        ),
        ("StringLike", statement("*", "*", &like(&stars))),
        ("StringLike with `?`", statement("*", "*", &like(&gaps))),
        ("ArnLike", statement("*", "*", &arn_like(&stars))),
        ("ArnLike with `?`", statement("*", "*", &arn_like(&gaps))),
    ];
    let case = |document: &str| {
        let mut case = allowed_by(&arn, document);
        case.request.action = format!("s3:{text}");
        let context = std::mem::take(&mut case.request.context);
        case.request.context = context.with("k:text", &text).with("k:arn", &arn);
        case
    };
    documents
        .iter()
        .map(|(name, document)| (*name, case(document)))
        .collect()
}

fn allowed_by(resource: &str, document: &str) -> Case {
    Case {
        request: request(resource),
        policies: Policies {
            identity: vec![compiled(document)],
            ..Policies::default()
        },
    }
}

fn request(resource: &str) -> Request {
    let principal = "arn:aws:iam::111122223333:user/ana"
        .parse()
        .expect("the ARN names a user");
    let context = [
        ("aws:SourceIp", "203.0.113.9"),
        ("aws:SecureTransport", "true"),
        ("aws:RequestedRegion", "us-east-1"),
        ("aws:PrincipalTag/team", "blue-7"),
        ("aws:username", "ana"),
    ];
    let context = context
        .into_iter()
        .map(|(key, value)| (key, ContextValue::Single(value.to_owned())));
    Request::new(principal, "s3:GetObject", Resource::new(resource)).with_context(context.collect())
}

fn compiled(document: &str) -> CompiledPolicy {
    CompiledPolicy::parse(document).expect("the policy is JSON")
}
