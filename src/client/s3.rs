//! The calls of S3, with the headers of every mode of server-side encryption.

use std::collections::BTreeMap;

use super::{Answer, Client, Exchange};
use crate::base::{Blob, hex};
use crate::cloud::kms::EncryptionContext;
use crate::cloud::{Cloud, Headers, HttpRequest, Service, ServiceError};
use crate::crypto::aead::Key;
use crate::crypto::hash::{md5, sha256};
use crate::crypto::sigv4::percent_encode_path;

/// What an upload asks S3 to encrypt with.
#[derive(Clone, Debug)]
pub enum ServerSideEncryption {
    /// Whatever the bucket does by default.
    BucketDefault,
    /// `AES256`.
    SseS3,
    /// `aws:kms`.
    SseKms {
        /// A key id, alias or ARN; the account's `aws/s3` where there is none.
        key_id: Option<String>,
        /// Added to the encryption context.
        context: EncryptionContext,
        /// Whether with a Bucket Key.
        bucket_key: bool,
    },
    /// `aws:kms:dsse`.
    DsseKms {
        /// A key id, alias or ARN; the account's `aws/s3` where there is none.
        key_id: Option<String>,
    },
    /// The client's own key, which travels with the request.
    SseC(Key),
}

/// What `GetObject` answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GotObject {
    /// The object's bytes.
    pub body: Vec<u8>,
    /// The headers `x-amz-meta-…`, without that beginning.
    pub metadata: BTreeMap<String, String>,
}

impl Client {
    /// Makes a bucket in the client's Region.
    pub fn create_bucket(&self, cloud: &mut Cloud, bucket: &str) -> Answer<()> {
        let location = format!(
            "<CreateBucketConfiguration><LocationConstraint>{}</LocationConstraint></CreateBucketConfiguration>",
            self.region()
        );
        let body = match self.region() {
            "us-east-1" => String::new(),
            _ => location,
        };
        let path = format!("/{bucket}");
        self.s3(cloud, "PUT", &path, "", Headers::default(), body.as_bytes())
            .into_s3_answer(|_| ())
    }

    /// Replaces a bucket's policy.
    pub fn put_bucket_policy(&self, cloud: &mut Cloud, bucket: &str, policy: &str) -> Answer<()> {
        let path = format!("/{bucket}");
        self.s3(
            cloud,
            "PUT",
            &path,
            "policy=",
            Headers::default(),
            policy.as_bytes(),
        )
        .into_s3_answer(|_| ())
    }

    /// Lets uploads with SSE-C into a bucket, which new buckets refuse, or refuses them again.
    pub fn allow_sse_c(&self, cloud: &mut Cloud, bucket: &str, is_allowed: bool) -> Answer<()> {
        let blocked = if is_allowed { "NONE" } else { "SSE-C" };
        let body = format!(
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256\
             </SSEAlgorithm></ApplyServerSideEncryptionByDefault><BlockedEncryptionTypes><EncryptionType>{blocked}\
             </EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>"
        );
        let path = format!("/{bucket}");
        self.s3(
            cloud,
            "PUT",
            &path,
            "encryption=",
            Headers::default(),
            body.as_bytes(),
        )
        .into_s3_answer(|_| ())
    }

    /// Puts an object, with user metadata (names without `x-amz-meta-`).
    pub fn put_object(
        &self,
        cloud: &mut Cloud,
        bucket: &str,
        key: &str,
        body: &[u8],
        encryption: &ServerSideEncryption,
        metadata: &BTreeMap<String, String>,
    ) -> Answer<()> {
        let mut headers = encryption.headers();
        for (name, value) in metadata {
            headers.set(&format!("x-amz-meta-{name}"), value);
        }
        self.s3(cloud, "PUT", &object_path(bucket, key), "", headers, body)
            .into_s3_answer(|_| ())
    }

    /// Gets an object. One under SSE-C needs the key that it was put with.
    pub fn get_object(
        &self,
        cloud: &mut Cloud,
        bucket: &str,
        key: &str,
        customer_key: Option<&Key>,
    ) -> Answer<GotObject> {
        let headers = customer_key.map(customer_headers).unwrap_or_default();
        self.s3(cloud, "GET", &object_path(bucket, key), "", headers, b"")
            .into_s3_answer(|exchange| {
                let response = &exchange.reply.response;
                let fields = response.headers.as_slice().iter();
                let metadata = fields.filter_map(|(name, value)| {
                    Some((name.strip_prefix("x-amz-meta-")?.to_owned(), value.clone()))
                });
                GotObject {
                    body: response.body.0.clone(),
                    metadata: metadata.collect(),
                }
            })
    }

