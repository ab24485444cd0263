//! The review log, and what is kept beside it, in IndexedDB.
//!
//! One database a site: `entries` holds one text a record under the key of [`Record`], `kept` one text a thing under the
//! key of [`Kept`], `meta` the device's name and its count, and what was derived from the log last. `src/web/rescue.js`
//! reads the first two as well, when the page's program has died. Version 1 had no `kept`.

use indexed_db_futures::database::{Database, VersionChangeEvent, VersionChangeListener};
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};

use cipherdeck::store::{
    DerivedStore, Draft, Kept, LogStore, Record, Shelves, StoreError, Stored, read_stored,
};
use cipherdeck::study::{DeviceId, Entry, EntryId};

const VERSION: u8 = 2;
const ENTRIES: &str = "entries";
const KEPT: &str = "kept";
const META: &str = "meta";
const DEVICE: &str = "device";
const COUNTER: &str = "counter";
const DERIVED: &str = "derived";

/// The review log of this browser.
#[derive(Debug)]
pub struct IndexedDbLogStore {
    database: Database,
    device: DeviceId,
}

impl IndexedDbLogStore {
    /// Opens the database of this name, and makes it where there is none. A new one belongs to the device `fresh`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where the browser offers none.
    pub async fn open(name: &str, fresh: DeviceId) -> Result<Self, StoreError> {
        let request = Database::open(name)
            .with_version(VERSION)
            .with_on_upgrade_needed(|event: VersionChangeEvent, database: Database| {
                let from = event.old_version();
                if from < 1.0 {
                    database.create_object_store(ENTRIES).build()?;
                    database.create_object_store(META).build()?;
                }
                if from < 2.0 {
                    database.create_object_store(KEPT).build()?;
                }
                Ok(())
            });
        let database = request.await.map_err(|error| unavailable(&error))?;
        let device = device(&database, fresh).await.map_err(failed)?;
        Ok(Self { database, device })
    }

    /// Gives the database up when another tab wants to change its form, and says so.
    ///
    /// # Errors
    /// [`StoreError`] where the browser does not say.
    pub fn version_changes(&self) -> Result<VersionChangeListener, StoreError> {
        self.database.version_changes().map_err(failed)
    }

    /// Lets go of the database.
    pub fn close(&self) {
        self.database.clone().close();
    }
}

impl LogStore for IndexedDbLogStore {
    async fn append(&self, draft: Draft) -> Result<Entry, StoreError> {
        append(&self.database, &self.device, draft)
            .await
            .map_err(failed)
    }

    async fn keep(&self, kept: Kept) -> Result<Kept, StoreError> {
        keep(&self.database, kept).await.map_err(failed)
    }

    async fn merge(&self, stored: &Stored) -> Result<(), StoreError> {
        merge(&self.database, stored).await.map_err(failed)
    }

    async fn length(&self) -> Result<usize, StoreError> {
        length(&self.database).await.map_err(failed)
    }

    async fn shelves(&self) -> Result<Shelves, StoreError> {
        shelves(&self.database).await.map_err(failed)
    }

    async fn read(&self) -> Result<Stored, StoreError> {
        read(&self.database).await.map_err(failed)
    }
}

impl DerivedStore for IndexedDbLogStore {
    async fn derived(&self) -> Result<Option<Vec<u8>>, StoreError> {
        derived(&self.database).await.map_err(failed)
    }

    async fn put_derived(&self, bytes: Vec<u8>) -> Result<(), StoreError> {
        put_derived(&self.database, &bytes).await.map_err(failed)
    }
}

/// A transaction that is complete only when the disk has it.
fn write<'a>(database: &'a Database, stores: &[&str]) -> Result<Transaction<'a>, Error> {
    let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    let names: Vec<String> = stores.iter().map(|&name| name.to_owned()).collect();
    database
        .transaction(names)
        .with_mode(TransactionMode::Readwrite)
        .with_options(options)
        .build()
}

async fn device(database: &Database, fresh: DeviceId) -> Result<DeviceId, Error> {
    let transaction = write(database, &[META])?;
    let meta = transaction.object_store(META)?;
    let known: Option<JsValue> = meta.get(DEVICE).primitive()?.await?;
    let known = known.and_then(|name| name.as_string()?.parse().ok());
    let device = match known {
        Some(device) => device,
        None => {
            meta.put(fresh.to_string())
                .with_key(DEVICE)
                .primitive()?
                .await?;
            fresh
        }
    };
    transaction.commit().await?;
    Ok(device)
}

async fn append(database: &Database, device: &DeviceId, draft: Draft) -> Result<Entry, Error> {
    let transaction = write(database, &[ENTRIES, META])?;
    let meta = transaction.object_store(META)?;
    let last: Option<JsValue> = meta.get(COUNTER).primitive()?.await?;
    let counter = last.and_then(|number| number.as_f64()).unwrap_or(0.0) + 1.0;
    meta.put(counter).with_key(COUNTER).primitive()?.await?;
    let entry = draft.named(EntryId {
        device: device.clone(),
        counter: counter as u64,
    });
    let record = Record::of(&entry);
    let entries = transaction.object_store(ENTRIES)?;
    // `add` refuses to write over what is there.
    entries
        .add(record.text)
        .with_key(record.key)
        .primitive()?
        .await?;
    transaction.commit().await?;
    Ok(entry)
}

