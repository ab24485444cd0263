//! The course: markdown into lessons, sheets, questions and dated facts, and every error with its place.
//!
//! A course is a set of files. [`parse_file`] reads one of them by itself, [`Course::read`] all of them, and
//! [`check_course`] says everything that is wrong with the whole. Nothing in here reads a disk or a network.

mod about;
mod answer;
mod assemble;
mod check;
mod cloze;
mod deck;
mod drill;
mod exams;
mod facts;
mod file;
mod form;
mod front_matter;
mod id;
mod lesson;
mod markdown;
mod marker;
mod note;
mod path;
mod question;
mod read;
mod scenario;
mod sheet;
mod stamp;
mod summary;
mod table;
pub mod text;

pub use about::{About, DomainRef};
pub use assemble::{Course, Renamed};
pub use check::check_course;
pub use deck::{Deck, OWN, deck_of};
pub use drill::DRILL;
pub use exams::{Exam, ExamDomain, Exams};
pub use facts::{EarlierValue, Fact, FactValue, Facts};
pub use file::{Draft, File, FileKind, Finding, decode, parse_file};
pub use form::front_matter_schema;
pub use id::{
    CardId, ContentHash, DeckId, FactId, LabId, OptionId, ParseIdError, QuestionId, ScenarioId,
    SheetId,
};
pub use lesson::Lesson;
pub use marker::Retired;
pub use path::{CoursePath, Elsewhere, resolve};
pub use question::{Blank, Choice, Question, QuestionKind, TypedAnswer};
pub use read::Files;
pub use scenario::{Exhibit, ExhibitKind, Expected, Scenario};
pub use sheet::Sheet;
pub use stamp::{Stamped, slug, stamp_ids};
pub use summary::{Summary, SummaryEntry};
