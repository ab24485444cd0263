//! The store: what must outlive the tab, behind a small trait with a twin in memory.
//!
//! Records and export files are versioned text. What cannot be read is reported and kept, never dropped.

mod anki;
mod deck;
mod exam;
mod export;
mod import;
mod kept;
mod log_store;
mod memory;
mod outbox;
mod record;
mod reminder;
mod settings;

pub use anki::{AnkiExport, read_anki_text};
pub use deck::{keep_deck, read_decks, remove_deck};
pub use exam::{keep_exam, read_exams, throw_exam_away};
pub use export::export;
pub use import::{Import, ImportSummary, Tally, import};
pub use kept::{Kept, Shelf, Shelves};
pub use log_store::{DerivedStore, Draft, LogStore, StoreError, Stored};
pub use memory::{Fault, MemoryDisk, MemoryLogStore};
pub use outbox::Outbox;
pub use record::{Aside, Record, read_stored};
pub use reminder::{Copies, Reminder, reminder};
pub use settings::{keep_settings, read_settings};
