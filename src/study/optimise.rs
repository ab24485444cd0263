//! The parameters of the memory model, fitted to the learner's own answers.
//!
//! The earlier four fifths of the answers teach, the last fifth judges: parameters are adopted only where they predict
//! those answers better than the ones in force. What is adopted is what was judged, so what is said of it holds.
//!
//! The crate's own splitting by time (`evaluate_with_time_series_splits`) is not used: it waits for a thread, and wasm
//! has none.

use fsrs::{ComputeParametersInput, FSRS, FSRSItem, FSRSReview, compute_parameters};
use serde::{Deserialize, Serialize};

use super::figure::grouped;
use super::progress::Progress;
use crate::base::Timestamp;

/// What came of fitting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Optimisation {
    /// Answers that tell of memory: those given a day or more after the one before.
    pub answers: u32,
    /// What is to be done.
    pub outcome: Outcome,
}

/// What is to be done after fitting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// There are too few answers to fit: the parameters in force stay.
    TooFew,
    /// Nothing fits these answers: the parameters in force stay.
    Unfit,
    /// The fitted parameters predict no better: those in force stay.
    Kept(Comparison),
    /// The fitted parameters predict better: they are to be taken.
    Better {
        /// For [`super::MemoryModel::new`].
        parameters: [f32; 21],
        /// How much better.
        comparison: Comparison,
    },
}

/// How two sets of parameters predict the answers that were held back.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many answers were held back.
    pub held_back: u32,
    /// With the parameters in force.
    pub before: Fit,
    /// With the fitted ones.
    pub after: Fit,
}

/// How well answers were predicted; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The mean logarithmic loss, later answers counting a little more.
    pub log_loss: f32,
    /// The root mean square of what predicted and seen recall differ by, over groups of like cards.
    pub rmse: f32,
}

impl Optimisation {
    /// So many answers leave 64 to learn from, under which the crate fits the first four parameters only.
    pub const LEAST: usize = 80;

    /// Only so many answers are taken, the latest ones: each is stored with the whole history of its card.
    const MOST: usize = 50_000;

    /// Fits parameters to the log. Takes a good part of a second for 20,000 answers: a job for a worker.
    #[must_use]
    pub fn of(progress: &Progress) -> Self {
        let mut told = told(progress);
        let answers = told.len();
        let outcome = if answers < Self::LEAST {
            Outcome::TooFew
        } else {
            told.sort_by_key(|item| (item.at, item.card));
            let latest = told.split_off(answers.saturating_sub(Self::MOST));
            fitted(progress, latest).unwrap_or(Outcome::Unfit)
        };
        Self {
            answers: answers as u32,
            outcome,
        }
    }

    /// What came of it, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        let answers = grouped(self.answers.into());
        let compared = |comparison: &Comparison| {
            let Comparison {
                held_back,
                before,
                after,
            } = comparison;
            format!(
                "Over the last {} of {answers} answers the loss is {:.4} instead of {:.4}, the error {:.4} instead of {:.4}.",
                grouped((*held_back).into()),
                after.log_loss,
                before.log_loss,
                after.rmse,
                before.rmse,
            )
        };
        match &self.outcome {
            Outcome::TooFew => format!(
                "There are {answers} answers that were given a day or more after the one before; {} are needed. Until then the parameters of the average learner serve you well.",
                Self::LEAST,
            ),
            Outcome::Unfit => {
                format!("No parameters fit these {answers} answers; those in force stay.")
            }
            Outcome::Kept(comparison) => format!(
                "The parameters in force stay, because fitted ones predict no better. {}",
                compared(comparison)
            ),
            Outcome::Better { comparison, .. } => format!(
                "Fitted parameters predict your answers better. {}",
                compared(comparison)
            ),
        }
    }
}

/// An answer that tells of memory, with the history of its card up to it.
struct Told {
    at: Timestamp,
    card: i64,
    item: FSRSItem,
}

fn told(progress: &Progress) -> Vec<Told> {
    let mut told = Vec::new();
    for ((_, attempts), card) in progress.attempts().zip(0..) {
        let reviews = attempts.iter().map(|attempt| FSRSReview {
            rating: attempt.answer.rating as u32,
            delta_t: attempt.elapsed,
        });
        let reviews: Vec<FSRSReview> = reviews.collect();
        let telling = attempts.iter().enumerate();
        let telling = telling.filter(|(_, attempt)| attempt.elapsed > 0);
        told.extend(telling.map(|(place, attempt)| Told {
            at: attempt.entry.at,
            card,
            item: FSRSItem {
                reviews: reviews[..=place].to_vec(),
            },
        }));
    }
    told
}

/// None where the crate finds nothing that fits.
fn fitted(progress: &Progress, mut told: Vec<Told>) -> Option<Outcome> {
    let held_back = told.split_off(told.len() * 4 / 5);
    let (train_set, card_ids) = parted(told);
    let input = ComputeParametersInput {
        train_set,
        card_ids: Some(card_ids),
        num_relearning_steps: Some(progress.scheduler().relearning_steps.len()),
        ..ComputeParametersInput::default()
    };
    let parameters = compute_parameters(input).ok()?;
    let count = held_back.len() as u32;
    let (items, cards) = parted(held_back);
    let comparison = Comparison {
        held_back: count,
        before: Fit::of(
            progress.scheduler().model.parameters(),
            items.clone(),
            cards.clone(),
        )?,
        after: Fit::of(&parameters, items, cards)?,
    };
    let is_better = comparison.after.log_loss < comparison.before.log_loss;
    Some(if is_better {
        Outcome::Better {
            parameters: parameters.try_into().ok()?,
            comparison,
        }
    } else {
        Outcome::Kept(comparison)
    })
}

fn parted(told: Vec<Told>) -> (Vec<FSRSItem>, Vec<i64>) {
    told.into_iter().map(|told| (told.item, told.card)).unzip()
}

impl Fit {
    fn of(parameters: &[f32], items: Vec<FSRSItem>, cards: Vec<i64>) -> Option<Self> {
        let model = FSRS::new(parameters).ok()?;
        let fit = model.evaluate_with_card_ids(items, cards, |_| true).ok()?;
        Some(Self {
            log_loss: fit.log_loss,
            rmse: fit.rmse_bins,
        })
    }
}