    /// Asks for an object's headers.
    pub fn head_object(
        &self,
        cloud: &mut Cloud,
        bucket: &str,
        key: &str,
        customer_key: Option<&Key>,
    ) -> Answer<Headers> {
        let headers = customer_key.map(customer_headers).unwrap_or_default();
        self.s3(cloud, "HEAD", &object_path(bucket, key), "", headers, b"")
            .into_s3_answer(|exchange| exchange.reply.response.headers.clone())
    }

    /// Deletes an object.
    pub fn delete_object(&self, cloud: &mut Cloud, bucket: &str, key: &str) -> Answer<()> {
        let path = object_path(bucket, key);
        self.s3(cloud, "DELETE", &path, "", Headers::default(), b"")
            .into_s3_answer(|_| ())
    }

    /// Calls anything of S3. `path` and `query` are percent-encoded.
    pub fn s3(
        &self,
        cloud: &mut Cloud,
        method: &str,
        path: &str,
        query: &str,
        mut headers: Headers,
        body: &[u8],
    ) -> Exchange {
        headers.set("X-Amz-Content-Sha256", hex(&sha256(body)));
        let request = HttpRequest {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: Blob(body.to_vec()),
        };
        self.send(cloud, Service::S3, request)
    }
}

impl ServerSideEncryption {
    /// The headers by which an upload asks for it.
    #[must_use]
    pub fn headers(&self) -> Headers {
        let mut headers = Headers::default();
        match self {
            Self::BucketDefault => {}
            Self::SseS3 => headers.set(&mode_header(""), "AES256"),
            Self::SseKms {
                key_id,
                context,
                bucket_key,
            } => {
                headers.set(&mode_header(""), "aws:kms");
                set_key_id(&mut headers, key_id.as_deref());
                if !context.0.is_empty() {
                    let json = serde_json::to_vec(context).expect("a context is texts by text");
                    headers.set(&mode_header("-Context"), Blob(json).to_base64());
                }
                if *bucket_key {
                    headers.set(&mode_header("-Bucket-Key-Enabled"), "true");
                }
            }
            Self::DsseKms { key_id } => {
                headers.set(&mode_header(""), "aws:kms:dsse");
                set_key_id(&mut headers, key_id.as_deref());
            }
            Self::SseC(key) => headers = customer_headers(key),
        }
        headers
    }
}

fn set_key_id(headers: &mut Headers, key_id: Option<&str>) {
    if let Some(key_id) = key_id {
        headers.set(&mode_header("-Aws-Kms-Key-Id"), key_id);
    }
}

fn customer_headers(key: &Key) -> Headers {
    let md5 = Blob(md5(key.as_bytes()).to_vec()).to_base64();
    let key = Blob(key.as_bytes().to_vec()).to_base64();
    Headers::from_iter([
        (mode_header("-Customer-Algorithm"), "AES256".to_owned()),
        (mode_header("-Customer-Key"), key),
        (mode_header("-Customer-Key-MD5"), md5),
    ])
}

fn mode_header(rest: &str) -> String {
    format!("X-Amz-Server-Side-Encryption{rest}")
}

fn object_path(bucket: &str, key: &str) -> String {
    format!("/{bucket}/{}", percent_encode_path(key))
}

impl Exchange {
    /// How S3 refused, if it did.
    #[must_use]
    pub fn s3_error(&self) -> Option<ServiceError> {
        let response = &self.reply.response;
        if response.is_success() {
            return None;
        }
        let body = String::from_utf8_lossy(&response.body.0);
        let text = |name: &str| {
            let (_, rest) = body.split_once(&format!("<{name}>"))?;
            let (text, _) = rest.split_once(&format!("</{name}>"))?;
            let text = text.replace("&lt;", "<").replace("&gt;", ">");
            Some(text.replace("&amp;", "&"))
        };
        Some(ServiceError {
            // An answer to HEAD has no body to say more in.
            code: text("Code").unwrap_or_else(|| response.status.to_string()),
            message: text("Message").unwrap_or_default(),
            status: response.status,
        })
    }

    fn into_s3_answer<T>(self, read: impl FnOnce(&Self) -> T) -> Answer<T> {
        let result = match self.s3_error() {
            Some(error) => Err(error),
            None => Ok(read(&self)),
        };
        Answer {
            result,
            exchange: self,
        }
    }
}
