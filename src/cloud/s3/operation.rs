//! From a request to the operation that it means, and to the trail.

use serde_json::{Map, Value, json};

use super::bucket::Bucket;
use super::{configuration, headers, object};
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::{Call, Record};
use crate::cloud::http::{HttpRequest, HttpResponse};
use crate::cloud::trail::EventResource;
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::sigv4::percent_decode;
use crate::policy::Context;

type Run = fn(&mut Cloud, &mut Call, &Target, &HttpRequest) -> Result<HttpResponse, ServiceError>;

/// What a request is about.
#[derive(Debug)]
pub(super) struct Target {
    pub bucket: String,
    /// Of an object.
    pub key: Option<String>,
}

struct Operation {
    name: &'static str,
    is_read_only: bool,
    run: Run,
}

/// Performs what `request` asks for and puts it on the trail, however it ends.
pub(super) fn perform(
    cloud: &mut Cloud,
    call: &mut Call,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let target = Target::of(request)?;
    let operation = operation_of(request, &target)?;
    call.touches(EventResource {
        account_id: cloud.s3.owner_of(&target.bucket),
        kind: "AWS::S3::Bucket".to_owned(),
        arn: format!("arn:aws:s3:::{}", target.bucket),
    });
    let answer = (operation.run)(cloud, call, &target, request);
    let record = Record {
        event_source: "s3.amazonaws.com",
        event_name: operation.name.to_owned(),
        is_read_only: operation.is_read_only,
        is_data_event: target.key.is_some(),
        parameters: target.logged(request),
        response_elements: Value::Null,
    };
    cloud.record(call, record, answer.as_ref().err());
    answer
}

impl Target {
    /// The bucket and key of a path-style request.
    fn of(request: &HttpRequest) -> Result<Self, ServiceError> {
        let path = request.path.strip_prefix('/').unwrap_or(&request.path);
        let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
        let bucket = percent_decode(bucket);
        if bucket.is_empty() {
            return Err(not_implemented());
        }
        let key = Some(percent_decode(key)).filter(|key| !key.is_empty());
        Ok(Self { bucket, key })
    }

    fn logged(&self, request: &HttpRequest) -> Map<String, Value> {
        let mut logged = Map::new();
        logged.insert("bucketName".to_owned(), json!(self.bucket));
        logged.insert("Host".to_owned(), json!(request.headers.get("host")));
        if let Some(key) = &self.key {
            logged.insert("key".to_owned(), json!(key));
        }
        for (name, value) in headers::logged(&request.headers) {
            logged.insert(name.to_owned(), json!(value));
        }
        logged
    }
}

fn operation_of(request: &HttpRequest, target: &Target) -> Result<Operation, ServiceError> {
    // What is not there would change the meaning if it were passed over.
    let unknown = ["range", "x-amz-copy-source", "x-amz-tagging"];
    let headers = request.headers.as_slice().iter();
    let mut names = headers.map(|(name, _)| name.to_ascii_lowercase());
    let is_unknown = |name: String| unknown.contains(&name.as_str()) || name.starts_with("if-");
    if names.any(is_unknown) {
        return Err(not_implemented());
    }
    // SDKs name the operation in `x-id`, for people who read logs.
    let mut parameters = request.query.split('&').filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        !name.is_empty() && name != "x-id"
    });
    let subresource = parameters
        .next()
        .map(|text| text.strip_suffix('=').unwrap_or(text));
    if parameters.next().is_some() {
        return Err(not_implemented());
    }
    let kind = if target.key.is_some() {
        "object"
    } else {
        "bucket"
    };
    let (name, is_read_only, run): (_, _, Run) = match (request.method.as_str(), kind, subresource)
    {
        ("PUT", "bucket", None) => ("CreateBucket", false, configuration::create_bucket),
        ("PUT", "bucket", Some("policy")) => {
            ("PutBucketPolicy", false, configuration::put_bucket_policy)
        }
        ("GET", "bucket", Some("policy")) => {
            ("GetBucketPolicy", true, configuration::get_bucket_policy)
        }
        ("PUT", "bucket", Some("encryption")) => (
            "PutBucketEncryption",
            false,
            configuration::put_bucket_encryption,
        ),
        ("GET", "bucket", Some("encryption")) => (
            "GetBucketEncryption",
            true,
            configuration::get_bucket_encryption,
        ),
        ("PUT", "object", None) => ("PutObject", false, object::put_object),
        ("GET", "object", None) => ("GetObject", true, object::get_object),
        ("HEAD", "object", None) => ("HeadObject", true, object::head_object),
        ("DELETE", "object", None) => ("DeleteObject", false, object::delete_object),
        _ => return Err(not_implemented()),
    };
    Ok(Operation {
        name,
        is_read_only,
        run,
    })
}

/// The bucket of that name, reached in its own Region.
pub(super) fn bucket<'a>(
    cloud: &'a Cloud,
    call: &Call,
    name: &str,
) -> Result<&'a Bucket, ServiceError> {
    let bucket = cloud.s3.buckets.get(name).ok_or_else(|| {
        ServiceError::new(404, "NoSuchBucket", "The specified bucket does not exist")
    })?;
    if bucket.region != call.region {
        return Err(ServiceError::new(
            301,
            "PermanentRedirect",
            "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all \
             future requests to this endpoint.",
        ));
    }
    Ok(bucket)
}

/// Proves that the caller is allowed `action` on `resource`, which is `bucket` or lies in it.
pub(super) fn authorize(
    cloud: &Cloud,
    call: &mut Call,
    bucket: &Bucket,
    action: &str,
    resource: String,
    context: Context,
) -> Result<(), ServiceError> {
    let check = Check {
        owner: Some(bucket.owner.clone()),
        resource_policy: bucket.policy.clone(),
        context,
        ..Check::new(action, resource)
    };
    authorization::authorize(cloud, call, check).map_err(|denied| access_denied(&denied.0))
}

pub(super) fn access_denied(message: &str) -> ServiceError {
    ServiceError::new(403, "AccessDenied", message)
}

fn not_implemented() -> ServiceError {
    ServiceError::new(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented",
    )
}
