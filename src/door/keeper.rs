//! What page and keeper say to each other, and the keeper's end of the door.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::base::{Lines, Timestamp};
use crate::course::Deck;
use crate::door::{BUILD, Packed, decode, encode};
use crate::store::{
    Aside, DerivedStore, Draft, Kept, LogStore, Shelves, StoreError, Stored, export, import,
    keep_deck, keep_exam, keep_settings, read_decks, read_exams, read_settings, remove_deck,
    throw_exam_away,
};
use crate::study::exam::Run;
use crate::study::{Entry, Log, Remembered};

/// What the page can ask the keeper. Every ask is answered once, in order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum KeepAsk {
    /// As [`LogStore::append`].
    Append(Draft),
    /// As [`LogStore::keep`].
    Keep(Kept),
    /// As [`LogStore::merge`].
    Merge(Box<Stored>),
    /// As [`LogStore::read`].
    Read,
    /// A part of the log, in the order in which it counts, from this entry on.
    ReadLog {
        /// How many entries stand before it.
        from: usize,
    },
    /// The whole log for another worker.
    PackLog,
    /// As [`LogStore::length`].
    Length,
    /// What was derived from just this log by these rules.
    Recall {
        /// The rules, in any words.
        rules: String,
    },
    /// Keeps what was derived by these rules from so many records.
    Remember {
        /// The rules, in the same words.
        rules: String,
        /// How many records it was derived from; where the store has others by now, nothing is kept.
        records: usize,
        /// What was derived, in parts.
        derived: Vec<Packed<Remembered>>,
    },
    /// What to write into a file that holds all this, with all that the store holds or without.
    Export {
        /// What may not be in the store.
        more: Box<Stored>,
        /// Whether the store is to be read.
        with_store: bool,
    },
    /// Adds what [`KeepAnswer::File`] has found in a file.
    TakeIn(Packed<Stored>),
    /// What the export file with this text holds, and what it would add here.
    Import(String),
    /// As [`read_decks`].
    Decks,
    /// As [`keep_deck`], at this instant.
    KeepDeck(Packed<Deck>, Timestamp),
    /// As [`remove_deck`], at this instant.
    RemoveDeck(Packed<Deck>, Timestamp),
    /// As [`read_settings`].
    Settings,
    /// As [`keep_settings`], at this instant.
    KeepSettings(String, Timestamp),
    /// As [`read_exams`].
    Exams,
    /// As [`keep_exam`]: an exam with what happened in it since it was kept last.
    KeepExam(Box<Run>),
    /// As [`throw_exam_away`]: the exam of this name, at this instant.
    ThrowExamAway(String, Timestamp),
}

/// What the keeper says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum KeepAnswer {
    /// The first word of every keeper, unasked. It stays the first variant, so that a page of another build can read
    /// it too.
    Hello {
        /// As [`crate::door::BUILD`].
        build: String,
    },
    /// Unasked: the store was let go of, for the sake of another tab.
    GaveUp,
    /// The entry with its name.
    Appended(Entry),
    /// The thing as it is kept.
    Kept(Kept),
    /// Everything is written.
    Merged,
    /// All that a store or a file holds.
    Stored(Box<Stored>),
    /// A part of the log.
    LogPart {
        /// Its entries.
        entries: Vec<Entry>,
        /// How many stand behind them.
        left: usize,
        /// What cannot be read, with the first part.
        aside: Vec<Aside>,
    },
    /// The whole log.
    PackedLog(Packed<Log>),
    /// How many records the log has.
    Length(usize),
    /// What was derived; none where it was from another log, by other rules or by another build.
    Recalled(Option<Vec<Packed<Remembered>>>),
    /// What a file holds.
    File {
        /// All of it, to be handed back in [`KeepAsk::TakeIn`].
        stored: Packed<Stored>,
        /// What taking it in would do, in sentences.
        summary: String,
        /// Whether that would change anything.
        is_news: bool,
    },
    /// The text of a file.
    Text(String),
    /// The learner's own decks.
    Decks {
        /// Those that can be read.
        decks: Packed<Vec<Deck>>,
        /// The names of the others, each with why.
        unreadable: Vec<(String, String)>,
    },
    /// What was set; none where nothing was.
    Settings(Option<String>),
    /// The exams.
    Exams(Vec<Run>),
    /// Nothing was written.
    Failed(StoreError),
    /// The ask cannot be met, and why.
    Refused {
        /// One sentence.
        why: String,
    },
}

