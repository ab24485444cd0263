//! What the learner set, kept beside the log as well, so that an export takes it along.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Study;
use crate::base::Timestamp;
use crate::store::{Stored, keep_settings};
use crate::ui::browser::now;
use crate::ui::settings::{Settings, write_settings};

impl Study {
    /// Keeps what was set in this tab just now. What fails is in the browser's own settings all the same.
    pub fn keep_settings(self, words: String) {
        let at = now();
        spawn_local(async move {
            if let Ok(store) = self.store().await {
                let _ = store.keep_settings(words, at).await;
            }
        });
    }

    /// Takes over what an import has brought, where it was set later than what is set here.
    pub(super) async fn take_settings(self) {
        let Ok(store) = self.store().await else {
            return;
        };
        if let Ok(Some(words)) = store.settings().await {
            let brought = Settings::read(&words);
            if self
                .settings
                .with_untracked(|settings| *settings != brought)
            {
                write_settings(&words);
                self.settings.set(brought);
            }
        }
    }

    /// An export holds what is set now, also where the store has none of it. When that was set nobody knows then, so it
    /// replaces nothing elsewhere.
    pub(super) async fn add_settings(self, stored: &mut Stored) {
        let known = match self.store().await {
            Ok(store) => store.settings().await.ok().flatten(),
            Err(_) => None,
        };
        let known = known.unwrap_or_else(|| Settings::default().write());
        let words = self.settings.with_untracked(Settings::write);
        if known != words {
            let kept = keep_settings(words, Timestamp::from_millis(0));
            stored.shelves.put(kept);
        }
    }
}
