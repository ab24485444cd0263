//! How much the learner does in a day.

use crate::study::day::Day;
use crate::study::progress::Progress;

/// How many days before today the pace is taken from.
const DAYS: u32 = 14;

/// Answers a day over the two weeks before today, days without study among them; over fewer days where the learner began
/// later. None where nothing was answered before today.
pub(super) fn of(progress: &Progress, today: Day) -> Option<f32> {
    let days = || {
        let attempts = progress.attempts();
        attempts.flat_map(|(_, attempts)| attempts.into_iter().map(|attempt| attempt.day))
    };
    let first = days().min().filter(|first| *first < today)?;
    let counted = today.since(first).min(DAYS);
    let from = today.minus(counted);
    let answers = days().filter(|day| (from..today).contains(day)).count();
    Some(answers as f32 / counted as f32)
}
