//! The twin in memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::kept::Kept;
use super::log_store::{DerivedStore, Draft, LogStore, StoreError, Stored};
use super::record::{Record, read_stored};
use crate::study::{DeviceId, Entry, EntryId};

/// What a browser has on its disk: one for all tabs. It can be told to fail between any two writes.
#[derive(Debug, Default)]
pub struct MemoryDisk {
    durable: RefCell<Durable>,
    fault: RefCell<Option<(u32, Fault)>>,
    crashes: Cell<u32>,
}

/// What goes wrong with a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It refuses to write, once.
    Refusal(StoreError),
    /// The power fails: no tab that is open hears anything any more, and what was not written through is gone.
    Crash,
}

#[derive(Clone, Debug, Default)]
struct Durable {
    device: Option<DeviceId>,
    counter: u64,
    entries: BTreeMap<String, String>,
    kept: BTreeMap<String, String>,
    derived: Option<Vec<u8>>,
}

impl MemoryDisk {
    /// Lets `fault` happen before the write after so many others. The last step of a transaction writes it through, and
    /// the one behind it acknowledges it: a crash there leaves what was written, and nobody knows.
    pub fn fail_after(&self, writes: u32, fault: Fault) {
        *self.fault.borrow_mut() = Some((writes, fault));
    }

    /// How often the power failed.
    pub fn crashes(&self) -> u32 {
        self.crashes.get()
    }

    /// One step of a transaction.
    fn step(&self) -> Result<(), StoreError> {
        let mut fault = self.fault.borrow_mut();
        match fault.take() {
            None => Ok(()),
            Some((0, Fault::Refusal(error))) => Err(error),
            Some((0, Fault::Crash)) => {
                self.crashes.set(self.crashes.get() + 1);
                Err(gone())
            }
            Some((writes, pending)) => {
                *fault = Some((writes - 1, pending));
                Ok(())
            }
        }
    }

    /// All or nothing: `act` writes into a copy, which becomes the disk when it is done.
    fn transaction<T>(
        &self,
        act: impl FnOnce(&mut Writer<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = Writer {
            disk: self,
            durable: self.durable.borrow().clone(),
        };
        let value = act(&mut writer)?;
        self.step()?;
        *self.durable.borrow_mut() = writer.durable;
        // A refusal comes before the disk has it, or not at all.
        let is_crash = matches!(*self.fault.borrow(), Some((_, Fault::Crash)));
        if is_crash {
            self.step()?;
        }
        Ok(value)
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable("the power failed".to_owned())
}

struct Writer<'a> {
    disk: &'a MemoryDisk,
    durable: Durable,
}

impl Writer<'_> {
    fn write(&mut self, change: impl FnOnce(&mut Durable)) -> Result<(), StoreError> {
        self.disk.step()?;
        change(&mut self.durable);
        Ok(())
    }

    fn kept(&self, key: &str) -> Option<Kept> {
        let text = self.durable.kept.get(key)?;
        Kept::read(key, text).ok()
    }
}

/// A log that lives as long as its disk: for tests. It can be told to fail.
#[derive(Debug)]
pub struct MemoryLogStore {
    disk: Rc<MemoryDisk>,
    device: DeviceId,
    opened_at: u32,
    failure: RefCell<Option<StoreError>>,
}

impl MemoryLogStore {
    /// An empty log of the device, on a disk of its own.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self::open(&Rc::default(), device).expect("a new disk works")
    }

    /// Opens what the disk holds, as a tab does. An empty one belongs to the device `fresh`.
    ///
    /// # Errors
    /// [`StoreError`] where the disk fails.
    pub fn open(disk: &Rc<MemoryDisk>, fresh: DeviceId) -> Result<Self, StoreError> {
        let device = disk.transaction(|writer| match writer.durable.device.clone() {
            Some(known) => Ok(known),
            None => {
                writer.write(|durable| durable.device = Some(fresh.clone()))?;
                Ok(fresh)
            }
        })?;
        Ok(Self {
            disk: Rc::clone(disk),
            device,
            opened_at: disk.crashes(),
            failure: RefCell::default(),
        })
    }

    /// Refuses every write with this error from now on; with none it writes again.
    pub fn fail_with(&self, failure: Option<StoreError>) {
        *self.failure.borrow_mut() = failure;
    }

    /// Puts a record in as it is, whole or damaged.
    pub fn put(&self, record: Record) {
        let mut durable = self.disk.durable.borrow_mut();
        durable.entries.insert(record.key, record.text);
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.opened_at != self.disk.crashes() {
            return Err(gone());
        }
        self.failure.borrow().clone().map_or(Ok(()), Err)
    }
}

impl LogStore for MemoryLogStore {
    async fn append(&self, draft: Draft) -> Result<Entry, StoreError> {
        self.check()?;
        self.disk.transaction(|writer| {
            let counter = writer.durable.counter + 1;
            writer.write(|durable| durable.counter = counter)?;
            let entry = draft.named(EntryId {
                device: self.device.clone(),
                counter,
            });
            let record = Record::of(&entry);
            writer.write(|durable| drop(durable.entries.insert(record.key, record.text)))?;
            Ok(entry)
        })
    }

    async fn keep(&self, kept: Kept) -> Result<Kept, StoreError> {
        self.check()?;
        self.disk.transaction(|writer| {
            let key = kept.stored_key();
            let kept = kept.after(writer.kept(&key).as_ref());
            writer.write(|durable| drop(durable.kept.insert(key, kept.stored_text())))?;
            Ok(kept)
        })
    }

    async fn merge(&self, stored: &Stored) -> Result<(), StoreError> {
        self.check()?;
        self.disk.transaction(|writer| {
            for record in stored.records() {
                writer.write(|durable| {
                    durable.entries.entry(record.key).or_insert(record.text);
                })?;
            }
            for kept in stored.shelves.all() {
                let key = kept.stored_key();
                if writer.kept(&key).is_none_or(|there| there < *kept) {
                    writer.write(|durable| drop(durable.kept.insert(key, kept.stored_text())))?;
                }
            }
            Ok(())
        })
    }

    async fn length(&self) -> Result<usize, StoreError> {
        Ok(self.disk.durable.borrow().entries.len())
    }

    async fn read(&self) -> Result<Stored, StoreError> {
        if self.opened_at != self.disk.crashes() {
            return Err(gone());
        }
        let durable = self.disk.durable.borrow();
        let record = |(key, text): (&String, &String)| Record {
            key: key.clone(),
            text: text.clone(),
        };
        Ok(read_stored(
            durable.entries.iter().map(record),
            durable.kept.iter().map(record),
        ))
    }
}

impl DerivedStore for MemoryLogStore {
    async fn derived(&self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.disk.durable.borrow().derived.clone())
    }

    async fn put_derived(&self, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.check()?;
        self.disk
            .transaction(|writer| writer.write(|durable| durable.derived = Some(bytes)))
    }
}
