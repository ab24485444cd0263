//! A square for each day, a column for each week.

use time::Date;

use super::canvas::{Canvas, LINE};
use super::scale::short_month;
use super::{Anchor, Layout, NARROW, Tone};

/// A chart of days.
pub(in crate::study) struct Calendar<'a> {
    /// Every day, from a Monday on.
    pub squares: Vec<Square>,
    pub legend: Vec<(Tone, &'a str)>,
}

/// One day.
pub(in crate::study) struct Square {
    pub date: Date,
    pub tone: Tone,
    /// What it says to the one who points at it.
    pub hint: String,
}

/// Room for the names of the days.
const LEFT: f32 = 30.0;

impl Layout for Calendar<'_> {
    /// A narrow page has the weeks in two bands, one below the other.
    fn lay_out(&self, canvas: &mut Canvas) {
        let weeks: Vec<&[Square]> = self.squares.chunks(7).collect();
        let bands = if canvas.width() > NARROW { 1 } else { 2 };
        let a_band = weeks.len().div_ceil(bands).max(1);
        let step = ((canvas.width() - LEFT) / a_band as f32).min(14.0);
        let mut top = canvas.legend(0.0, &self.legend);
        for band in weeks.chunks(a_band) {
            self.band(canvas, band, top, step);
            top += LINE + 7.0 * step + 8.0;
        }
        canvas.reach(top);
    }
}

impl Calendar<'_> {
    fn band(&self, canvas: &mut Canvas, weeks: &[&[Square]], top: f32, step: f32) {
        let grid = top + LINE;
        for (row, name) in [(0, "Mon"), (3, "Thu"), (6, "Sun")] {
            let y = grid + step * (row as f32 + 0.5) + 4.0;
            canvas.text((0.0, y), Anchor::Start, name);
        }
        let mut free = 0.0;
        for (column, week) in weeks.iter().enumerate() {
            let left = LEFT + step * column as f32;
            for (row, square) in week.iter().enumerate() {
                let at = (left, grid + step * row as f32);
                let side = step - (step * 0.15).max(1.0);
                canvas.rect(at, (side, side), square.tone, square.hint.clone());
            }
            let begins = week.iter().find(|square| square.date.day() == 1);
            if let Some(first) = begins.filter(|_| left >= free) {
                let name = short_month(first.date.month());
                canvas.text((left, top + 13.0), Anchor::Start, &name);
                free = left + 30.0;
            }
        }
    }
}