async fn keep(database: &Database, kept: Kept) -> Result<Kept, Error> {
    let transaction = write(database, &[KEPT])?;
    let shelves = transaction.object_store(KEPT)?;
    let before = there(&shelves, &kept.stored_key()).await?;
    let kept = kept.after(before.as_ref());
    put(&shelves, &kept).await?;
    transaction.commit().await?;
    Ok(kept)
}

async fn there(shelves: &ObjectStore<'_>, key: &str) -> Result<Option<Kept>, Error> {
    let text: Option<JsValue> = shelves.get(key).primitive()?.await?;
    let text = text.and_then(|text| text.as_string());
    Ok(text.and_then(|text| Kept::read(key, &text).ok()))
}

async fn put(shelves: &ObjectStore<'_>, kept: &Kept) -> Result<(), Error> {
    shelves
        .put(kept.stored_text())
        .with_key(kept.stored_key())
        .primitive()?
        .await?;
    Ok(())
}

async fn merge(database: &Database, stored: &Stored) -> Result<(), Error> {
    let transaction = write(database, &[ENTRIES, KEPT])?;
    let entries = transaction.object_store(ENTRIES)?;
    for record in stored.records() {
        let there: Option<JsValue> = entries.get(record.key.as_str()).primitive()?.await?;
        if there.is_none() {
            entries
                .add(record.text)
                .with_key(record.key)
                .primitive()?
                .await?;
        }
    }
    let shelves = transaction.object_store(KEPT)?;
    for kept in stored.shelves.all() {
        let before = there(&shelves, &kept.stored_key()).await?;
        if before.is_none_or(|before| before < *kept) {
            put(&shelves, kept).await?;
        }
    }
    transaction.commit().await
}

async fn length(database: &Database) -> Result<usize, Error> {
    let transaction = database.transaction([ENTRIES]).build()?;
    let count = transaction
        .object_store(ENTRIES)?
        .count()
        .primitive()?
        .await?;
    Ok(count as usize)
}

async fn derived(database: &Database) -> Result<Option<Vec<u8>>, Error> {
    let transaction = database.transaction([META]).build()?;
    let meta = transaction.object_store(META)?;
    let bytes: Option<JsValue> = meta.get(DERIVED).primitive()?.await?;
    let bytes = bytes.and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
    Ok(bytes.map(|bytes| bytes.to_vec()))
}

async fn put_derived(database: &Database, bytes: &[u8]) -> Result<(), Error> {
    let transaction = write(database, &[META])?;
    let meta = transaction.object_store(META)?;
    meta.put(JsValue::from(Uint8Array::from(bytes)))
        .with_key(DERIVED)
        .primitive()?
        .await?;
    transaction.commit().await
}

async fn shelves(database: &Database) -> Result<Shelves, Error> {
    let transaction = database.transaction([KEPT]).build()?;
    let kept = records(&transaction, KEPT).await?;
    Ok(read_stored(Vec::new(), kept).shelves)
}

async fn read(database: &Database) -> Result<Stored, Error> {
    let transaction = database.transaction([ENTRIES, KEPT]).build()?;
    let entries = records(&transaction, ENTRIES).await?;
    let kept = records(&transaction, KEPT).await?;
    Ok(read_stored(entries, kept))
}

async fn records(transaction: &Transaction<'_>, name: &str) -> Result<Vec<Record>, Error> {
    let store = transaction.object_store(name)?;
    let keys = store.get_all_keys::<JsValue>().primitive()?.await?;
    let keys: Vec<JsValue> = keys.collect::<Result<_, _>>()?;
    let texts = store.get_all::<JsValue>().primitive()?.await?;
    let texts: Vec<JsValue> = texts.collect::<Result<_, _>>()?;
    let records = keys.iter().zip(&texts).map(|(key, text)| Record {
        key: readable(key),
        text: readable(text),
    });
    Ok(records.collect())
}

/// Text as it is; anything else, which this program never wrote, as JSON.
fn readable(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| {
        let json = js_sys::JSON::stringify(value).ok();
        json.map(String::from).unwrap_or_default()
    })
}

