//! What page and analyst say to each other, and the analyst's end of the door.

use serde::{Deserialize, Serialize};

use super::exams::{self, ExamAnswer, ExamAsk};
use super::learned::Learned;
use super::packed::Packed;
use crate::base::Timestamp;
use crate::course::{CardId, Course, Deck, Files, Renamed};
use crate::door::{decode, encode};
use crate::store::AnkiExport;
use crate::study::figure::Figure;
use crate::study::optimise::{Optimisation, Outcome};
use crate::study::simulate::Workload;
use crate::study::statistics::{Statistics, Topic};
use crate::study::{Fitted, UtcOffset};

/// What the page can ask the analyst: work that a first visit has no need of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum AnalystAsk {
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
}

/// What a file for Anki is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnkiAsk {
    /// The course's files.
    pub files: Files,
    /// The learner's own decks.
    pub decks: Packed<Vec<Deck>>,
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

/// What the analyst can answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum AnalystAnswer {
    /// The first word of every analyst, unasked. It stays the first variant, so that a page of another build can read
    /// it too.
    Hello {
        /// As [`crate::door::BUILD`].
        build: String,
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
        parameters: Option<Fitted>,
    },
    /// The choices side by side.
    Workload(Box<Figure>),
    /// About mock exams.
    Exam(Box<ExamAnswer>),
    /// The ask cannot be met, and why.
    Refused {
        /// One sentence.
        why: String,
    },
}

/// Counts, fits, draws papers and writes files. Each message is answered once, and nothing is kept between two.
#[derive(Debug)]
pub struct Analyst;

impl Analyst {
    /// The first word, before anything is asked.
    #[must_use]
    pub fn hello() -> Vec<u8> {
        super::hello()
    }

    /// The answer to one message.
    #[must_use]
    pub fn answer(message: &[u8]) -> Vec<u8> {
        encode(&match decode(message) {
            Ok(AnalystAsk::Anki(ask)) => AnalystAnswer::Anki(anki(*ask)),
            Ok(AnalystAsk::Statistics(studied)) => AnalystAnswer::Statistics(figures(*studied)),
            Ok(AnalystAsk::Fit(studied)) => fitted(*studied),
            Ok(AnalystAsk::Workload(studied)) => {
                AnalystAnswer::Workload(Box::new(workload(*studied)))
            }
            Ok(AnalystAsk::Exam(ask)) => {
                let decks = ask.decks.open().unwrap_or_default();
                let (course, _) = Course::with_decks(&ask.files, &decks);
                exams::answer(&course, *ask)
            }
            Err(error) => AnalystAnswer::Refused {
                why: format!("the message cannot be read: {error}"),
            },
        })
    }
}

/// The file for Anki.
fn anki(ask: AnkiAsk) -> Vec<u8> {
    let decks = ask.decks.open().unwrap_or_default();
    let (course, _) = Course::with_decks(&ask.files, &decks);
    let progress = ask.learned.replay(course.renamed().clone());
    let export = AnkiExport {
        course: &course,
        progress: Some(&progress),
        at: ask.at,
        offset: ask.offset,
    };
    match ask.form {
        AnkiForm::Package => export.package(),
        AnkiForm::Text => export.text().into_bytes(),
    }
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

fn fitted(studied: Studied) -> AnalystAnswer {
    let found = Optimisation::of(&studied.learned.replay(studied.renamed));
    AnalystAnswer::Fitted {
        summary: found.summary(),
        parameters: match found.outcome {
            Outcome::Better { parameters, .. } => Some(Fitted::new(&parameters)),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_chart_says_what_is_to_be_seen_also_where_nothing_was_learned_yet() {
        let studied = Studied {
            learned: Learned::default(),
            renamed: Renamed::new(),
            topics: Vec::new(),
            at: Timestamp::from_millis(0),
            utc_offset: UtcOffset::UTC,
        };
        let ask = AnalystAsk::Statistics(Box::new(studied));
        let AnalystAnswer::Statistics(figures) = decode(&Analyst::answer(&encode(&ask))).unwrap()
        else {
            panic!("charts are expected")
        };
        assert!(figures.len() > 5);
        for figure in figures {
            assert!(figure.summary.ends_with('.'), "{figure:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let answer = Analyst::answer(&bytes);
            prop_assert!(decode::<AnalystAnswer>(&answer).is_ok());
        }
    }
}
