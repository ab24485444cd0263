//! One way to put an object, tried: the uploads, and everyone's attempt to read.

use std::collections::BTreeMap;

use super::Method;
use crate::base::Blob;
use crate::client::{Client, ClientError, Exchange, ServerSideEncryption, open_encrypted_object};
use crate::cloud::kms::EncryptionContext;
use crate::cloud::s3::{KeptKey, Object};
use crate::cloud::{Cloud, ServiceError};
use crate::crypto::aead::{self, Key, Nonce, Sealed};

pub(super) const BUCKET: &str = "side-by-side";

/// Who is there, and what they hold.
#[derive(Clone, Debug)]
pub(super) struct Cast {
    /// Puts the objects. Every right in S3 and KMS, and the client's keys.
    pub uploader: Client,
    /// Every right in the account.
    pub administrator: Client,
    /// May read the bucket; no rights in KMS.
    pub reader: Client,
    /// What the uploader brings under SSE-C.
    pub customer_key: Key,
}

/// What was put, and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    pub method: Method,
    pub text: String,
    /// The requests of each upload.
    pub uploads: Vec<Vec<Exchange>>,
    /// Why the first upload failed, if it did.
    pub refusal: Option<ClientError>,
    /// The data key that the client sealed the first object with, if it did.
    pub data_key: Option<Key>,
    /// How each object is read by who put it.
    pub downloads: Vec<Attempt>,
    pub administrator: Attempt,
    pub reader: Attempt,
    pub disk_holder: Attempt,
    pub key_holder: Attempt,
}

/// Someone's attempt to read.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt {
    pub reads: bool,
    /// How it ended, in a few words.
    pub ended: String,
    pub exchanges: Vec<Exchange>,
}

/// What is to be put.
#[derive(Clone, Copy, Debug)]
pub(super) struct Upload<'a> {
    pub method: Method,
    pub text: &'a str,
    pub objects: u8,
    /// None for the account's `aws/s3`.
    pub key_id: Option<&'a str>,
}

impl Trial {
    /// Puts the objects. Nobody has tried to read yet.
    pub fn put(
        cloud: &mut Cloud,
        cast: &Cast,
        upload: Upload<'_>,
        mut nonce: impl FnMut() -> Nonce,
    ) -> Self {
        let mut trial = Self {
            method: upload.method,
            text: upload.text.to_owned(),
            uploads: Vec::new(),
            refusal: None,
            data_key: None,
            downloads: Vec::new(),
            administrator: Attempt::default(),
            reader: Attempt::default(),
            disk_holder: Attempt::default(),
            key_holder: Attempt::default(),
        };
        for number in 0..upload.objects {
            let (result, exchanges) = put(cloud, cast, upload, number, nonce());
            if number == 0 {
                trial.refusal = result.err();
                trial.data_key = data_key_in(upload.method, &exchanges);
            }
            trial.uploads.push(exchanges);
        }
        trial
    }

    /// Lets everyone try to read.
    pub fn read(&mut self, cloud: &mut Cloud, cast: &Cast) {
        let numbers = 0..u8::try_from(self.uploads.len()).unwrap_or(u8::MAX);
        let brought = (self.method == Method::SseC).then_some(&cast.customer_key);
        self.downloads = numbers
            .map(|number| self.try_client(cloud, &cast.uploader, number, brought))
            .collect();
        self.administrator = self.try_client(cloud, &cast.administrator, 0, None);
        self.reader = self.try_client(cloud, &cast.reader, 0, None);
        self.key_holder = self.try_with_key(cloud, cast);
        self.disk_holder = self.try_disk(cloud);
    }

    /// What lies on the disk of the first object.
    pub fn on_disk<'a>(&self, cloud: &'a Cloud) -> Option<&'a Object> {
        let bucket = cloud.s3().bucket_on_disk(BUCKET)?;
        bucket.objects.get(&object_key(self.method, 0))
    }

    /// A client's attempt, with the key it brings; of an object that the client sealed, as the uploader reads it.
    fn try_client(
        &self,
        cloud: &mut Cloud,
        client: &Client,
        number: u8,
        brought: Option<&Key>,
    ) -> Attempt {
        let key = object_key(self.method, number);
        if self.method == Method::ClientSide {
            let got = client.get_encrypted_object(cloud, BUCKET, &key);
            return match got.result {
                Ok(text) => self.attempt(&text, got.exchanges),
                Err(error) => Attempt::failed(said(&error), got.exchanges),
            };
        }
        let got = client.get_object(cloud, BUCKET, &key, brought);
        match got.result {
            Ok(object) => self.attempt(&object.body, vec![got.exchange]),
            Err(error) => Attempt::failed(refused(&error), vec![got.exchange]),
        }
    }

    /// The reader's attempt with every key that the client holds.
    fn try_with_key(&self, cloud: &mut Cloud, cast: &Cast) -> Attempt {
        let Some(data_key) = self
            .data_key
            .as_ref()
            .filter(|_| self.method == Method::ClientSide)
        else {
            let with_key = self.try_client(cloud, &cast.reader, 0, Some(&cast.customer_key));
            if with_key.reads || self.method == Method::SseC {
                return with_key;
            }
            let without = self.try_client(cloud, &cast.reader, 0, None);
            let ended = match without.reads {
                true => "reads it without that key".to_owned(),
                false => format!(
                    "with the key {}; without it {}",
                    with_key.ended, without.ended
                ),
            };
            return Attempt {
                ended,
                exchanges: [with_key.exchanges, without.exchanges].concat(),
                ..without
            };
        };
        let got = cast
            .reader
            .get_object(cloud, BUCKET, &object_key(self.method, 0), None);
        match got.result {
            Ok(object) => match open_encrypted_object(&object, data_key) {
                Ok(text) => self.attempt(&text, vec![got.exchange]),
                Err(error) => Attempt::failed(said(&error), vec![got.exchange]),
            },
            Err(error) => Attempt::failed(refused(&error), vec![got.exchange]),
        }
    }

    /// Tries whatever lies on the disk as a key to what lies on the disk.
    fn try_disk(&self, cloud: &Cloud) -> Attempt {
        let Some(object) = self.on_disk(cloud) else {
            return Attempt::failed("finds nothing".to_owned(), Vec::new());
        };
        let text = self.text.as_bytes();
        if contains(&object.stored.bytes.0, text) {
            return Attempt {
                reads: true,
                ended: "finds the text as it was sent".to_owned(),
                exchanges: Vec::new(),
            };
        }
        let name = format!("arn:aws:s3:::{BUCKET}/{}", object_key(self.method, 0));
        let sealed = Sealed::from_bytes(&object.stored.bytes.0);
        let found = lying_there(object);
        let mut tried = 0;
        for bytes in found
            .iter()
            .flat_map(|found| found.windows(aead::KEY_BYTES))
        {
            tried += 1;
            let opened = Key::try_from(bytes)
                .ok()
                .zip(sealed.as_ref().ok())
                .and_then(|(key, sealed)| aead::open(&key, sealed, name.as_bytes()).ok());
            if opened.is_some_and(|opened| contains(&opened, text)) {
                return Attempt {
                    reads: true,
                    ended: "finds a key that opens it".to_owned(),
                    exchanges: Vec::new(),
                };
            }
        }
        let ended = format!("tries {tried} keys cut from what lies there, and none opens it");
        Attempt::failed(ended, Vec::new())
    }

    fn attempt(&self, got: &[u8], exchanges: Vec<Exchange>) -> Attempt {
        if got == self.text.as_bytes() {
            return Attempt {
                reads: true,
                ended: "reads it".to_owned(),
                exchanges,
            };
        }
        Attempt::failed("gets bytes that are not the text".to_owned(), exchanges)
    }
}