fn unavailable(error: &OpenDbError) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn failed(error: Error) -> StoreError {
    let is_full = |exception: &DomException| {
        let exception = web_sys::DomException::from(exception.clone());
        exception.name() == "QuotaExceededError"
    };
    match &error {
        Error::DomException(exception) if is_full(exception) => StoreError::Full,
        _ => StoreError::Failed(error.to_string()),
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use wasm_bindgen_futures::{JsFuture, future_to_promise};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;
    use cipherdeck::base::Timestamp;
    use cipherdeck::course::ContentHash;
    use cipherdeck::store::{Aside, Shelf};
    use cipherdeck::study::{EntryKind, UtcOffset};

    wasm_bindgen_test_configure!(run_in_browser);

    fn fresh() -> DeviceId {
        let mut random = [0; 8];
        getrandom::fill(&mut random).unwrap();
        DeviceId::from_random(random)
    }

    fn name() -> String {
        format!("test {}", fresh())
    }

    async fn open(name: &str) -> IndexedDbLogStore {
        IndexedDbLogStore::open(name, fresh()).await.unwrap()
    }

    fn draft(at: i64) -> Draft {
        Draft {
            at: Timestamp::from_millis(at),
            utc_offset: UtcOffset::UTC,
            card: "a-card".parse().unwrap(),
            content_hash: ContentHash::of("what it says"),
            kind: EntryKind::Flag,
        }
    }

    #[wasm_bindgen_test]
    async fn what_was_appended_is_there_when_the_store_is_opened_again() {
        let name = name();
        let store = open(&name).await;
        let first = store.append(draft(1)).await.unwrap();
        let second = store.append(draft(2)).await.unwrap();
        store.close();
        let again = open(&name).await;
        let third = again.append(draft(3)).await.unwrap();
        assert_eq!(
            (first.id.counter, second.id.counter, third.id.counter),
            (1, 2, 3)
        );
        assert_eq!(
            first.id.device, third.id.device,
            "the device keeps its name"
        );
        let stored = again.read().await.unwrap();
        assert_eq!(stored.log, [first, second, third].into_iter().collect());
        assert!(stored.aside.is_empty());
    }

    #[wasm_bindgen_test]
    async fn two_tabs_that_write_at_once_lose_nothing() {
        let name = name();
        let write = |tab: i64| {
            let name = name.clone();
            future_to_promise(async move {
                let store = open(&name).await;
                for at in 0..20 {
                    store.append(draft(tab * 1000 + at)).await.unwrap();
                }
                Ok(JsValue::UNDEFINED)
            })
        };
        let tabs = js_sys::Array::of2(&write(1), &write(2));
        JsFuture::from(js_sys::Promise::all(&tabs)).await.unwrap();
        let stored = open(&name).await.read().await.unwrap();
        let counters: Vec<u64> = stored.log.iter().map(|entry| entry.id.counter).collect();
        assert_eq!(counters, (1..=40).collect::<Vec<_>>());
    }

    fn exam(at: i64, text: &str) -> Kept {
        Kept {
            shelf: Shelf::Exams,
            key: "first".to_owned(),
            changed_at: Timestamp::from_millis(at),
            version: 1,
            text: Some(text.to_owned()),
        }
    }

    #[wasm_bindgen_test]
    async fn what_is_kept_is_replaced_by_what_comes_later_whatever_the_clock_says() {
        let name = name();
        let store = open(&name).await;
        store.keep(exam(9, "begun")).await.unwrap();
        let over = store.keep(exam(5, "over")).await.unwrap();
        let mut older = Stored::default();
        older.shelves.put(exam(7, "older"));
        store.merge(&older).await.unwrap();
        store.close();
        let stored = open(&name).await.read().await.unwrap();
        let all: Vec<&Kept> = stored.shelves.all().collect();
        assert_eq!(all, [&over]);
    }

    #[wasm_bindgen_test]
    async fn a_database_of_version_1_keeps_everything() {
        let name = name();
        let first = Database::open(&name).with_version(1u8);
        let first = first.with_on_upgrade_needed(|_: VersionChangeEvent, database: Database| {
            database.create_object_store(ENTRIES).build()?;
            database.create_object_store(META).build()?;
            Ok(())
        });
        let database = first.await.unwrap();
        let device = device(&database, fresh()).await.unwrap();
        let entry = append(&database, &device, draft(1)).await.unwrap();
        database.close();
        let store = open(&name).await;
        let kept = store.keep(exam(2, "begun")).await.unwrap();
        let next = store.append(draft(3)).await.unwrap();
        assert_eq!((next.id.device.clone(), next.id.counter), (device, 2));
        let stored = store.read().await.unwrap();
        assert_eq!(stored.log, [entry, next].into_iter().collect());
        assert_eq!(stored.shelves, [kept].into_iter().collect());
    }

    #[wasm_bindgen_test]
    async fn merging_twice_is_merging_once_and_keeps_what_cannot_be_read() {
        let store = open(&name()).await;
        let own = store.append(draft(1)).await.unwrap();
        let foreign = draft(2).named(EntryId {
            device: fresh(),
            counter: 7,
        });
        let damaged = Aside {
            key: "damaged".to_owned(),
            text: "{".to_owned(),
            why: String::new(),
        };
        let other = Stored {
            log: [foreign.clone(), own.clone()].into_iter().collect(),
            aside: vec![damaged.clone()],
            ..Stored::default()
        };
        store.merge(&other).await.unwrap();
        store.merge(&other).await.unwrap();
        let stored = store.read().await.unwrap();
        assert_eq!(stored.log, [own, foreign].into_iter().collect());
        assert_eq!(stored.aside.len(), 1);
        assert_eq!(
            (&stored.aside[0].key, &stored.aside[0].text),
            (&damaged.key, &damaged.text)
        );
    }
}
