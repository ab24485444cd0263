//! The reminder of an export, and what this browser knows of the last one.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;

use super::Study;
use crate::base::Timestamp;
use crate::store::Copies;
use crate::ui::browser::{now, site_name};
use crate::ui::notices::Notice;

impl Study {
    /// Reminds of an export where one is due, once the log is read.
    pub(super) fn remind(self) {
        Effect::new(move |is_read: Option<bool>| {
            let is_read = is_read == Some(true);
            self.progress.with(|progress| match progress {
                Some(progress) if !is_read => {
                    let due = copies().reminder(progress.log(), now());
                    due.into_iter()
                        .for_each(|due| self.tell_of(due.to_string()));
                    true
                }
                _ => is_read,
            })
        });
    }

    fn tell_of(self, text: String) {
        note(|copies, now| copies.reminded = Some(now));
        let said = text.clone();
        let export = Callback::new(move |()| {
            self.notices.close(&said);
            self.save_export();
        });
        self.notices.say(Notice {
            text,
            is_bad: false,
            action: Some(("Export", export)),
        });
    }
}

/// Everything is in a file now.
pub(super) fn exported() {
    note(|copies, now| copies.exported = Some(now));
}

fn copies() -> Copies {
    let kept = LocalStorage::raw().get_item(&kept_as()).ok().flatten();
    kept.unwrap_or_default().parse().unwrap_or_default()
}

fn note(change: impl FnOnce(&mut Copies, Timestamp)) {
    let mut copies = copies();
    change(&mut copies, now());
    // A full or missing storage only means that the next word comes sooner.
    let _ = LocalStorage::raw().set_item(&kept_as(), &copies.to_string());
}

fn kept_as() -> String {
    format!("{}copies", site_name())
}
