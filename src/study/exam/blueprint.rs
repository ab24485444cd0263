//! What an exam asks, and how much of it the course can ask.

use serde::{Deserialize, Serialize};

use crate::course::{Course, Exam, Question, QuestionKind, Sheet};

/// An exam as a mock of it can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blueprint {
    /// The exam's code.
    pub exam: String,
    /// Its title.
    pub title: String,
    /// How many questions it asks.
    pub questions: u32,
    /// How long it takes, if a source says so.
    pub minutes: Option<u32>,
    /// The response types, in the guide's words.
    pub items: Vec<String>,
    /// Its domains.
    pub domains: Vec<Domain>,
}

/// A domain of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its share of the scored questions, in percent.
    pub weight: u32,
    /// How many questions of the exam's kinds the course has for it. A question may be of several domains.
    pub available: u32,
}

impl Blueprint {
    /// What can be drawn from a course for an exam.
    #[must_use]
    pub fn of(exam: &Exam, course: &Course) -> Self {
        let domains = exam.domains.iter().map(|domain| Domain {
            number: domain.number,
            name: domain.name.clone(),
            weight: domain.weight,
            available: course
                .questions()
                .filter(|(sheet, question)| {
                    is_of(sheet, &exam.code, domain.number) && is_asked(question, &exam.items)
                })
                .count() as u32,
        });
        Self {
            exam: exam.code.clone(),
            title: exam.title.clone(),
            questions: exam.questions,
            minutes: exam.minutes,
            items: exam.items.clone(),
            domains: domains.collect(),
        }
    }

    /// How many questions the course has for it; one of several domains counts once.
    #[must_use]
    pub fn available(&self, course: &Course) -> u32 {
        let is_its = |(sheet, question): &(&Sheet, &Question)| {
            let mut domains = self.domains.iter();
            is_asked(question, &self.items)
                && domains.any(|domain| is_of(sheet, &self.exam, domain.number))
        };
        course.questions().filter(is_its).count() as u32
    }

    /// The domains that the course has no questions for. Where there are any the mock is a partial one: the weights of the
    /// others are taken for the whole.
    #[must_use]
    pub fn missing(&self) -> Vec<&Domain> {
        let domains = self.domains.iter();
        domains.filter(|domain| domain.available == 0).collect()
    }
}

/// Whether a sheet is of a domain.
pub(super) fn is_of(sheet: &Sheet, exam: &str, number: u32) -> bool {
    let mut domains = sheet.about.domains.iter();
    domains.any(|domain| domain.exam == exam && domain.number == number)
}

/// Whether the exam asks questions of this kind.
pub(super) fn is_asked(question: &Question, items: &[String]) -> bool {
    let kind = match question.kind {
        QuestionKind::Single { .. } => "multiple choice",
        QuestionKind::Multiple { .. } => "multiple response",
        QuestionKind::Order { .. } => "ordering",
        QuestionKind::Match { .. } => "matching",
        _ => return false,
    };
    items.iter().any(|item| item == kind)
}

/// `seats` divided by `weights`, none above its cap, by largest remainders; of equal ones the first gets the seat. What a
/// capped one cannot take goes to the others by their weights. The sum is `seats`, or all that the caps of what has weight allow.
#[must_use]
pub fn apportion(seats: u32, weights: &[u32], caps: &[u32]) -> Vec<u32> {
    let mut given = vec![0u32; weights.len()];
    loop {
        let left = u64::from(seats - given.iter().sum::<u32>());
        let open: Vec<usize> = (0..weights.len())
            .filter(|&place| weights[place] > 0 && given[place] < caps[place])
            .collect();
        let total: u64 = open.iter().map(|&place| u64::from(weights[place])).sum();
        if left == 0 || open.is_empty() {
            return given;
        }
        let mut shares: Vec<(u64, usize, u64)> = open
            .iter()
            .map(|&place| {
                let exact = left * u64::from(weights[place]);
                (exact % total, place, exact / total)
            })
            .collect();
        let whole: u64 = shares.iter().map(|(_, _, share)| share).sum();
        shares.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, _, share) in shares.iter_mut().take((left - whole) as usize) {
            *share += 1;
        }
        for (_, place, share) in shares {
            let room = u64::from(caps[place] - given[place]);
            // At least one seat is given in each round, so the rounds end.
            given[place] += share.min(room) as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seats_go_by_weight_and_what_is_left_by_the_largest_remainder() {
        let plenty = [99; 6];
        let security = [16, 14, 18, 20, 18, 14];
        assert_eq!(apportion(65, &security, &plenty), [10, 9, 12, 13, 12, 9]);
        assert_eq!(apportion(50, &security, &plenty), [8, 7, 9, 10, 9, 7]);
        assert_eq!(
            apportion(10, &[16, 14, 18, 20, 18, 14], &[0, 0, 99, 99, 2, 99]),
            [0, 0, 3, 3, 2, 2],
            "what a domain lacks goes to the others"
        );
    }

    proptest! {
        #[test]
        fn all_seats_are_given_that_the_course_can_fill(
            seats in 0u32..200, domains in proptest::collection::vec((0u32..50, 0u32..60), 0..8),
        ) {
            let (weights, caps): (Vec<u32>, Vec<u32>) = domains.iter().copied().unzip();
            let given = apportion(seats, &weights, &caps);
            let room: u32 = domains.iter().filter(|(weight, _)| *weight > 0).map(|(_, cap)| cap).sum();
            prop_assert_eq!(given.iter().sum::<u32>(), seats.min(room));
            prop_assert!(given.iter().zip(&caps).all(|(given, cap)| given <= cap));
        }
    }
}
