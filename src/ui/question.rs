//! A question on the screen: its words, the fields that answer it, and what was right. Review and exam share it.

mod answered;
mod form;
mod notes;
mod places;
mod report;

pub use answered::{answer, explanation, right_in_words, solution};
pub use form::{Reply, fields, words, words_below};
pub use notes::{notes, open_notes};
pub use report::report;

use crate::course::{CardId, Choice, Course, Question, QuestionKind};
use crate::study::shown_order;

/// A question on the screen.
#[derive(Clone, Debug)]
pub struct Asked {
    pub card: CardId,
    pub question: Question,
    /// The file that it stands in, where its links start from.
    pub path: String,
    /// The title of its sheet.
    pub sheet: String,
    /// Its options in the order on the screen.
    pub options: Vec<Choice>,
    /// What may be put into the places of an order or a match, by its number, in the order on the screen.
    pub choices: Vec<(usize, String)>,
    /// Whether it reads otherwise than when it was last answered.
    pub has_changed: bool,
}

impl Asked {
    /// The question of a card, everything in the order that `seed` draws; none where the course has it no more.
    pub fn new(card: CardId, course: &Course, seed: &str) -> Option<Self> {
        let (path, sheet) = course.sheets().find(|(_, sheet)| {
            sheet
                .questions
                .iter()
                .any(|question| question.id == card.question())
        })?;
        let (_, question) = course.question(&card.question())?;
        Some(Self {
            options: options(question, seed),
            choices: places::choices(question, seed),
            has_changed: false,
            question: question.clone(),
            path: path.to_owned(),
            sheet: sheet.about.title.clone(),
            card,
        })
    }
}

/// The options as they are shown: in another order for each seed, unless the author forbids it.
fn options(question: &Question, seed: &str) -> Vec<Choice> {
    let (QuestionKind::Single { options } | QuestionKind::Multiple { options }) = &question.kind
    else {
        return Vec::new();
    };
    let order = shown_order(question, seed);
    order
        .into_iter()
        .map(|place| options[place].clone())
        .collect()
}
