//! A chart as data: what a face draws without knowing what it shows.
//!
//! Each [`Figure`] says in one sentence what is to be seen, holds the same numbers as a table, and is laid out twice, for
//! a wide and for a narrow page, so that its letters have one size on both. One unit is one CSS pixel.

mod bars;
mod calendar;
mod canvas;
mod curves;
mod rows;
mod scale;

pub(super) use bars::{Bar, Bars};
pub(super) use calendar::{Calendar, Square};
pub(super) use curves::{Curve, Curves};
pub(super) use rows::{Row, Rows};
pub(super) use scale::{grouped, long_date, percent, short_date, short_month};

use canvas::Canvas;
use serde::{Deserialize, Serialize};

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is about.
    pub title: String,
    /// What is to be seen, in one sentence; where there is nothing to be seen yet, why.
    pub summary: String,
    /// The chart; none where there is nothing to be seen yet.
    pub drawn: Option<Drawn>,
    /// The same numbers.
    pub table: Table,
}

/// One chart, laid out for two kinds of page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// For pages that have [`WIDE`] units.
    pub wide: Drawing,
    /// For pages that have not.
    pub narrow: Drawing,
}

/// The width of a wide drawing.
pub const WIDE: f32 = 640.0;

/// The width of a narrow drawing, which a page of 360 pixels has room for.
pub const NARROW: f32 = 320.0;

/// The height of letters: faces set texts in this size.
pub const LETTERS: f32 = 12.0;

/// Shapes in a box from (0, 0) to its width and height, the later ones on top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it shows.
    pub shapes: Vec<Shape>,
}

/// One shape of a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Its left edge.
        x: f32,
        /// Its upper edge.
        y: f32,
        /// To the right.
        width: f32,
        /// Downwards.
        height: f32,
        /// What it stands for.
        tone: Tone,
        /// What it says to the one who points at it; empty where it says nothing.
        hint: String,
    },
    /// A line through two or more points.
    Line {
        /// From left to right, or from top to bottom.
        points: Vec<(f32, f32)>,
        /// What it stands for.
        tone: Tone,
    },
    /// A line of text.
    Text {
        /// Where it is anchored.
        x: f32,
        /// Its base line.
        y: f32,
        /// Which part of it lies at `x`.
        anchor: Anchor,
        /// The words.
        words: String,
    },
}

/// Which part of a text lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// As SVG's `text-anchor` has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// What a shape stands for; who draws it gives it a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// The line that a chart stands on.
    Axis,
    /// A line that only guides the eye.
    Grid,
    /// The first of what is compared, or the only one.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// What is expected, or was aimed at.
    Expected,
    /// What is there and counts for nothing.
    Quiet,
    /// A little, of four.
    Heat1,
    /// More.
    Heat2,
    /// Much.
    Heat3,
    /// The most.
    Heat4,
}

/// The numbers of a chart: the first cell of each row names the row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What the columns are.
    pub header: Vec<String>,
    /// As many cells in each as the header has.
    pub rows: Vec<Vec<String>>,
}

/// What can be laid out in a given width.
pub(super) trait Layout {
    fn lay_out(&self, canvas: &mut Canvas);
}

impl Figure {
    /// A figure with its chart, or without one where there is nothing to be seen: then `summary` says so.
    pub(super) fn new(
        title: &str,
        summary: String,
        layout: Option<&dyn Layout>,
        table: Table,
    ) -> Self {
        let drawn = layout.map(|layout| Drawn {
            wide: drawing(WIDE, layout),
            narrow: drawing(NARROW, layout),
        });
        Self {
            title: title.to_owned(),
            summary,
            drawn,
            table,
        }
    }
}

impl Table {
    /// A table with these columns.
    pub(super) fn new<const N: usize>(
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        Self {
            header: header.map(str::to_owned).to_vec(),
            rows: rows.into_iter().map(Vec::from).collect(),
        }
    }
}

fn drawing(width: f32, layout: &dyn Layout) -> Drawing {
    let mut canvas = Canvas::new(width);
    layout.lay_out(&mut canvas);
    canvas.finish()
}
