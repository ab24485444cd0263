//! From a response to a grade.

use super::entry::Rating;
use crate::course::text::plain_inlines;
use crate::course::{CardId, OptionId, Question, QuestionKind};

/// What the learner answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// These options were chosen.
    Chosen(Vec<OptionId>),
    /// This was typed, as an answer or into a blank.
    Typed(String),
    /// These were put into the places of an order or a match, each by its number in the question.
    Placed(Vec<usize>),
}

/// Whether `response` answers `card` of `question` rightly; none where this kind of question is not answered so.
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
        (QuestionKind::Order { items }, Response::Placed(placed)) => {
            Some(placed.iter().copied().eq(0..items.len()))
        }
        (QuestionKind::Match { pairs, .. }, Response::Placed(placed)) => {
            // Two left-hand sides may belong to the same right-hand side.
            let words = |place: &usize| pairs.get(*place).map(|[_, right]| plain_inlines(right));
            let placed = placed.iter().map(words);
            Some(placed.eq(pairs.iter().map(|[_, right]| Some(plain_inlines(right)))))
        }
        _ => None,
    }
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
