//! The way to an exam: what to do on each day that is left, what will be known on the day, and whether time suffices.
//!
//! New cards are spread evenly over the days up to a last full pass, in which every card of the exam is asked once more.
//! What will be known is played through with the learner's own memory model, from the same seed each time.

mod days;
mod outlook;
mod pace;
mod share;

pub use outlook::Outlook;
pub use share::{Share, todays_queue};

use serde::{Deserialize, Serialize};
use time::Date;

use super::day::{Day, UtcOffset};
use super::figure::{Bar, Bars, Figure, Table, Tone, grouped, long_date, percent, short_date};
use super::progress::Progress;
use super::queue::is_askable;
use crate::base::Timestamp;
use crate::course::{CardId, Course};
use days::{Days, Played};

/// What the learner aims at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// The exam's code, such as `SCS-C03`.
    pub exam: String,
    /// The day on which it is sat.
    pub date: Date,
    /// The day on which the learner set this aim: how long the last full pass is follows from the whole way.
    pub since: Date,
}

/// What to do on each day that is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What the learner aims at.
    pub aim: Aim,
    /// The day on which the plan was made.
    pub today: Date,
    /// How many cards the exam has.
    pub cards: u32,
    /// How many of them were never answered before today.
    pub unseen: u32,
    /// Every day from today to the one before the exam.
    pub days: Vec<PlannedDay>,
    /// The first day of the last full pass; none where no day is left.
    pub pass_from: Option<Date>,
    /// What will be known.
    pub outlook: Outlook,
    /// How many answers a day the learner gave in the two weeks before today; none where none was given before.
    pub pace: Option<f32>,
    /// Whether time suffices.
    pub verdict: Verdict,
}

/// One day of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedDay {
    /// Which day.
    pub date: Date,
    /// New cards to begin, those begun already today among them.
    pub new: u32,
    /// Answers to be expected: repeated steps, cards that come back, and the last full pass.
    pub answers: f32,
    /// How many of those answers belong to the last full pass alone.
    pub pass: f32,
}

/// Whether time suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// The day of the exam is over.
    Over,
    /// The exam is today.
    Today,
    /// The course has no cards for it.
    NoCards,
    /// The learner's pace is not known yet.
    Unknown,
    /// The pace is enough.
    InTime,
    /// The pace falls short by a fifth at most.
    Tight,
    /// The pace is not enough.
    Short,
}

impl Aim {
    /// The aim at an exam on a day that is written as `2026-12-16`.
    ///
    /// # Errors
    /// That the text is no day, or one that is over.
    pub fn on(exam: &str, day: &str, today: Day) -> Result<Self, String> {
        let date = date(day).ok_or_else(|| "expected a day such as `2026-12-16`".to_owned())?;
        if Day::on(date) < today {
            return Err(format!("`{day}` is over"));
        }
        Ok(Self {
            exam: exam.to_owned(),
            date,
            since: today.date(),
        })
    }

    /// The aim as it was kept: the exam's code, its date and since when, the two as `2026-12-16`.
    #[must_use]
    pub fn read([exam, day, since]: [String; 3]) -> Option<Self> {
        let (date, since) = (date(&day)?, date(&since)?);
        Some(Self { exam, date, since })
    }

    /// How long it is until the exam, as one says it: `SCS-C03 is in 23 days, on 16 December 2026.`
    #[must_use]
    pub fn countdown(&self, today: Day) -> String {
        let (exam, on) = (Day::on(self.date), long_date(self.date));
        let name = &self.exam;
        match exam.since(today) {
            0 if exam < today => format!("The day of {name}, {on}, is over."),
            0 => format!("{name} is today. Good luck!"),
            1 => format!("{name} is tomorrow, on {on}."),
            days => format!("{name} is in {days} days, on {on}."),
        }
    }

    /// The cards of a course that belong to the exam, in the order of the course.
    #[must_use]
    pub fn cards(&self, course: &Course) -> Vec<CardId> {
        let sheets = course.sheets().map(|(_, sheet)| sheet).filter(|sheet| {
            let mut domains = sheet.about.domains.iter();
            domains.any(|domain| domain.exam == self.exam)
        });
        let questions = sheets.flat_map(|sheet| &sheet.questions);
        let asked = questions.filter(|question| is_askable(question));
        asked.flat_map(|question| question.cards()).collect()
    }
}

impl Plan {
    /// The plan at `now` over the cards of the exam.
    #[must_use]
    pub fn of(
        progress: &Progress,
        cards: &[CardId],
        aim: Aim,
        now: Timestamp,
        offset: UtcOffset,
    ) -> Self {
        let today = progress.day(now, offset);
        let exam = Day::on(aim.date);
        let share = aim.share(progress, cards, today);
        let (left, pass) = (share.left, share.pass_days);
        let days = Days::new(progress, cards, today, &share);
        let pace = pace::of(progress, today);
        let planned = days.play(f32::INFINITY);
        let planned_days = days.planned(&planned, today);
        let outlook = Outlook {
            now: days.recall_after(0),
            untouched: days.recall_after(left),
            planned: planned.recall,
            at_pace: pace
                .map(|pace| days.play(pace))
                .map(|Played { recall, unseen, .. }| (recall, unseen)),
        };
        let mut plan = Self {
            aim,
            today: today.date(),
            cards: cards.len() as u32,
            unseen: share.unseen,
            days: planned_days,
            pass_from: (left > 0).then(|| exam.minus(pass).date()),
            outlook,
            pace,
            verdict: Verdict::Unknown,
        };
        plan.verdict = plan.judge(exam < today);
        plan
    }

