//! Upright bars, each of one or more parts.

use super::canvas::{Canvas, LINE, text_width};
use super::scale::{Scale, grouped};
use super::{Anchor, Layout, Tone};

/// A chart of upright bars.
pub(in crate::study) struct Bars<'a> {
    pub bars: Vec<Bar>,
    /// What the height counts, as words over the axis.
    pub unit: &'a str,
    /// What the parts are, the lowest first; empty where there is only one.
    pub legend: Vec<(Tone, &'a str)>,
}

/// One bar.
pub(in crate::study) struct Bar {
    /// What stands below it.
    pub label: String,
    /// What it says to the one who points at it.
    pub hint: String,
    /// Its parts, the lowest first.
    pub parts: Vec<(Tone, f64)>,
}

/// How high the highest bar may be.
const HEIGHT: f32 = 140.0;

impl Layout for Bars<'_> {
    fn lay_out(&self, canvas: &mut Canvas) {
        let heights = self.bars.iter().map(Bar::height);
        let most = heights.clone().fold(0.0, f64::max);
        let is_whole = heights.clone().all(|height| height.fract() == 0.0);
        let scale = Scale::counting(most, is_whole);
        let top = canvas.legend(0.0, &self.legend);
        canvas.text((0.0, top + 13.0), Anchor::Start, self.unit);
        let frame = Frame::draw(canvas, top + LINE, &scale, HEIGHT, grouped);
        let step = frame.width() / self.bars.len().max(1) as f32;
        let gap = (step * 0.2).clamp(1.0, 12.0);
        let labels = self.bars.iter().map(|bar| bar.label.as_str());
        let every = every(labels, step);
        for (position, bar) in self.bars.iter().enumerate() {
            let left = frame.left + step * position as f32;
            let mut below = 0.0;
            for &(tone, height) in &bar.parts {
                let (from, to) = (scale.place(below), scale.place(below + height));
                below += height;
                if to > from {
                    let at = (left + gap / 2.0, frame.y(to));
                    let size = (step - gap, HEIGHT * (to - from));
                    canvas.rect(at, size, tone, bar.hint.clone());
                }
            }
            if position.is_multiple_of(every) {
                let at = (left + step / 2.0, frame.bottom + 15.0);
                canvas.text(at, Anchor::Middle, &bar.label);
            }
        }
        canvas.reach(frame.bottom + LINE + 4.0);
    }
}

impl Bar {
    fn height(&self) -> f64 {
        self.parts.iter().map(|(_, height)| height).sum()
    }
}

/// The lines that a chart stands in.
pub(super) struct Frame {
    pub left: f32,
    pub right: f32,
    pub bottom: f32,
    height: f32,
}

impl Frame {
    /// Draws the marks of the scale, each with its line, below `top`.
    pub fn draw(
        canvas: &mut Canvas,
        top: f32,
        scale: &Scale,
        height: f32,
        words: impl Fn(f64) -> String,
    ) -> Self {
        let marks: Vec<(f64, String)> = scale.marks.iter().map(|&at| (at, words(at))).collect();
        let widest = marks
            .iter()
            .fold(0.0, |widest, (_, words)| text_width(words).max(widest));
        let frame = Self {
            left: widest + 6.0,
            right: canvas.width(),
            bottom: top + height + 8.0,
            height,
        };
        for (at, words) in marks {
            let y = frame.y(scale.place(at));
            let is_lowest = at <= scale.from;
            let tone = if is_lowest { Tone::Axis } else { Tone::Grid };
            canvas.line([(frame.left, y), (frame.right, y)], tone);
            canvas.text((widest, y + 4.0), Anchor::End, &words);
        }
        frame
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// The height on the drawing of a place on the scale, 0 to 1.
    pub fn y(&self, place: f32) -> f32 {
        self.bottom - self.height * place
    }
}

/// Every how many labels one is written, so that none touches the next.
pub(super) fn every<'a>(labels: impl Iterator<Item = &'a str>, step: f32) -> usize {
    let widest = labels.fold(0.0, |widest, label| text_width(label).max(widest));
    ((widest + 8.0) / step.max(0.1)).ceil().max(1.0) as usize
}
