//! When to remind the learner of an export.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::base::Timestamp;
use crate::study::Log;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long it may be since the last export.
const PATIENCE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// How long a reminder holds.
const PAUSE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
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

/// In two sentences.
impl fmt::Display for Reminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.entries;
        match self.days {
            None => write!(f, "{entries} answers are in this browser alone.")?,
            Some(days) => write!(
                f,
                "{entries} answers have come since the last export, {days} days ago."
            )?,
        }
        f.write_str(" A file keeps them safe, whatever becomes of the browser.")
    }
}

/// When the log was last exported, and when the learner was last reminded of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// The last export.
    pub exported: Option<Timestamp>,
    /// The last reminder.
    pub reminded: Option<Timestamp>,
}

impl Copies {
    /// The reminder that is due, as [`reminder`]; once told, it is not told again for a week.
    #[must_use]
    pub fn reminder(self, log: &Log, now: Timestamp) -> Option<Reminder> {
        let is_patient = |told| now.since(told) < PAUSE && told <= now;
        let was_told = self.reminded.is_some_and(is_patient);
        reminder(log, self.exported, now).filter(|_| !was_told)
    }
}

/// As a browser keeps it: both in milliseconds, with a blank between them.
impl fmt::Display for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis =
            |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), |at| at.millis().to_string());
        write!(f, "{} {}", millis(self.exported), millis(self.reminded))
    }
}

/// What cannot be read never happened.
impl FromStr for Copies {
    type Err = std::convert::Infallible;

    fn from_str(kept: &str) -> Result<Self, Self::Err> {
        let mut parts = kept.split(' ').map(|part| part.parse().ok());
        let mut next = || parts.next().flatten().map(Timestamp::from_millis);
        Ok(Self {
            exported: next(),
            reminded: next(),
        })
    }
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
