//! The review log: a set of entries that only grows.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::entry::{DeviceId, Entry, EntryId, EntryKind};
use crate::base::Timestamp;

/// Every entry of a learner, of all devices. Joining two logs is the union of their entries, so the order of joining
/// never matters. Two entries of one name (a copied browser profile writes such) are both kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    entries: BTreeSet<Entry>,
}

impl Log {
    /// Adds an entry; says whether it is new.
    pub fn insert(&mut self, entry: Entry) -> bool {
        self.entries.insert(entry)
    }

    /// Adds every entry of another log; says how many are new.
    pub fn merge(&mut self, other: &Self) -> usize {
        let before = self.entries.len();
        self.entries.extend(other.entries.iter().cloned());
        self.entries.len() - before
    }

    /// Lets go of so many entries at most; says whether there are more.
    pub(super) fn shed(&mut self, most: usize) -> bool {
        (0..most).all(|_| self.entries.pop_first().is_some())
    }

    /// How many entries it has that `other` has not.
    #[must_use]
    pub fn new_to(&self, other: &Self) -> usize {
        self.entries.difference(&other.entries).count()
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was ever done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the log has this very entry.
    #[must_use]
    pub fn contains(&self, entry: &Entry) -> bool {
        self.entries.contains(entry)
    }

    /// Every entry, by device and count.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Every entry in the order in which it counts.
    ///
    /// A device's own count goes before its clock: where the clock was moved back, no time passed. Between devices the
    /// clock decides.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Entry> {
        let mut latest: BTreeMap<&DeviceId, Timestamp> = BTreeMap::new();
        let mut timed: Vec<(Timestamp, &Entry)> = Vec::with_capacity(self.entries.len());
        // The set is ordered by device, count and clock.
        for entry in &self.entries {
            let latest = latest.entry(&entry.id.device).or_insert(entry.at);
            *latest = entry.at.max(*latest);
            timed.push((*latest, entry));
        }
        timed.sort();
        timed.into_iter().map(|(_, entry)| entry).collect()
    }
}

impl FromIterator<Entry> for Log {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

impl IntoIterator for Log {
    type Item = Entry;
    type IntoIter = std::collections::btree_set::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Which of these entries of one card count: an undo takes back what stands before it, unless it is taken back itself.
pub(super) fn counting<'a>(entries: &[&'a Entry]) -> Vec<&'a Entry> {
    let mut undone: HashSet<&EntryId> = HashSet::new();
    let mut counting = Vec::with_capacity(entries.len());
    for &entry in entries.iter().rev() {
        if undone.contains(&entry.id) {
            continue;
        }
        match &entry.kind {
            EntryKind::Undo { id } => {
                undone.insert(id);
            }
            _ => counting.push(entry),
        }
    }
    counting.reverse();
    counting
}
