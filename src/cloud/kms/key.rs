//! KMS keys, their material and their states.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::parameters::epoch;
use crate::base::{Arn, Timestamp, hex};
use crate::cloud::ServiceError;
use crate::cloud::trail::EventResource;
use crate::crypto::aead::Key;
use crate::crypto::hash::hmac_sha256;
use crate::policy::{CompiledPolicy, KeyManager};

/// A symmetric KMS key (the old word is customer master key). It never leaves KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KmsKey {
    /// `arn:aws:kms:region:account:key/id`.
    pub arn: Arn,
    /// When it was made.
    pub created: Timestamp,
    /// Free text.
    pub description: String,
    /// What can be done with it now.
    pub state: KeyState,
    /// The service it is made for, where AWS manages it.
    pub managed_for: Option<String>,
    /// The key policy as it was put.
    pub policy: CompiledPolicy,
    /// Tags by key.
    pub tags: BTreeMap<String, String>,
    pub(super) current: BackingKey,
    /// What it encrypted with before, for decrypting.
    pub(super) earlier: Vec<BackingKey>,
}

impl KmsKey {
    /// The part of the ARN behind `key/`.
    #[must_use]
    pub fn id(&self) -> &str {
        let resource = &self.arn.resource;
        resource.strip_prefix("key/").unwrap_or(resource)
    }

    pub(super) fn manager(&self) -> KeyManager {
        match self.managed_for {
            Some(_) => KeyManager::Aws,
            None => KeyManager::Customer,
        }
    }

    pub(super) fn backing_key(&self, id: &KeyMaterialId) -> Option<&BackingKey> {
        let mut all = std::iter::once(&self.current).chain(&self.earlier);
        all.find(|backing| backing.id == *id)
    }

    pub(super) fn material_ids(&self) -> impl Iterator<Item = KeyMaterialId> + '_ {
        let all = std::iter::once(&self.current).chain(&self.earlier);
        all.map(|backing| backing.id)
    }

    /// Refuses where the key cannot be used for cryptography.
    pub(super) fn check_usable(&self) -> Result<(), ServiceError> {
        match self.state {
            KeyState::Enabled => Ok(()),
            KeyState::Disabled => Err(ServiceError::bad_request(
                "DisabledException",
                format!("{} is disabled.", self.arn),
            )),
            KeyState::PendingDeletion { .. } => Err(self.is_pending_deletion()),
        }
    }

    /// Refuses where the key waits for its deletion.
    pub(super) fn check_not_pending_deletion(&self) -> Result<(), ServiceError> {
        match self.state {
            KeyState::PendingDeletion { .. } => Err(self.is_pending_deletion()),
            KeyState::Enabled | KeyState::Disabled => Ok(()),
        }
    }

    /// AWS documents both `DisabledException` and this for cryptographic operations; this names the cause.
    fn is_pending_deletion(&self) -> ServiceError {
        invalid_state(format!("{} is pending deletion.", self.arn))
    }

    pub(in crate::cloud) fn as_event_resource(&self) -> EventResource {
        EventResource {
            account_id: self.arn.account.clone(),
            kind: "AWS::KMS::Key".to_owned(),
            arn: self.arn.to_string(),
        }
    }

    /// `KeyMetadata`, as `DescribeKey` answers it.
    pub(super) fn metadata(&self) -> Value {
        let mut metadata = json!({
            "AWSAccountId": self.arn.account,
            "KeyId": self.id(),
            "Arn": self.arn,
            "CreationDate": epoch(self.created),
            "Enabled": self.state == KeyState::Enabled,
            "Description": self.description,
            "KeyUsage": "ENCRYPT_DECRYPT",
            "KeyState": self.state.name(),
            "Origin": "AWS_KMS",
            "KeyManager": if self.managed_for.is_some() { "AWS" } else { "CUSTOMER" },
            "CustomerMasterKeySpec": SYMMETRIC_DEFAULT,
            "KeySpec": SYMMETRIC_DEFAULT,
            "EncryptionAlgorithms": [SYMMETRIC_DEFAULT],
            "MultiRegion": false,
            "CurrentKeyMaterialId": self.current.id.to_string(),
        });
        if let Some(date) = self.state.deletion_date() {
            metadata["DeletionDate"] = epoch(date);
        }
        metadata
    }
}

/// The one key spec there is yet, and the name of its algorithm.
pub(super) const SYMMETRIC_DEFAULT: &str = "SYMMETRIC_DEFAULT";

pub(super) fn invalid_state(message: String) -> ServiceError {
    ServiceError::bad_request("KMSInvalidStateException", message)
}

/// What can be done with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyState {
    /// Everything.
    Enabled,
    /// No cryptography.
    Disabled,
    /// Nothing but looking at it, until it is deleted or the deletion is cancelled.
    PendingDeletion {
        /// When it is deleted.
        deletion_date: Timestamp,
    },
}

impl KeyState {
    /// As `KeyMetadata` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::PendingDeletion { .. } => "PendingDeletion",
        }
    }

    pub(super) fn deletion_date(self) -> Option<Timestamp> {
        match self {
            Self::PendingDeletion { deletion_date } => Some(deletion_date),
            Self::Enabled | Self::Disabled => None,
        }
    }
}

/// The bytes behind a KMS key. Rotation gives a key a new one and keeps the old.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct BackingKey {
    pub id: KeyMaterialId,
    pub material: Key,
}

impl BackingKey {
    /// Material for the key `arn`, named so that the same bytes under another key have another name.
    pub fn new(arn: &Arn, material: Key) -> Self {
        let name = hmac_sha256(material.as_bytes(), arn.to_string().as_bytes());
        Self {
            id: KeyMaterialId(name),
            material,
        }
    }
}

/// Names a key's material: 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyMaterialId(pub(super) [u8; 32]);

impl fmt::Display for KeyMaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyMaterialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyMaterialId({self})")
    }
}

impl From<KeyMaterialId> for String {
    fn from(id: KeyMaterialId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for KeyMaterialId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = crate::base::parse_hex(&text).ok();
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or("expected 64 hexadecimal digits")
    }
}
