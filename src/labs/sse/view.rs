//! What there is to see of the lab.

use serde::{Deserialize, Serialize};

use super::{KeyChoice, Method};
use crate::labs::bench::{Call, Chip};

/// The lab as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What is put.
    pub text: String,
    /// How many objects in each way.
    pub objects: u8,
    /// Which KMS key the modes that use KMS use.
    pub key: KeyChoice,
    /// What came of the last step, in a sentence.
    pub said: String,
    /// The last request that was no upload or download, such as `DisableKey`.
    pub call: Option<Call>,
    /// One way each; empty before anything was put.
    pub columns: Vec<Column>,
}

/// One way to put an object, and what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The way.
    pub method: Method,
    /// One answer to each question, in the order of [`Question::ALL`].
    pub cells: Vec<Cell>,
    /// The requests behind the answers.
    pub calls: Vec<Call>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Which.
    pub question: Question,
    /// The answer, a line each.
    pub lines: Vec<String>,
    /// Whether who tried could read.
    pub verdict: Option<Verdict>,
    /// Bytes that lie on the disk.
    pub chips: Vec<Chip>,
    /// The requests behind it, as places in [`Column::calls`].
    pub calls: Vec<usize>,
}

/// What is asked of every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Which headers ask for it.
    Asked,
    /// Who made the keys.
    Made,
    /// Who keeps them, and in which form.
    Kept,
    /// Who encrypted the bytes.
    Used,
    /// What KMS was asked.
    Kms,
    /// What lies on the disk.
    Disk,
    /// Whether who put it can read it.
    Uploader,
    /// Whether the account's administrator can, who has every right and not the client's key.
    Administrator,
    /// Whether a role can that may read the bucket and has no rights in KMS.
    Reader,
    /// Whether someone can who holds the disk.
    DiskHolder,
    /// Whether someone can who may read the bucket and holds the client's key.
    KeyHolder,
}

impl Question {
    /// Every question, in the order in which they are answered.
    pub const ALL: [Self; 11] = [
        Self::Asked,
        Self::Made,
        Self::Kept,
        Self::Used,
        Self::Kms,
        Self::Disk,
        Self::Uploader,
        Self::Administrator,
        Self::Reader,
        Self::DiskHolder,
        Self::KeyHolder,
    ];

    /// The question in a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Asked => "Asked for by",
            Self::Made => "Keys made by",
            Self::Kept => "Keys kept by",
            Self::Used => "Bytes encrypted by",
            Self::Kms => "KMS was asked",
            Self::Disk => "On the disk",
            Self::Uploader => "Who put it",
            Self::Administrator => "Administrator, without the client's key",
            Self::Reader => "Role that may read S3, not KMS",
            Self::DiskHolder => "Someone with the disk",
            Self::KeyHolder => "The same role, with the client's key",
        }
    }
}

/// Whether who tried could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The text came out.
    Reads,
    /// It did not.
    Cannot,
}
