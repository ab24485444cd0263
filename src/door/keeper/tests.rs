use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;

use super::*;
use crate::course::ContentHash;
use crate::store::MemoryLogStore;
use crate::study::{DeviceId, EntryKind, UtcOffset};

fn keeper() -> Keeper<MemoryLogStore> {
    Keeper::new(Ok(MemoryLogStore::new(DeviceId::from_random([7; 8]))))
}

/// The twin in memory never waits.
fn said(keeper: &Keeper<MemoryLogStore>, message: &[u8]) -> KeepAnswer {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(keeper.answer(message)).poll(&mut context) {
        Poll::Ready(bytes) => decode(&bytes).unwrap(),
        Poll::Pending => panic!("an answer is expected at once"),
    }
}

fn ask(keeper: &Keeper<MemoryLogStore>, ask: &KeepAsk) -> KeepAnswer {
    said(keeper, &encode(ask))
}

fn draft() -> Draft {
    Draft {
        at: Timestamp::from_millis(1),
        utc_offset: UtcOffset::UTC,
        card: "a-card".parse().unwrap(),
        content_hash: ContentHash::of("what it says"),
        kind: EntryKind::Flag,
    }
}

#[test]
fn what_was_appended_is_read_exported_and_imported_again() {
    let keeper = keeper();
    let KeepAnswer::Appended(entry) = ask(&keeper, &KeepAsk::Append(draft())) else {
        panic!("an entry is expected")
    };
    let KeepAnswer::Stored(stored) = ask(&keeper, &KeepAsk::Read) else {
        panic!("everything is expected")
    };
    assert!(stored.log.contains(&entry));
    let everything = KeepAsk::Export {
        more: Box::default(),
        with_store: true,
    };
    let KeepAnswer::Text(file) = ask(&keeper, &everything) else {
        panic!("a file is expected")
    };
    let looked_into = |keeper: &_| match ask(keeper, &KeepAsk::Import(file.clone())) {
        KeepAnswer::File {
            stored: read,
            summary,
            is_news,
        } => {
            assert_eq!(read.open(), Some(*stored.clone()));
            (summary, is_news)
        }
        other => panic!("what was exported is expected, not {other:?}"),
    };
    let day = "The file has 1 entry of 1970-01-01 to 1970-01-01";
    assert_eq!(
        looked_into(&keeper),
        (format!("{day}; 0 of them new here."), false)
    );
    let elsewhere = self::keeper();
    assert_eq!(
        looked_into(&elsewhere),
        (format!("{day}; 1 of them new here."), true)
    );
}

#[test]
fn a_long_log_comes_part_by_part_in_the_order_in_which_it_counts() {
    let keeper = keeper();
    let mut written = Log::default();
    for _ in 0..=2 * PART {
        match ask(&keeper, &KeepAsk::Append(draft())) {
            KeepAnswer::Appended(entry) => written.insert(entry),
            other => panic!("an entry is expected, not {other:?}"),
        };
    }
    let part = |from| match ask(&keeper, &KeepAsk::ReadLog { from }) {
        KeepAnswer::LogPart { entries, left, .. } => (entries, left),
        other => panic!("a part is expected, not {other:?}"),
    };
    let (mut read, mut left) = part(0);
    assert_eq!((read.len(), left), (PART, PART + 1));
    while left > 0 {
        let (more, rest) = part(read.len());
        read.extend(more);
        left = rest;
    }
    let ordered: Vec<Entry> = written.in_order().into_iter().cloned().collect();
    assert_eq!(read, ordered);
    // A keeper that took the place of another one has to read the log first.
    assert_eq!(part(PART).0.len(), PART);
    match ask(&keeper, &KeepAsk::PackLog) {
        KeepAnswer::PackedLog(packed) => assert_eq!(packed.open(), Some(written)),
        other => panic!("the log is expected, not {other:?}"),
    }
}

#[test]
fn what_was_derived_is_recalled_of_just_this_log_by_just_these_rules() {
    let keeper = keeper();
    let recalled = |rules: &str| {
        let rules = rules.to_owned();
        match ask(&keeper, &KeepAsk::Recall { rules }) {
            KeepAnswer::Recalled(derived) => derived.is_some(),
            other => panic!("what was derived is expected, not {other:?}"),
        }
    };
    let remember = |records| {
        let rules = "rules".to_owned();
        let derived = vec![Packed::new(&Remembered::default())];
        ask(
            &keeper,
            &KeepAsk::Remember {
                rules,
                records,
                derived,
            },
        );
    };
    assert!(!recalled("rules"), "nothing was derived yet");
    ask(&keeper, &KeepAsk::Append(draft()));
    remember(2);
    assert!(!recalled("rules"), "the log was another one");
    remember(1);
    assert!(recalled("rules"));
    assert!(!recalled("other rules"));
    ask(&keeper, &KeepAsk::Append(draft()));
    assert!(!recalled("rules"), "the log has grown since");
}

