//! How an upload asks to be encrypted, and how an answer tells that it is.

use std::collections::BTreeMap;

use super::bucket::{Bucket, DefaultEncryption};
use super::encryption::Encryption;
use crate::base::{Arn, Blob};
use crate::cloud::call::Call;
use crate::cloud::http::Headers;
use crate::cloud::kms::{self, EncryptionContext};
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::aead::Key;
use crate::crypto::hash::md5;
use crate::policy::{Context, Principal};

const MODE: &str = "x-amz-server-side-encryption";
const KMS_KEY_ID: &str = "x-amz-server-side-encryption-aws-kms-key-id";
const CONTEXT: &str = "x-amz-server-side-encryption-context";
const BUCKET_KEY: &str = "x-amz-server-side-encryption-bucket-key-enabled";
const CUSTOMER_ALGORITHM: &str = "x-amz-server-side-encryption-customer-algorithm";
const CUSTOMER_KEY: &str = "x-amz-server-side-encryption-customer-key";
const CUSTOMER_KEY_MD5: &str = "x-amz-server-side-encryption-customer-key-md5";

/// What an upload asks for, by its headers.
#[derive(Debug)]
enum Wish {
    Nothing,
    SseS3,
    SseKms,
    DsseKms,
    SseC(Key),
}

/// How an object is to be encrypted: as its headers ask, else as the bucket does by default.
pub(super) fn encryption_of(
    cloud: &mut Cloud,
    call: &Call,
    bucket: &Bucket,
    headers: &Headers,
) -> Result<Encryption, ServiceError> {
    let wish = wish(headers)?;
    let given_key = headers.get(KMS_KEY_ID).map(str::to_owned);
    if given_key.is_some() && !matches!(wish, Wish::SseKms | Wish::DsseKms) {
        return Err(invalid_argument(
            "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
        ));
    }
    let context = encryption_context(headers)?;
    let bucket_key = match headers.get(BUCKET_KEY) {
        Some(flag) => flag.eq_ignore_ascii_case("true"),
        None => bucket.encryption.bucket_key_enabled,
    };
    Ok(match (wish, bucket.encryption.default.clone()) {
        (Wish::SseC(key), _) => Encryption::SseC { key: Some(key) },
        (Wish::SseS3, _) | (Wish::Nothing, DefaultEncryption::SseS3) => Encryption::SseS3,
        (Wish::Nothing, DefaultEncryption::SseKms(default)) => Encryption::SseKms {
            key: kms_key(cloud, call, default)?,
            context,
            bucket_key,
        },
        (Wish::SseKms, default) => Encryption::SseKms {
            key: kms_key(cloud, call, given_key.or(default.kms_key_of_sse_kms()))?,
            context,
            bucket_key,
        },
        (Wish::Nothing, DefaultEncryption::DsseKms(default)) => Encryption::DsseKms {
            key: kms_key(cloud, call, default)?,
            context,
        },
        (Wish::DsseKms, _) => Encryption::DsseKms {
            key: kms_key(cloud, call, given_key)?,
            context,
        },
    })
}

impl DefaultEncryption {
    /// The key that also serves uploads which ask for SSE-KMS and name none.
    fn kms_key_of_sse_kms(self) -> Option<String> {
        match self {
            Self::SseKms(key) => key,
            Self::SseS3 | Self::DsseKms(_) => None,
        }
    }
}

/// The caller's key, where the headers bring one.
pub(super) fn customer_key(headers: &Headers) -> Result<Option<Key>, ServiceError> {
    let names = [CUSTOMER_ALGORITHM, CUSTOMER_KEY, CUSTOMER_KEY_MD5];
    if names.iter().all(|name| headers.get(name).is_none()) {
        return Ok(None);
    }
    match headers.get(CUSTOMER_ALGORITHM) {
        Some("AES256") => {}
        Some(_) => {
            return Err(ServiceError::bad_request(
                "InvalidEncryptionAlgorithmError",
                "The Encryption request you specified is not valid. Supported value: AES256.",
            ));
        }
        None => {
            return Err(invalid_argument(
                "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption \
                 algorithm.",
            ));
        }
    }
    let key = headers.get(CUSTOMER_KEY).ok_or_else(|| {
        invalid_argument(
            "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret \
             key.",
        )
    })?;
    let key = Blob::from_base64(key).and_then(|key| Key::try_from(key).ok());
    let key = key.ok_or_else(|| {
        invalid_argument("The secret key was invalid for the specified algorithm.")
    })?;
    let stated = headers.get(CUSTOMER_KEY_MD5).ok_or_else(|| {
        invalid_argument(
            "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated \
             MD5 of the secret key.",
        )
    })?;
    if stated != md5_of(&key) {
        return Err(invalid_argument(
            "The calculated MD5 hash of the key did not match the hash that was provided.",
        ));
    }
    Ok(Some(key))
}

