//! Objects: putting them, getting them, and how they lie on the disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::S3;
use super::encryption::{Encryption, KeyAccess, Mode, ObjectName, Stored};
use super::headers;
use super::operation::{Target, access_denied, authorize, bucket};
use crate::base::{Blob, Timestamp, hex};
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::Call;
use crate::cloud::http::{Headers, HttpRequest, HttpResponse};
use crate::cloud::trail::EventResource;
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::hash::md5;
use crate::policy::Context;

/// An object as it lies on the disk, with its metadata.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Object {
    /// How it is encrypted, without any key in it.
    pub encryption: Encryption,
    /// Bytes and wrapped keys.
    pub stored: Stored,
    /// Bytes before encryption.
    pub size: usize,
    /// MD5 of the plaintext under SSE-S3; of the stored bytes under the other modes, so that it gives nothing away.
    pub etag: String,
    /// As the request said.
    pub content_type: String,
    /// The caller's own headers, without `x-amz-meta-`. Not encrypted.
    pub metadata: BTreeMap<String, String>,
    /// When it was put.
    pub last_modified: Timestamp,
}

pub(super) fn put_object(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let name = target.object_name();
    let bucket = bucket(cloud, call, &name.bucket)?.clone();
    let encryption = headers::encryption_of(cloud, call, &bucket, &request.headers)?;
    let context = headers::request_context(&request.headers, &encryption);
    authorize_object(cloud, call, target, "s3:PutObject", context)?;
    if encryption.mode() == Mode::SseC && bucket.encryption.blocks_sse_c {
        return Err(access_denied(&format!(
            "User: {} is not authorized to perform: s3:PutObject on resource: \"{}\" because this bucket has blocked upload \
             requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different \
             server-side encryption type",
            call.caller.principal,
            name.arn()
        )));
    }

    let scheme = cloud.s3.schemes.of(encryption.mode());
    let mut keys = KeyAccess::new(cloud, call, &name, &encryption);
    let stored = scheme.seal(&mut keys, &request.body.0)?;
    call.notes_encryption(encryption.mode());
    let hashed = match encryption.mode() {
        Mode::SseS3 => &request.body,
        _ => &stored.bytes,
    };
    let object = Object {
        encryption: encryption.to_keep(),
        size: request.body.0.len(),
        etag: format!("\"{}\"", hex(&md5(&hashed.0))),
        content_type: request
            .headers
            .get("content-type")
            .unwrap_or("binary/octet-stream")
            .to_owned(),
        metadata: headers::user_metadata(&request.headers),
        last_modified: cloud.now,
        stored,
    };
    let mut response = HttpResponse::empty(200);
    response.headers.set("etag", &object.etag);
    headers::tell(&mut response.headers, &encryption, &request.headers);
    if let Some(bucket) = cloud.s3.buckets.get_mut(&name.bucket) {
        bucket.objects.insert(name.key, object);
    }
    Ok(response)
}

pub(super) fn get_object(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let (object, encryption) = found(cloud, call, target, &request.headers)?;
    let scheme = cloud.s3.schemes.of(encryption.mode());
    let name = target.object_name();
    let mut keys = KeyAccess::new(cloud, call, &name, &encryption);
    let plaintext = scheme.open(&mut keys, &object.stored)?;
    call.notes_encryption(encryption.mode());
    let mut response = object.describe(&encryption, &request.headers);
    response.body = Blob(plaintext);
    Ok(response)
}

pub(super) fn head_object(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    request: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let (object, encryption) = found(cloud, call, target, &request.headers)?;
    Ok(object.describe(&encryption, &request.headers))
}

pub(super) fn delete_object(
    cloud: &mut Cloud,
    call: &mut Call,
    target: &Target,
    _: &HttpRequest,
) -> Result<HttpResponse, ServiceError> {
    let name = target.object_name();
    bucket(cloud, call, &name.bucket)?;
    authorize_object(cloud, call, target, "s3:DeleteObject", Context::new())?;
    if let Some(bucket) = cloud.s3.buckets.get_mut(&name.bucket) {
        bucket.objects.remove(&name.key);
    }
    Ok(HttpResponse::empty(204))
}

