//! What a question is.

use serde::{Deserialize, Serialize};

use super::id::{CardId, ContentHash, FactId, LabId, OptionId, QuestionId};
use super::text::{Block, Inline, collapse_spaces};
use crate::base::Span;

/// A question: a level-3 heading with an id, and what follows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The identity of the learner's memory of it.
    pub id: QuestionId,
    /// The id that it had before, if it was renamed.
    pub was: Option<QuestionId>,
    /// 1 (easy) to 5, if the author said so.
    pub difficulty: Option<u8>,
    /// Its own tags.
    pub tags: Vec<String>,
    /// The dated facts that it states.
    pub facts: Vec<FactId>,
    /// Whether options, items and pairs may be shown in any order.
    pub shuffle: bool,
    /// The question itself: the words of its heading.
    pub heading: Vec<Inline>,
    /// What else is told before the answer: text, code, tables, pictures.
    pub body: Vec<Block>,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Why the answer is the answer, with its source.
    pub explanation: Vec<Block>,
    /// What it says at present.
    pub content_hash: ContentHash,
    /// From its heading to its end.
    pub span: Span,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionKind {
    /// One of several options is right.
    Single {
        /// Two or more, one of them right.
        options: Vec<Choice>,
    },
    /// Some of several options are right.
    Multiple {
        /// Two or more, not all of them right.
        options: Vec<Choice>,
    },
    /// The answer is typed.
    Typed(TypedAnswer),
    /// Blanks in the text are filled in; each is a card of its own.
    Cloze {
        /// The blanks in the order of the text, where they stand as [`super::text::InlineKind::Blank`].
        blanks: Vec<Blank>,
    },
    /// The learner recalls the answer and judges it.
    Basic {
        /// The answer.
        answer: Vec<Block>,
    },
    /// Items are put into order.
    Order {
        /// Two or more, in the right order.
        items: Vec<Vec<Block>>,
    },
    /// What stands on the left is matched with what stands on the right.
    Match {
        /// The names of the two columns.
        header: [Vec<Inline>; 2],
        /// Two or more pairs.
        pairs: Vec<[Vec<Inline>; 2]>,
    },
    /// Something is done in a lab, whose own verdict counts.
    Lab {
        /// Which task of a lab.
        lab: LabId,
    },
}

/// One option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its identity, whatever its position.
    pub id: OptionId,
    /// What it says.
    pub text: Vec<Block>,
    /// Whether it is right.
    pub right: bool,
    /// Why it is right or wrong.
    pub reason: Vec<Block>,
}

/// One blank of a cloze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// The card that asks it.
    pub card: CardId,
    /// What belongs there.
    pub answer: String,
    /// What the learner sees in its place.
    pub hint: Option<String>,
}

impl Blank {
    /// Whether `typed` fills the blank, letter case and spaces aside.
    #[must_use]
    pub fn accepts(&self, typed: &str) -> bool {
        fold(typed) == fold(&self.answer)
    }
}

/// What a typed answer is held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedAnswer {
    /// Any of these is right; never empty.
    pub alternatives: Vec<String>,
    /// Whether it must be typed exactly as written.
    pub exact: bool,
}

impl TypedAnswer {
    /// Whether `typed` is one of the alternatives: as written, or else after trimming, case folding and collapsing
    /// spaces.
    #[must_use]
    pub fn accepts(&self, typed: &str) -> bool {
        let is_same = |alternative: &String| {
            if self.exact {
                alternative == typed
            } else {
                fold(alternative) == fold(typed)
            }
        };
        self.alternatives.iter().any(is_same)
    }
}

/// Without spaces at the ends, with single spaces, and without letter case. Upper case first, so that `ß` and `SS` meet.
fn fold(text: &str) -> String {
    collapse_spaces(text).to_uppercase().to_lowercase()
}

impl Question {
    /// The cards that ask this question: one, or one for each blank of a cloze.
    #[must_use]
    pub fn cards(&self) -> Vec<CardId> {
        match &self.kind {
            QuestionKind::Cloze { blanks } => {
                blanks.iter().map(|blank| blank.card.clone()).collect()
            }
            _ => vec![CardId::of(&self.id)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(exact: bool) -> TypedAnswer {
        TypedAnswer {
            alternatives: vec!["Encryption context".to_owned(), "AAD".to_owned()],
            exact,
        }
    }

    #[test]
    fn a_typed_answer_forgives_case_and_spaces() {
        assert!(typed(false).accepts("  encryption \t CONTEXT "));
        assert!(typed(false).accepts("aad"));
        assert!(!typed(false).accepts("encryptioncontext"));
        assert!(!typed(false).accepts(""));
    }

    #[test]
    fn a_typed_exact_answer_forgives_nothing() {
        assert!(typed(true).accepts("AAD"));
        assert!(!typed(true).accepts("aad"));
        assert!(!typed(true).accepts(" AAD"));
    }
}
