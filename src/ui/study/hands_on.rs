//! What is done in a lab, counted like an answer.

use leptos::prelude::*;

use super::{Study, draft, here_and_now};
use crate::base::{Route, Timestamp};
use crate::course::{CardId, ContentHash, Course, QuestionKind};
use crate::door::LabKind;
use crate::store::Draft;
use crate::study::{Answer, EntryKind, Interval, grade};

impl Study {
    /// Writes down that something was done or predicted, rightly or not, since it was begun; says after how long it comes
    /// back. Nothing is written before the log is read.
    pub fn count(
        self,
        card: CardId,
        content_hash: ContentHash,
        is_right: bool,
        since: Timestamp,
    ) -> Option<Interval> {
        let (at, utc_offset) = here_and_now();
        let rating = grade(is_right, false);
        let interval = self.progress.with_untracked(|progress| {
            let review = progress.as_ref()?.preview(&card, rating, at, utc_offset);
            Some(review.interval)
        })?;
        let kind = EntryKind::Answer(Answer {
            rating,
            guessed: false,
            took_ms: u32::try_from(at.since(since).as_millis()).unwrap_or(u32::MAX),
            chosen: Vec::new(),
            interval,
        });
        let draft = Draft {
            at,
            utc_offset,
            ..draft(card, content_hash, kind)
        };
        self.record(draft, |_| {});
        Some(interval)
    }
}

/// What is to be done, in its own words, and the address at which that is asked for; none where the course has it no more.
#[must_use]
pub fn to_be_done(course: &Course, card: &CardId) -> Option<(String, String)> {
    if let Some(scenario) = card.scenario() {
        let mut all = course.scenarios();
        let scenario = all.find(|known| known.id == scenario)?;
        let address = format!("{}?scenario={}", Route::Policy, scenario.id);
        return Some((format!("Predict: {}", scenario.about.title), address));
    }
    let (_, question) = course.question(&card.question())?;
    let QuestionKind::Lab { lab } = &question.kind else {
        return None;
    };
    let route = match LabKind::of_task(lab.as_str())? {
        LabKind::Envelope => Route::Envelope,
        LabKind::Policy => Route::Policy,
        LabKind::Sse => Route::Sse,
    };
    let words = crate::course::text::plain_inlines(&question.heading);
    Some((words, format!("{route}?task={lab}")))
}
