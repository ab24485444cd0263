//! What the bench offers to do with one press. The page hands it back as it is and need not read it.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::mistake::Mistake;
use super::paper::Paper;

/// Something that the bench offers, as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deed(String);

/// What a deed does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    /// Clear the bench and lay down a request on which this mistake shows.
    SetOutExample(Mistake),
    /// Write one text.
    Write(Field, String),
    /// Lay one more paper down.
    Lay(Paper),
    /// Ask for one more resource in the same request.
    AddResource,
    /// Give the context one more key, with this value.
    AddKey(String, String),
    /// Have a key of the context hold these values, one a line, or not be there.
    SetKey(String, Option<String>),
    /// Take away the resource, key or paper that this text belongs to.
    Remove(Field),
}

impl From<Change> for Deed {
    fn from(change: Change) -> Self {
        Self(serde_json::to_string(&change).expect("a change is plain data"))
    }
}

impl Deed {
    /// Nothing where another build wrote it.
    pub(super) fn change(&self) -> Option<Change> {
        serde_json::from_str(&self.0).ok()
    }
}
