//! The learner's progress as the page has it: read from the browser's store, saved there, shared between tabs.

mod copies;
mod decks;
mod exams;
mod hands_on;
mod known;
mod load;
mod marks;
mod queue;
mod recall;
mod set;
mod unsaved;

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::{Route, Timestamp};
use crate::course::CardId;
use crate::door::Packed;
use crate::store::{Aside, Draft, LogStore as _, Outbox, StoreError, Stored};
use crate::study::plan::Aim;
use crate::study::{Day, DeviceId, Entry, Limits, Log, Progress, Queue, StudyOptions};
use crate::ui::browser::{KeptLog, Tabs, Word, ask_to_persist, now, random, save_file, site_name};
use crate::ui::library::{Decks, Library};
use crate::ui::notices::{Notice, Notices};
use crate::ui::settings::Settings;
use crate::ui::until::until;
pub use hands_on::to_be_done;
pub use known::Answered;
use load::{Loading, renamed};
pub use marks::{draft, undoing};

/// How the last answer fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was answered yet.
    Nothing,
    /// It is on its way to the disk.
    Running,
    /// The disk has it.
    Saved,
    /// So many answers are only in this tab, and why.
    Waiting(usize, String),
}

/// The learner's progress. A copy is the same progress.
#[derive(Clone, Copy, Debug)]
pub struct Study {
    /// What is known; none until log and course are read.
    pub progress: RwSignal<Option<Progress>>,
    /// What is to be asked now; none until log and course are read. It follows the log and the clock.
    pub queue: RwSignal<Option<Queue>>,
    /// How the last answer fared.
    pub saving: RwSignal<Saving>,
    /// Counts how often another tab wrote something.
    pub others: RwSignal<u32>,
    /// What the learner set about studying.
    pub options: Memo<StudyOptions>,
    /// The exam that the learner aims at, if any.
    pub aim: Memo<Option<Aim>>,
    /// What the next sitting is to ask, where it is not what the day holds.
    pub wanted: RwSignal<Option<Wanted>>,
    /// What was known at the last visit, until the log is read.
    recalled: RwSignal<Option<Progress>>,
    /// The browser's store, or why there is none; none while it is being opened.
    kept: RwSignal<Option<Result<Rc<KeptLog>, StoreError>>, LocalStorage>,
    library: RwSignal<Library>,
    decks: Decks,
    settings: RwSignal<Settings>,
    inner: StoredValue<Inner, LocalStorage>,
    notices: Notices,
}

/// What the learner has chosen to be asked.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// These, whether they are due or not.
    Chosen(Vec<CardId>),
    /// These, before they are studied, and then the page to study them on.
    Pretest(Vec<CardId>, Route),
}

#[derive(Debug)]
struct Inner {
    outbox: Outbox,
    /// What could not be saved is going to be tried again.
    is_trying: bool,
    aside: Vec<Aside>,
    tabs: Option<Tabs>,
    loading: Loading,
    /// What was written since the log is being read.
    meanwhile: Vec<Entry>,
    /// What the log says, while the course is on its way.
    loaded: Option<Progress>,
    /// The log for another worker, and how long it was then.
    packed: Option<(usize, Packed<Log>)>,
    /// How many records the log had when what follows from it was kept last.
    remembered: Option<usize>,
    /// Another tab wrote since the decks were read.
    has_other_decks: bool,
    exams: exams::Waiting,
}

impl Study {
    /// Opens the store and reads the log; progress is there when the course is too.
    #[must_use]
    pub fn open(
        library: RwSignal<Library>,
        decks: Decks,
        settings: RwSignal<Settings>,
        notices: Notices,
    ) -> Self {
        let study = Self {
            progress: RwSignal::new(None),
            queue: RwSignal::new(None),
            saving: RwSignal::new(Saving::Nothing),
            others: RwSignal::new(0),
            aim: Memo::new(move |_| settings.with(|settings| settings.aim.clone())),
            options: Memo::new(move |_| settings.with(|settings| settings.study.clone())),
            wanted: RwSignal::new(None),
            recalled: RwSignal::new(None),
            kept: RwSignal::new_local(None),
            library,
            decks,
            settings,
            inner: StoredValue::new_local(Inner {
                outbox: Outbox::new(DeviceId::from_random(random())),
                is_trying: false,
                aside: Vec::new(),
                tabs: None,
                loading: Loading::default(),
                meanwhile: Vec::new(),
                loaded: None,
                packed: None,
                remembered: None,
                has_other_decks: false,
                exams: exams::Waiting::default(),
            }),
            notices,
        };
        study.listen();
        spawn_local(study.open_store());
        study.read_decks();
        spawn_local(async move {
            study.recall().await;
            study.load();
        });
        Effect::new(move || {
            let options = study.options.get();
            if let Some(renamed) = renamed(&library.read()) {
                study.go_by(&options, &renamed);
            }
        });
        study.keep_queue(library);
        study.remind();
        study.remember_when_quiet();
        study
    }

