//! The laws of merging what several devices kept.

use cipherdeck::store::{Kept, Shelf, Stored, export, import};
use cipherdeck::study::Log;
use proptest::prelude::*;

use super::{entry, kept};

fn any_kept() -> impl Strategy<Value = Kept> {
    let shelf = proptest::sample::select(vec![Shelf::Decks, Shelf::Exams, Shelf::Settings]);
    let key = proptest::sample::select(vec!["a", "b"]);
    let text = proptest::option::of(proptest::sample::select(vec!["one", "two", "\u{2028}\n\""]));
    (shelf, key, 0i64..4, 1u32..3, text).prop_map(|(shelf, key, at, version, text)| Kept {
        version,
        ..kept(shelf, key, at, text)
    })
}

fn any_stored() -> impl Strategy<Value = Stored> {
    let entries = proptest::collection::vec((1u8..4, 1u64..6, 0i64..9), 0..8);
    let kept = proptest::collection::vec(any_kept(), 0..8);
    (entries, kept).prop_map(|(entries, kept)| {
        let entries = entries
            .into_iter()
            .map(|(device, counter, at)| entry(device, counter, at));
        Stored {
            log: entries.collect::<Log>(),
            shelves: kept.into_iter().collect(),
            aside: Vec::new(),
        }
    })
}

fn merged(a: &Stored, b: &Stored) -> Stored {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        a in any_stored(), b in any_stored(), c in any_stored(),
    ) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
    }

    #[test]
    fn everything_survives_export_and_import(stored in any_stored()) {
        prop_assert_eq!(import(&export(&stored)).unwrap().stored, stored);
    }

    #[test]
    fn a_summary_says_what_the_import_then_does(here in any_stored(), file in any_stored()) {
        let import = import(&export(&file)).unwrap();
        let summary = import.summary(&here.log, &here.shelves);
        let after = merged(&here, &file);
        prop_assert_eq!(summary.entries.new, after.log.len() - here.log.len());
        prop_assert_eq!(summary.entries.new + summary.entries.known, file.log.len());
        for (shelf, tally) in [(Shelf::Decks, summary.decks), (Shelf::Exams, summary.exams)] {
            let before: Vec<_> = here.shelves.on(shelf).collect();
            let now: Vec<_> = after.shelves.on(shelf).collect();
            let is_new = |(key, ..): &&(&str, u32, &str)| before.iter().all(|(known, ..)| known != key);
            prop_assert_eq!(tally.new, now.iter().filter(is_new).count());
        }
        let again = import.summary(&after.log, &after.shelves);
        prop_assert!(!again.changes_anything(), "{:?}", again);
        if !summary.changes_anything() {
            prop_assert_eq!(&after.log, &here.log);
        }
    }
}