impl Target {
    fn object_name(&self) -> ObjectName {
        ObjectName {
            bucket: self.bucket.clone(),
            key: self.key.clone().unwrap_or_default(),
        }
    }
}

impl Object {
    fn describe(&self, encryption: &Encryption, request: &Headers) -> HttpResponse {
        let mut response = HttpResponse::empty(200);
        let headers = &mut response.headers;
        headers.set("content-type", &self.content_type);
        headers.set("content-length", self.size.to_string());
        headers.set("etag", &self.etag);
        headers.set("last-modified", self.last_modified.http_date());
        for (name, value) in &self.metadata {
            headers.set(&format!("x-amz-meta-{name}"), value);
        }
        headers::tell(headers, encryption, request);
        response
    }

    /// How the object is encrypted, with the caller's key in it where the mode needs one.
    fn encryption_for(&self, request: &Headers) -> Result<Encryption, ServiceError> {
        let invalid = |message: &str| ServiceError::bad_request("InvalidRequest", message);
        let brought = headers::customer_key(request)?;
        match (self.encryption.mode(), brought) {
            (Mode::SseC, Some(key)) => {
                self.stored.check_customer_key(&key)?;
                Ok(Encryption::SseC { key: Some(key) })
            }
            (Mode::SseC, None) => Err(invalid(
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to \
                 retrieve the object.",
            )),
            (_, Some(_)) => Err(invalid(
                "The encryption parameters are not applicable to this object.",
            )),
            (_, None) => Ok(self.encryption.clone()),
        }
    }
}

/// The object to be read, after the caller proved to be allowed to. Whether it exists is told only to those who may list
/// the bucket.
fn found(
    cloud: &Cloud,
    call: &mut Call,
    target: &Target,
    request: &Headers,
) -> Result<(Object, Encryption), ServiceError> {
    let name = target.object_name();
    let bucket = bucket(cloud, call, &name.bucket)?;
    authorize_object(cloud, call, target, "s3:GetObject", Context::new())?;
    let Some(object) = bucket.objects.get(&name.key) else {
        let listing = Check {
            owner: Some(bucket.owner.clone()),
            resource_policy: bucket.policy.clone(),
            ..Check::new("s3:ListBucket", bucket.arn())
        };
        let listing = authorization::evaluate(&cloud.accounts, cloud.now, call, listing);
        return Err(if listing.is_allowed() {
            ServiceError::new(404, "NoSuchKey", "The specified key does not exist.")
        } else {
            access_denied(&listing.evaluation.headline)
        });
    };
    let encryption = object.encryption_for(request)?;
    Ok((object.clone(), encryption))
}

fn authorize_object(
    cloud: &Cloud,
    call: &mut Call,
    target: &Target,
    action: &str,
    context: Context,
) -> Result<(), ServiceError> {
    let name = target.object_name();
    let bucket = bucket(cloud, call, &name.bucket)?;
    call.touches(EventResource {
        account_id: bucket.owner.to_string(),
        kind: "AWS::S3::Object".to_owned(),
        arn: name.arn(),
    });
    authorize(cloud, call, bucket, action, name.arn(), context)
}

impl S3 {
    /// The account that owns a bucket, or nothing.
    pub(super) fn owner_of(&self, bucket: &str) -> String {
        let bucket = self.buckets.get(bucket);
        bucket.map_or_else(String::new, |bucket| bucket.owner.to_string())
    }
}

impl Call {
    /// Says on the trail how the object is encrypted.
    fn notes_encryption(&mut self, mode: Mode) {
        let applied = match mode {
            Mode::SseS3 => "SSE_S3",
            Mode::SseKms | Mode::SseKmsBucketKey => "SSE_KMS",
            Mode::DsseKms => "SSE_KMS_DSSE",
            Mode::SseC => "SSE_C",
        };
        self.sse_applied = Some(applied);
    }
}
