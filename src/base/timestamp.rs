//! Instants, and how services write them.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// An instant, in whole milliseconds since 1970-01-01T00:00:00Z. Never read from a clock in here: it is an argument.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "i64", into = "i64")]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `millis` milliseconds after the epoch, brought into the years 0 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(EARLIEST, LATEST))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, as JSON protocols write times.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// `2015-08-30T12:36:00Z` or with milliseconds where there are any.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let at = self.date_time();
        let date = at.date();
        let (hour, minute, second, milli) = at.time().as_hms_milli();
        let fraction = if milli == 0 {
            String::new()
        } else {
            format!(".{milli:03}")
        };
        format!(
            "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z",
            date.year(),
            u8::from(date.month()),
            date.day()
        )
    }

    /// `20150830T123600Z`, the form of `X-Amz-Date`.
    #[must_use]
    pub fn amz_date(self) -> String {
        let at = self.date_time();
        let date = at.date();
        let (hour, minute, second) = at.time().as_hms();
        format!(
            "{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z",
            date.year(),
            u8::from(date.month()),
            date.day()
        )
    }

    /// `Sun, 30 Aug 2015 12:36:00 GMT`, the form of HTTP's headers (RFC 9110, section 5.6.7).
    #[must_use]
    pub fn http_date(self) -> String {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let at = self.date_time();
        let (hour, minute, second) = at.time().as_hms();
        format!(
            "{}, {:02} {} {:04} {hour:02}:{minute:02}:{second:02} GMT",
            DAYS[usize::from(at.weekday().number_days_from_monday())],
            at.day(),
            MONTHS[usize::from(u8::from(at.month())) - 1],
            at.year()
        )
    }

    /// Reads an RFC 3339 instant such as `2026-01-01T00:00:00Z`; fractions finer than a millisecond are cut.
    ///
    /// # Errors
    /// [`ParseTimestampError`] where the text is not of that form.
    pub fn parse_rfc3339(text: &str) -> Result<Self, ParseTimestampError> {
        let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| ParseTimestampError)?;
        let millis = at.unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis)
            .map(Self::from_millis)
            .map_err(|_| ParseTimestampError)
    }

    /// How long after `earlier` this is; nothing where it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    fn date_time(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .expect("a timestamp lies in the years 0 to 9999")
    }
}

impl From<i64> for Timestamp {
    fn from(millis: i64) -> Self {
        Self::from_millis(millis)
    }
}

impl From<Timestamp> for i64 {
    fn from(at: Timestamp) -> Self {
        at.0
    }
}

/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z.
const EARLIEST: i64 = -62_167_219_200_000;
const LATEST: i64 = 253_402_300_799_999;

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, later: Duration) -> Self {
        let millis = i64::try_from(later.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_add(millis))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, earlier: Duration) -> Self {
        let millis = i64::try_from(earlier.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_sub(millis))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// The text is no RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an instant such as `2026-01-01T00:00:00Z`")]
pub struct ParseTimestampError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_an_instant() {
        let at = Timestamp::parse_rfc3339("2015-08-30T12:36:00Z").unwrap();
        assert_eq!(at.amz_date(), "20150830T123600Z");
        assert_eq!(at.rfc3339(), "2015-08-30T12:36:00Z");
        assert_eq!(at.http_date(), "Sun, 30 Aug 2015 12:36:00 GMT");
        assert_eq!(at.seconds(), 1_440_938_160);
        let offset = Timestamp::parse_rfc3339("2015-08-30T14:36:00.250+02:00").unwrap();
        assert_eq!(offset.rfc3339(), "2015-08-30T12:36:00.250Z");
    }

    #[test]
    fn no_number_is_out_of_range() {
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            let at = Timestamp::from_millis(millis);
            assert!(Timestamp::parse_rfc3339(&at.rfc3339()).is_ok(), "{millis}");
        }
        assert_eq!(
            Timestamp::from_millis(0).since(Timestamp::from_millis(5)),
            Duration::ZERO
        );
    }
}
