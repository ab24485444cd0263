//! Own decks are kept, replaced and removed.

use std::collections::BTreeMap;

use cipherdeck::base::Timestamp;
use cipherdeck::course::Deck;
use cipherdeck::store::{Shelves, keep_deck, read_decks, remove_deck};

fn deck(text: &str) -> Deck {
    Deck {
        id: "my-notes".parse().unwrap(),
        title: "My notes".to_owned(),
        files: BTreeMap::from([("a.md".to_owned(), text.to_owned())]),
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[test]
fn a_deck_is_kept_as_it_is_until_it_is_removed() {
    let mut shelves = Shelves::default();
    shelves.put(keep_deck(&deck("# One\n"), at(1)));
    shelves.put(keep_deck(&deck("# Two\n"), at(2)));
    assert_eq!(read_decks(&shelves), (vec![deck("# Two\n")], Vec::new()));
    shelves.put(remove_deck(&deck(""), at(3)));
    assert_eq!(read_decks(&shelves).0, []);
    shelves.put(keep_deck(&deck("# Two\n"), at(2)));
    assert_eq!(
        read_decks(&shelves).0,
        [],
        "an old copy does not bring it back"
    );
    shelves.put(keep_deck(&deck("# Three\n"), at(4)));
    assert_eq!(read_decks(&shelves).0.len(), 1);
}
