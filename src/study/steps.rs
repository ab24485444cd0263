//! Taking back, and doing again.

use super::entry::{Entry, EntryId, EntryKind};
use super::log::Log;

/// What the learner did and what they took back, as two piles.
#[derive(Debug, Default)]
struct Steps<'a> {
    done: Vec<&'a Entry>,
    /// Each with the undo that took it back.
    undone: Vec<(&'a Entry, &'a Entry)>,
}

impl Log {
    /// What the next undo takes back: the last of what was done and still counts. The undo names it and its card.
    #[must_use]
    pub fn last_done(&self) -> Option<&Entry> {
        Steps::of(self).done.pop()
    }

    /// What the next redo does again, by taking back its undo: the entry first, then the undo that the new undo names.
    /// None where something else was done since.
    #[must_use]
    pub fn last_undone(&self) -> Option<(&Entry, &Entry)> {
        Steps::of(self).undone.pop()
    }
}

impl<'a> Steps<'a> {
    fn of(log: &'a Log) -> Self {
        let mut steps = Self::default();
        for entry in log.in_order() {
            match &entry.kind {
                EntryKind::Undo { id } => steps.undo(entry, id),
                _ => {
                    steps.done.push(entry);
                    steps.undone.clear();
                }
            }
        }
        steps
    }

    fn undo(&mut self, undo: &'a Entry, target: &EntryId) {
        if let Some(place) = self.done.iter().rposition(|entry| entry.id == *target) {
            let entry = self.done.remove(place);
            self.undone.push((entry, undo));
        } else if let Some(place) = self.undone.iter().rposition(|(_, by)| by.id == *target) {
            let (entry, _) = self.undone.remove(place);
            self.done.push(entry);
        }
    }
}
