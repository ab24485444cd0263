//! The learner's own decks as the browser's store keeps them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Study;
use crate::course::Deck;
use crate::door::Packed;
use crate::store::StoreError;
use crate::ui::browser::{Word, now};

/// The decks that can be read, and the names of the others with why.
type Read = (Packed<Vec<Deck>>, Vec<(String, String)>);

impl Study {
    /// Keeps a deck in the place of an earlier one of its name.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn keep_deck(self, deck: Packed<Deck>) -> Result<(), StoreError> {
        self.store().await?.keep_deck(deck, now()).await?;
        self.follow_own_change().await;
        Ok(())
    }

    /// Removes a deck. What was learned of its questions stays in the log.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn remove_deck(self, deck: Packed<Deck>) -> Result<(), StoreError> {
        self.store().await?.remove_deck(deck, now()).await?;
        self.follow_own_change().await;
        Ok(())
    }

    /// Reads which decks there are. The course is read anew where they are others than before, and pages are drawn anew
    /// then: this is for moments in which nobody is in the midst of an answer.
    pub fn read_decks(self) {
        self.inner
            .update_value(|inner| inner.has_other_decks = false);
        spawn_local(self.take_decks());
    }

    /// The same, where another tab has written since.
    pub fn follow_other_decks(self) {
        if self.inner.with_value(|inner| inner.has_other_decks) {
            self.read_decks();
        }
    }

    async fn take_decks(self) {
        let read = self.kept_decks().await;
        // Why nothing can be read is said of the log. What is known already stays.
        let is_first = self.decks.with_untracked(Option::is_none);
        let Some((decks, unreadable)) = read.ok().or_else(|| is_first.then(Read::default)) else {
            return;
        };
        for (name, why) in unreadable {
            self.complain(
                format!("Your deck “{name}” cannot be read: {why}. It is kept as it is, and goes into every export."),
                false,
            );
        }
        let is_known = self.decks.with_untracked(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| **known == decks)
        });
        if !is_known {
            self.decks.set(Some(Arc::new(decks)));
        }
    }

    async fn follow_own_change(self) {
        self.tell(&Word::Kept);
        self.take_decks().await;
    }

    async fn kept_decks(self) -> Result<Read, StoreError> {
        self.store().await?.decks().await
    }
}
