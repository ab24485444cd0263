//! The store: what must outlive the tab, behind a small trait with a twin in memory.
//!
//! Records and export files are versioned text. What cannot be read is reported and kept, never dropped.

mod export;
mod log_store;
mod memory;
mod outbox;
mod record;

pub use export::{Import, export, import};
pub use log_store::{Draft, LogStore, StoreError, Stored};
pub use memory::MemoryLogStore;
pub use outbox::Outbox;
pub use record::{Aside, Record, read_records};
