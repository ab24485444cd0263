//! The course for Anki (<https://apps.ankiweb.net>): a package with schedule and history, or a text file, and Anki's own
//! text files as a deck.
//!
//! A package is a zip of a SQLite database of Anki's schema 11, which every Anki since 2.1 reads. Both are written here,
//! because a library that only writes them would be larger than the page. What identifies a note in Anki is its GUID,
//! made of the question's id: an import brings what changed and never the same question twice.

mod card;
mod collection;
mod field;
mod html;
mod markdown;
mod note;
mod read;
mod rows;
mod sqlite;
mod text;
mod zip;

pub use read::read_anki_text;

use crate::base::Timestamp;
use crate::course::Course;
use crate::study::{Progress, UtcOffset};

/// What is written, and at what time the learner wrote it.
#[derive(Clone, Copy, Debug)]
pub struct AnkiExport<'a> {
    /// The course, own decks included.
    pub course: &'a Course,
    /// What the learner knows; none exports questions alone.
    pub progress: Option<&'a Progress>,
    /// Now, which is when all notes were changed last.
    pub at: Timestamp,
    /// The learner's local time.
    pub offset: UtcOffset,
}

impl AnkiExport<'_> {
    /// The package, a file whose name ends with `.apkg`: every question a note, each in a deck of its sheet.
    #[must_use]
    pub fn package(&self) -> Vec<u8> {
        let database = sqlite::database(&collection::tables(self));
        zip::stored(&[("collection.anki2", &database), ("media", b"{}")])
    }

    /// A text file for `File → Import` in Anki, with its headers: the questions alone. The kinds of note come with a
    /// package, so Anki wants one of those first.
    #[must_use]
    pub fn text(&self) -> String {
        text::write(self.course)
    }
}
