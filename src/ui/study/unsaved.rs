//! Answers that the store did not take: kept here, told to every tab, and tried again.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Saving, Study};
use crate::store::{Draft, LogStore as _, StoreError};
use crate::study::{Entry, Log};
use crate::ui::browser::Word;

/// How long until what could not be saved is tried again.
pub(super) const RETRY: Duration = Duration::from_secs(5);

impl Study {
    pub(super) fn keep(self, draft: Draft) -> Entry {
        let kept = Cell::new(None);
        self.inner
            .update_value(|inner| kept.set(Some(inner.outbox.keep(draft))));
        kept.take().expect("the outbox keeps everything")
    }

    /// What only the open tabs have.
    pub(super) fn unsaved(self) -> Log {
        self.inner
            .with_value(|inner| inner.outbox.waiting().clone())
    }

    /// Other tabs, and the other program of this one, count it as well.
    pub(super) fn tell_unsaved(self) {
        let unsaved = self.unsaved();
        if !unsaved.is_empty() {
            self.tell(&Word::Unsaved(unsaved));
        }
    }

    /// Counts what another tab could not save, and tries to.
    pub(super) fn keep_for_another(self, entries: Log) {
        self.inner.update_value(|inner| inner.outbox.take(&entries));
        self.add(&entries);
        self.show_saving(None);
        self.try_again_later();
    }

    pub(super) fn show_saving(self, failure: Option<&StoreError>) {
        let unsaved = self.unsaved().len();
        self.saving.set(match failure {
            Some(error) => Saving::Waiting(unsaved, error.to_string()),
            None if unsaved > 0 => Saving::Waiting(unsaved, "it is tried again".to_owned()),
            None => Saving::Saved,
        });
        if let Some(error) = failure {
            self.complain(
                format!("Not saved yet: {error}. Your answers are kept in this tab and tried again. Export them before you close it."),
                true,
            );
        }
    }

    pub(super) fn try_again_later(self) {
        let is_trying = self.inner.with_value(|inner| inner.is_trying);
        if !is_trying {
            self.inner.update_value(|inner| inner.is_trying = true);
            set_timeout(move || spawn_local(self.try_again()), RETRY);
        }
    }

    async fn try_again(self) {
        self.inner.update_value(|inner| inner.is_trying = false);
        let attempt = self.unsaved();
        if attempt.is_empty() {
            return;
        }
        let result = match self.store().await {
            Ok(store) => store.merge(&attempt.clone().into()).await,
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => {
                self.inner
                    .update_value(|inner| inner.outbox.saved(&attempt));
                self.tell(&Word::Written(attempt));
                self.show_saving(None);
            }
            Err(_) => self.try_again_later(),
        }
    }
}
