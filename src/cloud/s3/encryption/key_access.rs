//! How a scheme gets at keys: S3's own, those of KMS, and the caller's.

use serde_json::{Map, Value, json};

use super::{Encryption, ObjectName, damaged};
use crate::base::{Arn, Blob};
use crate::cloud::call::Call;
use crate::cloud::kms::{self, EncryptionContext};
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::aead::{self, Key, Nonce, Sealed};

/// What a scheme may use while one request is answered.
#[derive(Debug)]
pub struct KeyAccess<'a> {
    pub(super) cloud: &'a mut Cloud,
    pub(super) call: &'a mut Call,
    pub(super) object: &'a ObjectName,
    pub(super) encryption: &'a Encryption,
}

/// A data key as KMS gives it.
#[derive(Debug)]
pub(super) struct DataKey {
    pub plaintext: Key,
    pub ciphertext_blob: Blob,
}

impl<'a> KeyAccess<'a> {
    pub(in crate::cloud::s3) fn new(
        cloud: &'a mut Cloud,
        call: &'a mut Call,
        object: &'a ObjectName,
        encryption: &'a Encryption,
    ) -> Self {
        Self {
            cloud,
            call,
            object,
            encryption,
        }
    }

    /// A fresh key.
    pub fn fresh_key(&mut self) -> Key {
        self.cloud.entropy.key()
    }

    /// Seals `plaintext` so that it opens only for this object.
    pub fn seal(&mut self, key: &Key, plaintext: &[u8]) -> Blob {
        let nonce = Nonce(self.cloud.entropy.bytes());
        let name = self.object.arn();
        Blob::from(aead::seal(key, nonce, plaintext, name.as_bytes()))
    }

    /// Opens what [`KeyAccess::seal`] sealed.
    ///
    /// # Errors
    /// Where key, bytes or object is another.
    pub fn open(&self, key: &Key, sealed: &Blob) -> Result<Vec<u8>, ServiceError> {
        let sealed = Sealed::from_bytes(&sealed.0).map_err(|_| damaged())?;
        aead::open(key, &sealed, self.object.arn().as_bytes()).map_err(|_| damaged())
    }

    /// The object's key, wrapped under S3's own root key.
    pub(super) fn wrap(&mut self, key: &Key) -> Blob {
        let root_key = self.cloud.s3.root_key.clone();
        self.seal(&root_key, key.as_bytes())
    }

    pub(super) fn unwrap(&self, wrapped: &Blob) -> Result<Key, ServiceError> {
        self.open_key(&self.cloud.s3.root_key, wrapped)
    }

    pub(super) fn open_key(&self, key: &Key, wrapped: &Blob) -> Result<Key, ServiceError> {
        let opened = self.open(key, wrapped)?;
        Key::try_from(opened.as_slice()).map_err(|_| damaged())
    }

    /// Asks KMS, in the caller's name, for a data key for `arn`.
    pub(super) fn generate_data_key(&mut self, arn: String) -> Result<DataKey, ServiceError> {
        let (key, context) = self.kms_key(arn)?;
        let body = json!({"KeyId": key, "KeySpec": "AES_256", "EncryptionContext": context});
        let answer = self.ask_kms("GenerateDataKey", body)?;
        Ok(DataKey {
            plaintext: key_in(&answer)?,
            ciphertext_blob: blob_in(&answer, "CiphertextBlob")?,
        })
    }

    /// Asks KMS, in the caller's name, to open a data key for `arn`.
    pub(super) fn decrypt_data_key(
        &mut self,
        arn: String,
        ciphertext_blob: &Blob,
    ) -> Result<Key, ServiceError> {
        let (key, context) = self.kms_key(arn)?;
        let body = json!({
            "KeyId": key,
            "CiphertextBlob": ciphertext_blob,
            "EncryptionContext": context,
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        });
        key_in(&self.ask_kms("Decrypt", body)?)
    }

    /// The KMS key of the object, and the encryption context: what it is for, and what the caller added.
    pub(super) fn kms_key(&self, arn: String) -> Result<(Arn, EncryptionContext), ServiceError> {
        let (key, context) = match self.encryption {
            Encryption::SseKms { key, context, .. } | Encryption::DsseKms { key, context } => {
                (key.clone(), context.clone())
            }
            Encryption::SseS3 | Encryption::SseC { .. } => return Err(damaged()),
        };
        let EncryptionContext(mut pairs) = context;
        pairs.entry("aws:s3:arn".to_owned()).or_insert(arn);
        Ok((key, EncryptionContext(pairs)))
    }

    fn ask_kms(&mut self, operation: &str, body: Value) -> Result<Value, ServiceError> {
        let Value::Object(body) = body else {
            return Err(damaged());
        };
        ask_kms(self.cloud, self.call, operation, body)
    }
}

/// Calls KMS in the name of the caller of `call`. The decisions and the event of it are the caller's too.
pub(in crate::cloud::s3) fn ask_kms(
    cloud: &mut Cloud,
    call: &mut Call,
    operation: &str,
    body: Map<String, Value>,
) -> Result<Value, ServiceError> {
    let mut forwarded = call.forwarded(format!("s3.{}.amazonaws.com", call.region));
    let answer = kms::perform_named(cloud, &mut forwarded, operation, body);
    call.authorizations.append(&mut forwarded.authorizations);
    match answer {
        Ok(answer) => Ok(answer.unwrap_or(Value::Null)),
        Err(error) if error.code == "AccessDeniedException" => {
            Err(ServiceError::new(403, "AccessDenied", error.message))
        }
        Err(error) => Err(ServiceError {
            code: format!("KMS.{}", error.code),
            ..error
        }),
    }
}

fn blob_in(answer: &Value, name: &str) -> Result<Blob, ServiceError> {
    let text = answer[name].as_str();
    text.and_then(Blob::from_base64).ok_or_else(damaged)
}

fn key_in(answer: &Value) -> Result<Key, ServiceError> {
    Key::try_from(blob_in(answer, "Plaintext")?).map_err(|_| damaged())
}
