//! What is said at the end.

use crate::tally::Tally;
use std::{fmt, time::Duration};

/// How a step ended.
#[derive(Debug)]
pub enum Outcome {
    /// It ran; its tests may still have failed.
    Done(Tally),
    /// It did not run to the end.
    Broken(String),
    /// It was not begun, because `needed` failed.
    Skipped {
        /// The step that failed before.
        needed: &'static str,
    },
}

/// Every step that was asked for, with its time.
#[derive(Debug, Default)]
pub struct Summary(Vec<(&'static str, Duration, Outcome)>);

impl Summary {
    /// Notes how `step` ended.
    pub fn add(&mut self, step: &'static str, took: Duration, outcome: Outcome) {
        self.0.push((step, took, outcome));
    }

    /// Whether `step` ran and failed, or could not run.
    pub fn failed(&self, step: &str) -> bool {
        self.0
            .iter()
            .any(|(name, _, outcome)| *name == step && !outcome.passed())
    }

    /// Whether nothing failed.
    pub fn all_passed(&self) -> bool {
        self.0.iter().all(|(_, _, outcome)| outcome.passed())
    }

    // A step without tests of its own, such as formatting, counts as one.
    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for (_, _, outcome) in &self.0 {
            total += match outcome {
                Outcome::Done(tally) if !tally.is_empty() => *tally,
                Outcome::Done(_) => Tally {
                    passed: 1,
                    failed: 0,
                },
                Outcome::Broken(_) | Outcome::Skipped { .. } => Tally {
                    passed: 0,
                    failed: 1,
                },
            };
        }
        total
    }
}

impl Outcome {
    fn passed(&self) -> bool {
        matches!(self, Self::Done(tally) if tally.failed == 0)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(tally) if tally.is_empty() => f.write_str("passed"),
            Self::Done(Tally { passed, failed: 0 }) => write!(f, "{passed} passed"),
            Self::Done(Tally { passed, failed }) => write!(f, "{passed} passed, {failed} FAILED"),
            Self::Broken(failure) => {
                write!(f, "FAILED: {}", failure.lines().next().unwrap_or_default())
            }
            Self::Skipped { needed } => write!(f, "FAILED: not begun, because `{needed}` failed"),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (step, took, outcome) in &self.0 {
            writeln!(f, "{step:<12} {:>7.1} s  {outcome}", took.as_secs_f64())?;
        }
        let time: Duration = self.0.iter().map(|(_, took, _)| *took).sum();
        writeln!(f, "{:<12} {:>7.1} s", "all", time.as_secs_f64())?;
        let Tally { passed, failed } = self.total();
        write!(f, "\n{passed} passed, {failed} failed")
    }
}
