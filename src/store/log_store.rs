//! What a place must do to hold the review log and what is kept beside it.

use serde::{Deserialize, Serialize};

use super::kept::{Kept, Shelves};
use super::record::{Aside, Record};
use crate::base::Timestamp;
use crate::course::{CardId, ContentHash};
use crate::study::{Entry, EntryId, EntryKind, Log, UtcOffset};

/// A place that holds the review log, to which it only ever adds, and beside it what is kept and replaced.
///
/// Every promise is about the moment in which the future is ready: what was acknowledged is there, also when the power
/// fails a moment later; what was refused is not.
#[expect(
    async_fn_in_trait,
    reason = "the page has one thread, so its futures need not be sent to another"
)]
pub trait LogStore {
    /// Adds one entry under the device's next number, which is drawn in the same transaction: two tabs never draw one
    /// number.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    async fn append(&self, draft: Draft) -> Result<Entry, StoreError>;

    /// Puts a thing in the place of its earlier state, and gives it as it is kept: later than the one before.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    async fn keep(&self, kept: Kept) -> Result<Kept, StoreError>;

    /// Adds entries that have their names already, and what is kept where it is later, all or none; what is there
    /// already changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    async fn merge(&self, stored: &Stored) -> Result<(), StoreError>;

    /// What is kept beside the log.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    async fn shelves(&self) -> Result<Shelves, StoreError> {
        Ok(self.read().await?.shelves)
    }

    /// How many records the log has. It only grows, so this names what it says.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    async fn length(&self) -> Result<usize, StoreError>;

    /// Everything that is there.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    async fn read(&self) -> Result<Stored, StoreError>;
}

/// A log store with room for what is derived from the log, so that it need not be derived at every start. It is no part of an
/// export, and may be lost.
#[expect(
    async_fn_in_trait,
    reason = "as for the log store: nothing is sent to another thread"
)]
pub trait DerivedStore: LogStore {
    /// What was put here last, if anything was.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    async fn derived(&self) -> Result<Option<Vec<u8>>, StoreError>;

    /// Puts this in the place of what was here.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    async fn put_derived(&self, bytes: Vec<u8>) -> Result<(), StoreError>;
}

/// An entry that has no name yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// When, by the device's clock.
    pub at: Timestamp,
    /// The device's local time then.
    pub utc_offset: UtcOffset,
    /// Which card.
    pub card: CardId,
    /// What the question said then.
    pub content_hash: ContentHash,
    /// What was done.
    pub kind: EntryKind,
}

impl Draft {
    /// The entry of this name.
    #[must_use]
    pub fn named(self, id: EntryId) -> Entry {
        Entry {
            id,
            at: self.at,
            utc_offset: self.utc_offset,
            card: self.card,
            content_hash: self.content_hash,
            kind: self.kind,
        }
    }
}

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The entries that could be read.
    pub log: Log,
    /// What is kept beside them.
    pub shelves: Shelves,
    /// The records that could not be read, each as it is.
    pub aside: Vec<Aside>,
}

impl Stored {
    /// The log as records, with the unreadable ones as they are.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let aside = self.aside.iter().map(|aside| Record {
            key: aside.key.clone(),
            text: aside.text.clone(),
        });
        self.log.iter().map(Record::of).chain(aside)
    }

    /// Takes in everything of another.
    pub fn merge(&mut self, other: &Self) {
        self.log.merge(&other.log);
        self.shelves.merge(&other.shelves);
        self.aside.extend(other.aside.iter().cloned());
        self.aside.sort();
        self.aside.dedup_by(|a, b| a.key == b.key);
    }
}

impl From<Log> for Stored {
    fn from(log: Log) -> Self {
        Self {
            log,
            ..Self::default()
        }
    }
}

/// Why a store did not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the browser has no room left for this site")]
    Full,
    /// There is no store: the browser forbids it, or an open tab holds it at another version.
    #[error("the browser offers no storage here: {0}")]
    Unavailable(String),
    /// Anything else that went wrong, in the browser's words.
    #[error("the browser could not save: {0}")]
    Failed(String),
}
