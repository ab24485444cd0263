//! What a choice of desired retention costs and brings, played through with the simulator of crate `fsrs`.

use std::sync::Arc;

use fsrs::{SimulatorConfig, simulate};
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::entry::Rating;
use super::figure::{Bar, Bars, Figure, Table, Tone, grouped, percent};
use super::progress::{Card, Due, Progress};
use super::statistics::Activity;
use crate::course::CardId;

/// A year with one desired retention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workload {
    /// The probability of recall at which cards come back.
    pub desired_retention: f32,
    /// Reviews a day, on average.
    pub reviews: f32,
    /// Minutes a day, on average, new cards included.
    pub minutes: f32,
    /// How many cards would be recalled at the end.
    pub memorised: f32,
    /// How many cards there are.
    pub cards: u32,
}

impl Workload {
    /// The choices that are compared.
    pub const CHOICES: [f32; 7] = [0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97];

    /// How many days are played through.
    pub const DAYS: usize = 365;

    /// Plays a year with these cards, beginning `new_a_day` of the new ones. One choice takes tens of milliseconds for
    /// some thousand cards: a job for a worker.
    #[must_use]
    pub fn of(
        progress: &Progress,
        cards: &[CardId],
        new_a_day: usize,
        desired_retention: f32,
        today: Day,
    ) -> Self {
        let parameters = Arc::new(progress.scheduler().model.parameters().to_vec());
        let known = cards.iter().map(|name| progress.card(name));
        let asked = known.filter(|card| card.is_none_or(|card| !card.suspended));
        let asked: Vec<Option<&Card>> = asked.collect();
        let existing = asked
            .iter()
            .flatten()
            .filter_map(|card| existing(card, today, desired_retention, &parameters));
        let config = SimulatorConfig {
            deck_size: asked.len(),
            learn_span: Self::DAYS,
            learn_limit: new_a_day,
            max_cost_perday: f32::INFINITY,
            max_ivl: progress.scheduler().maximum_interval as f32,
            learning_step_count: progress.scheduler().learning_steps.len(),
            relearning_step_count: progress.scheduler().relearning_steps.len(),
            ..habits(progress)
        };
        let nothing = Self {
            desired_retention,
            reviews: 0.0,
            minutes: 0.0,
            memorised: 0.0,
            cards: asked.len() as u32,
        };
        let existing = Some(existing.collect());
        let Ok(played) = simulate(&config, &parameters, desired_retention, None, existing) else {
            // It refuses to play without cards.
            return nothing;
        };
        let days = Self::DAYS as f32;
        Self {
            reviews: played.review_cnt_per_day.iter().sum::<usize>() as f32 / days,
            minutes: played.cost_per_day.iter().sum::<f32>() / 60.0 / days,
            memorised: played.memorized_cnt_per_day.last().copied().unwrap_or(0.0),
            ..nothing
        }
    }

    /// The choices side by side; `aim` is the one in force.
    #[must_use]
    pub fn figure(choices: &[Self], aim: f32) -> Figure {
        let share = |choice: &Self| percent(choice.desired_retention.into());
        let has_cards = choices.iter().any(|choice| choice.cards > 0);
        let nearest = choices.iter().min_by(|one, other| {
            let off = |choice: &Self| (choice.desired_retention - aim).abs();
            off(one).total_cmp(&off(other))
        });
        let summary = match nearest.filter(|_| has_cards) {
            None => "There are no cards to play a year with.".to_owned(),
            Some(choice) => format!(
                "With {} desired, a year would bring {} reviews and {} minutes a day, and at its end {} of {} cards would be recalled.",
                share(choice),
                grouped(choice.reviews.into()),
                grouped(choice.minutes.into()),
                grouped(choice.memorised.round().into()),
                grouped(choice.cards.into()),
            ),
        };
        let bars = choices.iter().map(|choice| {
            let is_aim = nearest == Some(choice);
            Bar {
                label: share(choice),
                hint: format!("{}: {}", share(choice), grouped(choice.reviews.into())),
                parts: vec![(
                    if is_aim { Tone::First } else { Tone::Third },
                    choice.reviews.into(),
                )],
            }
        });
        let bars = Bars {
            bars: bars.collect(),
            unit: "reviews a day, by desired retention",
            legend: Vec::new(),
        };
        let rows = choices.iter().map(|choice| {
            [
                share(choice),
                grouped(choice.reviews.into()),
                grouped(choice.minutes.into()),
                grouped(choice.memorised.round().into()),
            ]
        });
        let header = [
            "Desired retention",
            "Reviews a day",
            "Minutes a day",
            "Cards recalled in a year",
        ];
        let drawn = has_cards.then_some(&bars as _);
        Figure::new(
            "What retention costs",
            summary,
            drawn,
            Table::new(header, rows),
        )
    }
}

/// A card as the simulator has it. Days count from today, which is 0.
fn existing(
    card: &Card,
    today: Day,
    desired_retention: f32,
    parameters: &Arc<Vec<f32>>,
) -> Option<fsrs::Card> {
    let memory = card.memory?;
    let due = match card.due? {
        Due::At(_) => 0,
        Due::On(day) => day.since(today),
    };
    Some(fsrs::Card {
        id: 0,
        difficulty: memory.difficulty,
        stability: memory.stability,
        last_date: -(today.since(card.last_day?) as f32),
        due: due as f32,
        interval: card.waits().unwrap_or(0) as f32,
        lapses: card.lapses,
        desired_retention,
        parameters: parameters.clone(),
    })
}

/// How the learner answers, and how long it takes: what the log tells, and a few answers of the average learner, so that
/// a short log says nothing wild.
fn habits(progress: &Progress) -> SimulatorConfig {
    const LEARNING: usize = 0;
    const REVIEW: usize = 1;
    let average = SimulatorConfig::default();
    let mut first = [2.4, 0.0, 7.6, 0.0];
    let mut recalled = [0.0, 10.0, 0.0];
    let mut repeated = [2.5, 0.0, 7.5, 0.0];
    // Seconds and answers, by state and grade.
    let mut costs = average
        .state_rating_costs
        .map(|grades| grades.map(|seconds| (5.0 * seconds, 5.0)));
    for (_, attempts) in progress.attempts() {
        for (place, attempt) in attempts.iter().enumerate() {
            let rating = attempt.answer.rating;
            let grade = rating as usize - 1;
            let state = match attempt.waited {
                None => LEARNING,
                Some(_) => REVIEW,
            };
            match (place, attempt.waited) {
                (0, _) => first[grade] += 1.0,
                (_, None) => repeated[grade] += 1.0,
                (_, Some(_)) if rating != Rating::Again => recalled[grade - 1] += 1.0,
                (_, Some(_)) => {}
            }
            let (seconds, answers) = &mut costs[state][grade];
            *seconds += attempt.answer.took_ms.min(Activity::LONGEST) as f32 / 1000.0;
            *answers += 1.0;
        }
    }
    // What is learned again takes as long as what is learned.
    costs[2] = costs[LEARNING];
    let steps = shares(repeated);
    SimulatorConfig {
        first_rating_prob: shares(first),
        review_rating_prob: shares(recalled),
        learning_step_transitions: [steps; 3],
        relearning_step_transitions: [steps; 3],
        state_rating_costs: costs.map(|grades| grades.map(|(seconds, answers)| seconds / answers)),
        ..average
    }
}

fn shares<const N: usize>(counts: [f32; N]) -> [f32; N] {
    let sum: f32 = counts.iter().sum();
    counts.map(|count| count / sum)
}
