//! What to try before it is studied: a try that fails makes what is read next stick better.
//!
//! Richland, Kornell & Kao 2009, <https://doi.org/10.1037/a0016496>.

use super::progress::Progress;
use super::queue::is_askable;
use crate::course::{CardId, Course, FileKind, Question, SummaryEntry};

/// How many questions one pretest asks at most.
const MOST: usize = 10;

/// The cards of a pretest on a lesson, or on a sheet by itself: of the questions of its sheets that were never answered nor
/// tried, evenly over all of them.
#[must_use]
pub fn pretest(progress: &Progress, course: &Course, path: &str) -> Vec<CardId> {
    let entries = course.summary.flat();
    let here = entries
        .into_iter()
        .find(|entry| entry.path.as_deref() == Some(path));
    let questions = here.map(|entry| questions_under(course, entry));
    let is_fresh = |card: &CardId| {
        let card = progress.card(card);
        card.is_none_or(|card| card.due.is_none() && !card.tried && !card.suspended)
    };
    let mut fresh: Vec<CardId> = Vec::new();
    for question in questions.unwrap_or_default() {
        let cards = question.cards();
        if is_askable(question) && cards.iter().all(is_fresh) {
            fresh.extend(cards.into_iter().next());
        }
    }
    let (all, count) = (fresh.len(), fresh.len().min(MOST));
    let spread = (0..count).map(|place| fresh[place * all / count].clone());
    spread.collect()
}

fn questions_under<'a>(course: &'a Course, entry: &SummaryEntry) -> Vec<&'a Question> {
    let file = entry.path.as_ref().and_then(|path| course.file(path));
    let own: &[Question] = match file.map(|file| &file.kind) {
        Some(FileKind::Sheet(sheet)) => &sheet.questions,
        _ => &[],
    };
    let below = entry.children.iter();
    let below = below.flat_map(|child| questions_under(course, child));
    own.iter().chain(below).collect()
}
