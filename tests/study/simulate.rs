//! What desired retention costs is played through.

use cipherdeck::base::Timestamp;
use cipherdeck::study::simulate::Workload;
use cipherdeck::study::{Rating, Scheduler, UtcOffset};
use proptest::prelude::*;

use crate::learner::{DAY, Learner, NAMES, any_log, at, card, replay};

fn choices(learner: &Learner, cards: usize) -> Vec<Workload> {
    let names = (0..cards).map(|number| card(&format!("card-{number}")));
    let names: Vec<_> = names.collect();
    let progress = &learner.progress;
    let today = progress.day(at("2026-11-22T12:00:00Z"), UtcOffset::UTC);
    let choices =
        Workload::CHOICES.map(|retention| Workload::of(progress, &names, 20, retention, today));
    choices.to_vec()
}

#[test]
fn who_wants_to_recall_more_reviews_more_and_recalls_more() {
    let mut learner = Learner::new();
    learner.answers("card-0", Rating::Easy, at("2026-11-20T12:00:00Z"));
    let choices = choices(&learner, 300);
    for pair in choices.windows(2) {
        assert!(pair[0].reviews < pair[1].reviews, "{pair:?}");
        assert!(pair[0].memorised < pair[1].memorised + 3.0, "{pair:?}");
    }
    let (least, most) = (choices[0], choices[choices.len() - 1]);
    assert!(least.memorised < most.memorised);
    assert!(most.memorised <= 300.0);
    let figure = Workload::figure(&choices, 0.9);
    assert_eq!(figure.table.rows.len(), Workload::CHOICES.len());
    assert!(
        figure.summary.starts_with("With 90 % desired, a year"),
        "{}",
        figure.summary
    );
}

#[test]
fn without_cards_nothing_is_played() {
    let choices = choices(&Learner::new(), 0);
    assert!(choices.iter().all(|choice| choice.reviews == 0.0));
    assert!(Workload::figure(&choices, 0.9).drawn.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_year_can_be_played_after_any_log(
        log in any_log(),
        now in 0..4 * 365 * DAY,
        new_a_day in 0..30_usize,
        retention in 0.7..0.99_f32,
    ) {
        let progress = replay(log, Scheduler::default());
        let today = progress.day(Timestamp::from_millis(now), UtcOffset::UTC);
        let cards = NAMES.map(card);
        let played = Workload::of(&progress, &cards, new_a_day, retention, today);
        prop_assert!(played.reviews.is_finite() && played.minutes.is_finite());
        prop_assert!((0.0..=NAMES.len() as f32).contains(&played.memorised));
    }
}