#[test]
fn a_deck_is_kept_replaced_and_removed_and_a_removed_one_stays_so() {
    let keeper = keeper();
    let deck = |text: &str| Deck {
        id: "mine".parse().unwrap(),
        title: "Mine".to_owned(),
        files: [("a.md".to_owned(), text.to_owned())].into(),
    };
    let at = Timestamp::from_millis;
    let decks = || match ask(&keeper, &KeepAsk::Decks) {
        KeepAnswer::Decks { decks, unreadable } => {
            assert_eq!(unreadable, []);
            decks.open().unwrap()
        }
        other => panic!("decks are expected, not {other:?}"),
    };
    let keep = |text, time| KeepAsk::KeepDeck(Packed::new(&deck(text)), at(time));
    assert_eq!(decks(), []);
    ask(&keeper, &keep("# One", 5));
    assert_eq!(decks(), [deck("# One")]);
    // A clock that was moved back replaces it all the same.
    ask(&keeper, &keep("# Two", 1));
    assert_eq!(decks(), [deck("# Two")]);
    let KeepAnswer::Stored(older) = ask(&keeper, &KeepAsk::Read) else {
        panic!("everything is expected")
    };
    ask(
        &keeper,
        &KeepAsk::RemoveDeck(Packed::new(&deck("# Two")), at(9)),
    );
    assert_eq!(decks(), []);
    ask(&keeper, &KeepAsk::Merge(older));
    assert_eq!(decks(), [], "an older copy does not bring it back");
}

#[test]
fn what_was_set_goes_with_the_file_and_the_last_change_counts() {
    let (here, elsewhere) = (keeper(), keeper());
    let set = |keeper: &_, words: &str, at| {
        ask(
            keeper,
            &KeepAsk::KeepSettings(words.to_owned(), Timestamp::from_millis(at)),
        );
    };
    let is_set = |keeper: &_| match ask(keeper, &KeepAsk::Settings) {
        KeepAnswer::Settings(words) => words,
        other => panic!("what was set is expected, not {other:?}"),
    };
    assert_eq!(is_set(&here), None);
    set(&here, "dark", 5);
    set(&elsewhere, "light", 3);
    let everything = |keeper: &_| match ask(keeper, &KeepAsk::Read) {
        KeepAnswer::Stored(stored) => stored,
        other => panic!("everything is expected, not {other:?}"),
    };
    let (ours, theirs) = (everything(&here), everything(&elsewhere));
    ask(&elsewhere, &KeepAsk::Merge(ours));
    ask(&here, &KeepAsk::Merge(theirs));
    for keeper in [&here, &elsewhere] {
        assert_eq!(is_set(keeper).as_deref(), Some("dark"));
    }
}

#[test]
fn a_damaged_file_is_refused_with_its_place() {
    let KeepAnswer::Refused { why } = ask(&keeper(), &KeepAsk::Import("{}\n".to_owned())) else {
        panic!("a refusal is expected")
    };
    assert!(why.starts_with("1:1: "), "{why}");
}

#[test]
fn a_store_that_was_given_up_writes_nothing_and_files_are_written_all_the_same() {
    let keeper = keeper();
    let why = StoreError::Unavailable("another tab".to_owned());
    let word = decode(&keeper.give_up(why.clone())).unwrap();
    assert!(matches!(word, KeepAnswer::GaveUp));
    let answer = ask(&keeper, &KeepAsk::Append(draft()));
    assert!(matches!(answer, KeepAnswer::Failed(error) if error == why));
    for with_store in [true, false] {
        let more = Box::default();
        let answer = ask(&keeper, &KeepAsk::Export { more, with_store });
        assert_eq!(matches!(answer, KeepAnswer::Text(_)), !with_store);
    }
}

proptest! {
    #[test]
    fn any_message_gets_an_answer(message in proptest::collection::vec(any::<u8>(), 0..200)) {
        said(&keeper(), &message);
    }
}