impl Attempt {
    fn failed(ended: String, exchanges: Vec<Exchange>) -> Self {
        Self {
            reads: false,
            ended,
            exchanges,
        }
    }
}

/// How a client-side call failed, in a few words.
pub(super) fn said(error: &ClientError) -> String {
    match error {
        ClientError::Service(error) => refused(error),
        other => other.to_string(),
    }
}

fn refused(error: &ServiceError) -> String {
    format!("refused: {} ({})", error.code, error.status)
}

fn put(
    cloud: &mut Cloud,
    cast: &Cast,
    upload: Upload<'_>,
    number: u8,
    nonce: Nonce,
) -> (Result<(), ClientError>, Vec<Exchange>) {
    let key = object_key(upload.method, number);
    let key_id = upload.key_id.map(str::to_owned);
    let sse_kms = |bucket_key| ServerSideEncryption::SseKms {
        key_id: key_id.clone(),
        context: EncryptionContext::default(),
        bucket_key,
    };
    let encryption = match upload.method {
        Method::SseS3 => ServerSideEncryption::SseS3,
        Method::SseKms => sse_kms(false),
        Method::SseKmsBucketKey => sse_kms(true),
        Method::DsseKms => ServerSideEncryption::DsseKms { key_id },
        Method::SseC => ServerSideEncryption::SseC(cast.customer_key.clone()),
        Method::ClientSide => {
            let put = cast.uploader.put_encrypted_object(
                cloud,
                BUCKET,
                &key,
                upload.text.as_bytes(),
                upload.key_id.unwrap_or("alias/aws/s3"),
                &EncryptionContext::from_iter([("object", key.clone())]),
                nonce,
            );
            return (put.result, put.exchanges);
        }
    };
    let none = BTreeMap::new();
    let body = upload.text.as_bytes();
    let put = cast
        .uploader
        .put_object(cloud, BUCKET, &key, body, &encryption, &none);
    (put.result.map_err(ClientError::from), vec![put.exchange])
}

fn object_key(method: Method, number: u8) -> String {
    format!("{}/letter-{}.txt", method.folder(), number + 1)
}

/// The plain data key in KMS's answer to the client, where the client asked KMS.
fn data_key_in(method: Method, exchanges: &[Exchange]) -> Option<Key> {
    let asked_kms = exchanges.first().filter(|_| method == Method::ClientSide);
    let answer = asked_kms?.json().ok()?;
    let Blob(plaintext) = Blob::from_base64(answer["Plaintext"].as_str()?)?;
    Key::try_from(plaintext.as_slice()).ok()
}

/// Everything on the disk that might be a key.
fn lying_there(object: &Object) -> Vec<Vec<u8>> {
    let kept = object.stored.keys.iter().flat_map(|kept| match kept {
        KeptKey::WrappedByS3(blob) | KeptKey::WrappedByBucketKey(blob) => vec![blob.0.clone()],
        KeptKey::WrappedByKms {
            ciphertext_blob, ..
        } => vec![ciphertext_blob.0.clone()],
        KeptKey::Check { salt, hmac } => vec![salt.0.clone(), hmac.0.clone()],
    });
    let metadata = object.metadata.values();
    let metadata = metadata.filter_map(|value| Some(Blob::from_base64(value)?.0));
    kept.chain(metadata).collect()
}

/// Whether the text is there. A text of a few bytes would be found in anything.
fn contains(bytes: &[u8], text: &[u8]) -> bool {
    const TELLING: usize = 8;
    let is_within = || bytes.windows(text.len()).any(|window| window == text);
    bytes == text || (text.len() >= TELLING && is_within())
}
