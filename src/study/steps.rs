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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Timestamp;
    use crate::course::ContentHash;
    use crate::study::{DeviceId, UtcOffset};
    use proptest::prelude::*;

    fn push(log: &mut Log, card: &str, kind: EntryKind) {
        let counter = log.len() as u64;
        log.insert(Entry {
            id: EntryId {
                device: DeviceId::from_random([1; 8]),
                counter,
            },
            at: Timestamp::from_millis(counter as i64),
            utc_offset: UtcOffset::UTC,
            card: card.parse().unwrap(),
            content_hash: ContentHash::default(),
            kind,
        });
    }

    fn flagged(log: &Log) -> Vec<String> {
        let progress = crate::study::Progress::replay(
            log.clone(),
            crate::study::Scheduler::default(),
            crate::study::Rollover::default(),
            std::collections::HashMap::new(),
        );
        let flagged = progress.cards().filter(|(_, card)| card.flagged);
        let mut flagged: Vec<String> = flagged.map(|(name, _)| name.to_string()).collect();
        flagged.sort();
        flagged
    }

    proptest! {
        #[test]
        fn to_undo_any_number_of_steps_and_redo_them_is_to_do_nothing(
            cards in proptest::collection::vec(0usize..3, 1..8), steps in 1usize..9,
        ) {
            let mut log = Log::default();
            let mut states = vec![flagged(&log)];
            for card in &cards {
                push(&mut log, ["a", "b", "c"][*card], EntryKind::Flag);
                states.push(flagged(&log));
            }
            let steps = steps.min(cards.len());
            for step in 1..=steps {
                let last = log.last_done().cloned().unwrap();
                push(&mut log, last.card.as_str(), EntryKind::Undo { id: last.id });
                prop_assert_eq!(&flagged(&log), &states[cards.len() - step]);
            }
            for step in (0..steps).rev() {
                let (entry, undo) = log.last_undone().map(|(e, u)| (e.clone(), u.clone())).unwrap();
                push(&mut log, entry.card.as_str(), EntryKind::Undo { id: undo.id });
                prop_assert_eq!(&flagged(&log), &states[cards.len() - step]);
            }
            prop_assert!(log.last_undone().is_none());
        }
    }

    #[test]
    fn what_is_done_after_an_undo_leaves_nothing_to_redo() {
        let mut log = Log::default();
        push(&mut log, "a", EntryKind::Flag);
        let id = log.last_done().unwrap().id.clone();
        push(&mut log, "a", EntryKind::Undo { id });
        assert!(log.last_done().is_none() && log.last_undone().is_some());
        push(&mut log, "b", EntryKind::Flag);
        assert!(log.last_undone().is_none());
    }
}
