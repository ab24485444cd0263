//! Client-side encryption: the object is sealed before it travels, and S3 never sees its key or its plaintext.
//!
//! The form is that of the Amazon S3 Encryption Client with `kms+context` and AES-GCM.
//! Source: <https://docs.aws.amazon.com/amazon-s3-encryption-client/latest/developerguide/concepts.html>

use std::collections::BTreeMap;

use super::{Answer, Client, DataKey, Exchange, GotObject, ServerSideEncryption};
use crate::base::Blob;
use crate::cloud::kms::EncryptionContext;
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::aead::{self, Key, NONCE_BYTES, Nonce, Sealed, TAG_BYTES, Tag};

const ALGORITHM: &str = "AES/GCM/NoPadding";
const WRAPPED_KEY: &str = "x-amz-key-v2";
const NONCE: &str = "x-amz-iv";
const DESCRIPTION: &str = "x-amz-matdesc";

/// What a client-side encrypted call came to, with the requests behind it in their order.
#[derive(Debug)]
pub struct Encrypted<T> {
    /// What it came to.
    pub result: Result<T, ClientError>,
    /// One to KMS, one to S3.
    pub exchanges: Vec<Exchange>,
}

/// Why a client-side encrypted call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// A service refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The object is not of this form.
    #[error("the object was not encrypted by this client")]
    NotEncrypted,
    /// The object is not what was sealed.
    #[error("the object or its metadata was changed")]
    NotAuthentic,
}

impl Client {
    /// Has a data key made under `key_id`, seals `plaintext` with it here, and puts ciphertext and wrapped key.
    ///
    /// `nonce` has to be fresh, as all randomness it comes from outside.
    #[expect(
        clippy::too_many_arguments,
        reason = "an upload is about that many things"
    )]
    pub fn put_encrypted_object(
        &self,
        cloud: &mut Cloud,
        bucket: &str,
        key: &str,
        plaintext: &[u8],
        key_id: &str,
        context: &EncryptionContext,
        nonce: Nonce,
    ) -> Encrypted<()> {
        let context = described(context);
        let Answer { result, exchange } = self.generate_data_key(cloud, key_id, &context);
        let data_key = match result {
            Ok(data_key) => data_key,
            Err(error) => return Encrypted::refused(error, vec![exchange]),
        };
        let (body, metadata) = seal(&data_key, nonce, plaintext, &context);
        let encryption = ServerSideEncryption::BucketDefault;
        let put = self.put_object(cloud, bucket, key, &body, &encryption, &metadata);
        Encrypted {
            result: put.result.map_err(ClientError::from),
            exchanges: vec![exchange, put.exchange],
        }
    }

    /// Gets what [`Client::put_encrypted_object`] put, has the data key opened, and opens the object here.
    pub fn get_encrypted_object(
        &self,
        cloud: &mut Cloud,
        bucket: &str,
        key: &str,
    ) -> Encrypted<Vec<u8>> {
        let got = self.get_object(cloud, bucket, key, None);
        let object = match got.result {
            Ok(object) => object,
            Err(error) => return Encrypted::refused(error, vec![got.exchange]),
        };
        let Some((wrapped, context)) = wrapped_key(&object) else {
            return Encrypted {
                result: Err(ClientError::NotEncrypted),
                exchanges: vec![got.exchange],
            };
        };
        let Answer { result, exchange } = self.decrypt(cloud, &wrapped, &context);
        Encrypted {
            result: result.map_err(ClientError::from).and_then(|decrypted| {
                let data_key = Key::try_from(decrypted.plaintext);
                let data_key = data_key.map_err(|_| ClientError::NotEncrypted)?;
                open_encrypted_object(&object, &data_key)
            }),
            exchanges: vec![got.exchange, exchange],
        }
    }
}

/// Opens what [`Client::put_encrypted_object`] sealed, for who holds the data key already.
///
/// # Errors
/// [`ClientError`] where the object is of another form, or not what was sealed under this key.
pub fn open_encrypted_object(object: &GotObject, data_key: &Key) -> Result<Vec<u8>, ClientError> {
    let nonce = object.metadata.get(NONCE);
    let nonce = nonce.and_then(|nonce| Blob::from_base64(nonce));
    let nonce: Option<[u8; NONCE_BYTES]> = nonce.and_then(|nonce| nonce.0.try_into().ok());
    let parts = object.body.split_last_chunk().zip(nonce);
    let ((ciphertext, tag), nonce) = parts.ok_or(ClientError::NotEncrypted)?;
    let sealed = Sealed {
        nonce: Nonce(nonce),
        ciphertext: ciphertext.to_vec(),
        tag: Tag(*tag),
    };
    aead::open(data_key, &sealed, b"").map_err(|_| ClientError::NotAuthentic)
}

impl<T> Encrypted<T> {
    fn refused(error: ServiceError, exchanges: Vec<Exchange>) -> Self {
        Self {
            result: Err(ClientError::Service(error)),
            exchanges,
        }
    }
}

/// The algorithm goes into the context, so that nobody can have another one used.
fn described(context: &EncryptionContext) -> EncryptionContext {
    let EncryptionContext(mut pairs) = context.clone();
    pairs.insert("aws:x-amz-cek-alg".to_owned(), ALGORITHM.to_owned());
    EncryptionContext(pairs)
}

fn seal(
    data_key: &DataKey,
    nonce: Nonce,
    plaintext: &[u8],
    context: &EncryptionContext,
) -> (Vec<u8>, BTreeMap<String, String>) {
    let key = Key::try_from(data_key.plaintext.0.as_slice());
    let key = key.expect("a data key of spec AES_256 has 32 bytes");
    let sealed = aead::seal(&key, nonce, plaintext, b"");
    let body = [&sealed.ciphertext[..], &sealed.tag.0].concat();
    let description = serde_json::to_string(context).expect("a context is texts by text");
    let metadata = [
        (WRAPPED_KEY, data_key.ciphertext_blob.to_base64()),
        (NONCE, Blob(nonce.0.to_vec()).to_base64()),
        (DESCRIPTION, description),
        ("x-amz-cek-alg", ALGORITHM.to_owned()),
        ("x-amz-wrap-alg", "kms+context".to_owned()),
        ("x-amz-tag-len", (TAG_BYTES * 8).to_string()),
    ];
    let metadata = metadata.map(|(name, value)| (name.to_owned(), value));
    (body, metadata.into())
}

fn wrapped_key(object: &GotObject) -> Option<(Blob, EncryptionContext)> {
    let wrapped = Blob::from_base64(object.metadata.get(WRAPPED_KEY)?)?;
    let context = serde_json::from_str(object.metadata.get(DESCRIPTION)?).ok()?;
    Some((wrapped, context))
}
