//! Names that outlive edits: they are what a learner's memory hangs on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::text::collapse_spaces;

/// Whether `text` is a name as the written form has them: `[a-z0-9-]+`.
pub(super) fn is_slug(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !text.is_empty() && text.bytes().all(is_plain)
}

/// The text is no name of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is made of `a` to `z`, `0` to `9` and `-`")]
pub struct ParseIdError;

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                is_slug(text).then(|| Self(text.to_owned())).ok_or(ParseIdError)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ParseIdError;

            fn try_from(text: String) -> Result<Self, ParseIdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug! {
    /// The name of a question, unique in the whole course and never used again.
    QuestionId
}

slug! {
    /// The name of a sheet, unique in the course.
    SheetId
}

slug! {
    /// The name of a scenario, unique in the course.
    ScenarioId
}

slug! {
    /// The name of a learner's own deck, unique among them.
    DeckId
}
slug! {
    /// What a hands-on question asks for: the name of a task of a lab.
    LabId
}

/// The name of a dated fact: words of `a` to `z`, `0` to `9` and `-`, divided by dots.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FactId(String);

impl FactId {
    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FactId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let is_fact = text.split('.').all(is_slug);
        is_fact.then(|| Self(text.to_owned())).ok_or(ParseIdError)
    }
}

impl TryFrom<String> for FactId {
    type Error = ParseIdError;

    fn try_from(text: String) -> Result<Self, ParseIdError> {
        text.parse()
    }
}

impl From<FactId> for String {
    fn from(fact: FactId) -> Self {
        fact.0
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of what is remembered: a question's id, for one blank of a cloze `id#1`, `id#name`, for a case that is predicted
/// `case:id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardId(String);

/// What the card of a case begins with; no id of a question holds a colon.
const CASE: &str = "case:";

impl CardId {
    /// The one card of a question.
    #[must_use]
    pub fn of(question: &QuestionId) -> Self {
        Self(question.0.clone())
    }

    /// The card of the blank `child` of a question: its number from 1, or its name.
    #[must_use]
    pub fn child(question: &QuestionId, child: &str) -> Self {
        Self(format!("{question}#{child}"))
    }

    /// The card of predicting what a scenario comes to.
    #[must_use]
    pub fn case(scenario: &ScenarioId) -> Self {
        Self(format!("{CASE}{scenario}"))
    }

    /// The scenario that the card has predicted, if it is such a card.
    #[must_use]
    pub fn scenario(&self) -> Option<ScenarioId> {
        self.0.strip_prefix(CASE)?.parse().ok()
    }

    /// The id of the question that the card asks; of a case its whole name, which no question has.
    #[must_use]
    pub fn question(&self) -> QuestionId {
        let name = self.0.split('#').next().unwrap_or_default();
        QuestionId(name.to_owned())
    }

    /// The same card of a question that is now called `question`.
    #[must_use]
    pub fn renamed(&self, question: &QuestionId) -> Self {
        match self.0.split_once('#') {
            Some((_, child)) => Self::child(question, child),
            None => Self::of(question),
        }
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CardId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        if let Some(scenario) = text.strip_prefix(CASE) {
            return is_slug(scenario)
                .then(|| Self(text.to_owned()))
                .ok_or(ParseIdError);
        }
        let is_card = match text.split_once('#') {
            Some((question, child)) => is_slug(question) && is_slug(child),
            None => is_slug(text),
        };
        is_card.then(|| Self(text.to_owned())).ok_or(ParseIdError)
    }
}

impl TryFrom<String> for CardId {
    type Error = ParseIdError;

    fn try_from(text: String) -> Result<Self, ParseIdError> {
        text.parse()
    }
}

impl From<CardId> for String {
    fn from(card: CardId) -> Self {
        card.0
    }
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of an option: a hash of its words, so that statistics survive reordering.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OptionId(String);

impl OptionId {
    /// The identity of an option with these words; how they are spaced does not matter.
    #[must_use]
    pub fn of(words: &str) -> Self {
        Self(short_hash(&collapse_spaces(words)))
    }
}

/// What a question said when it was answered: equal as long as no word of it is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentHash(String);

impl ContentHash {
    /// The hash of a question's source without its comments.
    #[must_use]
    pub fn of(source: &str) -> Self {
        Self(short_hash(source))
    }
}

/// The first 64 bits of SHA-256 in hexadecimal: identity within one course, no proof against forgery.
fn short_hash(text: &str) -> String {
    crate::base::hex(&Sha256::digest(text.as_bytes())[..8])
}