/// Holds a store for the page. Knows nothing of workers: bytes in, bytes out.
#[derive(Debug)]
pub struct Keeper<S> {
    store: RefCell<Result<Rc<S>, StoreError>>,
    /// The log while it is read part by part.
    being_read: RefCell<Vec<Entry>>,
}

/// How many entries a part of the log has at most: so many are counted before anybody waits for the page.
pub const PART: usize = 2000;

impl<S: DerivedStore> Keeper<S> {
    /// With the store, or with the reason why there is none.
    #[must_use]
    pub fn new(store: Result<S, StoreError>) -> Self {
        Self {
            store: RefCell::new(store.map(Rc::new)),
            being_read: RefCell::new(Vec::new()),
        }
    }

    /// The first word, before anything is asked.
    #[must_use]
    pub fn hello() -> Vec<u8> {
        super::hello()
    }

    /// The store.
    ///
    /// # Errors
    /// Why there is none.
    pub fn store(&self) -> Result<Rc<S>, StoreError> {
        self.store.borrow().clone()
    }

    /// Lets go of the store, and answers with what is said of it; asks fail with `why` from now on.
    #[must_use]
    pub fn give_up(&self, why: StoreError) -> Vec<u8> {
        *self.store.borrow_mut() = Err(why);
        encode(&KeepAnswer::GaveUp)
    }

    /// The answer to one message.
    pub async fn answer(&self, message: &[u8]) -> Vec<u8> {
        encode(&match decode(message) {
            Ok(KeepAsk::Export {
                more,
                with_store: false,
            }) => KeepAnswer::Text(export(&more)),
            Ok(KeepAsk::Import(text)) => self.look_into(&text).await,
            Ok(ask) => self.keep(ask).await.unwrap_or_else(KeepAnswer::Failed),
            Err(error) => KeepAnswer::Refused {
                why: format!("the message cannot be read: {error}"),
            },
        })
    }

    /// Where there is no store, all that a file holds is new.
    async fn look_into(&self, text: &str) -> KeepAnswer {
        let import = match import(text) {
            Ok(import) => import,
            Err(finding) => {
                let place = Lines::new(text).place(finding.span.start);
                let why = format!("{place}: {}", finding.message);
                return KeepAnswer::Refused { why };
            }
        };
        let here = match self.store() {
            Ok(store) => store.read().await.unwrap_or_default(),
            Err(_) => Stored::default(),
        };
        let summary = import.summary(&here.log, &here.shelves).to_string();
        // A file can take away, too.
        let mut after = here.clone();
        after.merge(&import.stored);
        KeepAnswer::File {
            stored: Packed::new(&import.stored),
            is_news: after != here,
            summary,
        }
    }

