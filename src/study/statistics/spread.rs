//! How a measure is spread over the cards.

use serde::{Deserialize, Serialize};

use crate::study::figure::{Bar, Bars, Figure, Table, Tone, grouped};
use crate::study::progress::Card;

/// How stable and how difficult the memories are, and how long the cards wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spreads {
    /// Days until recall has fallen to 90 %.
    pub stability: Spread,
    /// 1 (easy) to 10.
    pub difficulty: Spread,
    /// Days that cards wait for.
    pub intervals: Spread,
}

/// A measure of the cards that have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// How many cards lie in which step, the lowest first.
    pub steps: Vec<Step>,
    /// Half of the cards lie below; none where there is no card.
    pub median: Option<f32>,
}

/// The cards between two values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The values, as one reads them.
    pub label: String,
    /// How many cards.
    pub cards: u32,
}

/// Days, each step up to and without the next one's.
const DAYS: [(f32, &str); 9] = [
    (0.0, "under 1 day"),
    (1.0, "1 to 3 days"),
    (3.0, "3 to 7 days"),
    (7.0, "1 to 2 weeks"),
    (14.0, "2 to 4 weeks"),
    (28.0, "1 to 3 months"),
    (91.0, "3 to 6 months"),
    (182.0, "6 to 12 months"),
    (365.0, "over 1 year"),
];

const GRADES: [(f32, &str); 9] = [
    (1.0, "1 to 2"),
    (2.0, "2 to 3"),
    (3.0, "3 to 4"),
    (4.0, "4 to 5"),
    (5.0, "5 to 6"),
    (6.0, "6 to 7"),
    (7.0, "7 to 8"),
    (8.0, "8 to 9"),
    (9.0, "9 to 10"),
];

impl Spreads {
    pub(super) fn of<'a>(cards: impl Iterator<Item = &'a Card>) -> Self {
        let mut measures = [Vec::new(), Vec::new(), Vec::new()];
        for card in cards {
            if let Some(memory) = card.memory {
                measures[0].push(memory.stability);
                measures[1].push(memory.difficulty);
            }
            measures[2].extend(card.waits().map(|days| days as f32));
        }
        let [stability, difficulty, intervals] = measures;
        Self {
            stability: Spread::of(stability, &DAYS),
            difficulty: Spread::of(difficulty, &GRADES),
            intervals: Spread::of(intervals, &DAYS[1..]),
        }
    }
}

impl Spreads {
    /// A chart for each of the three.
    #[must_use]
    pub fn figures(&self) -> [Figure; 3] {
        [
            self.stability.figure("Stability", " days"),
            self.difficulty.figure("Difficulty", ""),
            self.intervals.figure("Interval", " days"),
        ]
    }
}

impl Spread {
    fn of(mut values: Vec<f32>, steps: &[(f32, &str)]) -> Self {
        values.sort_unstable_by(f32::total_cmp);
        let place = |edge: f32| values.partition_point(|value| *value < edge);
        let edges = steps.iter().skip(1).map(|(edge, _)| place(*edge));
        let ends = edges.chain([values.len()]);
        let mut below = 0;
        let steps = steps.iter().zip(ends).map(|((_, label), end)| Step {
            label: (*label).to_owned(),
            cards: (std::mem::replace(&mut below, end)..end).len() as u32,
        });
        Self {
            steps: steps.collect(),
            median: values.get(values.len() / 2).copied(),
        }
    }

    /// How many cards lie in which step. `unit` follows the number.
    fn figure(&self, title: &str, unit: &str) -> Figure {
        let fullest = self.steps.iter().max_by_key(|step| step.cards);
        let summary = match (self.median, fullest) {
            (Some(median), Some(fullest)) => format!(
                "{title} of half of the cards: {}{unit} or less; the most cards, {}, lie at {}.",
                grouped(median.into()),
                grouped(fullest.cards.into()),
                fullest.label,
            ),
            _ => "No card has been learned so far yet.".to_owned(),
        };
        let bars = self.steps.iter().map(|step| Bar {
            label: step.label.clone(),
            hint: format!("{}: {}", step.label, grouped(step.cards.into())),
            parts: vec![(Tone::First, step.cards.into())],
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "cards",
            legend: Vec::new(),
        };
        let rows = self
            .steps
            .iter()
            .map(|step| [step.label.clone(), grouped(step.cards.into())]);
        let table = Table::new([title, "Cards"], rows);
        let drawn = self.median.is_some().then_some(&bars as _);
        Figure::new(title, summary, drawn, table)
    }
}
