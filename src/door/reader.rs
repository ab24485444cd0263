//! What page and reader say to each other, and the reader's end of the door.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::decks;
use super::known::Known;
use super::packed::Packed;
use super::search::{Held, Sought};
use super::sent::SentCourse;
use crate::base::Severity;
use crate::course::{CardId, Course, Deck, Files, Finding, Summary};
use crate::door::{decode, encode};
use crate::study::Mastery;
use crate::study::figure::Figure;
use crate::study::search::{Choices, Results};

/// What the page can ask the reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ReadAsk {
    /// Which files the course map with this text lists.
    Map(Vec<u8>),
    /// What the files are together.
    Course {
        /// The course's files.
        files: Files,
        /// The learner's own decks, which stand behind it.
        decks: Packed<Vec<Deck>>,
    },
    /// What deck the files make that the learner brought.
    Deck {
        /// What the learner calls it, such as the name of the folder.
        title: String,
        /// Its files, by path: markdown, and text that Anki exported.
        brought: Files,
        /// The course's files.
        files: Files,
        /// The decks that the learner has; one of the same name is replaced by the new one.
        decks: Packed<Vec<Deck>>,
    },
    /// What a search of the course that was read last can be narrowed down to.
    Choices,
    /// What a search finds in the course that was read last.
    Search(Box<Sought>),
    /// The cards to ask of all that a search finds, of each question one.
    Cards(Box<Sought>),
    /// What is known of the course that was read last: the way to an exam, or the mastery of each part.
    Known(Box<Known>),
}

/// What the reader can answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ReadAnswer {
    /// The first word of every reader, unasked. It stays the first variant, so that a page of another build can read
    /// it too.
    Hello {
        /// As [`crate::door::BUILD`].
        build: String,
    },
    /// The files of a map in their order, from the course's folder.
    Map(Vec<String>),
    /// What could be read, and what could not.
    Course {
        /// The course.
        course: Box<SentCourse>,
        /// A line for everything that is wrong with its files, as [`Finding`] displays it.
        findings: Vec<String>,
    },
    /// A deck to keep, and what is wrong with it.
    Deck {
        /// The deck, an id on each of its questions.
        deck: Packed<Deck>,
        /// How many questions it asks.
        questions: usize,
        /// A line for everything that is wrong with it, warnings included.
        findings: Vec<String>,
    },
    /// What a search can be narrowed down to.
    Choices(Box<Choices>),
    /// What was found.
    Found(Box<Results>),
    /// The cards in the order in which they are asked.
    Cards(Vec<CardId>),
    /// The way to the exam.
    Way(Box<Figure>),
    /// How well each sheet and each lesson of the course map is known, by their paths.
    Mastery(Vec<(String, Mastery)>),
    /// The ask cannot be met, and why.
    Refused {
        /// One sentence.
        why: String,
    },
}

/// Reads the course's files and searches them, which is too heavy for the page. Each message is answered once. It
/// keeps the course that it read last, and the log that it was told last, to search them.
#[derive(Debug, Default)]
pub struct Reader {
    held: RefCell<Option<Held>>,
}

impl Reader {
    /// The first word, before anything is asked.
    #[must_use]
    pub fn hello() -> Vec<u8> {
        super::hello()
    }

    /// The answer to one message.
    #[must_use]
    pub fn answer(&self, message: &[u8]) -> Vec<u8> {
        encode(&match decode(message) {
            Ok(ReadAsk::Map(text)) => ReadAnswer::Map(listed(&text)),
            Ok(ReadAsk::Course { files, decks }) => {
                self.read(&files, &decks.open().unwrap_or_default())
            }
            Ok(ReadAsk::Deck {
                title,
                brought,
                files,
                decks,
            }) => decks::add(&title, brought, &files, decks.open().unwrap_or_default()),
            Ok(ReadAsk::Choices) => self.with_held(|held| ReadAnswer::Choices(held.choices())),
            Ok(ReadAsk::Search(sought)) => {
                self.with_held(|held| ReadAnswer::Found(held.search(*sought)))
            }
            Ok(ReadAsk::Cards(sought)) => {
                self.with_held(|held| ReadAnswer::Cards(held.cards(*sought)))
            }
            Ok(ReadAsk::Known(known)) => self.with_held(|held| held.known(*known)),
            Err(error) => ReadAnswer::Refused {
                why: format!("the message cannot be read: {error}"),
            },
        })
    }

    fn read(&self, files: &Files, decks: &[Deck]) -> ReadAnswer {
        let (course, findings) = Course::with_decks(files, decks);
        let course = course.with_drill();
        let sent = SentCourse::new(&course);
        *self.held.borrow_mut() = Some(Held::new(course));
        ReadAnswer::Course {
            course: Box::new(sent),
            // What a learner left out of a deck was told when it came.
            findings: lines(findings.iter().filter(|found| is_error(found))),
        }
    }

    fn with_held(&self, answer: impl FnOnce(&mut Held) -> ReadAnswer) -> ReadAnswer {
        match &mut *self.held.borrow_mut() {
            Some(held) => answer(held),
            None => ReadAnswer::Refused {
                why: "no course was read yet".to_owned(),
            },
        }
    }
}

/// What is wrong with the map is told with the course.
fn listed(map: &[u8]) -> Vec<String> {
    let (summary, _) = Summary::parse(&String::from_utf8_lossy(map));
    summary.paths().map(str::to_owned).collect()
}

fn is_error(finding: &Finding) -> bool {
    finding.diagnostic.severity == Severity::Error
}

pub(super) fn lines<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<String> {
    findings.into_iter().map(Finding::to_string).collect()
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use proptest::prelude::*;

    use super::*;
    use crate::door::BUILD;

    fn ask(ask: &ReadAsk) -> ReadAnswer {
        decode(&Reader::default().answer(&encode(ask))).unwrap()
    }

    fn files(files: &[(&str, &str)]) -> Files {
        let bytes = |&(path, text): &(&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
        files.iter().map(bytes).collect()
    }

    #[test]
    fn the_first_word_names_the_build() {
        let hello = decode(&Reader::hello()).unwrap();
        assert!(matches!(hello, ReadAnswer::Hello { build } if build == BUILD));
    }

    #[test]
    fn a_map_tells_its_files_in_their_order() {
        let map = "# Summary\n\n- [B](b.md)\n  - [A](sheets/a.md)\n- [Later]()\n";
        let ReadAnswer::Map(paths) = ask(&ReadAsk::Map(map.into())) else {
            panic!("files are expected")
        };
        assert_eq!(paths, ["b.md", "sheets/a.md"]);
    }

    #[test]
    fn a_broken_file_is_told_with_its_place_and_takes_no_other_with_it() {
        let files = files(&[
            ("SUMMARY.md", "- [B](b.md)\n- [A](a.md)\n"),
            ("a.md", "# A\n"),
            ("b.md", "---\nsheet: b\n---\n"),
        ]);
        let ReadAnswer::Course { course, findings } = ask(&ReadAsk::Course {
            files,
            decks: Packed::default(),
        }) else {
            panic!("a course is expected")
        };
        let course = block_on(course.open(async || {})).unwrap();
        let paths: Vec<_> = course.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["b.md", "a.md"]);
        let first = findings.first().map(String::as_str);
        assert_eq!(
            first,
            Some("b.md:1:1: error: the front matter of a sheet needs `title`")
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let answer = Reader::default().answer(&bytes);
            prop_assert!(decode::<ReadAnswer>(&answer).is_ok());
        }
    }
}
