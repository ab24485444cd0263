//! A gentle word about exports.

use cipherdeck::base::Timestamp;
use cipherdeck::store::{Copies, Reminder, reminder};
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

#[test]
fn a_reminder_is_told_once_a_week() {
    let log = answered_daily(30);
    let told = |reminded: Option<i64>, now| {
        let copies = Copies {
            exported: None,
            reminded: reminded.map(at),
        };
        copies.reminder(&log, at(now)).is_some()
    };
    assert!(told(None, 31));
    assert!(!told(Some(31), 31) && !told(Some(31), 37));
    assert!(told(Some(31), 38));
    assert!(told(Some(50), 31), "a clock that was moved back");
}

#[test]
fn a_reminder_says_what_has_no_copy_and_since_when() {
    let say = |days| Reminder { days, entries: 42 }.to_string();
    assert!(say(None).starts_with("42 answers are in this browser alone."));
    assert!(say(Some(20)).starts_with("42 answers have come since the last export, 20 days ago."));
}

#[test]
fn what_the_browser_kept_of_it_is_read_again_and_rubbish_is_nothing() {
    let copies = Copies {
        exported: Some(at(3)),
        reminded: None,
    };
    assert_eq!(copies.to_string().parse(), Ok(copies));
    assert_eq!(Copies::default().to_string().parse(), Ok(Copies::default()));
    for rubbish in ["", "yesterday", "{} 1e9", "99999999999999999999 -"] {
        assert_eq!(rubbish.parse(), Ok(Copies::default()), "{rubbish}");
    }
}
