//! Making buckets and setting them up.

use std::collections::BTreeMap;

use super::bucket::{Bucket, BucketEncryption, DefaultEncryption};
use super::headers::invalid_argument;
use super::operation::{Target, access_denied, authorize, bucket};
use super::xml::{self, NAMESPACE};
use crate::base::Blob;
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::Call;
use crate::cloud::http::{HttpRequest, HttpResponse};
use crate::cloud::{Cloud, ServiceError};
use crate::policy::{CompiledPolicy, Context, Policy};

/// Bytes of a bucket policy.
const LONGEST_POLICY: usize = 20 * 1024;

pub(super) fn create_bucket(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let name = &target.bucket;
    check_name(name)?;
    check_location(call, request)?;
    let check = Check {
        owner: call.account_id().cloned(),
        ..Check::new("s3:CreateBucket", format!("arn:aws:s3:::{name}"))
    };
    authorization::authorize(cloud, call, check).map_err(|denied| access_denied(&denied.0))?;
    let owner = call.account_id().cloned();
    let owner = owner.ok_or_else(|| access_denied("Access Denied"))?;
    let mut response = HttpResponse::empty(200);
    response.headers.set("location", format!("/{name}"));
    if let Some(existing) = cloud.s3.buckets.get(name) {
        return check_again(call, existing, &owner).map(|()| response);
    }
    let bucket = Bucket {
        name: name.clone(),
        owner,
        region: call.region.clone(),
        created: cloud.now,
        policy: None,
        encryption: BucketEncryption::default(),
        objects: BTreeMap::new(),
    };
    cloud.s3.buckets.insert(name.clone(), bucket);
    Ok(response)
}

pub(super) fn put_bucket_policy(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let bucket = configured(cloud, call, target, "s3:PutBucketPolicy")?;
    let policy = Some(read_policy(&request.body.0)?);
    put(cloud, Bucket { policy, ..bucket });
    Ok(HttpResponse::empty(204))
}

pub(super) fn get_bucket_policy(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    _: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let bucket = configured(cloud, call, target, "s3:GetBucketPolicy")?;
    let policy = bucket.policy.ok_or_else(|| {
        ServiceError::new(
            404,
            "NoSuchBucketPolicy",
            "The bucket policy does not exist",
        )
    })?;
    let mut response = HttpResponse::empty(200);
    response.headers.set("content-type", "application/json");
    response.body = Blob(policy.source().as_bytes().to_vec());
    Ok(response)
}

pub(super) fn put_bucket_encryption(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let bucket = configured(cloud, call, target, "s3:PutEncryptionConfiguration")?;
    let encryption = read_encryption(&request.body.0, &bucket.encryption)?;
    put(
        cloud,
        Bucket {
            encryption,
            ..bucket
        },
    );
    Ok(HttpResponse::empty(200))
}

pub(super) fn get_bucket_encryption(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    _: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let bucket = configured(cloud, call, target, "s3:GetEncryptionConfiguration")?;
    let mut response = HttpResponse::empty(200);
    xml::answer(&mut response, &write_encryption(&bucket.encryption));
    Ok(response)
}

/// The bucket, after the caller proved to be allowed `action` on it.
fn configured(
    cloud: &Cloud,
    call: &mut Call,
    target: &Target,
    action: &str,
) -> Result<Bucket, ServiceError> {
    let bucket = bucket(cloud, call, &target.bucket)?;
    authorize(cloud, call, bucket, action, bucket.arn(), Context::new())?;
    Ok(bucket.clone())
}

fn put(cloud: &mut Cloud, bucket: Bucket) {
    cloud.s3.buckets.insert(bucket.name.clone(), bucket);
}

fn check_name(name: &str) -> Result<(), ServiceError> {
    let is_letter =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = name.as_bytes();
    let is_valid = (3..=63).contains(&bytes.len())
        && bytes.iter().all(|&byte| is_letter(byte))
        && is_end(bytes.first())
        && is_end(bytes.last())
        && !name.contains("..");
    if is_valid {
        Ok(())
    } else {
        Err(ServiceError::bad_request(
            "InvalidBucketName",
            "The specified bucket is not valid.",
        ))
    }
}

/// A bucket lies in the Region whose endpoint is asked. `us-east-1` is never written.
fn check_location(call: &Call, request: &HttpRequest) -> Result<(), ServiceError> {
    let stated = if request.body.0.is_empty() {
        None
    } else {
        xml::read(&request.body.0, "CreateBucketConfiguration", |root| {
            Some(xml::child_text(root, "LocationConstraint"))
        })?
    };
    let stated = stated.as_deref().unwrap_or("us-east-1");
    if stated == call.region {
        return Ok(());
    }
    Err(ServiceError::bad_request(
        "IllegalLocationConstraintException",
        format!(
            "The {stated} location constraint is incompatible for the region specific endpoint this request was sent to."
        ),
    ))
}

