//! What followed from the log at the last visit: good enough to say what is due until the log itself is read.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Study;
use super::load::{nothing_yet, renamed};
use crate::course::Renamed;
use crate::door::Packed;
use crate::store::LogStore as _;
use crate::study::{Progress, StudyOptions};
use crate::ui::browser::Turns;

/// So few entries are counted before anybody waits.
const FEW: usize = 2000;

/// How long nothing is answered before what is known is kept.
const QUIET: Duration = Duration::from_secs(3);

impl Study {
    /// What is known; until the log is read what was known at the last visit, if nothing was written since.
    pub fn known_so_far<T>(self, read: impl FnOnce(&Progress) -> Option<T>) -> Option<T> {
        self.progress.with(|progress| match progress {
            Some(progress) => read(progress),
            None => self.recalled.with(|known| read(known.as_ref()?)),
        })
    }

    /// Asks for what was kept. The way to an exam needs the log itself.
    pub(super) async fn recall(self) {
        if self.aim.with_untracked(Option::is_some) {
            return;
        }
        let Ok(store) = self.store().await else {
            return;
        };
        let options = self.options.get_untracked();
        let Ok(Some(known)) = store.recall(rules(&options)).await else {
            return;
        };
        let mut turns = Turns::begin();
        let mut recalled = nothing_yet(&options, Renamed::new());
        for part in known {
            let Some(part) = part.open() else {
                return;
            };
            recalled.recall(part);
            turns.rest().await;
        }
        if self.progress.with_untracked(Option::is_none) {
            self.recalled.set(Some(recalled));
            if let Some(renamed) = renamed(&self.library.read_untracked()) {
                self.check_recalled(&self.options.get_untracked(), &renamed);
            }
        }
    }

    /// Forgets what was recalled where other rules or names are in force by now.
    pub(super) fn check_recalled(self, options: &StudyOptions, renamed: &Renamed) {
        let is_of_others =
            |known: &Progress| !known.stays_by(&options.scheduler(), options.rollover(), renamed);
        let recalled = self.recalled;
        if recalled.with_untracked(|known| known.as_ref().is_some_and(is_of_others)) {
            recalled.set(None);
        }
    }

    /// Keeps what is known when nothing was answered for a while, and when the page is left.
    pub(super) fn remember_when_quiet(self) {
        Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
            if let Some(timer) = timer.flatten() {
                timer.clear();
            }
            let is_long = self.progress.with(|progress| {
                let progress = progress.as_ref();
                progress.is_some_and(|progress| progress.log().len() > FEW)
            });
            let remember = || set_timeout_with_handle(move || self.remember(), QUIET).ok();
            is_long.then(remember).flatten()
        });
        let listener = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() {
                self.remember();
            } else {
                self.check_length();
            }
        });
        on_cleanup(move || listener.remove());
    }

    fn remember(self) {
        let length = self.stored_length();
        let (kept, has_unsaved) = self
            .inner
            .with_value(|inner| (inner.remembered, !inner.outbox.is_empty()));
        let Some(length) = length.filter(|length| *length > FEW && kept != Some(*length)) else {
            return;
        };
        if has_unsaved {
            return;
        }
        self.inner
            .update_value(|inner| inner.remembered = Some(length));
        let rules = rules(&self.options.get_untracked());
        let known = self.progress.with_untracked(|progress| {
            let progress = progress.as_ref();
            progress.map(|progress| progress.remember().map(|part| Packed::new(&part)).collect())
        });
        if let Some(known) = known {
            spawn_local(async move {
                // It only makes the next visit quicker.
                if let Ok(store) = self.store().await {
                    let _ = store.remember(rules, length, known).await;
                }
            });
        }
    }

    /// A tab that slept may have missed what others said.
    fn check_length(self) {
        spawn_local(async move {
            let Ok(store) = self.store().await else {
                return;
            };
            let there = store.length().await.ok();
            let here = self.stored_length();
            if here.is_some() && there.is_some() && there != here {
                self.load();
            }
        });
    }

    /// How many records the store has, for all this tab knows.
    fn stored_length(self) -> Option<usize> {
        let known = self
            .progress
            .with_untracked(|progress| Some(progress.as_ref()?.log().len()))?;
        let (unsaved, aside) = self
            .inner
            .with_value(|inner| (inner.outbox.waiting().len(), inner.aside.len()));
        Some((known + aside).saturating_sub(unsaved))
    }
}

/// All that decides what follows from a log, in words.
fn rules(options: &StudyOptions) -> String {
    let words = options.words().into_iter();
    words
        .map(|(name, value)| format!("{name}={value} "))
        .collect()
}
