//! The twin in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::log_store::{Draft, LogStore, StoreError, Stored};
use super::record::{Record, read_records};
use crate::study::{DeviceId, Entry, EntryId};

/// A log that lives as long as its owner: for tests, and for browsers that offer no storage. It can be told to fail.
#[derive(Debug)]
pub struct MemoryLogStore {
    device: DeviceId,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    records: BTreeMap<String, String>,
    counter: u64,
    failure: Option<StoreError>,
}

impl MemoryLogStore {
    /// An empty log of the device.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self {
            device,
            state: RefCell::default(),
        }
    }

    /// Refuses every write with this error from now on; with none it writes again.
    pub fn fail_with(&self, failure: Option<StoreError>) {
        self.state.borrow_mut().failure = failure;
    }

    /// Puts a record in as it is, whole or damaged.
    pub fn put(&self, record: Record) {
        self.state
            .borrow_mut()
            .records
            .insert(record.key, record.text);
    }
}

impl State {
    fn check(&self) -> Result<(), StoreError> {
        self.failure.clone().map_or(Ok(()), Err)
    }
}

impl LogStore for MemoryLogStore {
    async fn append(&self, draft: Draft) -> Result<Entry, StoreError> {
        let mut state = self.state.borrow_mut();
        state.check()?;
        state.counter += 1;
        let entry = draft.named(EntryId {
            device: self.device.clone(),
            counter: state.counter,
        });
        let record = Record::of(&entry);
        state.records.insert(record.key, record.text);
        Ok(entry)
    }

    async fn merge(&self, stored: &Stored) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        state.check()?;
        for record in stored.records() {
            state.records.entry(record.key).or_insert(record.text);
        }
        Ok(())
    }

    async fn read(&self) -> Result<Stored, StoreError> {
        let state = self.state.borrow();
        let records = state.records.iter().map(|(key, text)| Record {
            key: key.clone(),
            text: text.clone(),
        });
        Ok(read_records(records))
    }
}
