//! How much was recalled, against what the model predicted.

use serde::{Deserialize, Serialize};

use super::MATURE;
use crate::study::figure::{Curve, Curves, Figure, Table, Tone, grouped, percent, short_month};
use crate::study::history::Attempt;
use crate::study::memory::MemoryModel;

/// Recall seen and predicted: of every answer that was given a day or more after the one before.
///
/// What was answered again on the same day tells of the minutes before and not of memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recall {
    /// By month, the earliest first; months without such answers are left out.
    pub months: Vec<Month>,
    /// By predicted recall, in steps of 5 %, the lowest first.
    pub bins: [Recalled; Self::BINS],
}

/// One month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// Cards that had waited for less than [`MATURE`] days.
    pub young: Recalled,
    /// Cards that had waited for [`MATURE`] days or more.
    pub mature: Recalled,
}

/// Some answers: how many were right, and how many the model expected to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recalled {
    /// How many answers.
    pub answers: u32,
    /// How many were right.
    pub right: u32,
    /// The sum of their predicted probabilities of recall.
    pub expected: f64,
}

impl Recalled {
    fn count(&mut self, is_right: bool, expected: f32) {
        self.answers += 1;
        self.right += u32::from(is_right);
        self.expected += f64::from(expected);
    }

    fn and(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            right: self.right + other.right,
            expected: self.expected + other.expected,
        }
    }

    /// The share that was right; none where nothing was answered.
    #[must_use]
    pub fn seen(self) -> Option<f64> {
        (self.answers > 0).then(|| f64::from(self.right) / f64::from(self.answers))
    }

    /// The share that the model predicted to be right.
    #[must_use]
    pub fn predicted(self) -> Option<f64> {
        (self.answers > 0).then(|| self.expected / f64::from(self.answers))
    }
}

impl Recall {
    /// How many bins predicted recall is parted into.
    pub const BINS: usize = 20;

    /// How many months the chart shows.
    const SHOWN: usize = 12;

    /// Below so many answers the figures say little.
    const FEW: u32 = 50;

    pub(super) fn count(&mut self, attempt: &Attempt<'_>, model: &MemoryModel) {
        let Some(memory) = attempt.memory.filter(|_| attempt.elapsed > 0) else {
            return;
        };
        let expected = model.recall(memory, attempt.elapsed);
        let is_right = attempt.is_right();
        let bin = (expected * Self::BINS as f32) as usize;
        self.bins[bin.min(Self::BINS - 1)].count(is_right, expected);
        let date = attempt.day.date();
        let month = self.month(date.year(), date.month().into());
        if attempt.waited.is_some_and(|days| days >= MATURE) {
            month.mature.count(is_right, expected);
        } else {
            month.young.count(is_right, expected);
        }
    }

    fn month(&mut self, year: i32, month: u8) -> &mut Month {
        let place = self
            .months
            .binary_search_by_key(&(year, month), |month| (month.year, month.month));
        let at = place.unwrap_or_else(|at| {
            let fresh = Month {
                year,
                month,
                young: Recalled::default(),
                mature: Recalled::default(),
            };
            self.months.insert(at, fresh);
            at
        });
        &mut self.months[at]
    }

    /// Everything together.
    #[must_use]
    pub fn all(&self) -> Recalled {
        let bins = self.bins.iter().copied();
        bins.fold(Recalled::default(), Recalled::and)
    }

    fn summary(&self) -> String {
        let all = self.all();
        match all.seen().zip(all.predicted()) {
            None => "No card was asked again a day or more after its last answer yet.".to_owned(),
            Some((seen, predicted)) => {
                let little = if all.answers < Self::FEW {
                    ", but so few say little yet"
                } else {
                    ""
                };
                format!(
                    "Of {} answers a day or more after the one before, {} were right; {} were predicted to be{little}.",
                    grouped(all.answers.into()),
                    percent(seen),
                    percent(predicted),
                )
            }
        }
    }

    /// Recall seen and predicted, month by month.
    #[must_use]
    pub fn by_month(&self) -> Figure {
        let shown = &self.months[self.months.len().saturating_sub(Self::SHOWN)..];
        let curve = |tone, name, share: fn(&Month) -> Option<f64>| Curve {
            tone,
            name,
            shares: shown.iter().map(share).collect(),
        };
        let curves = Curves {
            labels: shown.iter().map(Month::label).collect(),
            unit: "recalled",
            curves: vec![
                curve(Tone::Expected, "predicted", |month| {
                    month.young.and(month.mature).predicted()
                }),
                curve(Tone::First, "young cards", |month| month.young.seen()),
                curve(Tone::Second, "mature cards", |month| month.mature.seen()),
            ],
        };
        let rows = shown.iter().rev().map(|month| {
            let both = month.young.and(month.mature);
            [
                format!("{} {}", month.label(), month.year),
                grouped(both.answers.into()),
                share(both.predicted()),
                share(both.seen()),
                share(month.young.seen()),
                share(month.mature.seen()),
            ]
        });
        let header = ["Month", "Answers", "Predicted", "Right", "Young", "Mature"];
        let table = Table::new(header, rows);
        let drawn = (!shown.is_empty()).then_some(&curves as _);
        Figure::new("True retention", self.summary(), drawn, table)
    }

    /// Whether what was predicted with some probability came true as often.
    #[must_use]
    pub fn calibration(&self) -> Figure {
        let from = self.bins.iter().position(|bin| bin.answers > 0);
        let shown = &self.bins[from.unwrap_or(Self::BINS)..];
        let edge = |place: usize| percent(place as f64 / Self::BINS as f64);
        let first = Self::BINS - shown.len();
        let labels: Vec<String> = (first..Self::BINS).map(edge).collect();
        let curve = |tone, name, share: fn(Recalled) -> Option<f64>| Curve {
            tone,
            name,
            shares: shown.iter().copied().map(share).collect(),
        };
        let curves = Curves {
            labels,
            unit: "recalled, by predicted recall",
            curves: vec![
                curve(Tone::Expected, "predicted", Recalled::predicted),
                curve(Tone::First, "seen", Recalled::seen),
            ],
        };
        let rows = shown.iter().zip(first..).filter(|(bin, _)| bin.answers > 0);
        let rows = rows.map(|(bin, place)| {
            [
                format!("{} to {}", edge(place), edge(place + 1)),
                grouped(bin.answers.into()),
                share(bin.predicted()),
                share(bin.seen()),
            ]
        });
        let table = Table::new(["Predicted", "Answers", "On average", "Right"], rows);
        let drawn = (!shown.is_empty()).then_some(&curves as _);
        Figure::new("Are predictions right?", self.summary(), drawn, table)
    }
}

impl Month {
    fn label(&self) -> String {
        let month = time::Month::try_from(self.month);
        month.map(short_month).unwrap_or_default()
    }
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), percent)
}
