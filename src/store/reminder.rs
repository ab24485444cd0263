//! When to remind the learner of an export.

use std::time::Duration;

use crate::base::Timestamp;
use crate::study::Log;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long it may be since the last export.
const PATIENCE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// How many entries without a copy are worth a word.
const WORTH: usize = 20;

/// That there are answers without a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Whole days since the last export; none where there never was one.
    pub days: Option<u64>,
    /// How many entries no export has.
    pub entries: usize,
}

/// The reminder that is due: where the last export, or else the first entry, is two weeks old and twenty entries have come
/// since. A clock that was moved back reminds nobody.
#[must_use]
pub fn reminder(log: &Log, last_export: Option<Timestamp>, now: Timestamp) -> Option<Reminder> {
    let begin = last_export.or_else(|| log.iter().map(|entry| entry.at).min())?;
    let is_since = |at| last_export.is_none_or(|last| last < at);
    let entries = log.iter().filter(|entry| is_since(entry.at)).count();
    let waited = now.since(begin);
    let is_due = waited >= PATIENCE && entries >= WORTH;
    is_due.then(|| Reminder {
        days: last_export.map(|_| waited.as_secs() / DAY.as_secs()),
        entries,
    })
}
