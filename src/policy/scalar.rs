//! Numbers and instants as condition values write them.

use std::cmp::Ordering;

/// A decimal number, compared exactly whatever its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    /// Without leading noughts.
    whole: String,
    /// Without trailing noughts.
    fraction: String,
}

impl Decimal {
    /// Reads `-12`, `3.5` or `+7`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let is_nought = whole.is_empty() && fraction.is_empty();
        Some(Self {
            is_negative: is_negative && !is_nought,
            whole,
            fraction,
        })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let by_length = self.whole.len().cmp(&other.whole.len());
        by_length
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// An instant in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant(i128);

const NANOS: i128 = 1_000_000_000;

impl Instant {
    /// Reads the W3C forms of ISO 8601 (`2026`, `2026-01`, `2026-01-31`, `2026-01-31T12:00Z`, `…:30Z`, `…:30.25+01:00`)
    /// or seconds since 1970. Four digits are a year; a time without zone is taken for UTC.
    ///
    /// Source: <https://www.w3.org/TR/NOTE-datetime>
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let is_year = date.len() == 4 && date.bytes().all(|byte| byte.is_ascii_digit());
        let is_calendar = date.strip_prefix('-').unwrap_or(date).contains('-');
        if time.is_none() && !is_year && !is_calendar {
            return Self::epoch(text);
        }
        let mut parts = date.splitn(3, '-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
        let day = parts.next();
        let day_number = day.map_or(Some(1), |day| number(day, 2))?;
        if time.is_some() && day.is_none() {
            return None;
        }
        let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
        let year = i32::try_from(year).ok()?;
        let date =
            time::Date::from_calendar_date(year, month, u8::try_from(day_number).ok()?).ok()?;
        let days = i128::from(date.to_julian_day()) - i128::from(EPOCH_DAY);
        let nanos = time.map_or(Some(0), nanos_of_day)?;
        Some(Self(days * 86_400 * NANOS + nanos))
    }

    /// The instant so many seconds later, written as `2026-01-31T12:00:00Z`; fractions of a second are cut.
    pub(super) fn shifted(self, seconds: i64) -> Option<String> {
        let nanos = self.0 + i128::from(seconds) * NANOS;
        let at = time::OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
        let (year, month, day) = at.to_calendar_date();
        let (hour, minute, second) = at.to_hms();
        let month = u8::from(month);
        let is_written = (0..=9999).contains(&year);
        is_written
            .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    fn epoch(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let seconds: i64 = whole.parse().ok()?;
        let fraction = nanos(fraction)?;
        let fraction = if text.starts_with('-') {
            -fraction
        } else {
            fraction
        };
        Some(Self(i128::from(seconds) * NANOS + fraction))
    }
}

/// The Julian day of 1970-01-01.
const EPOCH_DAY: i32 = 2_440_588;

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`, then `Z`, `±hh:mm` or nothing; in UTC.
fn nanos_of_day(text: &str) -> Option<i128> {
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone_at);
    let mut parts = time.splitn(3, ':');
    let hour = number(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = number(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second, fraction) = match parts.next() {
        None => ("00", ""),
        Some(second) => match second.split_once('.') {
            Some((_, "")) => return None,
            Some(split) => split,
            None => (second, ""),
        },
    };
    let second = number(second, 2).filter(|second| *second < 60)?;
    let seconds = i128::from(hour * 3600 + minute * 60 + second) - offset_seconds(zone)?;
    Some(seconds * NANOS + nanos(fraction)?)
}

fn offset_seconds(zone: &str) -> Option<i128> {
    let sign = match zone.bytes().next() {
        None => return Some(0),
        Some(b'Z' | b'z') => return (zone.len() == 1).then_some(0),
        Some(b'-') => -1,
        Some(_) => 1,
    };
    let digits = &zone[1..];
    let (hours, minutes) = digits
        .split_once(':')
        .or_else(|| digits.split_at_checked(2))?;
    let hours = number(hours, 2).filter(|hours| *hours < 24)?;
    let minutes = number(minutes, 2).filter(|minutes| *minutes < 60)?;
    Some(sign * i128::from(hours * 3600 + minutes * 60))
}

/// A fraction of a second; digits behind the ninth are cut.
fn nanos(fraction: &str) -> Option<i128> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(9)
        .collect();
    nine.parse().ok()
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value_whatever_their_length() {
        let order = |a: &str, b: &str| Decimal::parse(a).unwrap().cmp(&Decimal::parse(b).unwrap());
        assert!(order("10", "9").is_gt());
        assert!(order("-10", "-9").is_lt());
        assert!(order("0.50", ".5").is_eq());
        assert!(order("-0", "0").is_eq());
        assert!(order("+7", "7").is_eq());
        assert!(order("-1", "0").is_lt());
        assert!(order("0", "-1").is_gt());
        assert!(order("1.05", "1.5").is_lt());
        assert!(order("9007199254740993", "9007199254740992").is_gt());
        for wrong in ["", "-", ".", "1e3", "0x1", " 1", "1.2.3", "abc", "٣"] {
            assert!(Decimal::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn every_w3c_form_and_epoch_seconds_name_an_instant() {
        let at = |text: &str| Instant::parse(text).unwrap_or_else(|| panic!("{text}")).0;
        assert_eq!(at("2020"), at("2020-01-01T00:00Z"));
        assert_eq!(at("2020-04"), at("2020-04-01"));
        assert_eq!(at("2020-04-01T00:00:01Z"), at("1585699201"));
        assert_eq!(at("2020-04-01T02:00:00+02:00"), at("2020-04-01T00:00:00Z"));
        assert_eq!(at("2020-03-31T23:30:00-00:30"), at("2020-04-01T00:00:00Z"));
        assert_eq!(at("1970-01-01T00:00:00.25Z"), 250_000_000);
        assert_eq!(at("-1"), -1_000_000_000);
        assert_eq!(at("-1.5"), -1_500_000_000);
        assert_eq!(at("1.5"), 1_500_000_000);
        assert_eq!(at("1970-01-01T23:59:59Z"), 86_399_000_000_000);
        for wrong in [
            "",
            "tomorrow",
            "2020-13",
            "2020-02-30",
            "2020-04-01T24:00Z",
            "2020-04-01T00:60Z",
            "2020-04-01T00:00:60Z",
            "2020-04-01T00:00+24:00",
            "2020-04-01T00:00+00:60",
            "2020-04-01T00:00:00Zulu",
            "1.5.5",
            "1x",
            "2020-04-01T00:00:00X",
            "2020T00:00Z",
            "2020-04-01T00:00:00.Z",
            "2020-04-01T00:00:00+é",
            "20-04-01",
            "é",
        ] {
            assert!(Instant::parse(wrong).is_none(), "{wrong}");
        }
    }
}