    /// Saves what the learner did, and then counts it; `then` gets the entry.
    ///
    /// What cannot be saved counts all the same, waits in this tab and is tried again.
    pub fn record(self, draft: Draft, then: impl FnOnce(Entry) + 'static) {
        self.saving.set(Saving::Running);
        spawn_local(async move {
            let entry = match self.append(draft.clone()).await {
                Ok(entry) => {
                    self.tell(&Word::Written(Log::from_iter([entry.clone()])));
                    self.show_saving(None);
                    if entry.id.counter == 1 {
                        ask_to_persist();
                    }
                    entry
                }
                Err(error) => {
                    let kept = self.keep(draft);
                    self.tell_unsaved();
                    self.show_saving(Some(&error));
                    self.try_again_later();
                    kept
                }
            };
            self.add(&Log::from_iter([entry.clone()]));
            then(entry);
        });
    }

    /// How much a day holds.
    #[must_use]
    pub fn limits(self) -> Limits {
        self.options.with_untracked(StudyOptions::limits)
    }

    /// The learner's day now.
    #[must_use]
    pub fn today(self) -> Day {
        let (now, offset) = here_and_now();
        Day::of(now, offset, self.options.with(StudyOptions::rollover))
    }

    /// What an export file with this text holds, what taking it in would do, and whether that would change anything.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub async fn import(self, text: String) -> Result<(Packed<Stored>, String, bool), String> {
        match self.store().await {
            Ok(store) => store.import(text).await,
            Err(error) => Err(error.to_string()),
        }
    }

    /// Adds what a file holds.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn take_over(self, found: Packed<Stored>) -> Result<(), StoreError> {
        self.store().await?.take_in(found).await?;
        self.tell(&Word::Saved);
        self.load();
        self.take_settings().await;
        self.read_decks();
        Ok(())
    }

    /// Adds what an exam has shown; `then` hears whether it is saved.
    pub fn merge(self, stored: Stored, then: impl FnOnce(Result<(), StoreError>) + 'static) {
        spawn_local(async move {
            let result = match self.store().await {
                Ok(store) => store.merge(&stored).await,
                Err(error) => Err(error),
            };
            if result.is_ok() {
                self.add(&stored.log);
                self.tell(&Word::Written(stored.log));
                self.tell(&Word::Kept);
            }
            then(result);
        });
    }

    /// Saves everything that is known, stored or not, as a file.
    pub fn save_export(self) {
        spawn_local(async move {
            let day = now().rfc3339();
            let name = format!("cipherdeck-{}.jsonl", day.get(..10).unwrap_or_default());
            let saved = self.export().await;
            match saved.and_then(|text| save_file(&name, text.as_bytes())) {
                Ok(()) => copies::exported(),
                Err(why) => self.complain(format!("The export failed: {why}."), false),
            }
        });
    }

    async fn export(self) -> Result<String, String> {
        let store = self.store().await.map_err(|error| error.to_string())?;
        let mut more = self.not_stored(false);
        self.add_settings(&mut more).await;
        let text = store.export(more, true).await;
        match text {
            Ok(text) => Ok(text),
            // What is known is saved whatever the store says.
            Err(_) => {
                let mut all = self.not_stored(true);
                self.add_settings(&mut all).await;
                store.export(all, false).await
            }
        }
    }

    fn listen(self) {
        let name = format!("{}log", site_name());
        let tabs = Tabs::listen(&name, move |word| self.hear(word));
        self.inner.update_value(|inner| inner.tabs = tabs);
        self.tell(&Word::Listening);
    }

    async fn open_store(self) {
        let given_up = move || {
            self.complain("A newer Cipherdeck runs in another tab. Load this page again to go on; nothing saved is lost.".to_owned(), false);
        };
        let opened = KeptLog::open(given_up).await.map(Rc::new);
        self.kept.set(Some(opened));
    }

    fn hear(self, word: Word) {
        match word {
            Word::Saved => {
                self.follow_other_tab();
                self.load();
            }
            Word::Written(entries) => self.add(&entries),
            Word::Kept => self.follow_other_tab(),
            Word::Unsaved(entries) => self.keep_for_another(entries),
            Word::Listening => self.tell_unsaved(),
        }
    }

    fn follow_other_tab(self) {
        self.others.update(|others| *others += 1);
        self.inner
            .update_value(|inner| inner.has_other_decks = true);
    }

    /// The store, once it is open: what is asked of it before that waits.
    async fn store(self) -> Result<Rc<KeptLog>, StoreError> {
        until(move || self.kept.get()).await
    }

    async fn append(self, draft: Draft) -> Result<Entry, StoreError> {
        self.store().await?.append(draft).await
    }

    fn tell(self, word: &Word) {
        self.inner.with_value(|inner| {
            if let Some(tabs) = &inner.tabs {
                tabs.tell(word);
            }
        });
    }

    fn note_aside(self, aside: Vec<Aside>) {
        if !aside.is_empty() {
            let count = aside.len();
            self.inner.update_value(|inner| inner.aside = aside);
            self.complain(
                match count {
                    1 => "1 saved answer cannot be read. It is kept as it is, and goes into every export.".to_owned(),
                    count => format!("{count} saved answers cannot be read. They are kept as they are, and go into every export."),
                },
                true,
            );
        }
    }

    fn complain(self, text: String, offers_export: bool) {
        let export = || ("Export", Callback::new(move |()| self.save_export()));
        let action = offers_export.then(export);
        self.notices.say(Notice {
            text,
            is_bad: true,
            action,
        });
    }
}

/// The instant and the learner's offset from UTC.
#[must_use]
pub fn here_and_now() -> (Timestamp, crate::study::UtcOffset) {
    (now(), crate::ui::browser::utc_offset())
}
