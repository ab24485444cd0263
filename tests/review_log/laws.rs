//! What holds of every log.

use std::collections::HashMap;
use std::time::Duration;

use cipherdeck::course::CardId;
use cipherdeck::study::{Card, EntryKind, Log, Progress, Rollover, Scheduler, Session};
use proptest::prelude::*;

use crate::{DAY, answered, any_entry, any_log, any_rating, card, entry, merged, replay, undo};

proptest! {
    #[test]
    fn a_replay_gives_what_step_by_step_gives(entries in proptest::collection::vec(any_entry(), 0..25)) {
        let mut progress = replay(Log::default());
        for entry in &entries {
            progress.push(entry.clone());
        }
        let replayed = replay(entries.into_iter().collect());
        prop_assert_eq!(progress, replayed);
    }

    #[test]
    fn a_log_that_comes_part_by_part_is_the_whole_log(log in any_log(), size in 1..7_usize) {
        let mut progress = replay(Log::default());
        for part in log.in_order().chunks(size) {
            progress.go_on(part.iter().map(|&entry| entry.clone()));
        }
        prop_assert_eq!(progress, replay(log));
    }

    #[test]
    fn what_is_remembered_in_parts_says_the_same_of_every_card(log in any_log(), others in 0..1200_u64) {
        let progress = {
            let mut progress = replay(log);
            let more = (1..=others).map(|count| entry(1000 + count, DAY, &format!("other-{count}"), EntryKind::Flag));
            progress.go_on(more);
            progress
        };
        let mut recalled = replay(Log::default());
        progress.remember().for_each(|part| recalled.recall(part));
        let cards = |progress: &Progress| -> HashMap<CardId, Card> {
            progress.cards().map(|(name, card)| (name.clone(), card.clone())).collect()
        };
        prop_assert_eq!(cards(&recalled), cards(&progress));
    }

    #[test]
    fn to_go_by_other_rules_is_to_replay_the_log_by_them(log in any_log(), steps in 0..3_u64, hour in 0..24_u8, fuzz: bool) {
        let steps: Vec<Duration> = (1..=steps).map(|step| Duration::from_secs(step * 300)).collect();
        let scheduler = Scheduler {
            learning_steps: steps.clone(),
            relearning_steps: steps,
            fuzz,
            ..Scheduler::default()
        };
        let rollover = Rollover::at_hour(hour).unwrap();
        let mut progress = replay(log.clone());
        progress.follow(scheduler.clone(), rollover);
        prop_assert_eq!(progress, Progress::replay(log, scheduler, rollover, HashMap::new()));
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in any_log(), b in any_log(), c in any_log()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        let mut progress = replay(a.clone());
        progress.merge(&b);
        prop_assert_eq!(progress, replay(merged(&b, &a)));
    }

    #[test]
    fn an_undo_restores_and_its_undo_restores_again(
        ratings in proptest::collection::vec((any_rating(), 0i64..20 * DAY), 1..12),
    ) {
        let mut progress = replay(Log::default());
        let mut at = DAY;
        let mut counter = 0;
        for (rating, gap) in ratings {
            let before = progress.card(&card("a")).cloned();
            counter += 3;
            let given = answered(&mut progress, counter, at, "a", rating);
            let after = progress.card(&card("a")).cloned();
            let taken_back = undo(counter + 1, at + 1, &given);
            progress.push(taken_back.clone());
            prop_assert_eq!(progress.card(&card("a")).cloned(), before);
            progress.push(undo(counter + 2, at + 2, &taken_back));
            prop_assert_eq!(progress.card(&card("a")).cloned(), after);
            at += 10 + gap;
        }
    }

    #[test]
    fn a_session_ends_when_everything_was_right_once(answers in proptest::collection::vec(any::<bool>(), 0..200)) {
        let cards: Vec<CardId> = ["a", "b", "c", "d", "e", "f"].into_iter().map(card).collect();
        let mut session = Session::new(cards.clone());
        let mut right = Vec::new();
        for is_right in answers.into_iter().chain(std::iter::repeat_n(true, 20)) {
            let Some(asked) = session.current().cloned() else { break };
            let before = session.clone();
            session.answer(is_right);
            let mut taken_back = session.clone();
            prop_assert!(taken_back.undo());
            let seen = |session: &Session| {
                let current = session.current().cloned();
                (current, session.left(), session.right(), session.to_repeat(), session.answered())
            };
            prop_assert_eq!(seen(&taken_back), seen(&before));
            prop_assert!(taken_back.redo());
            prop_assert_eq!(&taken_back, &session);
            prop_assert!(is_right || session.left() == 1 || session.current() != Some(&asked));
            if is_right {
                right.push(asked);
            }
        }
        right.sort();
        prop_assert_eq!(right, cards);
    }
}