/// Tells in an answer how the object is encrypted. Of SSE-C it echoes what the request said.
pub(super) fn tell(headers: &mut Headers, encryption: &Encryption, request: &Headers) {
    match encryption {
        Encryption::SseS3 => headers.set(MODE, "AES256"),
        Encryption::SseKms {
            key, bucket_key, ..
        } => {
            headers.set(MODE, "aws:kms");
            headers.set(KMS_KEY_ID, key.to_string());
            if *bucket_key {
                headers.set(BUCKET_KEY, "true");
            }
        }
        Encryption::DsseKms { key, .. } => {
            headers.set(MODE, "aws:kms:dsse");
            headers.set(KMS_KEY_ID, key.to_string());
        }
        Encryption::SseC { .. } => {
            headers.set(CUSTOMER_ALGORITHM, "AES256");
            if let Some(md5) = request.get(CUSTOMER_KEY_MD5) {
                headers.set(CUSTOMER_KEY_MD5, md5);
            }
        }
    }
}

/// The condition keys that an upload's encryption headers give rise to. A missing header is a missing key.
pub(super) fn request_context(headers: &Headers, encryption: &Encryption) -> Context {
    let mut context = Context::new();
    for (header, key) in [
        (MODE, "s3:x-amz-server-side-encryption"),
        (
            CUSTOMER_ALGORITHM,
            "s3:x-amz-server-side-encryption-customer-algorithm",
        ),
    ] {
        if let Some(value) = headers.get(header) {
            context = context.with(key, value);
        }
    }
    match encryption {
        Encryption::SseKms { key, .. } | Encryption::DsseKms { key, .. }
            if headers.get(KMS_KEY_ID).is_some() =>
        {
            context.with(
                "s3:x-amz-server-side-encryption-aws-kms-key-id",
                key.to_string(),
            )
        }
        _ => context,
    }
}

/// What of the encryption headers goes on the trail: all but the caller's key and its MD5.
pub(super) fn logged(headers: &Headers) -> impl Iterator<Item = (&str, &str)> {
    let names = [MODE, KMS_KEY_ID, CONTEXT, BUCKET_KEY, CUSTOMER_ALGORITHM];
    names
        .into_iter()
        .filter_map(|name| Some((name, headers.get(name)?)))
}

/// The headers `x-amz-meta-…`, without that beginning.
pub(super) fn user_metadata(headers: &Headers) -> BTreeMap<String, String> {
    let fields = headers.as_slice().iter();
    let metadata = fields.filter_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        Some((name.strip_prefix("x-amz-meta-")?.to_owned(), value.clone()))
    });
    metadata.collect()
}

fn wish(headers: &Headers) -> Result<Wish, ServiceError> {
    let customer_key = customer_key(headers)?;
    match (headers.get(MODE), customer_key) {
        (None, None) => Ok(Wish::Nothing),
        (None, Some(key)) => Ok(Wish::SseC(key)),
        (Some("AES256"), None) => Ok(Wish::SseS3),
        (Some("aws:kms"), None) => Ok(Wish::SseKms),
        (Some("aws:kms:dsse"), None) => Ok(Wish::DsseKms),
        (Some(_), None) => Err(invalid_argument(
            "The encryption method specified is not supported",
        )),
        (Some(_), Some(_)) => Err(invalid_argument(
            "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
        )),
    }
}

/// The context header: base64 of a JSON object of texts.
fn encryption_context(headers: &Headers) -> Result<EncryptionContext, ServiceError> {
    let Some(header) = headers.get(CONTEXT) else {
        return Ok(EncryptionContext::default());
    };
    let json = Blob::from_base64(header);
    let context = json.and_then(|json| serde_json::from_slice(&json.0).ok());
    context.ok_or_else(|| {
        invalid_argument("The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map")
    })
}

/// The ARN of the KMS key that is meant: of the account's `aws/s3` where none is.
fn kms_key(cloud: &mut Cloud, call: &Call, key_id: Option<String>) -> Result<Arn, ServiceError> {
    if call.caller.principal == Principal::Anonymous {
        return Err(invalid_argument(
            "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
        ));
    }
    match key_id.as_deref() {
        None | Some("alias/aws/s3") => Ok(kms::managed_key(cloud, call, "s3")),
        Some(key_id) => kms::key_arn(cloud, call, key_id).map_err(|error| ServiceError {
            code: format!("KMS.{}", error.code),
            ..error
        }),
    }
}

fn md5_of(key: &Key) -> String {
    Blob(md5(key.as_bytes()).to_vec()).to_base64()
}

pub(super) fn invalid_argument(message: &str) -> ServiceError {
    ServiceError::bad_request("InvalidArgument", message)
}
