//! How a log is kept, exported and imported.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cipherdeck::store::{
    Draft, LogStore, MemoryLogStore, Outbox, Record, StoreError, Stored, export, import,
};
use cipherdeck::study::{EntryKind, Interval, Log, Rating};
use proptest::prelude::*;

use crate::{answer, any_log, device, entry};

proptest! {
    #[test]
    fn every_entry_survives_export_and_import(log in any_log()) {
        let file = export(&log.clone().into());
        let imported = import(&file).expect("what was exported can be imported");
        prop_assert_eq!(imported.stored.log.new_to(&Log::default()), log.len());
        prop_assert_eq!(imported.stored.log, log);
    }

    #[test]
    fn a_damaged_file_is_refused_whole(log in any_log(), at in any::<proptest::sample::Index>(), byte in 0x20u8..0x7f) {
        let file = export(&log.into());
        let mut bytes = file.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let damaged = String::from_utf8(bytes).unwrap();
        prop_assert!(import(&damaged).is_err(), "{}", damaged);
        let cut = &file[..at];
        prop_assert!(import(cut).is_err(), "{}", cut);
    }

    #[test]
    fn no_file_makes_the_import_panic(text in "\\PC{0,80}(\n\\PC{0,80}){0,3}") {
        prop_assert!(import(&text).is_err());
    }
}

#[test]
fn a_store_names_entries_and_gives_them_back() {
    let store = MemoryLogStore::new(device(7));
    let first = now(store.append(draft(1))).unwrap();
    let second = now(store.append(draft(1))).unwrap();
    assert_ne!(first.id, second.id);
    let log: Log = [first, second].into_iter().collect();
    assert_eq!(now(store.read()).unwrap(), Stored::from(log.clone()));
    now(store.merge(&log.clone().into())).unwrap();
    assert_eq!(
        now(store.read()).unwrap().log,
        log,
        "what is there already changes nothing"
    );
}

#[test]
fn an_answer_that_cannot_be_saved_waits_and_is_saved_once() {
    let store = MemoryLogStore::new(device(7));
    let mut outbox = Outbox::new(device(8));
    store.fail_with(Some(StoreError::Full));
    assert_eq!(now(store.append(draft(1))), Err(StoreError::Full));
    let kept = outbox.keep(draft(1));
    let attempt = Stored::from(outbox.waiting().clone());
    assert_eq!(now(store.merge(&attempt)), Err(StoreError::Full));
    assert!(outbox.waiting().contains(&kept));
    store.fail_with(None);
    assert_eq!(now(store.merge(&attempt)), Ok(()));
    let meanwhile = outbox.keep(draft(2));
    outbox.saved(&attempt.log);
    assert!(
        outbox.waiting().contains(&meanwhile),
        "what came since still waits"
    );
    outbox.saved(&outbox.waiting().clone());
    assert!(outbox.is_empty());
    assert_eq!(now(store.read()).unwrap().log, [kept].into_iter().collect());
}

#[test]
fn a_damaged_record_is_reported_and_kept() {
    let store = MemoryLogStore::new(device(7));
    let whole = now(store.append(draft(1))).unwrap();
    let record = Record::of(&entry(9, 5, "a", EntryKind::Flag));
    let changed = Record {
        text: record.text.replace(":5,", ":6,"),
        ..record.clone()
    };
    store.put(changed.clone());
    store.put(Record {
        key: "nonsense".to_owned(),
        text: "{".to_owned(),
    });
    let stored = now(store.read()).unwrap();
    assert_eq!(stored.log, [whole].into_iter().collect());
    assert_eq!(stored.aside.len(), 2);
    let imported = import(&export(&stored)).unwrap();
    assert_eq!(imported.stored, stored, "it travels with an export");
    let other = MemoryLogStore::new(device(9));
    now(other.merge(&imported.stored)).unwrap();
    assert_eq!(now(other.read()).unwrap(), stored);
}

#[test]
fn a_file_is_refused_with_its_place() {
    let log: Log = [entry(1, 5, "a", EntryKind::Flag)].into_iter().collect();
    let file = export(&log.into());
    let refused = |text: &str| {
        let finding = import(text).unwrap_err();
        let place = cipherdeck::base::Lines::new(text).place(finding.span.start);
        format!("{place} {}", finding.code)
    };
    assert_eq!(refused("{}\n"), "1:1 no-export");
    assert_eq!(
        refused(&file.replace("\"version\":2", "\"version\":3")),
        "1:1 unknown-version"
    );
    assert_eq!(
        refused(&file.replace("\"at\":5", "\"at\":6")),
        "1:1 changed"
    );
    assert_eq!(
        refused(&file.replace("\"at\":5", "\"at\":x")),
        "2:63 damaged"
    );
    let cut = &file[..=file.find('\n').unwrap()];
    assert_eq!(refused(cut), "2:1 cut-off");
}

/// The futures of the twin in memory are ready at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in memory has to wait"),
    }
}

fn draft(at: i64) -> Draft {
    let entry = entry(0, at, "a", answer(Rating::Good, Interval::Days(3)));
    Draft {
        at: entry.at,
        utc_offset: entry.utc_offset,
        card: entry.card,
        content_hash: entry.content_hash,
        kind: entry.kind,
    }
}
