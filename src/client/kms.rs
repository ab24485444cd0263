//! The calls of KMS that applications make most, typed.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, Client};
use crate::base::Blob;
use crate::cloud::Cloud;
use crate::cloud::kms::EncryptionContext;

/// What `GenerateDataKey` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DataKey {
    /// To encrypt with, then to forget.
    pub plaintext: Blob,
    /// The same key, encrypted under the KMS key; to keep beside the data.
    pub ciphertext_blob: Blob,
    /// The ARN of the KMS key.
    pub key_id: String,
    /// Which of its material encrypted the data key.
    pub key_material_id: String,
}

/// What `Encrypt` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Ciphertext {
    /// Header, nonce, ciphertext and tag.
    pub ciphertext_blob: Blob,
    /// The ARN of the KMS key.
    pub key_id: String,
}

/// What `Decrypt` answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Decrypted {
    /// What was encrypted.
    pub plaintext: Blob,
    /// The ARN of the KMS key that it was encrypted under.
    pub key_id: String,
    /// Which of its material it was.
    pub key_material_id: String,
}

/// What `CreateKey` answers, as far as applications ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// A UUID.
    pub key_id: String,
    /// The key's ARN.
    pub arn: String,
    /// Such as `Enabled`.
    pub key_state: String,
    /// Names the material it encrypts with now.
    pub current_key_material_id: String,
}

impl Client {
    /// Makes a symmetric KMS key, with a policy of its own or the default one.
    pub fn create_key(
        &self,
        cloud: &mut Cloud,
        description: &str,
        policy: Option<&str>,
    ) -> Answer<KeyMetadata> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Created {
            key_metadata: KeyMetadata,
        }
        let body = json!({"Description": description, "Policy": policy});
        let answer = self.kms(cloud, "CreateKey", &body).into_answer::<Created>();
        Answer {
            result: answer.result.map(|created| created.key_metadata),
            exchange: answer.exchange,
        }
    }

    /// Has a 256-bit data key made under `key_id`, a key id, alias or ARN.
    pub fn generate_data_key(
        &self,
        cloud: &mut Cloud,
        key_id: &str,
        context: &EncryptionContext,
    ) -> Answer<DataKey> {
        let body = json!({"KeyId": key_id, "KeySpec": "AES_256", "EncryptionContext": context});
        self.kms(cloud, "GenerateDataKey", &body).into_answer()
    }

    /// Has up to 4,096 bytes encrypted.
    pub fn encrypt(
        &self,
        cloud: &mut Cloud,
        key_id: &str,
        plaintext: &[u8],
        context: &EncryptionContext,
    ) -> Answer<Ciphertext> {
        let plaintext = Blob(plaintext.to_vec());
        let body = json!({"KeyId": key_id, "Plaintext": plaintext, "EncryptionContext": context});
        self.kms(cloud, "Encrypt", &body).into_answer()
    }

    /// Has a ciphertext blob decrypted under the key that it names.
    pub fn decrypt(
        &self,
        cloud: &mut Cloud,
        ciphertext_blob: &Blob,
        context: &EncryptionContext,
    ) -> Answer<Decrypted> {
        let body = json!({"CiphertextBlob": ciphertext_blob, "EncryptionContext": context});
        self.kms(cloud, "Decrypt", &body).into_answer()
    }
}
