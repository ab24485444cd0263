//! What comes back when.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::base::Timestamp;
use crate::study::day::Day;
use crate::study::figure::{Bar, Bars, Figure, Table, Tone, grouped, long_date, short_date};
use crate::study::progress::{Card, Due};

/// How many cards come back on which day, if nothing more is answered before. Suspended cards do not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Today.
    pub today: Date,
    /// Cards that were due before today.
    pub overdue: u32,
    /// Cards that are due today, tomorrow, and so on.
    pub days: [u32; Self::DAYS],
    /// Cards that are due after those days.
    pub later: u32,
}

impl Forecast {
    /// How many days it looks ahead, today among them.
    pub const DAYS: usize = 30;

    pub(super) fn of<'a>(
        cards: impl Iterator<Item = &'a Card>,
        today: Day,
        day_of: impl Fn(Timestamp) -> Day,
    ) -> Self {
        let mut forecast = Self {
            today: today.date(),
            overdue: 0,
            days: [0; Self::DAYS],
            later: 0,
        };
        for card in cards.filter(|card| !card.suspended) {
            let day = match card.due {
                None => continue,
                Some(Due::At(at)) => day_of(at),
                Some(Due::On(day)) => day,
            };
            // What is buried today is not asked before tomorrow.
            let day = match card.buried {
                Some(buried) if buried == today => day.max(today.plus(1)),
                _ => day,
            };
            if day < today {
                forecast.overdue += 1;
            } else if let Some(count) = forecast.days.get_mut(day.since(today) as usize) {
                *count += 1;
            } else {
                forecast.later += 1;
            }
        }
        forecast
    }

    /// How many cards come back on which day.
    #[must_use]
    pub fn figure(&self) -> Figure {
        let ahead: u32 = self.days.iter().sum();
        let waiting = self.overdue + self.days[0];
        let is_empty = ahead + self.overdue + self.later == 0;
        let summary = if is_empty {
            "No card comes back yet; each card that you answer gets its day.".to_owned()
        } else {
            format!(
                "{} due today, {} of them left from earlier days; {} more within {} days.",
                grouped(waiting.into()),
                grouped(self.overdue.into()),
                grouped((ahead - self.days[0]).into()),
                Self::DAYS,
            )
        };
        let dated = || {
            let days = self.days.iter().zip(0..);
            days.map(|(&count, later)| (Day::on(self.today).plus(later).date(), count))
        };
        let bars = dated().enumerate().map(|(position, (date, count))| {
            let overdue = if position == 0 { self.overdue } else { 0 };
            Bar {
                label: short_date(date),
                hint: format!("{}: {}", long_date(date), grouped((count + overdue).into())),
                parts: vec![(Tone::First, count.into()), (Tone::Fourth, overdue.into())],
            }
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "cards",
            legend: vec![(Tone::First, "due"), (Tone::Fourth, "overdue")],
        };
        let before = ("Before today".to_owned(), self.overdue);
        let after = ("Later".to_owned(), self.later);
        let rows = std::iter::once(before)
            .chain(dated().map(|(date, count)| (long_date(date), count)))
            .chain([after])
            .map(|(when, count)| [when, grouped(count.into())]);
        let table = Table::new(["Day", "Cards"], rows);
        let drawn = (ahead + self.overdue > 0).then_some(&bars as _);
        Figure::new("What comes back", summary, drawn, table)
    }
}