/// Making one's own bucket again is no error in `us-east-1`, for old times' sake.
fn check_again(
    call: &Call,
    existing: &Bucket,
    owner: &crate::base::AccountId,
) -> Result<(), ServiceError> {
    if existing.owner != *owner {
        return Err(ServiceError::new(
            409,
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. \
             Please select a different name and try again.",
        ));
    }
    if existing.region == "us-east-1" && call.region == existing.region {
        return Ok(());
    }
    Err(ServiceError::new(
        409,
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
    ))
}

fn read_policy(body: &[u8]) -> Result<CompiledPolicy, ServiceError> {
    let malformed = |message: &str| ServiceError::bad_request("MalformedPolicy", message);
    if body.len() > LONGEST_POLICY {
        return Err(ServiceError::bad_request(
            "PolicyTooLarge",
            "Your policy exceeds the maximum allowed document size.",
        ));
    }
    let text = std::str::from_utf8(body)
        .map_err(|_| malformed("Policies must be valid JSON and the first byte must be '{'"))?;
    let policy = Policy::parse(text).map_err(|problem| malformed(&problem.message))?;
    match policy.problems.first() {
        Some(problem) => Err(malformed(&problem.message)),
        None => Ok(CompiledPolicy::compile(&policy)),
    }
}

/// Reads a configuration. What it does not say of blocked types stays as it was.
fn read_encryption(
    body: &[u8],
    before: &BucketEncryption,
) -> Result<BucketEncryption, ServiceError> {
    let root = "ServerSideEncryptionConfiguration";
    let (algorithm, key, bucket_key, blocked) = xml::read(body, root, |root| {
        let rule = xml::child(root, "Rule")?;
        let default = xml::child(rule, "ApplyServerSideEncryptionByDefault");
        let algorithm = default.map(|default| xml::child_text(default, "SSEAlgorithm"));
        let key = default.and_then(|default| xml::child_text(default, "KMSMasterKeyID"));
        let bucket_key = xml::child_text(rule, "BucketKeyEnabled");
        let blocked = xml::child(rule, "BlockedEncryptionTypes");
        let blocked = blocked.map(|blocked| xml::child_text(blocked, "EncryptionType"));
        Some((algorithm, key, bucket_key, blocked))
    })?;
    let default = match (algorithm.flatten().as_deref(), key) {
        (None, None) => DefaultEncryption::SseS3,
        (Some("AES256"), None) => DefaultEncryption::SseS3,
        (Some("aws:kms"), key) => DefaultEncryption::SseKms(key),
        (Some("aws:kms:dsse"), key) => DefaultEncryption::DsseKms(key),
        (Some("AES256") | None, Some(_)) => {
            return Err(invalid_argument(
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
            ));
        }
        (Some(_), _) => {
            return Err(invalid_argument(
                "The encryption method specified is not supported",
            ));
        }
    };
    let blocks_sse_c = match blocked.flatten().as_deref() {
        None => before.blocks_sse_c,
        Some("SSE-C") => true,
        Some("NONE") => false,
        Some(_) => {
            return Err(invalid_argument(
                "The blocked encryption type is not supported",
            ));
        }
    };
    Ok(BucketEncryption {
        default,
        bucket_key_enabled: bucket_key.as_deref() == Some("true"),
        blocks_sse_c,
    })
}

fn write_encryption(encryption: &BucketEncryption) -> String {
    let (algorithm, key) = match &encryption.default {
        DefaultEncryption::SseS3 => ("AES256", None),
        DefaultEncryption::SseKms(key) => ("aws:kms", key.as_deref()),
        DefaultEncryption::DsseKms(key) => ("aws:kms:dsse", key.as_deref()),
    };
    let mut default = vec![xml::element("SSEAlgorithm", algorithm)];
    default.extend(key.map(|key| xml::element("KMSMasterKeyID", key)));
    let bucket_key = encryption.bucket_key_enabled.to_string();
    let blocked = if encryption.blocks_sse_c {
        "SSE-C"
    } else {
        "NONE"
    };
    let rule = [
        xml::parent("ApplyServerSideEncryptionByDefault", &default),
        xml::element("BucketKeyEnabled", &bucket_key),
        xml::parent(
            "BlockedEncryptionTypes",
            &[xml::element("EncryptionType", blocked)],
        ),
    ];
    let rule = xml::parent("Rule", &rule);
    format!(
        "<ServerSideEncryptionConfiguration xmlns=\"{NAMESPACE}\">{rule}</ServerSideEncryptionConfiguration>"
    )
}
