//! One event of the review log.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::day::UtcOffset;
use crate::base::Timestamp;
use crate::course::{CardId, ContentHash, OptionId};

/// One event: something the learner did to one card. Never changed once written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// When, by the device's clock.
    pub at: Timestamp,
    /// The device's local time then, from which the learner's day follows.
    pub utc_offset: UtcOffset,
    /// Which card.
    pub card: CardId,
    /// What the question said then.
    pub content_hash: ContentHash,
    /// What was done.
    pub kind: EntryKind,
}

/// What was done to a card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EntryKind {
    /// It was answered.
    Answer(Answer),
    /// An earlier entry of the same card counts no more; undoing an undo makes it count again.
    Undo {
        /// Which one.
        id: EntryId,
    },
    /// It is not asked until it is unsuspended.
    Suspend,
    /// It is asked again.
    Unsuspend,
    /// It is not asked for the rest of the day.
    Bury,
    /// Its flag is turned: set, or taken away.
    Flag,
    /// Its memory begins anew.
    Reset,
    /// It was tried before it was studied: no review, so neither memory nor lapses follow from it.
    Pretest(Pretest),
    /// The learner wrote something about it.
    Note {
        /// In their own words.
        text: String,
    },
    /// It is put on the list of questions to be edited, or taken off.
    EditLater {
        /// Whether it is on the list from now on.
        wanted: bool,
    },
}

/// An answer before anything was studied.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub struct Pretest {
    /// Whether it was right.
    pub is_right: bool,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The options that were chosen, if it had options.
    pub chosen: Vec<OptionId>,
}

/// An answer and what followed from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub struct Answer {
    /// How well it was recalled.
    pub rating: Rating,
    /// Whether the learner said that it was a guess.
    pub guessed: bool,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The options that were chosen, if it had options.
    pub chosen: Vec<OptionId>,
    /// After how long it comes back, as the learner was told: fuzz included, never drawn again.
    pub interval: Interval,
}

/// After how long a card comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// A step of learning or relearning, in milliseconds.
    Millis(u32),
    /// Whole days.
    Days(u32),
}

/// How well a card was recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Rating {
    /// Not.
    Again = 1,
    /// With trouble.
    Hard = 2,
    /// Well.
    Good = 3,
    /// At once.
    Easy = 4,
}

impl Rating {
    /// All four, the worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];
}

impl TryFrom<u8> for Rating {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        let rating = Self::ALL.into_iter().find(|&rating| rating as u8 == number);
        rating.ok_or_else(|| format!("`{number}` is no rating, expected 1 to 4"))
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating as Self
    }
}

/// The name of an entry: the device that wrote it and the device's own count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryId {
    /// Who wrote it.
    pub device: DeviceId,
    /// How many the device had written with it.
    pub counter: u64,
}

/// A browser profile or machine that writes entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DeviceId(String);

impl DeviceId {
    /// The device named by eight random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(crate::base::hex(&bytes))
    }
}

impl FromStr for DeviceId {
    type Err = ParseDeviceIdError;

    fn from_str(text: &str) -> Result<Self, ParseDeviceIdError> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_device = text.len() == 16 && text.bytes().all(is_hex);
        is_device
            .then(|| Self(text.to_owned()))
            .ok_or(ParseDeviceIdError)
    }
}

impl TryFrom<String> for DeviceId {
    type Error = ParseDeviceIdError;

    fn try_from(text: String) -> Result<Self, ParseDeviceIdError> {
        text.parse()
    }
}

impl From<DeviceId> for String {
    fn from(device: DeviceId) -> Self {
        device.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text names no device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a device is named by sixteen hexadecimal digits")]
pub struct ParseDeviceIdError;
