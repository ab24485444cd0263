//! The log on its way from the store to the page: part by part, because the page draws nothing while it counts.

use std::mem::replace;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Study;
use crate::course::Renamed;
use crate::store::{StoreError, Stored};
use crate::study::{Log, Progress, StudyOptions};
use crate::ui::library::Library;

/// Whether the log is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Loading {
    #[default]
    No,
    Yes,
    /// And it is to be read once more then.
    Again,
}

impl Study {
    /// Reads the log, and then counts by what it says; what is known stays in force until then.
    pub(super) fn load(self) {
        let mut before = Loading::No;
        self.inner.update_value(|inner| {
            before = replace(&mut inner.loading, Loading::Again);
            if before == Loading::No {
                inner.loading = Loading::Yes;
            }
        });
        if before == Loading::No {
            spawn_local(async move {
                loop {
                    self.load_once().await;
                    let mut again = false;
                    self.inner.update_value(|inner| {
                        again = inner.loading == Loading::Again;
                        inner.loading = if again { Loading::Yes } else { Loading::No };
                    });
                    if !again {
                        break;
                    }
                }
            });
        }
    }

    /// Counts what was written here or in another tab.
    pub(super) fn add(self, entries: &Log) {
        self.inner.update_value(|inner| {
            if inner.loading != Loading::No {
                inner.meanwhile.extend(entries.iter().cloned());
            }
        });
        let is_next = |progress: &Progress| entries.iter().all(|entry| progress.is_next(entry));
        let known = self
            .progress
            .with_untracked(|progress| progress.as_ref().map(is_next));
        match known {
            Some(true) => self.progress.update(|progress| {
                if let Some(progress) = progress {
                    let entries = entries.in_order().into_iter().cloned();
                    entries.for_each(|entry| progress.push(entry));
                }
            }),
            // What stands between what is known has to be counted from the beginning.
            Some(false) => self.load(),
            None => self.inner.update_value(|inner| {
                if let Some(loaded) = &mut inner.loaded {
                    entries.iter().for_each(|entry| loaded.push(entry.clone()));
                }
            }),
        }
    }

    /// Goes by these rules and names from now on.
    pub(super) fn go_by(self, options: &StudyOptions, renamed: &Renamed) {
        let mut loaded = None;
        self.inner
            .update_value(|inner| loaded = inner.loaded.take());
        if let Some(loaded) = loaded {
            self.progress.set(Some(loaded));
            self.recalled.set(None);
        }
        self.check_recalled(options, renamed);
        let stays = self.progress.with_untracked(|progress| {
            let progress = progress.as_ref()?;
            Some(progress.stays_by(&options.scheduler(), options.rollover(), renamed))
        });
        match stays {
            Some(true) => self.progress.update(|progress| {
                if let Some(progress) = progress {
                    progress.follow(options.scheduler(), options.rollover());
                }
            }),
            Some(false) => self.load(),
            // It is on its way.
            None => {}
        }
    }

    async fn load_once(self) {
        self.inner.update_value(|inner| inner.meanwhile.clear());
        let renamed = renamed(&self.library.read_untracked()).unwrap_or_default();
        let options = self.options.get_untracked();
        let mut progress = nothing_yet(&options, renamed.clone());
        if let Err(error) = self.read_into(&mut progress).await {
            if self.progress.with_untracked(Option::is_none) {
                self.complain(format!("Your answers cannot be saved: {error}. They count until you close this tab."), true);
            }
            // What is known already stays.
            progress = nothing_yet(&options, renamed);
            let known = self.progress.with_untracked(|known| {
                let known = known.as_ref();
                known.map(|known| known.log().clone())
            });
            progress.merge(&known.unwrap_or_default());
        }
        let mut meanwhile = Vec::new();
        self.inner
            .update_value(|inner| meanwhile = std::mem::take(&mut inner.meanwhile));
        meanwhile.extend(self.unsaved());
        meanwhile.into_iter().for_each(|entry| progress.push(entry));
        self.put_in_force(progress);
    }

    async fn read_into(self, progress: &mut Progress) -> Result<(), StoreError> {
        let store = self.store().await?;
        let mut from = 0;
        loop {
            let (entries, left, aside) = store.read_log(from).await?;
            self.note_aside(aside);
            from += entries.len();
            progress.go_on(entries);
            if left == 0 {
                return Ok(());
            }
        }
    }

    /// Where course or options have changed meanwhile it is counted once more.
    fn put_in_force(self, mut progress: Progress) {
        let options = self.options.get_untracked();
        let Some(renamed) = renamed(&self.library.read_untracked()) else {
            self.inner
                .update_value(|inner| inner.loaded = Some(progress));
            return;
        };
        if progress.stays_by(&options.scheduler(), options.rollover(), &renamed) {
            progress.follow(options.scheduler(), options.rollover());
            let before = self
                .progress
                .try_update(|known| known.replace(progress))
                .flatten();
            self.recalled.set(None);
            before.into_iter().for_each(let_go);
        } else {
            self.load();
        }
    }

    /// All that is only in this program, for an export; everything that is known where the store is of no help.
    pub(super) fn not_stored(self, is_all: bool) -> Stored {
        let mut log = self.unsaved();
        let mut aside = Vec::new();
        if is_all {
            self.progress.with_untracked(|progress| {
                if let Some(progress) = progress {
                    log.merge(progress.log());
                }
            });
            aside = self.inner.with_value(|inner| inner.aside.clone());
        }
        Stored {
            log,
            aside,
            ..Stored::default()
        }
    }
}

/// What is known before anything is read.
pub(super) fn nothing_yet(options: &StudyOptions, renamed: Renamed) -> Progress {
    let (scheduler, rollover) = (options.scheduler(), options.rollover());
    Progress::replay(Log::default(), scheduler, rollover, renamed)
}

/// Part by part, too.
fn let_go(mut progress: Progress) {
    if progress.shed() {
        set_timeout(move || let_go(progress), Duration::ZERO);
    }
}

/// What questions are called now; none while the course is on its way.
pub(super) fn renamed(library: &Library) -> Option<Renamed> {
    match library {
        Library::Loading => None,
        Library::Ready(loaded) => Some(loaded.course.renamed().clone()),
        // Without the course nothing can be asked, but what was learned can still be exported.
        Library::Failed(_) => Some(Renamed::new()),
    }
}
