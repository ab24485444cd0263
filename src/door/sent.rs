//! A course on its way to the page.

use serde::{Deserialize, Serialize};

use super::packed::Packed;
use crate::course::{Course, Exams, Facts, File, Summary};

/// A course file by file, because to take all of it over at once would hold the page for too long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentCourse {
    summary: Summary,
    facts: Facts,
    exams: Exams,
    files: Vec<Packed<File>>,
}

impl SentCourse {
    /// The course to be sent.
    #[must_use]
    pub fn new(course: &Course) -> Self {
        Self {
            summary: course.summary.clone(),
            facts: course.facts.clone(),
            exams: course.exams.clone(),
            files: course.files.iter().map(Packed::new).collect(),
        }
    }

    /// Takes the course over, and waits for `between` after each of its files.
    ///
    /// None where it is from another build.
    pub async fn open(self, mut between: impl AsyncFnMut()) -> Option<Course> {
        let mut files = Vec::new();
        for file in self.files {
            files.push(file.open()?);
            between().await;
        }
        Some(Course::of(self.summary, self.facts, self.exams, files))
    }
}
