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
    /// What waits until the last step is written.
    then: StoredValue<Option<Callback<()>>>,
}

/// What came of taking a step back, or of redoing it.
#[derive(Clone, Debug)]
pub enum Turned {
    /// It is turned; this is what had been written last.
    Done(Vec<Entry>),
    /// It is still being written.
    NotYet,
    /// There is no such step.
    Nothing,
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
            then: StoredValue::new(None),
        }
    }

    /// Writes one step.
    pub fn write(self, drafts: Vec<Draft>) {
        self.write_to(self.given, drafts);
    }

    /// Takes the last step back; gives what it had written.
    pub fn undo(self) -> Turned {
        self.turn(self.given, self.undone)
    }

    /// Lets the step count again that was taken back last.
    pub fn redo(self) -> Turned {
        self.turn(self.undone, self.given)
    }

    /// Runs this as soon as the last step is written.
    pub fn once_written(self, run: impl Fn() + Send + Sync + 'static) {
        self.then.set_value(Some(Callback::new(move |()| run())));
    }

    /// Whether a step has written such entries.
    pub fn has(self, such: impl Fn(&[Entry]) -> bool) -> bool {
        let is_such = |written: &Written| such(&written.entries);
        self.given.with_untracked(|given| given.iter().any(is_such))
    }

    /// Undoes what was written last of `from`, whether that was a step or an undo; what this writes belongs to `to`.
    fn turn(self, from: RwSignal<Vec<Written>>, to: RwSignal<Vec<Written>>) -> Turned {
        let Some(last) = from.with_untracked(|written| written.last().cloned()) else {
            return Turned::Nothing;
        };
        if last.entries.len() < last.all {
            return Turned::NotYet;
        }
        from.update(|written| {
            written.pop();
        });
        let drafts = last.entries.iter().rev().cloned().map(undoing);
        self.write_to(to, drafts.collect());
        Turned::Done(last.entries)
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
                let is_all = to.try_update(|written| {
                    written[place].entries.push(entry);
                    written[place].entries.len() == all
                });
                let then = || self.then.try_update_value(Option::take).flatten();
                if let Some(then) = is_all.filter(|is_all| *is_all).and_then(|_| then()) {
                    then.run(());
                }
            });
        }
    }
}
