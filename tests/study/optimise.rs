//! Parameters are fitted to the learner, and taken only where they predict better.

use cipherdeck::base::Timestamp;
use cipherdeck::study::optimise::{Optimisation, Outcome};
use cipherdeck::study::{Due, MemoryModel, Rating, Scheduler, UtcOffset};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

use crate::learner::{DAY, Learner, any_log_of, at, card, replay};

/// A learner whose memory is truly this model, and who answers what is due for some days.
fn learner_with(truth: &MemoryModel, cards: usize, days: i64) -> Learner {
    let mut learner = Learner::new();
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let mut memories = vec![None; cards];
    let start = at("2026-01-01T12:00:00Z").millis();
    for day in 0..days {
        let now = Timestamp::from_millis(start + day * DAY);
        let today = learner.progress.day(now, UtcOffset::UTC);
        for (number, memory) in memories.iter_mut().enumerate() {
            let name = format!("card-{number}");
            let known = learner.progress.card(&card(&name));
            let begins = number as i64 % 20 == day;
            let is_due = known.is_some_and(|card| match card.due {
                Some(Due::On(due)) => due <= today,
                Some(Due::At(_)) => true,
                None => false,
            });
            let is_asked = if known.is_some() { is_due } else { begins };
            if !is_asked {
                continue;
            }
            let last = known.and_then(|card| card.last_day);
            let elapsed = last.map_or(0, |last| today.since(last));
            let recall = memory.map_or(0.7, |memory| truth.recall(memory, elapsed));
            let drawn = f64::from(chance.next_u32()) / f64::from(u32::MAX);
            let rating = if drawn < f64::from(recall) {
                Rating::Good
            } else {
                Rating::Again
            };
            *memory = Some(truth.review(*memory, rating, elapsed, 0.9).0);
            learner.answers(&name, rating, now);
        }
    }
    learner
}

#[test]
fn too_few_answers_are_said_in_words() {
    let mut learner = Learner::new();
    for day in 1..9 {
        learner.answers("a", Rating::Good, at(&format!("2026-11-0{day}T12:00:00Z")));
    }
    let told = Optimisation::of(&learner.progress);
    assert_eq!((told.answers, &told.outcome), (7, &Outcome::TooFew));
    assert!(told.summary().contains("7 answers"), "{}", told.summary());
    assert!(
        told.summary().contains("80 are needed"),
        "{}",
        told.summary()
    );
}

#[test]
fn a_learner_who_forgets_faster_than_most_gets_parameters_that_predict_it() {
    let mut parameters: [f32; 21] = MemoryModel::default().parameters().try_into().unwrap();
    for initial in &mut parameters[..4] {
        *initial *= 0.3;
    }
    parameters[8] = 1.0;
    let truth = MemoryModel::new(&parameters).unwrap();
    let learner = learner_with(&truth, 150, 120);
    let told = Optimisation::of(&learner.progress);
    let Outcome::Better {
        parameters: fitted,
        comparison,
    } = &told.outcome
    else {
        panic!("better parameters are expected: {}", told.summary())
    };
    assert!(comparison.after.log_loss < comparison.before.log_loss);
    assert_eq!(comparison.held_back, told.answers - told.answers * 4 / 5);
    assert!(
        fitted[2] < 2.3065,
        "Good lasts shorter at first: {}",
        fitted[2]
    );
    assert!(told.summary().starts_with("Fitted parameters predict"));

    // With those parameters in force, fitting the same log finds nothing better.
    let scheduler = Scheduler {
        model: MemoryModel::new(fitted).unwrap(),
        ..learner.progress.scheduler().clone()
    };
    let again = Optimisation::of(&replay(learner.progress.log().clone(), scheduler));
    assert!(
        matches!(again.outcome, Outcome::Kept(_)),
        "{}",
        again.summary()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_log_can_be_optimised(log in any_log_of(90..400)) {
        let progress = replay(log, Scheduler::default());
        let told = Optimisation::of(&progress);
        prop_assert!(told.summary().ends_with('.'));
        if let Outcome::Better { parameters, .. } = told.outcome {
            prop_assert!(MemoryModel::new(&parameters).is_some());
        }
    }
}
