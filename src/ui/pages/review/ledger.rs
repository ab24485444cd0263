//! What a sitting has written into the log, step by step, so that each step can be taken back and redone.

use leptos::prelude::*;

use crate::store::Draft;
use crate::study::Entry;
use crate::ui::study::{Study, undoing};

/// The steps of a sitting. A copy is the same ledger.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    study: Study,
    /// What each step that counts has written, the last at the end.
    given: RwSignal<Vec<Written>>,
    /// What each step that was taken back has written then, the last at the end.
    undone: RwSignal<Vec<Written>>,
}

/// Entries that belong together: none is taken back without the others.
#[derive(Clone, Debug)]
struct Written {
    /// Those that are written already.
    entries: Vec<Entry>,
    /// How many they are to be.
    all: usize,
}

impl Ledger {
    /// Nothing is written yet.
    pub fn new(study: Study) -> Self {
        Self {
            study,
            given: RwSignal::new(Vec::new()),
            undone: RwSignal::new(Vec::new()),
        }
    }

    /// Writes one step.
    pub fn write(self, drafts: Vec<Draft>) {
        self.write_to(self.given, drafts);
    }

    /// Takes the last step back; gives what it had written.
    ///
    /// # Errors
    /// Why it cannot be, for the learner.
    pub fn undo(self) -> Result<Vec<Entry>, &'static str> {
        self.turn(self.given, self.undone)
            .ok_or("There is nothing to take back.")?
    }

    /// Lets the step count again that was taken back last.
    ///
    /// # Errors
    /// Why it cannot be, for the learner.
    pub fn redo(self) -> Result<(), &'static str> {
        let redone = self.turn(self.undone, self.given);
        redone.ok_or("There is nothing to redo.")?.map(|_| ())
    }

    /// Whether a step has written such entries.
    pub fn has(self, such: impl Fn(&[Entry]) -> bool) -> bool {
        let is_such = |written: &Written| such(&written.entries);
        self.given.with_untracked(|given| given.iter().any(is_such))
    }

    /// Undoes what was written last of `from`, whether that was a step or an undo; what this writes belongs to `to`.
    fn turn(
        self,
        from: RwSignal<Vec<Written>>,
        to: RwSignal<Vec<Written>>,
    ) -> Option<Result<Vec<Entry>, &'static str>> {
        let last = from.with_untracked(|written| written.last().cloned())?;
        if last.entries.len() < last.all {
            return Some(Err("One moment: it is still being saved."));
        }
        from.update(|written| {
            written.pop();
        });
        let drafts = last.entries.iter().rev().cloned().map(undoing);
        self.write_to(to, drafts.collect());
        Some(Ok(last.entries))
    }

    /// Nothing is taken out of `to` before all of it is written, so its place there stays.
    fn write_to(self, to: RwSignal<Vec<Written>>, drafts: Vec<Draft>) {
        let place = to.with_untracked(Vec::len);
        let all = drafts.len();
        to.update(|written| {
            written.push(Written {
                entries: Vec::new(),
                all,
            });
        });
        for draft in drafts {
            self.study.record(draft, move |entry| {
                let _ = to.try_update(|written| written[place].entries.push(entry));
            });
        }
    }
}
