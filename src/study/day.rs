//! The learner's day, which begins at a roll-over hour and not at midnight.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::base::Timestamp;

/// How far local time is ahead of UTC, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i16", into = "i16")]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// Coordinated Universal Time itself.
    pub const UTC: Self = Self(0);

    /// No zone of the world is further away than this.
    const FURTHEST: i16 = 18 * 60;

    /// `minutes` ahead of UTC, brought into eighteen hours either way.
    #[must_use]
    pub fn from_minutes(minutes: i16) -> Self {
        Self(minutes.clamp(-Self::FURTHEST, Self::FURTHEST))
    }

    /// Minutes ahead of UTC.
    #[must_use]
    pub fn minutes(self) -> i16 {
        self.0
    }

    /// The hour on the local clock at an instant, 0 to 23.
    #[must_use]
    pub fn hour(self, at: Timestamp) -> u8 {
        let local = at.millis() + i64::from(self.0) * MINUTE;
        (local.rem_euclid(DAY) / HOUR) as u8
    }
}

impl From<i16> for UtcOffset {
    fn from(minutes: i16) -> Self {
        Self::from_minutes(minutes)
    }
}

impl From<UtcOffset> for i16 {
    fn from(offset: UtcOffset) -> Self {
        offset.0
    }
}

/// The hour at which a new day begins, 0 to 23.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollover(u8);

impl Rollover {
    /// The roll-over at `hour`, if the day has that hour.
    #[must_use]
    pub fn at_hour(hour: u8) -> Option<Self> {
        (hour < 24).then_some(Self(hour))
    }
}

impl Default for Rollover {
    /// Four in the morning: who studies at midnight still studies today.
    fn default() -> Self {
        Self(4)
    }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// 1970-01-01 as a Julian day.
const EPOCH: i64 = 2_440_588;

/// A local day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(i64);

impl Day {
    /// The day in which the instant lies for somebody whose clock is `offset` ahead.
    #[must_use]
    pub fn of(at: Timestamp, offset: UtcOffset, rollover: Rollover) -> Self {
        let local = at.millis() + i64::from(offset.0) * MINUTE - i64::from(rollover.0) * HOUR;
        Self(local.div_euclid(DAY))
    }

    /// The instant at which it begins for somebody whose clock is `offset` ahead.
    #[must_use]
    pub fn begins(self, offset: UtcOffset, rollover: Rollover) -> Timestamp {
        let local = self.0 * DAY + i64::from(rollover.0) * HOUR;
        Timestamp::from_millis(local - i64::from(offset.0) * MINUTE)
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0 + i64::from(days))
    }

    /// The day `days` earlier.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0 - i64::from(days))
    }

    /// The day of this date.
    #[must_use]
    pub fn on(date: Date) -> Self {
        Self(i64::from(date.to_julian_day()) - EPOCH)
    }

    /// Its date: that of its first instant, on the learner's clock.
    #[must_use]
    pub fn date(self) -> Date {
        let julian = (self.0 + EPOCH).clamp(
            Date::MIN.to_julian_day().into(),
            Date::MAX.to_julian_day().into(),
        );
        i32::try_from(julian)
            .ok()
            .and_then(|julian| Date::from_julian_day(julian).ok())
            .expect("it lies between the first and the last date")
    }

    /// How many days after `earlier` this is; none where it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from((self.0 - earlier.0).max(0)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: &str, minutes: i16) -> Day {
        let at = Timestamp::parse_rfc3339(at).unwrap();
        Day::of(at, UtcOffset::from_minutes(minutes), Rollover::default())
    }

    #[test]
    fn a_day_lasts_from_four_to_four() {
        assert_eq!(
            day("2026-01-02T03:59:59Z", 0),
            day("2026-01-01T04:00:00Z", 0)
        );
        assert_eq!(
            day("2026-01-02T04:00:00Z", 0).since(day("2026-01-02T03:59:59Z", 0)),
            1
        );
    }

    #[test]
    fn a_day_is_local() {
        assert_eq!(
            day("2026-01-01T18:59:00Z", 540),
            day("2026-01-01T10:00:00Z", 540)
        );
        assert_eq!(
            day("2026-01-01T19:00:00Z", 540).since(day("2026-01-01T10:00:00Z", 540)),
            1
        );
    }

    #[test]
    fn a_day_begins_at_its_first_instant() {
        let (offset, rollover) = (UtcOffset::from_minutes(540), Rollover::default());
        let today = day("2026-01-01T18:59:00Z", 540);
        let tomorrow = today.plus(1).begins(offset, rollover);
        assert_eq!(tomorrow.rfc3339(), "2026-01-01T19:00:00Z");
        assert_eq!(Day::of(tomorrow, offset, rollover), today.plus(1));
    }

    #[test]
    fn a_day_has_a_date_and_a_date_its_day() {
        let today = day("2026-11-23T03:59:00Z", 0);
        assert_eq!(today.date().to_string(), "2026-11-22");
        assert_eq!(Day::on(today.date()), today);
        assert_eq!(
            Day::on(Date::from_ordinal_date(1970, 1).unwrap()),
            day("1970-01-01T04:00:00Z", 0)
        );
        assert_eq!(today.plus(40).minus(40), today);
    }

    #[test]
    fn a_clock_moved_back_counts_as_no_time() {
        assert_eq!(
            day("2026-01-01T10:00:00Z", 0).since(day("2026-02-01T10:00:00Z", 0)),
            0
        );
    }
}
