//! Lines over a common axis: shares, from 0 or a round number to 1.

use super::bars::{Frame, every};
use super::canvas::{Canvas, LINE};
use super::scale::{Scale, percent};
use super::{Anchor, Layout, Tone};

/// A chart of lines.
pub(in crate::study) struct Curves<'a> {
    /// What stands below the places along the chart, from its left to its right end.
    pub labels: Vec<String>,
    /// What the height shows, as words over the axis.
    pub unit: &'a str,
    pub curves: Vec<Curve<'a>>,
}

/// One line.
pub(in crate::study) struct Curve<'a> {
    pub tone: Tone,
    pub name: &'a str,
    /// A share for each label; none where there is no answer to tell of.
    pub shares: Vec<Option<f64>>,
}

const HEIGHT: f32 = 150.0;

impl Layout for Curves<'_> {
    fn lay_out(&self, canvas: &mut Canvas) {
        let shares = self.curves.iter().flat_map(|curve| &curve.shares);
        let least = shares.flatten().copied().fold(1.0, f64::min);
        let scale = Scale::shares(least);
        let legend: Vec<(Tone, &str)> = self
            .curves
            .iter()
            .map(|curve| (curve.tone, curve.name))
            .collect();
        let top = canvas.legend(0.0, &legend);
        canvas.text((0.0, top + 13.0), Anchor::Start, self.unit);
        let frame = Frame::draw(canvas, top + LINE, &scale, HEIGHT, percent);
        let step = frame.width() / self.labels.len().max(1) as f32;
        let x = |position: usize| frame.left + step * (position as f32 + 0.5);
        for curve in &self.curves {
            for run in curve.runs() {
                let points = run
                    .iter()
                    .map(|&(position, share)| (x(position), frame.y(scale.place(share))));
                if run.len() > 1 {
                    canvas.line(points.clone(), curve.tone);
                }
                for ((left, y), &(position, share)) in points.zip(&run) {
                    let label = self.labels.get(position).map_or("", String::as_str);
                    let hint = format!("{label}, {}: {}", curve.name, percent(share));
                    canvas.rect((left - 2.5, y - 2.5), (5.0, 5.0), curve.tone, hint);
                }
            }
        }
        let every = every(self.labels.iter().map(String::as_str), step);
        for (position, label) in self.labels.iter().enumerate().step_by(every) {
            let at = (x(position), frame.bottom + 17.0);
            canvas.text(at, Anchor::Middle, label);
        }
        canvas.reach(frame.bottom + LINE + 6.0);
    }
}

impl Curve<'_> {
    /// The stretches without a gap, each point with its position.
    fn runs(&self) -> Vec<Vec<(usize, f64)>> {
        let mut runs: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        for (position, share) in self.shares.iter().enumerate() {
            match share {
                Some(share) => runs
                    .last_mut()
                    .expect("it starts with one")
                    .push((position, *share)),
                None => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}
