//! Encrypt, decrypt, and both at once.

use serde_json::{Value, json};

use super::blob::CiphertextBlob;
use super::context::EncryptionContext;
use super::key::{KmsKey, SYMMETRIC_DEFAULT};
use super::parameters::{Bounds, Parameters};
use super::resolve::{Accepts, authorize, authorized_key, context_of, encrypting_key, resolve};
use crate::base::Blob;
use crate::cloud::authorization::access_denied;
use crate::cloud::call::Call;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::Context;

/// Bytes of a plaintext that `Encrypt` takes.
const PLAINTEXT: Bounds = Bounds(1, 4096);
const CIPHERTEXT: Bounds = Bounds(1, 6144);
const ALGORITHMS: &[&str] = &[
    SYMMETRIC_DEFAULT,
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "SM2PKE",
];

pub(super) fn encrypt(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    let plaintext = parameters.required("Plaintext", |p, name| p.blob(name, PLAINTEXT))?;
    let context = parameters.encryption_context("EncryptionContext")?;
    let algorithm = parameters.one_of("EncryptionAlgorithm", ALGORITHMS)?;
    let is_dry_run = parameters.flag("DryRun")?;
    parameters.check()?;
    parameters.grant_tokens()?;

    let key = encrypting_key(cloud, call, &key_id, "kms:Encrypt", context_of(&context))?;
    check_algorithm(algorithm.as_deref(), key)?;
    end_dry_run(is_dry_run)?;
    let key = key.clone();
    let blob = CiphertextBlob::seal(&key.current, &mut cloud.entropy, &plaintext, &context);
    Ok(Some(json!({
        "CiphertextBlob": Blob(blob.to_bytes()),
        "KeyId": key.arn,
        "EncryptionAlgorithm": SYMMETRIC_DEFAULT,
    })))
}

pub(super) fn decrypt(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let ciphertext = parameters.required("CiphertextBlob", |p, name| p.blob(name, CIPHERTEXT))?;
    let context = parameters.encryption_context("EncryptionContext")?;
    let key_id = parameters.optional_key_id("KeyId")?;
    let algorithm = parameters.one_of("EncryptionAlgorithm", ALGORITHMS)?;
    let is_dry_run = parameters.flag("DryRun")?;
    parameters.check()?;
    parameters.refuse(&["Recipient", "DryRunModifiers"])?;
    parameters.grant_tokens()?;

    let source = Source {
        ciphertext: &ciphertext,
        key_id: key_id.as_deref(),
        algorithm: algorithm.as_deref(),
        context: &context,
    };
    let opened = open(cloud, call, &source, "kms:Decrypt", context_of(&context))?;
    end_dry_run(is_dry_run)?;
    Ok(Some(json!({
        "KeyId": opened.key.arn,
        "Plaintext": Blob(opened.plaintext),
        "EncryptionAlgorithm": SYMMETRIC_DEFAULT,
        "KeyMaterialId": opened.key_material_id,
    })))
}

pub(super) fn re_encrypt(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let ciphertext = parameters.required("CiphertextBlob", |p, name| p.blob(name, CIPHERTEXT))?;
    let source_context = parameters.encryption_context("SourceEncryptionContext")?;
    let source_key_id = parameters.optional_key_id("SourceKeyId")?;
    let source_algorithm = parameters.one_of("SourceEncryptionAlgorithm", ALGORITHMS)?;
    let key_id = parameters.key_id("DestinationKeyId")?;
    let context = parameters.encryption_context("DestinationEncryptionContext")?;
    let algorithm = parameters.one_of("DestinationEncryptionAlgorithm", ALGORITHMS)?;
    let is_dry_run = parameters.flag("DryRun")?;
    parameters.check()?;
    parameters.refuse(&["DryRunModifiers"])?;
    parameters.grant_tokens()?;

    let source = Source {
        ciphertext: &ciphertext,
        key_id: source_key_id.as_deref(),
        algorithm: source_algorithm.as_deref(),
        context: &source_context,
    };
    let is_same = is_same_key(cloud, call, &source, &key_id).to_string();
    let from = context_of(&source_context).with("kms:ReEncryptOnSameKey", &is_same);
    let opened = open(cloud, call, &source, "kms:ReEncryptFrom", from)?;
    let (source_key, source_material) = (opened.key.arn.clone(), opened.key_material_id);
    let plaintext = opened.plaintext;

    let to = context_of(&context).with("kms:ReEncryptOnSameKey", is_same);
    let key = encrypting_key(cloud, call, &key_id, "kms:ReEncryptTo", to)?;
    check_algorithm(algorithm.as_deref(), key)?;
    end_dry_run(is_dry_run)?;
    let key = key.clone();
    let blob = CiphertextBlob::seal(&key.current, &mut cloud.entropy, &plaintext, &context);
    Ok(Some(json!({
        "CiphertextBlob": Blob(blob.to_bytes()),
        "SourceKeyId": source_key,
        "KeyId": key.arn,
        "SourceEncryptionAlgorithm": SYMMETRIC_DEFAULT,
        "DestinationEncryptionAlgorithm": SYMMETRIC_DEFAULT,
        "SourceKeyMaterialId": source_material,
        "DestinationKeyMaterialId": key.current.id.to_string(),
    })))
}

