//! Lying bars, each under its name: for what has long names.

use super::canvas::{Canvas, LINE, fitting, text_width};
use super::{Anchor, Layout, Tone};

/// A chart of lying bars.
pub(in crate::study) struct Rows<'a> {
    pub rows: Vec<Row>,
    /// What a bar over the whole width would be.
    pub whole: f64,
    /// What the parts are; empty where there is only one.
    pub legend: Vec<(Tone, &'a str)>,
}

/// One lying bar.
pub(in crate::study) struct Row {
    /// What it is about.
    pub label: String,
    /// Its number, as one reads it.
    pub value: String,
    /// Its parts, from the left.
    pub parts: Vec<(Tone, f64)>,
}

impl Layout for Rows<'_> {
    fn lay_out(&self, canvas: &mut Canvas) {
        const BAR: f32 = 10.0;
        let width = canvas.width();
        let whole = if self.whole > 0.0 { self.whole } else { 1.0 };
        let mut y = canvas.legend(0.0, &self.legend);
        for row in &self.rows {
            let room = width - text_width(&row.value) - 12.0;
            canvas.text((0.0, y + 13.0), Anchor::Start, &fitting(&row.label, room));
            canvas.text((width, y + 13.0), Anchor::End, &row.value);
            let top = y + LINE;
            canvas.rect((0.0, top), (width, BAR), Tone::Quiet, String::new());
            let mut left = 0.0;
            for &(tone, part) in &row.parts {
                let part = (width * (part / whole) as f32).clamp(0.0, width - left);
                if part > 0.0 {
                    let hint = format!("{}: {}", row.label, row.value);
                    canvas.rect((left, top), (part, BAR), tone, hint);
                }
                left += part;
            }
            y = top + BAR + 8.0;
        }
        canvas.reach(y);
    }
}
