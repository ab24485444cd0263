//! A cloud as bytes that outlive it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Cloud;
use crate::base::hex;
use crate::crypto::hash::sha256;

const FORMAT: &str = "cipherdeck cloud";
const VERSION: u32 = 1;

/// What is written: the state, and a digest of it by which damage is seen.
#[derive(Serialize, Deserialize)]
struct Saved {
    format: String,
    version: u32,
    sha256: String,
    cloud: Box<RawValue>,
}

impl Cloud {
    /// The whole state as JSON text, keys and all.
    #[must_use]
    pub fn save(&self) -> String {
        let state = serde_json::to_string(self).expect("a cloud is plain data with text keys");
        let saved = Saved {
            format: FORMAT.to_owned(),
            version: VERSION,
            sha256: hex(&sha256(state.as_bytes())),
            cloud: RawValue::from_string(state).expect("it was just written as JSON"),
        };
        serde_json::to_string(&saved).expect("text, a number and JSON")
    }

    /// Reads what [`Cloud::save`] wrote.
    ///
    /// # Errors
    /// [`LoadError`] where it is something else, of another version, or damaged.
    pub fn load(saved: &str) -> Result<Self, LoadError> {
        let saved: Saved = serde_json::from_str(saved).map_err(|_| LoadError::NotACloud)?;
        if saved.format != FORMAT {
            return Err(LoadError::NotACloud);
        }
        if saved.version != VERSION {
            return Err(LoadError::Version(saved.version));
        }
        let state = saved.cloud.get();
        if saved.sha256 != hex(&sha256(state.as_bytes())) {
            return Err(LoadError::Damaged);
        }
        serde_json::from_str(state).map_err(|_| LoadError::Damaged)
    }
}

/// Why a saved cloud cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It was never one.
    #[error("this is no saved cloud")]
    NotACloud,
    /// A later or earlier program wrote it.
    #[error("this cloud was saved in version {0} of the format, not in version {VERSION}")]
    Version(u32),
    /// It is not what was written.
    #[error("this saved cloud is damaged")]
    Damaged,
}
