//! `cipherdeck schedule`.

use std::collections::HashMap;
use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, ContentHash};
use cipherdeck::study::{
    Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Log, Phase, Progress, Rating, Rollover,
    Scheduler, UtcOffset,
};
use clap::Args;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Args)]
pub struct Schedule {
    /// The recall that intervals aim at, between 0 and 1
    #[arg(long, default_value_t = 0.9, value_parser = parse_retention)]
    retention: f32,
    /// Leaves intervals as the model gives them
    #[arg(long)]
    no_fuzz: bool,
    /// The time zone of the learner's day
    #[arg(long, default_value = "UTC", value_parser = parse_timezone)]
    timezone: TimeZone,
    /// The hour at which the learner's day begins
    #[arg(long, default_value = "4", value_parser = parse_rollover)]
    rollover_hour: Rollover,
}

fn parse_retention(text: &str) -> Result<f32, String> {
    let retention: Option<f32> = text.parse().ok();
    let within = retention.filter(|retention| *retention > 0.0 && *retention < 1.0);
    within.ok_or_else(|| "a retention lies between 0 and 1".to_owned())
}

fn parse_timezone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| format!("the time zone `{text}` is not known"))
}

fn parse_rollover(text: &str) -> Result<Rollover, String> {
    let rollover = text.parse().ok().and_then(Rollover::at_hour);
    rollover.ok_or_else(|| "a day has the hours 0 to 23".to_owned())
}

#[derive(Debug, Deserialize)]
struct Line {
    card: Value,
    rating: Rating,
    at: String,
}

#[derive(Debug, Serialize)]
struct Scheduled<'a> {
    card: &'a Value,
    state: &'static str,
    step: Option<usize>,
    stability: f64,
    difficulty: f64,
    due: String,
}

#[derive(Debug, Serialize)]
struct Failed {
    error: String,
}

impl Schedule {
    /// Answers each review with what follows from it, line by line; exit 1 where a line could not be read.
    pub fn run(self) -> ExitCode {
        let scheduler = Scheduler {
            desired_retention: self.retention,
            fuzz: !self.no_fuzz,
            ..Scheduler::default()
        };
        let mut reviews = Reviews {
            timezone: self.timezone,
            progress: Progress::replay(
                Log::default(),
                scheduler,
                self.rollover_hour,
                HashMap::new(),
            ),
            names: HashMap::new(),
            count: 0,
        };
        let mut failed = false;
        let mut out = io::stdout().lock();
        for line in io::stdin().lock().lines() {
            let answer = match &line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => reviews.take(line),
                Err(error) => Err(error.to_string()),
            };
            let answer = answer.unwrap_or_else(|error| {
                failed = true;
                serde_json::to_string(&Failed { error }).expect("a string is always JSON")
            });
            if writeln!(out, "{answer}")
                .and_then(|()| out.flush())
                .is_err()
                || line.is_err()
            {
                break;
            }
        }
        ExitCode::from(u8::from(failed))
    }
}

struct Reviews {
    timezone: TimeZone,
    progress: Progress,
    /// The cards of the input may have any name; inside they are numbered.
    names: HashMap<Value, CardId>,
    count: u64,
}

impl Reviews {
    fn take(&mut self, line: &str) -> Result<String, String> {
        let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let at = Timestamp::parse_rfc3339(&line.at)
            .map_err(|error| format!("`{}`: {error}", line.at))?;
        let number = self.names.len() + 1;
        let numbered = || format!("card-{number}").parse().expect("it is a slug");
        let card = self
            .names
            .entry(line.card.clone())
            .or_insert_with(numbered)
            .clone();
        let utc_offset = self.offset(at)?;
        let review = self.progress.preview(&card, line.rating, at, utc_offset);
        self.count += 1;
        self.progress.push(Entry {
            id: EntryId {
                device: DeviceId::from_random([0; 8]),
                counter: self.count,
            },
            at,
            utc_offset,
            card,
            content_hash: ContentHash::default(),
            kind: EntryKind::Answer(Answer {
                rating: line.rating,
                guessed: false,
                took_ms: 0,
                chosen: Vec::new(),
                interval: review.interval,
            }),
        });
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        let wait = match review.interval {
            Interval::Days(days) => DAY * days,
            Interval::Millis(millis) => Duration::from_millis(u64::from(millis)),
        };
        let (state, step) = match review.phase {
            Phase::Learning { step } => ("Learning", Some(step)),
            Phase::Review => ("Review", None),
            Phase::Relearning { step } => ("Relearning", Some(step)),
        };
        let scheduled = Scheduled {
            card: &line.card,
            state,
            step,
            stability: f64::from(review.memory.stability),
            difficulty: f64::from(review.memory.difficulty),
            due: (at + wait).rfc3339(),
        };
        Ok(serde_json::to_string(&scheduled).expect("finite numbers and strings are always JSON"))
    }

    fn offset(&self, at: Timestamp) -> Result<UtcOffset, String> {
        let instant =
            jiff::Timestamp::from_millisecond(at.millis()).map_err(|error| error.to_string())?;
        let seconds = self.timezone.to_offset(instant).seconds();
        let minutes = i16::try_from(seconds / 60).expect("offsets are within a day or so");
        Ok(UtcOffset::from_minutes(minutes))
    }
}
