//! What the learner set, as it is kept beside the log: so it goes into every export, and from there to another browser.

use super::kept::{Kept, Shelf, Shelves};
use crate::base::Timestamp;

const KEY: &str = "settings";
const VERSION: u32 = 1;

/// The settings as they are kept from `at` on, in the words that the page reads and writes.
#[must_use]
pub fn keep_settings(words: String, at: Timestamp) -> Kept {
    Kept {
        shelf: Shelf::Settings,
        key: KEY.to_owned(),
        changed_at: at,
        version: VERSION,
        text: Some(words),
    }
}

/// The settings on the shelves; none where nothing was ever set, or by a later version.
#[must_use]
pub fn read_settings(shelves: &Shelves) -> Option<&str> {
    let mut all = shelves.on(Shelf::Settings);
    all.find_map(|(key, version, words)| (key == KEY && version == VERSION).then_some(words))
}
