//! What page and reader say to each other, and the reader's end of the door.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::decks;
use super::exams::{self, ExamAnswer, ExamAsk};
use super::known::Known;
use super::search::{Held, Sought};
use crate::base::{Severity, Timestamp};
use crate::course::{CardId, Course, Deck, Files, Finding, Renamed, Summary};
use crate::door::{BUILD, decode, encode};
use crate::study::figure::Figure;
use crate::study::optimise::{Optimisation, Outcome};
use crate::study::search::{Choices, Results};
use crate::study::simulate::Workload;
use crate::study::statistics::{Statistics, Topic};
use crate::study::{Log, Mastery, Progress, StudyOptions, UtcOffset};

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
        decks: Vec<Deck>,
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
        decks: Vec<Deck>,
    },
    /// The course as a file for Anki, with the learner's schedule and history.
    Anki(Box<AnkiAsk>),
    /// What the log tells.
    Statistics(Box<Studied>),
    /// Parameters of the memory model that fit the log better than those in force.
    Fit(Box<Studied>),
    /// What each choice of desired retention would cost in a year.
    Workload(Box<Studied>),
    /// About mock exams.
    Exam(Box<ExamAsk>),
    /// What a search of the course that was read last can be narrowed down to.
    Choices,
    /// What a search finds in the course that was read last.
    Search(Box<Sought>),
    /// The cards to ask of all that a search finds, of each question one.
    Cards(Box<Sought>),
    /// What is known of the course that was read last: the way to an exam, or the mastery of each part.
    Known(Box<Known>),
}

/// What a file for Anki is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnkiAsk {
    /// The course's files.
    pub files: Files,
    /// The learner's own decks.
    pub decks: Vec<Deck>,
    /// What the learner did.
    pub learned: Learned,
    /// Now.
    pub at: Timestamp,
    /// The learner's local time.
    pub offset: UtcOffset,
    /// What kind of file it is to be.
    pub form: AnkiForm,
}

/// The kinds of file that Anki takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnkiForm {
    /// A package, with schedule and history.
    Package,
    /// Text: the questions alone.
    Text,
}

/// What the learner did, and the rules by which it counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Learned {
    /// The log.
    pub log: Log,
    /// What the learner set.
    pub options: StudyOptions,
}

impl Learned {
    /// What is known. `renamed` says what questions are called now that had another id before.
    #[must_use]
    pub fn replay(self, renamed: Renamed) -> Progress {
        let scheduler = self.options.scheduler();
        Progress::replay(self.log, scheduler, self.options.rollover(), renamed)
    }
}

/// What was learned, and what is to be counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Studied {
    /// What the learner did.
    pub learned: Learned,
    /// What questions are called now that had another id before.
    pub renamed: Renamed,
    /// The course's topics with their cards.
    pub topics: Vec<Topic>,
    /// Now.
    pub at: Timestamp,
    /// The learner's local time now.
    pub utc_offset: UtcOffset,
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
        course: Box<Course>,
        /// A line for everything that is wrong with its files, as [`Finding`] displays it.
        findings: Vec<String>,
    },
    /// A deck to keep, and what is wrong with it.
    Deck {
        /// The deck, an id on each of its questions.
        deck: Box<Deck>,
        /// How many questions it asks.
        questions: usize,
        /// A line for everything that is wrong with it, warnings included.
        findings: Vec<String>,
    },
    /// The bytes of the file for Anki.
    Anki(Vec<u8>),
    /// The charts.
    Statistics(Vec<Figure>),
    /// What came of fitting.
    Fitted {
        /// In words.
        summary: String,
        /// The parameters to take, where they predict better than those in force.
        parameters: Option<[f32; 21]>,
    },
    /// The choices side by side.
    Workload(Box<Figure>),
    /// About mock exams.
    Exam(Box<ExamAnswer>),
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

/// Reads the course's files and counts what was learned, which is too heavy for the page. Each message is answered once. It
/// keeps the course that it read last, and the log that it was told last, to search them.
#[derive(Debug, Default)]
pub struct Reader {
    held: RefCell<Option<Held>>,
}

impl Reader {
    /// The first word, before anything is asked.
    #[must_use]
    pub fn hello() -> Vec<u8> {
        let build = BUILD.to_owned();
        encode(&ReadAnswer::Hello { build })
    }

    /// The answer to one message.
    #[must_use]
    pub fn answer(&self, message: &[u8]) -> Vec<u8> {
        encode(&match decode(message) {
            Ok(ReadAsk::Map(text)) => ReadAnswer::Map(listed(&text)),
            Ok(ReadAsk::Course { files, decks }) => self.read(&files, &decks),
            Ok(ReadAsk::Deck {
                title,
                brought,
                files,
                decks,
            }) => decks::add(&title, brought, &files, decks),
            Ok(ReadAsk::Anki(ask)) => ReadAnswer::Anki(decks::anki(*ask)),
            Ok(ReadAsk::Statistics(studied)) => ReadAnswer::Statistics(figures(*studied)),
            Ok(ReadAsk::Fit(studied)) => fitted(*studied),
            Ok(ReadAsk::Workload(studied)) => ReadAnswer::Workload(Box::new(workload(*studied))),
            Ok(ReadAsk::Exam(ask)) => {
                let (course, _) = Course::with_decks(&ask.files, &ask.decks);
                exams::answer(&course, *ask)
            }
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
        *self.held.borrow_mut() = Some(Held::new(course.clone()));
        ReadAnswer::Course {
            course: Box::new(course),
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

fn figures(studied: Studied) -> Vec<Figure> {
    let Studied {
        learned,
        renamed,
        topics,
        at,
        utc_offset,
    } = studied;
    let progress = learned.replay(renamed);
    Statistics::of(&progress, &topics, at, utc_offset).figures()
}

fn fitted(studied: Studied) -> ReadAnswer {
    let found = Optimisation::of(&studied.learned.replay(studied.renamed));
    ReadAnswer::Fitted {
        summary: found.summary(),
        parameters: match found.outcome {
            Outcome::Better { parameters, .. } => Some(parameters),
            _ => None,
        },
    }
}

fn workload(studied: Studied) -> Figure {
    let options = studied.learned.options.clone();
    let progress = studied.learned.replay(studied.renamed);
    let today = progress.day(studied.at, studied.utc_offset);
    let cards = studied.topics.into_iter().flat_map(|topic| topic.cards);
    let cards: Vec<CardId> = cards.collect();
    let play = |aim| Workload::of(&progress, &cards, options.new_a_day as usize, aim, today);
    Workload::figure(&Workload::CHOICES.map(play), options.desired_retention)
}

fn is_error(finding: &Finding) -> bool {
    finding.diagnostic.severity == Severity::Error
}

pub(super) fn lines<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<String> {
    findings.into_iter().map(Finding::to_string).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
    fn every_chart_says_what_is_to_be_seen_also_where_nothing_was_learned_yet() {
        let studied = Studied {
            learned: Learned::default(),
            renamed: Renamed::new(),
            topics: Vec::new(),
            at: Timestamp::from_millis(0),
            utc_offset: UtcOffset::default(),
        };
        let ReadAnswer::Statistics(figures) = ask(&ReadAsk::Statistics(Box::new(studied))) else {
            panic!("charts are expected")
        };
        assert!(figures.len() > 5);
        for figure in figures {
            assert!(figure.summary.ends_with('.'), "{figure:?}");
        }
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
            decks: Vec::new(),
        }) else {
            panic!("a course is expected")
        };
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
