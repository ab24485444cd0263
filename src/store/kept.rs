//! What is kept beside the log: texts that are replaced when they change.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::record::Aside;
use crate::base::Timestamp;

/// Where a thing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// The learner's own decks, by the deck's name.
    Decks,
    /// Mock exams, begun or over, by whatever name they were given.
    Exams,
    /// What the learner set.
    Settings,
}

impl Shelf {
    /// Its name in stores and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decks => "decks",
            Self::Exams => "exams",
            Self::Settings => "settings",
        }
    }
}

/// One thing as it is kept. Of two states of one thing the one that was changed last counts, on every device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Where.
    pub shelf: Shelf,
    /// Under which name.
    pub key: String,
    /// When it was changed. What is kept after it always has a later time, whatever the clock says.
    pub changed_at: Timestamp,
    /// The version of the form that the text has.
    pub version: u32,
    /// What is kept; none since it was removed, so that an older copy does not bring it back.
    pub text: Option<String>,
}

impl Kept {
    /// The same, changed after `before` even where the clock was moved back.
    #[must_use]
    pub fn after(mut self, before: Option<&Self>) -> Self {
        if let Some(before) = before {
            let next = before.changed_at + Duration::from_millis(1);
            self.changed_at = self.changed_at.max(next);
        }
        self
    }

    /// The key under which a store holds it.
    #[must_use]
    pub fn stored_key(&self) -> String {
        format!("{}/{}", self.shelf.name(), self.key)
    }

    /// What a store holds under that key.
    #[must_use]
    pub fn stored_text(&self) -> String {
        serde_json::to_string(self).expect("plain data is always JSON")
    }

    /// What a store holds.
    ///
    /// # Errors
    /// [`Aside`] where the text is not what is stored under such a key.
    pub fn read(key: &str, text: &str) -> Result<Self, Aside> {
        let aside = |why: String| Aside {
            key: key.to_owned(),
            text: text.to_owned(),
            why,
        };
        let kept: Self = serde_json::from_str(text).map_err(|error| aside(error.to_string()))?;
        if kept.stored_key() != key {
            return Err(aside("the text belongs under another key".to_owned()));
        }
        Ok(kept)
    }
}

/// Everything that is kept beside the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelves {
    kept: BTreeMap<(Shelf, String), Kept>,
}

impl Shelves {
    /// Takes a thing in, unless it has a later state already; says whether it did.
    pub fn put(&mut self, kept: Kept) -> bool {
        let place = (kept.shelf, kept.key.clone());
        // All of it is compared, so that two devices that changed it at one instant agree on one of the two.
        let is_later = self.kept.get(&place).is_none_or(|there| *there < kept);
        if is_later {
            self.kept.insert(place, kept);
        }
        is_later
    }

    /// Takes in everything of other shelves that is later than what is here.
    pub fn merge(&mut self, other: &Self) {
        for kept in other.all() {
            self.put(kept.clone());
        }
    }

    /// The last state of a thing, also where it was removed.
    #[must_use]
    pub fn get(&self, shelf: Shelf, key: &str) -> Option<&Kept> {
        self.kept.get(&(shelf, key.to_owned()))
    }

    /// What stands on a shelf, by key: each key with the version and the text.
    pub fn on(&self, shelf: Shelf) -> impl Iterator<Item = (&str, u32, &str)> {
        let all = self.all().filter(move |kept| kept.shelf == shelf);
        all.filter_map(|kept| Some((kept.key.as_str(), kept.version, kept.text.as_deref()?)))
    }

    /// The last state of everything, removed or not.
    pub fn all(&self) -> impl Iterator<Item = &Kept> {
        self.kept.values()
    }
}

impl FromIterator<Kept> for Shelves {
    fn from_iter<T: IntoIterator<Item = Kept>>(all: T) -> Self {
        let mut shelves = Self::default();
        for kept in all {
            shelves.put(kept);
        }
        shelves
    }
}
