//! What was done on which day.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::study::day::Day;
use crate::study::figure::{
    Bar, Bars, Calendar, Figure, Square, Table, Tone, grouped, long_date, percent, short_date,
};
use crate::study::history::Attempt;

/// What was done on each day of the last year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Every day from a Monday 52 weeks ago to today.
    pub days: Vec<ActiveDay>,
    /// Answers on other days: earlier ones, and such as a wrong clock has put in the future.
    pub outside: u32,
}

/// What was done on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveDay {
    /// Which day.
    pub date: Date,
    /// How many answers were given.
    pub answers: u32,
    /// How many of them were right.
    pub right: u32,
    /// How long they took, in milliseconds. An answer counts for [`Activity::LONGEST`] at most.
    pub millis: u64,
}

impl Activity {
    /// Who thinks longer about one answer has left the desk: five minutes, in milliseconds.
    pub const LONGEST: u32 = 5 * 60_000;

    /// How many days the chart of time shows.
    const RECENT: usize = 30;

    pub(super) fn until(today: Day) -> Self {
        let into_week = today.date().weekday().number_days_from_monday();
        let first = today.minus(52 * 7 + u32::from(into_week));
        let days = (0..=today.since(first)).map(|later| ActiveDay {
            date: first.plus(later).date(),
            answers: 0,
            right: 0,
            millis: 0,
        });
        Self {
            days: days.collect(),
            outside: 0,
        }
    }

    pub(super) fn count(&mut self, attempt: &Attempt<'_>) {
        let first = self.days.first().map(|day| Day::on(day.date));
        let place = first
            .filter(|first| *first <= attempt.day)
            .map(|first| attempt.day.since(first) as usize);
        let Some(day) = place.and_then(|place| self.days.get_mut(place)) else {
            self.outside += 1;
            return;
        };
        day.answers += 1;
        day.right += u32::from(attempt.is_right());
        day.millis += u64::from(attempt.answer.took_ms.min(Self::LONGEST));
    }

    /// How many days in a row were studied, up to today or, where nothing was done yet today, yesterday.
    #[must_use]
    pub fn streak(&self) -> usize {
        let days = self.days.iter().rev();
        let skipped = usize::from(self.days.last().is_some_and(|today| today.answers == 0));
        days.skip(skipped).take_while(|day| day.answers > 0).count()
    }

    /// A square for each day of the year.
    #[must_use]
    pub fn calendar(&self) -> Figure {
        let studied: Vec<&ActiveDay> = self.days.iter().filter(|day| day.answers > 0).collect();
        let answers: u64 = studied.iter().map(|day| u64::from(day.answers)).sum();
        let summary = if studied.is_empty() {
            "Nothing was answered within a year; each day of study will be a square here."
                .to_owned()
        } else {
            let row = match self.streak() {
                0 => "none yesterday or today".to_owned(),
                1 => "one day in a row up to now".to_owned(),
                days => format!("{days} days in a row up to now"),
            };
            let days = match studied.len() {
                1 => "one day".to_owned(),
                days => format!("{days} days"),
            };
            format!(
                "Answers in the last year: {}, on {days}; {row}.",
                grouped(answers as f64),
            )
        };
        let steps = quarters(&studied);
        let squares = self.days.iter().map(|day| Square {
            date: day.date,
            tone: heat(day.answers, steps),
            hint: format!("{}: {}", long_date(day.date), counted(day.answers)),
        });
        let calendar = Calendar {
            squares: squares.collect(),
            legend: vec![
                (Tone::Quiet, "none"),
                (Tone::Heat1, "few"),
                (Tone::Heat2, ""),
                (Tone::Heat3, ""),
                (Tone::Heat4, "many answers"),
            ],
        };
        let rows = studied.iter().rev().map(|day| {
            [
                long_date(day.date),
                grouped(day.answers.into()),
                percent(f64::from(day.right) / f64::from(day.answers)),
                minutes(day.millis),
            ]
        });
        let table = Table::new(["Day", "Answers", "Right", "Time"], rows);
        let drawn = (!studied.is_empty()).then_some(&calendar as _);
        Figure::new("A year of answers", summary, drawn, table)
    }

    /// How long was studied on each of the last days.
    #[must_use]
    pub fn time(&self) -> Figure {
        let recent = &self.days[self.days.len().saturating_sub(Self::RECENT)..];
        let millis: u64 = recent.iter().map(|day| day.millis).sum();
        let answers: u64 = recent.iter().map(|day| u64::from(day.answers)).sum();
        let studied = recent.iter().filter(|day| day.answers > 0).count() as u64;
        let summary = if answers == 0 {
            format!("Nothing was answered in the last {} days.", Self::RECENT)
        } else {
            format!(
                "{} in the last {} days: {} on a day of study, {} seconds an answer.",
                minutes(millis),
                Self::RECENT,
                minutes(millis / studied.max(1)),
                grouped(millis as f64 / 1000.0 / answers as f64),
            )
        };
        let bars = recent.iter().map(|day| Bar {
            label: short_date(day.date),
            hint: format!("{}: {}", long_date(day.date), minutes(day.millis)),
            parts: vec![(Tone::First, day.millis as f64 / 60_000.0)],
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "minutes",
            legend: Vec::new(),
        };
        let rows = recent.iter().map(|day| {
            [
                long_date(day.date),
                minutes(day.millis),
                grouped(day.answers.into()),
            ]
        });
        let table = Table::new(["Day", "Time", "Answers"], rows);
        let drawn = (answers > 0).then_some(&bars as _);
        Figure::new("Time spent", summary, drawn, table)
    }
}

/// The counts that part the days of study into four equal parts.
fn quarters(studied: &[&ActiveDay]) -> [u32; 3] {
    let mut counts: Vec<u32> = studied.iter().map(|day| day.answers).collect();
    counts.sort_unstable();
    let at = |quarter: usize| counts.get(counts.len() * quarter / 4).copied();
    [1, 2, 3].map(|quarter| at(quarter).unwrap_or(0))
}

fn heat(answers: u32, [first, second, third]: [u32; 3]) -> Tone {
    match answers {
        0 => Tone::Quiet,
        few if few < first => Tone::Heat1,
        more if more < second => Tone::Heat2,
        much if much < third => Tone::Heat3,
        _ => Tone::Heat4,
    }
}

fn counted(answers: u32) -> String {
    match answers {
        0 => "no answers".to_owned(),
        1 => "one answer".to_owned(),
        answers => format!("{} answers", grouped(answers.into())),
    }
}

/// A time as one reads it: `3 h 20 min`.
fn minutes(millis: u64) -> String {
    let minutes = millis.div_ceil(60_000);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
