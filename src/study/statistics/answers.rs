//! How the answers were.

use serde::{Deserialize, Serialize};

use super::MATURE;
use crate::study::entry::Rating;
use crate::study::figure::{Bar, Bars, Figure, Table, Tone, grouped, percent};
use crate::study::history::Attempt;

/// How the answers were, by kind of card and by hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Of cards that were learned in steps of minutes.
    pub learning: Buttons,
    /// Of cards that had waited for less than [`MATURE`] days.
    pub young: Buttons,
    /// Of cards that had waited for [`MATURE`] days or more.
    pub mature: Buttons,
    /// By the hour of the learner's clock, from 0.
    pub hours: [Hour; 24],
}

/// How often each grade was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buttons {
    /// Again, Hard, Good, Easy.
    pub counts: [u32; 4],
}

/// What was answered in one hour of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// How many answers were given.
    pub answers: u32,
    /// How many of them were right.
    pub right: u32,
}

impl Buttons {
    fn all(self) -> u32 {
        self.counts.iter().sum()
    }

    fn right(self) -> u32 {
        self.counts[1..].iter().sum()
    }
}

const NAMES: [&str; 4] = ["Again", "Hard", "Good", "Easy"];
const TONES: [Tone; 4] = [Tone::Fourth, Tone::Third, Tone::First, Tone::Second];

impl Answers {
    pub(super) fn count(&mut self, attempt: &Attempt<'_>) {
        let buttons = match attempt.waited {
            None => &mut self.learning,
            Some(days) if days < MATURE => &mut self.young,
            Some(_) => &mut self.mature,
        };
        let rating = attempt.answer.rating;
        let button = Rating::ALL.iter().position(|&one| one == rating);
        buttons.counts[button.expect("all grades are listed")] += 1;
        let hour = &mut self.hours[usize::from(attempt.entry.utc_offset.hour(attempt.entry.at))];
        hour.answers += 1;
        hour.right += u32::from(attempt.is_right());
    }

    /// How often each grade was given.
    #[must_use]
    pub fn buttons(&self) -> Figure {
        let groups = [
            ("Learning", self.learning),
            ("Young", self.young),
            ("Mature", self.mature),
        ];
        let all: u32 = groups.iter().map(|(_, buttons)| buttons.all()).sum();
        let right: u32 = groups.iter().map(|(_, buttons)| buttons.right()).sum();
        let summary = if all == 0 {
            "Nothing was answered yet.".to_owned()
        } else {
            format!(
                "{} of {} answers were right; cards count as mature when they have waited for {MATURE} days.",
                percent(f64::from(right) / f64::from(all)),
                grouped(all.into()),
            )
        };
        let bars = groups.iter().map(|&(name, buttons)| {
            let parts = TONES.into_iter().zip(buttons.counts.map(f64::from));
            let counts = NAMES.iter().zip(buttons.counts);
            let counts: Vec<String> = counts
                .map(|(name, count)| format!("{name} {count}"))
                .collect();
            Bar {
                label: name.to_owned(),
                hint: format!("{name}: {}", counts.join(", ")),
                parts: parts.collect(),
            }
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "answers",
            legend: TONES.into_iter().zip(NAMES).collect(),
        };
        let rows = groups.iter().map(|&(name, buttons)| {
            let [again, hard, good, easy] = buttons.counts.map(|count| grouped(count.into()));
            [name.to_owned(), again, hard, good, easy]
        });
        let [again, hard, good, easy] = NAMES;
        let table = Table::new(["Cards", again, hard, good, easy], rows);
        let drawn = (all > 0).then_some(&bars as _);
        Figure::new("Answers by grade", summary, drawn, table)
    }

    /// When in the day was answered, and how well.
    #[must_use]
    pub fn hours(&self) -> Figure {
        let all: u32 = self.hours.iter().map(|hour| hour.answers).sum();
        let busiest = (0..24).max_by_key(|&hour| (self.hours[hour].answers, 24 - hour));
        let summary = match busiest {
            Some(hour) if all > 0 => format!(
                "Most answers were given between {hour}:00 and {}:00, {} of them right.",
                (hour + 1) % 24,
                percent(self.hours[hour].share()),
            ),
            _ => "Nothing was answered yet.".to_owned(),
        };
        let bars = self.hours.iter().enumerate().map(|(number, hour)| Bar {
            label: number.to_string(),
            hint: format!(
                "{number}:00: {} answers, {} right",
                hour.answers, hour.right
            ),
            parts: vec![
                (Tone::First, hour.right.into()),
                (Tone::Fourth, (hour.answers - hour.right).into()),
            ],
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "answers by hour of the day",
            legend: vec![(Tone::First, "right"), (Tone::Fourth, "wrong")],
        };
        let studied = self
            .hours
            .iter()
            .enumerate()
            .filter(|(_, hour)| hour.answers > 0);
        let rows = studied.map(|(number, hour)| {
            [
                format!("{number}:00"),
                grouped(hour.answers.into()),
                percent(hour.share()),
            ]
        });
        let table = Table::new(["Hour", "Answers", "Right"], rows);
        let drawn = (all > 0).then_some(&bars as _);
        Figure::new("Hours of the day", summary, drawn, table)
    }
}

impl Hour {
    fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.answers.max(1))
    }
}
