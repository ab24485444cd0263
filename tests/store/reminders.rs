//! A gentle word about exports.

use cipherdeck::base::Timestamp;
use cipherdeck::store::{Reminder, reminder};
use cipherdeck::study::Log;

use super::entry;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn answered_daily(days: u64) -> Log {
    (1..=days)
        .map(|day| entry(1, day, day as i64 * DAY))
        .collect()
}

fn at(day: i64) -> Timestamp {
    Timestamp::from_millis(day * DAY)
}

#[test]
fn a_reminder_comes_after_two_weeks_and_twenty_answers_without_a_copy() {
    assert_eq!(reminder(&Log::default(), None, at(99)), None);
    assert_eq!(reminder(&answered_daily(19), None, at(99)), None);
    assert_eq!(reminder(&answered_daily(30), None, at(14)), None);
    let never = reminder(&answered_daily(30), None, at(31)).unwrap();
    assert_eq!(
        never,
        Reminder {
            days: None,
            entries: 30
        }
    );
    assert_eq!(reminder(&answered_daily(30), Some(at(10)), at(23)), None);
    assert_eq!(reminder(&answered_daily(30), Some(at(11)), at(90)), None);
    let since = reminder(&answered_daily(31), Some(at(11)), at(31)).unwrap();
    assert_eq!(
        since,
        Reminder {
            days: Some(20),
            entries: 20
        }
    );
    assert_eq!(
        reminder(&answered_daily(31), Some(at(40)), at(20)),
        None,
        "a clock that was moved back reminds nobody"
    );
}
