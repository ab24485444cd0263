//! The worker that holds the browser's store.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::mail::Mail;
use crate::base::Timestamp;
use crate::course::Deck;
use crate::door::{GAVE_UP, KeepAnswer, KeepAsk, Packed, decode, encode};
use crate::store::{Aside, Draft, Kept, LogStore, StoreError, Stored};
use crate::study::exam::Run;
use crate::study::{Entry, Log, Remembered};

/// The review log of this browser, and what is kept beside it, in the keeper's hands.
pub struct KeptLog {
    mail: RefCell<Rc<Mail>>,
    on_given_up: Rc<dyn Fn()>,
}

impl KeptLog {
    /// Starts a keeper. `on_given_up` hears when it lets go of the store, for the sake of another tab.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the browser runs none.
    pub async fn open(on_given_up: impl Fn() + 'static) -> Result<Self, StoreError> {
        let on_given_up: Rc<dyn Fn()> = Rc::new(on_given_up);
        Ok(Self {
            mail: RefCell::new(start(&on_given_up).await.map_err(StoreError::Unavailable)?),
            on_given_up,
        })
    }

    /// The text of a file that holds `more`, and all that the store holds or not.
    ///
    /// # Errors
    /// One sentence where the keeper cannot write it.
    pub async fn export(&self, more: Stored, with_store: bool) -> Result<String, String> {
        let more = Box::new(more);
        match self.ask(&KeepAsk::Export { more, with_store }).await? {
            KeepAnswer::Text(text) => Ok(text),
            other => Err(refusal(other).to_string()),
        }
    }

    /// A part of the log in the order in which it counts, how many entries stand behind it, and with the first part what
    /// cannot be read.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub async fn read_log(
        &self,
        from: usize,
    ) -> Result<(Vec<Entry>, usize, Vec<Aside>), StoreError> {
        match self.write(&KeepAsk::ReadLog { from }).await? {
            KeepAnswer::LogPart {
                entries,
                left,
                aside,
            } => Ok((entries, left, aside)),
            other => Err(refusal(other)),
        }
    }

    /// What was derived from just this log by these rules, in parts; none where nothing was.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub async fn recall(
        &self,
        rules: String,
    ) -> Result<Option<Vec<Packed<Remembered>>>, StoreError> {
        match self.write(&KeepAsk::Recall { rules }).await? {
            KeepAnswer::Recalled(derived) => Ok(derived),
            other => Err(refusal(other)),
        }
    }

    /// Keeps what was derived by these rules from so many records.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn remember(
        &self,
        rules: String,
        records: usize,
        derived: Vec<Packed<Remembered>>,
    ) -> Result<(), StoreError> {
        self.put(&KeepAsk::Remember {
            rules,
            records,
            derived,
        })
        .await
    }

    /// The whole log, for another worker.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub async fn pack_log(&self) -> Result<Packed<Log>, StoreError> {
        match self.write(&KeepAsk::PackLog).await? {
            KeepAnswer::PackedLog(log) => Ok(log),
            other => Err(refusal(other)),
        }
    }

    /// Adds what [`Self::import`] has found.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn take_in(&self, found: Packed<Stored>) -> Result<(), StoreError> {
        self.put(&KeepAsk::TakeIn(found)).await
    }

    /// All that an export file with this text holds, what taking it in would do, and whether that would change anything.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub async fn import(&self, text: String) -> Result<(Packed<Stored>, String, bool), String> {
        match self.ask(&KeepAsk::Import(text)).await? {
            KeepAnswer::File {
                stored,
                summary,
                is_news,
            } => Ok((stored, summary, is_news)),
            KeepAnswer::Refused { why } => Err(why),
            other => Err(refusal(other).to_string()),
        }
    }

    /// The learner's own decks, and the names of those that cannot be read.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be had.
    pub async fn decks(&self) -> Result<(Packed<Vec<Deck>>, Vec<(String, String)>), StoreError> {
        match self.write(&KeepAsk::Decks).await? {
            KeepAnswer::Decks { decks, unreadable } => Ok((decks, unreadable)),
            other => Err(refusal(other)),
        }
    }

    /// Keeps a deck in the place of an earlier one of its name.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn keep_deck(&self, deck: Packed<Deck>, at: Timestamp) -> Result<(), StoreError> {
        self.put(&KeepAsk::KeepDeck(deck, at)).await
    }

    /// Removes a deck.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn remove_deck(&self, deck: Packed<Deck>, at: Timestamp) -> Result<(), StoreError> {
        self.put(&KeepAsk::RemoveDeck(deck, at)).await
    }

    /// What was set, in the words of the page; none where nothing was.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub async fn settings(&self) -> Result<Option<String>, StoreError> {
        match self.write(&KeepAsk::Settings).await? {
            KeepAnswer::Settings(words) => Ok(words),
            other => Err(refusal(other)),
        }
    }

    /// Keeps what was set.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn keep_settings(&self, words: String, at: Timestamp) -> Result<(), StoreError> {
        self.put(&KeepAsk::KeepSettings(words, at)).await
    }

    /// The exams, the last that was begun at the end.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub async fn exams(&self) -> Result<Vec<Run>, StoreError> {
        match self.write(&KeepAsk::Exams).await? {
            KeepAnswer::Exams(runs) => Ok(runs),
            other => Err(refusal(other)),
        }
    }

    /// Adds an exam, or what happened in it.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn keep_exam(&self, run: Run) -> Result<(), StoreError> {
        self.put(&KeepAsk::KeepExam(Box::new(run))).await
    }

    /// Throws the exam of this name away.
    ///
    /// # Errors
    /// [`StoreError`] where nothing was written.
    pub async fn throw_exam_away(&self, name: String, at: Timestamp) -> Result<(), StoreError> {
        self.put(&KeepAsk::ThrowExamAway(name, at)).await
    }

    async fn put(&self, ask: &KeepAsk) -> Result<(), StoreError> {
        match self.write(ask).await? {
            KeepAnswer::Merged | KeepAnswer::Kept(_) => Ok(()),
            other => Err(refusal(other)),
        }
    }

    /// A keeper that died is followed by another one: what it had written is there.
    async fn ask(&self, ask: &KeepAsk) -> Result<KeepAnswer, String> {
        let mail = self.mail.borrow().clone();
        let mail = if mail.is_dead() {
            let next = start(&self.on_given_up).await?;
            self.mail.replace(Rc::clone(&next));
            next
        } else {
            mail
        };
        read(&mail.ask(&encode(ask)).await?)
    }

    async fn write(&self, ask: &KeepAsk) -> Result<KeepAnswer, StoreError> {
        self.ask(ask).await.map_err(StoreError::Failed)
    }
}