/// Ends a dry run, where the request would have succeeded.
pub(super) fn end_dry_run(is_dry_run: bool) -> Result<(), ServiceError> {
    if is_dry_run {
        return Err(ServiceError::bad_request(
            "DryRunOperationException",
            "The request would have succeeded, but the DryRun option is set.",
        ));
    }
    Ok(())
}

/// A ciphertext and what the request says of it.
struct Source<'a> {
    ciphertext: &'a [u8],
    key_id: Option<&'a str>,
    algorithm: Option<&'a str>,
    context: &'a EncryptionContext,
}

struct Opened<'a> {
    key: &'a KmsKey,
    key_material_id: String,
    plaintext: Vec<u8>,
}

/// Finds the key that encrypted, unless the request names one, proves the right to it, and decrypts.
fn open<'a>(
    cloud: &'a Cloud,
    call: &mut Call,
    source: &Source<'_>,
    action: &str,
    context: Context,
) -> Result<Opened<'a>, ServiceError> {
    let blob = CiphertextBlob::from_bytes(source.ciphertext);
    let key = match source.key_id {
        Some(key_id) => authorized_key(cloud, call, key_id, Accepts::AnyName, action, context)?,
        None => {
            let blob = blob.as_ref().ok_or_else(invalid_ciphertext)?;
            let key = key_of(cloud, call, blob)?;
            authorize(cloud, call, key, action, context)?;
            key
        }
    };
    key.check_usable()?;
    check_algorithm(source.algorithm, key)?;
    let blob = blob.ok_or_else(invalid_ciphertext)?;
    let id = blob.key_material_id;
    let Some(backing) = key.backing_key(&id) else {
        return Err(if is_known_material(cloud, &blob) {
            incorrect_key()
        } else {
            invalid_ciphertext()
        });
    };
    let plaintext = blob
        .open(backing, source.context)
        .map_err(|_| invalid_ciphertext())?;
    Ok(Opened {
        key,
        key_material_id: id.to_string(),
        plaintext,
    })
}

/// The key whose material a blob names.
fn key_of<'a>(
    cloud: &'a Cloud,
    call: &Call,
    blob: &CiphertextBlob,
) -> Result<&'a KmsKey, ServiceError> {
    let id = &blob.key_material_id;
    let is_here = |key: &&KmsKey| key.arn.region == call.region && key.backing_key(id).is_some();
    match cloud.kms.keys.values().find(is_here) {
        Some(key) => Ok(key),
        None if is_known_material(cloud, blob) => Err(access_denied(
            "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you \
             are not allowed to access.",
        )),
        None => Err(invalid_ciphertext()),
    }
}

/// Whether a key here, in another Region, or one that was deleted has the material that a blob names.
fn is_known_material(cloud: &Cloud, blob: &CiphertextBlob) -> bool {
    let id = &blob.key_material_id;
    let mut keys = cloud.kms.keys.values();
    cloud.kms.deleted.contains(id) || keys.any(|key| key.backing_key(id).is_some())
}

fn is_same_key(cloud: &Cloud, call: &Call, source: &Source<'_>, destination: &str) -> bool {
    let blob = CiphertextBlob::from_bytes(source.ciphertext);
    let source = blob.and_then(|blob| key_of(cloud, call, &blob).ok());
    let destination = resolve(&cloud.kms, call, destination, Accepts::AnyName).ok();
    source
        .zip(destination)
        .is_some_and(|(source, destination)| source.arn == destination.arn)
}

fn check_algorithm(algorithm: Option<&str>, key: &KmsKey) -> Result<(), ServiceError> {
    match algorithm {
        None | Some(SYMMETRIC_DEFAULT) => Ok(()),
        Some(other) => Err(ServiceError::bad_request(
            "InvalidKeyUsageException",
            format!(
                "Algorithm {other} is incompatible with key spec {SYMMETRIC_DEFAULT} of {}.",
                key.arn
            ),
        )),
    }
}

/// AWS says nothing more, so that nobody learns what was wrong.
fn invalid_ciphertext() -> ServiceError {
    ServiceError::bad_request("InvalidCiphertextException", "")
}

fn incorrect_key() -> ServiceError {
    ServiceError::bad_request(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.",
    )
}
