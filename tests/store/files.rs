//! Files and records of every version are read by this one.

use std::fs;
use std::path::PathBuf;

use cipherdeck::base::Lines;
use cipherdeck::store::{Record, Shelf, Tally, export, import, read_decks};
use cipherdeck::study::{DeviceId, EntryKind, Log};

use super::{device, entry, kept};

fn golden(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/store");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_file_of_version_1_is_read_whole() {
    let stored = import(&golden("export-1.jsonl")).unwrap().stored;
    assert_eq!(stored.log.len(), 9);
    assert_eq!(stored.shelves.all().count(), 0);
    assert_eq!(stored.aside.len(), 1);
    let answers = stored
        .log
        .iter()
        .filter(|entry| matches!(entry.kind, EntryKind::Answer(_)));
    assert_eq!(answers.count(), 3);
    let again = import(&export(&stored)).unwrap().stored;
    assert_eq!(again, stored, "it goes on as a file of this version");
}

#[test]
fn a_file_of_version_2_is_read_and_written_as_it_was() {
    let file = golden("export-2.jsonl");
    let stored = import(&file).unwrap().stored;
    assert_eq!(export(&stored), file);
    let (decks, unreadable) = read_decks(&stored.shelves);
    assert_eq!(unreadable, []);
    assert_eq!(decks[0].title, "My notes");
    assert!(decks[0].files["a.md"].contains("sheet: mine"));
    assert_eq!(stored.shelves.on(Shelf::Exams).count(), 1);
}

/// The name of a record is a hash of its text: an entry that was written otherwise than it was read would be there twice.
#[test]
fn a_record_of_every_version_is_read_and_written_as_it_was() {
    let lines = golden("records.jsonl");
    for line in lines.lines() {
        let (key, text) = line.split_once(' ').unwrap();
        let record = Record {
            key: key.to_owned(),
            text: text.to_owned(),
        };
        let entry = record.read().unwrap();
        assert_eq!(Record::of(&entry), record);
    }
    assert!(lines.lines().count() >= 9);
}

#[test]
fn a_damaged_file_is_refused_whole_with_its_place() {
    let file = golden("export-2.jsonl");
    let refused = |text: &str| {
        let finding = import(text).unwrap_err();
        let place = Lines::new(text).place(finding.span.start);
        format!("{place} {}", finding.code)
    };
    let changed = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        refused(&file.replacen(from, to, 1))
    };
    assert_eq!(
        changed("\"version\":2", "\"version\":3"),
        "1:1 unknown-version"
    );
    assert_eq!(
        changed("\"version\":2", "\"version\":0"),
        "1:1 unknown-version"
    );
    assert_eq!(changed("My notes", "My nates"), "1:1 changed");
    assert_eq!(
        changed("\"shelf\":\"decks\"", "\"shelf\":\"cellar\""),
        "3:25 damaged"
    );
    assert_eq!(
        refused(file.trim_end()),
        format!("{} cut-off", Lines::new(&file).place(file.len() - 1))
    );
    let lines: Vec<&str> = file.lines().collect();
    let short = format!("{}\n", lines[..lines.len() - 1].join("\n"));
    assert_eq!(refused(&short), format!("{}:1 cut-off", lines.len()));
}

#[test]
fn a_deck_of_a_later_version_is_left_alone_and_named() {
    let mut stored = import(&golden("export-2.jsonl")).unwrap().stored;
    let mut later = kept(Shelf::Decks, "later", 1, Some("{\"title\":\"x\"}"));
    later.version = 2;
    stored.shelves.put(later);
    let (decks, unreadable) = read_decks(&stored.shelves);
    assert_eq!(decks.len(), 1);
    let why = "the deck has version 2, this program reads version 1";
    assert_eq!(unreadable, [("later".to_owned(), why.to_owned())]);
    assert_eq!(import(&export(&stored)).unwrap().stored, stored);
}

#[test]
fn the_summary_tells_what_is_new_changed_and_removed() {
    let import = import(&golden("export-2.jsonl")).unwrap();
    let nothing = (Log::default(), Default::default());
    let first = import.summary(&nothing.0, &nothing.1);
    assert_eq!(
        first.entries,
        Tally {
            new: 1,
            ..Tally::default()
        }
    );
    assert_eq!(
        first.decks,
        Tally {
            new: 1,
            removed: 0,
            known: 1,
            changed: 0
        }
    );
    assert_eq!(
        first.exams,
        Tally {
            new: 1,
            ..Tally::default()
        }
    );
    assert!(first.settings);
    assert_eq!(first.devices, [DeviceId::from_random([1; 8])]);
    assert_eq!(
        first.to_string(),
        "The file has 1 entry of 1970-01-01 to 1970-01-01; 1 of them new here. It has 2 decks: 1 new, 1 here already. \
         It has 1 mock exam: 1 new. Its settings are later than yours."
    );
    let (oldest, newest) = first.dates.unwrap();
    assert_eq!((oldest.millis(), newest.millis()), (5, 5));

    let mut here = import.stored.clone();
    here.log = [entry(2, 1, 1)].into_iter().collect();
    here.shelves.put(kept(Shelf::Decks, "my-notes", 90, None));
    let older = import.summary(&here.log, &here.shelves);
    assert_eq!(
        older.decks.removed, 1,
        "what was removed here stays removed"
    );
    assert!(!older.settings);
    assert_eq!(older.entries.new, 1);
    assert_eq!(older.unreadable, 0);
    assert_ne!(older.devices, [device(2)]);
}
