//! What is known of the course, and what that means for an exam.

use serde::{Deserialize, Serialize};

use super::learned::Learned;
use super::reader::ReadAnswer;
use crate::base::Timestamp;
use crate::course::Course;
use crate::study::plan::{Aim, Plan};
use crate::study::{Mastery, Progress, UtcOffset};

/// What is asked about what the learner knows, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// What the learner did.
    pub learned: Learned,
    /// Now.
    pub at: Timestamp,
    /// The learner's local time now.
    pub utc_offset: UtcOffset,
    /// The exam that is aimed at, for the way there; none for the mastery of each part of the course.
    pub aim: Option<Aim>,
}

/// The answer that a course gives.
pub(super) fn answer(
    course: &Course,
    progress: &Progress,
    (at, utc_offset): (Timestamp, UtcOffset),
    aim: Option<Aim>,
) -> ReadAnswer {
    match aim {
        Some(aim) => {
            let cards = aim.cards(course);
            let plan = Plan::of(progress, &cards, aim, at, utc_offset);
            ReadAnswer::Way(Box::new(plan.figure()))
        }
        None => {
            let today = progress.day(at, utc_offset);
            ReadAnswer::Mastery(Mastery::of_course(progress, course, today))
        }
    }
}
