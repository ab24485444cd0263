//! One entry as it is stored: a key and a text.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::kept::Kept;
use super::log_store::Stored;
use crate::base::hex;
use crate::study::Entry;

/// An entry as stored. The key follows from the entry alone, so that to store it twice is to store it once, and two
/// entries of one name (a copied browser profile writes such) do not overwrite each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Device, count and a hash of the text.
    pub key: String,
    /// The entry as JSON.
    pub text: String,
}

/// A record that cannot be read. It is kept as it is: a later version, or a person, may make sense of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// Its key.
    pub key: String,
    /// Its text, or as much of it as is text.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

impl Record {
    /// The record of an entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let text = serde_json::to_string(entry).expect("an entry is always JSON");
        let key = key(entry, &text);
        Self { key, text }
    }

    /// The entry that is stored here.
    ///
    /// # Errors
    /// [`Aside`] where the text is no entry or is not the one that was stored under this key.
    pub fn read(&self) -> Result<Entry, Aside> {
        let aside = |why: String| Aside {
            key: self.key.clone(),
            text: self.text.clone(),
            why,
        };
        let entry: Entry =
            serde_json::from_str(&self.text).map_err(|error| aside(error.to_string()))?;
        if key(&entry, &self.text) != self.key {
            return Err(aside("the text was changed after it was stored".to_owned()));
        }
        Ok(entry)
    }
}

fn key(entry: &Entry, text: &str) -> String {
    let hash = hex(&Sha256::digest(text.as_bytes())[..4]);
    // Twenty digits hold every count, so that keys sort as counts do.
    format!("{}-{:020}-{hash}", entry.id.device, entry.id.counter)
}

/// Reads the records of a log and what is kept beside it, and keeps aside what cannot be read.
#[must_use]
pub fn read_stored(
    entries: impl IntoIterator<Item = Record>,
    kept: impl IntoIterator<Item = Record>,
) -> Stored {
    let mut aside = Vec::new();
    let mut whole = Stored::default();
    for record in entries {
        match record.read() {
            Ok(entry) => drop(whole.log.insert(entry)),
            Err(damaged) => aside.push(damaged),
        }
    }
    for record in kept {
        match Kept::read(&record.key, &record.text) {
            Ok(kept) => drop(whole.shelves.put(kept)),
            Err(damaged) => aside.push(damaged),
        }
    }
    Stored { aside, ..whole }
}
