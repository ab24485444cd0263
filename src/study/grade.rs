//! From a response to a grade.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entry::Rating;
use super::shuffle::shuffled;
use crate::course::text::{plain_blocks, plain_inlines};
use crate::course::{CardId, OptionId, Question, QuestionKind};

/// What the learner answered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// These options were chosen.
    Chosen(Vec<OptionId>),
    /// This was typed, as an answer or into a blank.
    Typed(String),
    /// These were put into the places of an order or a match, each by its number in the question: into the first place of
    /// an order, or beside the first left side, and so on. `[0, 1, 2]` is right.
    Placed(Vec<usize>),
    /// The lab's own verdict, or whether a case's decision was predicted rightly.
    Passed(bool),
}

impl Response {
    /// Whether nothing of it is left open: each place of an order or a match has something of its own. An open place has a
    /// number that nothing in the question has.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Placed(numbers) => {
                let different: BTreeSet<&usize> = numbers.iter().collect();
                different.len() == numbers.len() && different.iter().all(|&&n| n < numbers.len())
            }
            _ => true,
        }
    }
}

/// Whether `response` answers `card` of `question` rightly; none where this kind of question is not answered so.
///
/// What reads the same is the same: of two items or right sides with equal words either may stand for the other.
#[must_use]
pub fn is_right(question: &Question, card: &CardId, response: &Response) -> Option<bool> {
    match (&question.kind, response) {
        (
            QuestionKind::Single { options } | QuestionKind::Multiple { options },
            Response::Chosen(chosen),
        ) => Some(
            options
                .iter()
                .all(|option| option.right == chosen.contains(&option.id)),
        ),
        (QuestionKind::Typed(answer), Response::Typed(text)) => Some(answer.accepts(text)),
        (QuestionKind::Cloze { blanks }, Response::Typed(text)) => {
            let blank = blanks.iter().find(|blank| blank.card == *card)?;
            Some(blank.accepts(text))
        }
        (QuestionKind::Order { items }, Response::Placed(order)) => {
            let words: Vec<String> = items.iter().map(|item| plain_blocks(item)).collect();
            Some(reads_the_same(&words, order))
        }
        (QuestionKind::Match { pairs, .. }, Response::Placed(beside)) => {
            let words: Vec<String> = pairs
                .iter()
                .map(|[_, right]| plain_inlines(right))
                .collect();
            Some(reads_the_same(&words, beside))
        }
        (QuestionKind::Lab { .. }, Response::Passed(passed)) => Some(*passed),
        _ => None,
    }
}

/// Whether the words at these places read as the words in their own order do.
fn reads_the_same(words: &[String], places: &[usize]) -> bool {
    places.len() == words.len()
        && words
            .iter()
            .zip(places)
            .all(|(word, &place)| words.get(place) == Some(word))
}

/// The grade of an answer that is right or wrong. What was guessed was not recalled, so it comes back like a miss.
#[must_use]
pub fn grade(is_right: bool, guessed: bool) -> Rating {
    if is_right && !guessed {
        Rating::Good
    } else {
        Rating::Again
    }
}

/// The order in which the options, the items or the right sides of a question are shown: seeded, as written where the
/// author wants it so, and never the right order of what is to be put in order or matched.
#[must_use]
pub fn shown_order(question: &Question, seed: &str) -> Vec<usize> {
    match &question.kind {
        QuestionKind::Single { options } | QuestionKind::Multiple { options } => {
            if question.shuffle {
                shuffled(seed, options.len())
            } else {
                (0..options.len()).collect()
            }
        }
        QuestionKind::Order { items } => {
            let words: Vec<String> = items.iter().map(|item| plain_blocks(item)).collect();
            wrong_order(seed, &words)
        }
        QuestionKind::Match { pairs, .. } => {
            let words: Vec<String> = pairs
                .iter()
                .map(|[_, right]| plain_inlines(right))
                .collect();
            wrong_order(seed, &words)
        }
        _ => Vec::new(),
    }
}

/// A shuffled order that is not the right answer, if these words have one.
fn wrong_order(seed: &str, words: &[String]) -> Vec<usize> {
    let mut order = shuffled(seed, words.len());
    for _ in 1..words.len() {
        if !reads_the_same(words, &order) {
            break;
        }
        // Read one place further it is another order, unless every word is the same.
        order.rotate_left(1);
    }
    order
}