impl LogStore for KeptLog {
    async fn append(&self, draft: Draft) -> Result<Entry, StoreError> {
        match self.write(&KeepAsk::Append(draft)).await? {
            KeepAnswer::Appended(entry) => Ok(entry),
            other => Err(refusal(other)),
        }
    }

    async fn keep(&self, kept: Kept) -> Result<Kept, StoreError> {
        match self.write(&KeepAsk::Keep(kept)).await? {
            KeepAnswer::Kept(kept) => Ok(kept),
            other => Err(refusal(other)),
        }
    }

    async fn merge(&self, stored: &Stored) -> Result<(), StoreError> {
        self.put(&KeepAsk::Merge(Box::new(stored.clone()))).await
    }

    async fn length(&self) -> Result<usize, StoreError> {
        match self.write(&KeepAsk::Length).await? {
            KeepAnswer::Length(records) => Ok(records),
            other => Err(refusal(other)),
        }
    }

    async fn read(&self) -> Result<Stored, StoreError> {
        match self.write(&KeepAsk::Read).await? {
            KeepAnswer::Stored(stored) => Ok(*stored),
            other => Err(refusal(other)),
        }
    }
}

impl std::fmt::Debug for KeptLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptLog")
    }
}

/// Asks the browser not to clear this site's storage when room runs short. It may ask the learner, or say no.
pub fn ask_to_persist() {
    let navigator = leptos::prelude::window().navigator();
    let storage = js_sys::Reflect::get(&navigator, &JsValue::from_str("storage"));
    // A page that was not loaded securely has none.
    if storage.is_ok_and(|storage| storage.is_object()) {
        let _promise = navigator.storage().persist();
    }
}

async fn start(on_given_up: &Rc<dyn Fn()>) -> Result<Rc<Mail>, String> {
    let on_given_up = Rc::clone(on_given_up);
    let take = move |word: &[u8]| {
        let has_given_up = word == GAVE_UP;
        if has_given_up {
            on_given_up();
        }
        has_given_up
    };
    Mail::open("keeper", Box::new(take)).await.map(Rc::new)
}

fn read(answer: &[u8]) -> Result<KeepAnswer, String> {
    decode(answer).map_err(|error| format!("the keeper answered something unreadable: {error}"))
}

fn refusal(answer: KeepAnswer) -> StoreError {
    match answer {
        KeepAnswer::Failed(error) => error,
        KeepAnswer::Refused { why } => StoreError::Failed(why),
        _ => StoreError::Failed("the keeper answered something else".to_owned()),
    }
}