    async fn keep(&self, ask: KeepAsk) -> Result<KeepAnswer, StoreError> {
        let store = self.store()?;
        Ok(match ask {
            KeepAsk::Append(draft) => KeepAnswer::Appended(store.append(draft).await?),
            KeepAsk::Keep(kept) => KeepAnswer::Kept(store.keep(kept).await?),
            KeepAsk::Merge(stored) => {
                store.merge(&stored).await?;
                KeepAnswer::Merged
            }
            KeepAsk::TakeIn(stored) => {
                let unreadable = || StoreError::Failed("the file cannot be read again".to_owned());
                store.merge(&stored.open().ok_or_else(unreadable)?).await?;
                KeepAnswer::Merged
            }
            KeepAsk::ReadLog { from } => self.read_log(&*store, from).await?,
            KeepAsk::Length => KeepAnswer::Length(store.length().await?),
            KeepAsk::Recall { rules } => {
                let derived = store.derived().await?;
                let derived = derived.and_then(|bytes| decode::<Derived>(&bytes).ok());
                let length = store.length().await?;
                let fits = |derived: &Derived| derived.is_of(&rules, length);
                KeepAnswer::Recalled(derived.filter(fits).map(|derived| derived.known))
            }
            KeepAsk::Remember {
                rules,
                records,
                derived: known,
            } => {
                if store.length().await? == records {
                    let derived = Derived::new(rules, records, known);
                    store.put_derived(encode(&derived)).await?;
                }
                KeepAnswer::Merged
            }
            KeepAsk::PackLog => KeepAnswer::PackedLog(Packed::new(&store.read().await?.log)),
            KeepAsk::Export { more, .. } => {
                let mut all = store.read().await?;
                all.merge(&more);
                KeepAnswer::Text(export(&all))
            }
            KeepAsk::Decks => {
                let (decks, unreadable) = read_decks(&store.shelves().await?);
                KeepAnswer::Decks {
                    decks: Packed::new(&decks),
                    unreadable,
                }
            }
            KeepAsk::KeepDeck(deck, at) => {
                KeepAnswer::Kept(store.keep(keep_deck(&opened(&deck)?, at)).await?)
            }
            KeepAsk::RemoveDeck(deck, at) => {
                KeepAnswer::Kept(store.keep(remove_deck(&opened(&deck)?, at)).await?)
            }
            KeepAsk::Settings => {
                let shelves = store.shelves().await?;
                KeepAnswer::Settings(read_settings(&shelves).map(str::to_owned))
            }
            KeepAsk::KeepSettings(words, at) => {
                KeepAnswer::Kept(store.keep(keep_settings(words, at)).await?)
            }
            KeepAsk::Exams => KeepAnswer::Exams(read_exams(&store.shelves().await?)),
            KeepAsk::KeepExam(run) => put(&*store, keep_exam(&run)).await?,
            KeepAsk::ThrowExamAway(name, at) => {
                let shelves = store.shelves().await?;
                put(&*store, throw_exam_away(&name, &shelves, at)).await?
            }
            _ => KeepAnswer::Stored(Box::new(store.read().await?)),
        })
    }

    /// The store is read for the first part; what is written meanwhile is told to the page by whoever writes it.
    async fn read_log(&self, store: &S, from: usize) -> Result<KeepAnswer, StoreError> {
        let mut aside = Vec::new();
        if from == 0 || self.being_read.borrow().len() < from {
            let stored = store.read().await?;
            aside = stored.aside;
            let ordered = stored.log.in_order().into_iter().cloned().collect();
            *self.being_read.borrow_mut() = ordered;
        }
        let mut all = self.being_read.borrow_mut();
        let end = all.len().min(from + PART);
        let entries = all.get(from..end).unwrap_or_default().to_vec();
        let left = all.len() - end;
        if left == 0 {
            all.clear();
        }
        Ok(KeepAnswer::LogPart {
            entries,
            left,
            aside,
        })
    }
}

/// What was derived from the log, with all that it depends on.
#[derive(Debug, Serialize, Deserialize)]
struct Derived {
    build: String,
    rules: String,
    records: usize,
    known: Vec<Packed<Remembered>>,
}

impl Derived {
    fn new(rules: String, records: usize, known: Vec<Packed<Remembered>>) -> Self {
        Self {
            build: BUILD.to_owned(),
            rules,
            records,
            known,
        }
    }

    fn is_of(&self, rules: &str, records: usize) -> bool {
        self.build == BUILD && self.rules == rules && self.records == records
    }
}

fn opened(deck: &Packed<Deck>) -> Result<Deck, StoreError> {
    let unreadable = || StoreError::Failed("the deck cannot be read".to_owned());
    deck.open().ok_or_else(unreadable)
}

async fn put(store: &impl LogStore, shelves: Shelves) -> Result<KeepAnswer, StoreError> {
    let stored = Stored {
        shelves,
        ..Stored::default()
    };
    store.merge(&stored).await?;
    Ok(KeepAnswer::Merged)
}
