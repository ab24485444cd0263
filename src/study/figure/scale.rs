//! Round numbers along an axis, and numbers and days as one reads them.

use time::{Date, Month};

/// An axis from 0 or more up to a round number, and where its marks stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub from: f64,
    pub to: f64,
    pub marks: Vec<f64>,
}

impl Scale {
    /// From 0 to a round number that is not below `most`, with three to six marks, 0 among them. Steps are 1, 2 or 5
    /// times a power of ten, and whole where `whole`, else no finer than is written.
    pub fn counting(most: f64, whole: bool) -> Self {
        let most = if most.is_finite() && most > 0.0 {
            most
        } else {
            1.0
        };
        let rough = most / 4.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|times| times * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(10.0 * power);
        let step = step.max(if whole { 1.0 } else { 0.1 });
        Self::stepping(0.0, (most / step - 1e-9).ceil().max(1.0), step)
    }

    /// Shares from a round number not above `least` to 1.
    pub fn shares(least: f64) -> Self {
        let tenth = (least.clamp(0.0, 0.9) * 10.0 + 1e-9).floor();
        let step = if tenth < 6.0 { 2.0 } else { 1.0 };
        let from = (tenth / step).floor() * step;
        Self::stepping(from / 10.0, (10.0 - from) / step, step / 10.0)
    }

    fn stepping(from: f64, steps: f64, step: f64) -> Self {
        let marks: Vec<f64> = (0..=steps as u32)
            .map(|mark| from + f64::from(mark) * step)
            .collect();
        let to = marks.last().copied().unwrap_or(from + step);
        Self { from, to, marks }
    }

    /// Where a value lies, 0 to 1; what lies beyond an end is brought to it.
    pub fn place(&self, value: f64) -> f32 {
        (((value - self.from) / (self.to - self.from)) as f32).clamp(0.0, 1.0)
    }
}

/// A number with thousands grouped by commas; with one digit behind the point where it is below 10 and not whole.
pub(in crate::study) fn grouped(number: f64) -> String {
    if number.fract().abs() > 0.049 && number.abs() < 9.95 {
        return format!("{number:.1}");
    }
    let digits = format!("{:.0}", number.abs());
    let mut text = String::from(if number <= -0.5 { "-" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as one reads it: `91 %`.
pub(in crate::study) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A day as one reads it: `5 May 2026`.
pub(in crate::study) fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// A day below a chart: `5 May`.
pub(in crate::study) fn short_date(date: Date) -> String {
    format!("{} {}", date.day(), short_month(date.month()))
}

/// The first three letters of a month's name.
pub(in crate::study) fn short_month(month: Month) -> String {
    let mut name = month.to_string();
    name.truncate(3);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_round_numbers() {
        let marks = |most| Scale::counting(most, true).marks;
        assert_eq!(marks(1.0), [0.0, 1.0]);
        assert_eq!(marks(3.0), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(marks(20.0), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(marks(21.0), [0.0, 10.0, 20.0, 30.0]);
        assert_eq!(marks(347.0), [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(marks(0.0), [0.0, 1.0]);
        assert_eq!(
            Scale::counting(0.8, false).marks,
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8]
        );
    }

    #[test]
    fn shares_end_at_all() {
        assert_eq!(Scale::shares(0.83).marks.len(), 3);
        assert_eq!(Scale::shares(0.83).from, 0.8);
        assert_eq!(Scale::shares(0.35).from, 0.2);
        assert_eq!(Scale::shares(0.0).marks.len(), 6);
        assert!((Scale::shares(0.35).to - 1.0).abs() < 1e-9);
        assert_eq!(Scale::shares(1.0).from, 0.9);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(1_234_567.0), "1,234,567");
        assert_eq!(grouped(999.6), "1,000");
        assert_eq!(grouped(2.5), "2.5");
        assert_eq!(grouped(12.5), "12");
        assert_eq!(grouped(0.0), "0");
        assert_eq!(percent(0.905), "90 %");
    }
}
