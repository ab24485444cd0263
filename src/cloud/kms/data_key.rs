//! Data keys, which KMS makes and does not keep, and plain random bytes.

use serde_json::{Value, json};

use super::blob::CiphertextBlob;
use super::cryptography::end_dry_run;
use super::parameters::{Bounds, Parameters, validation};
use super::resolve::{context_of, encrypting_key, with_call_context};
use crate::base::Blob;
use crate::cloud::authorization::{self, Check};
use crate::cloud::call::Call;
use crate::cloud::{Cloud, ServiceError};
use crate::policy::Context;

const NUMBER_OF_BYTES: Bounds = Bounds(1, 1024);

pub(super) fn generate_data_key(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let made = make(cloud, call, parameters, "kms:GenerateDataKey")?;
    Ok(Some(json!({
        "CiphertextBlob": made.ciphertext,
        "Plaintext": made.plaintext,
        "KeyId": made.key_id,
        "KeyMaterialId": made.key_material_id,
    })))
}

pub(super) fn generate_data_key_without_plaintext(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let action = "kms:GenerateDataKeyWithoutPlaintext";
    let made = make(cloud, call, parameters, action)?;
    Ok(Some(json!({
        "CiphertextBlob": made.ciphertext,
        "KeyId": made.key_id,
        "KeyMaterialId": made.key_material_id,
    })))
}

pub(super) fn generate_random(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
) -> Result<Option<Value>, ServiceError> {
    let count = parameters.number("NumberOfBytes", NUMBER_OF_BYTES)?;
    parameters.check()?;
    parameters.refuse(&["CustomKeyStoreId", "Recipient"])?;
    let count =
        count.ok_or_else(|| validation("Please specify either number of bytes or recipient."))?;
    let check = Check {
        context: with_call_context(call, Context::new()),
        ..Check::new("kms:GenerateRandom", "*")
    };
    authorization::authorize(cloud, call, check)?;
    Ok(Some(json!({"Plaintext": Blob(draw(cloud, count))})))
}

struct Made {
    plaintext: Blob,
    ciphertext: Blob,
    key_id: String,
    key_material_id: String,
}

fn make(
    cloud: &mut Cloud,
    call: &mut Call,
    parameters: &mut Parameters,
    action: &str,
) -> Result<Made, ServiceError> {
    let key_id = parameters.key_id("KeyId")?;
    let context = parameters.encryption_context("EncryptionContext")?;
    let key_spec = parameters.one_of("KeySpec", &["AES_256", "AES_128"])?;
    let number_of_bytes = parameters.number("NumberOfBytes", NUMBER_OF_BYTES)?;
    let is_dry_run = parameters.flag("DryRun")?;
    parameters.check()?;
    parameters.refuse(&["Recipient"])?;
    parameters.grant_tokens()?;
    let count = match (key_spec.as_deref(), number_of_bytes) {
        (Some("AES_128"), None) => 16,
        (Some(_), None) => 32,
        (None, Some(count)) => count,
        (None, None) | (Some(_), Some(_)) => {
            return Err(validation(
                "Please specify either number of bytes or key spec.",
            ));
        }
    };

    let key = encrypting_key(cloud, call, &key_id, action, context_of(&context))?;
    end_dry_run(is_dry_run)?;
    let key = key.clone();
    let plaintext = draw(cloud, count);
    let blob = CiphertextBlob::seal(&key.current, &mut cloud.entropy, &plaintext, &context);
    Ok(Made {
        plaintext: Blob(plaintext),
        ciphertext: Blob(blob.to_bytes()),
        key_id: key.arn.to_string(),
        key_material_id: key.current.id.to_string(),
    })
}

fn draw(cloud: &mut Cloud, count: u64) -> Vec<u8> {
    let count = usize::try_from(count).expect("1,024 bytes at most");
    cloud.entropy.draw(count)
}
