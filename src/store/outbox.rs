//! Entries that could not be saved yet.

use super::log_store::Draft;
use crate::study::{DeviceId, Entry, EntryId, Log};

/// Entries that wait to be saved. Each gets its final name here, under a device of the outbox's own, so that it counts,
/// can be exported and can be tried again any number of times and still is one entry.
#[derive(Debug)]
pub struct Outbox {
    device: DeviceId,
    counter: u64,
    waiting: Log,
}

impl Outbox {
    /// An empty outbox that names entries after `device`, which nothing else does.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self {
            device,
            counter: 0,
            waiting: Log::default(),
        }
    }

    /// Takes what could not be saved, and names it.
    pub fn keep(&mut self, draft: Draft) -> Entry {
        self.counter += 1;
        let entry = draft.named(EntryId {
            device: self.device.clone(),
            counter: self.counter,
        });
        self.waiting.insert(entry.clone());
        entry
    }

    /// Takes what another outbox has named and could not save either.
    pub fn take(&mut self, unsaved: &Log) {
        self.waiting.merge(unsaved);
    }

    /// What waits.
    #[must_use]
    pub fn waiting(&self) -> &Log {
        &self.waiting
    }

    /// Whether everything is saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What `saved` holds waits no more. What was kept since the attempt began still does.
    pub fn saved(&mut self, saved: &Log) {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting = waiting
            .into_iter()
            .filter(|entry| !saved.contains(entry))
            .collect();
    }
}
