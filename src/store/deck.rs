//! The learner's own decks as they are kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kept::{Kept, Shelf, Shelves};
use crate::base::Timestamp;
use crate::course::Deck;

const VERSION: u32 = 1;

/// Version 1 of the form.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Version1 {
    title: String,
    files: BTreeMap<String, String>,
}

/// The deck as it is kept from `at` on.
#[must_use]
pub fn keep_deck(deck: &Deck, at: Timestamp) -> Kept {
    let text = Version1 {
        title: deck.title.clone(),
        files: deck.files.clone(),
    };
    let text = serde_json::to_string(&text).expect("plain data is always JSON");
    Kept {
        shelf: Shelf::Decks,
        key: deck.id.to_string(),
        changed_at: at,
        version: VERSION,
        text: Some(text),
    }
}

/// What is kept instead of the deck that was removed at `at`.
#[must_use]
pub fn remove_deck(deck: &Deck, at: Timestamp) -> Kept {
    Kept {
        text: None,
        ..keep_deck(deck, at)
    }
}

/// The decks on the shelves by name, and the names of those that cannot be read, each with why.
#[must_use]
pub fn read_decks(shelves: &Shelves) -> (Vec<Deck>, Vec<(String, String)>) {
    let mut decks = Vec::new();
    let mut unreadable = Vec::new();
    for (key, version, text) in shelves.on(Shelf::Decks) {
        match read(key, version, text) {
            Ok(deck) => decks.push(deck),
            Err(why) => unreadable.push((key.to_owned(), why)),
        }
    }
    (decks, unreadable)
}

fn read(key: &str, version: u32, text: &str) -> Result<Deck, String> {
    let id = key.parse().map_err(|_| format!("`{key}` names no deck"))?;
    if version != VERSION {
        return Err(format!(
            "the deck has version {version}, this program reads version {VERSION}"
        ));
    }
    let kept: Version1 = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(Deck {
        id,
        title: kept.title,
        files: kept.files,
    })
}