    /// How many answers a day the plan needs on average; 0 where no day is left.
    #[must_use]
    pub fn needed(&self) -> f32 {
        let answers: f32 = self.days.iter().map(|day| day.answers).sum();
        answers / self.days.len().max(1) as f32
    }

    /// The day with the most answers; none where no day is left.
    #[must_use]
    pub fn busiest(&self) -> Option<&PlannedDay> {
        let days = self.days.iter();
        days.max_by(|one, other| one.answers.total_cmp(&other.answers))
    }

    fn judge(&self, is_over: bool) -> Verdict {
        if is_over {
            return Verdict::Over;
        }
        if self.cards == 0 {
            return Verdict::NoCards;
        }
        if self.days.is_empty() {
            return Verdict::Today;
        }
        match self.pace {
            None => Verdict::Unknown,
            Some(pace) if self.needed() <= pace => Verdict::InTime,
            Some(pace) if self.needed() * 0.8 <= pace => Verdict::Tight,
            Some(_) => Verdict::Short,
        }
    }

    /// What the days hold: new cards, then the last full pass. Nothing where no day or no card is left.
    #[must_use]
    pub fn way(&self) -> String {
        let (Some(today), Some(from)) = (self.days.first(), self.pass_from) else {
            return String::new();
        };
        if self.cards == 0 {
            return String::new();
        }
        let most = self
            .days
            .iter()
            .map(|day| day.new)
            .max()
            .unwrap_or_default();
        let last = self.days.iter().rfind(|day| day.new > 0);
        let new = match last {
            None => format!(
                "All of the {} cards were begun.",
                grouped(self.cards.into())
            ),
            Some(last) => format!(
                "{} of {} cards were new when the day began. Today's part of them is {}; until {} no day holds more than {}.",
                grouped(self.unseen.into()),
                grouped(self.cards.into()),
                grouped(today.new.into()),
                long_date(last.date),
                grouped(most.into()),
            ),
        };
        let pass = match from <= self.today {
            true => "has begun".to_owned(),
            false => format!("begins on {}", long_date(from)),
        };
        format!("{new} The last full pass, in which every card is asked once more, {pass}.")
    }

    /// The plan in words: whether time suffices, and what will be known.
    #[must_use]
    pub fn summary(&self) -> String {
        let exam = &self.aim.exam;
        let needed = grouped(self.needed().round().into());
        let share = |recall: f32| percent(recall.into());
        let known = format!(
            "By this plan {} of it would be recalled on the day, without any more study {}.",
            share(self.outlook.planned),
            share(self.outlook.untouched),
        );
        let pace = grouped(self.pace.unwrap_or_default().round().into());
        match self.verdict {
            Verdict::Over => format!("The day of {exam} is over."),
            Verdict::NoCards => format!("The course has no questions for {exam}."),
            Verdict::Today => format!(
                "{exam} is today; {} of it should be recalled.",
                share(self.outlook.now)
            ),
            Verdict::Unknown => format!(
                "About {needed} answers a day are needed; how many you give in a day is not known yet. {known}"
            ),
            Verdict::InTime => format!(
                "Time suffices: about {needed} answers a day are needed, and you gave {pace} a day of late. {known}"
            ),
            Verdict::Tight => format!(
                "Time is tight: about {needed} answers a day are needed, and you gave {pace} a day of late. {known}"
            ),
            Verdict::Short => {
                let (recall, unseen) = self.outlook.at_pace.unwrap_or_default();
                format!(
                    "Time is short: about {needed} answers a day are needed, and you gave {pace} a day of late. At that pace {} of {} new cards stay unseen and {} of the exam would be recalled. {known}",
                    grouped(unseen.round().into()),
                    grouped(self.unseen.into()),
                    share(recall),
                )
            }
        }
    }

    /// How many answers each day, or each week where many are left, will take.
    #[must_use]
    pub fn figure(&self) -> Figure {
        const MOST_DAYS: usize = 42;
        let (a_bar, unit) = if self.days.len() > MOST_DAYS {
            (7, "answers a week")
        } else {
            (1, "answers a day")
        };
        let bars = self.days.chunks(a_bar).map(|days| {
            let sum = |part: fn(&PlannedDay) -> f32| -> f64 {
                days.iter()
                    .map(|day| f64::from(part(day)))
                    .sum::<f64>()
                    .round()
            };
            let (answers, pass) = (sum(|day| day.answers), sum(|day| day.pass));
            let pass = pass.min(answers);
            Bar {
                label: short_date(days[0].date),
                hint: format!("from {}: {}", long_date(days[0].date), grouped(answers)),
                parts: vec![(Tone::First, answers - pass), (Tone::Second, pass)],
            }
        });
        let bars = Bars {
            bars: bars.collect(),
            unit,
            legend: vec![
                (Tone::First, "new and due"),
                (Tone::Second, "last full pass"),
            ],
        };
        let rows = self.days.iter().map(|day| {
            [
                long_date(day.date),
                grouped(day.new.into()),
                grouped(day.answers.round().into()),
                grouped(day.pass.round().into()),
            ]
        });
        let table = Table::new(["Day", "New cards", "Answers", "Of the last pass"], rows);
        let drawn = (!self.days.is_empty() && self.cards > 0).then_some(&bars as _);
        let words = [self.way(), self.summary()].join(" ");
        Figure::new("The way to the exam", words.trim().to_owned(), drawn, table)
    }
}

fn date(day: &str) -> Option<Date> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let of_month = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, month.try_into().ok()?, of_month).ok()
}
