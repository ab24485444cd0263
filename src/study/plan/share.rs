//! Today's part of the way to an exam: what a review asks for it.

use std::collections::HashSet;

use super::Aim;
use crate::base::Timestamp;
use crate::course::{CardId, Course};
use crate::study::day::{Day, UtcOffset};
use crate::study::progress::{Card, Due, Progress};
use crate::study::queue::{Limits, Queue, askable_cards};

/// The last full pass takes a quarter of the way, and no more than a week.
const LONGEST_PASS: u32 = 7;

/// Today's part of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many days are left: the exam is on this one, counted from today.
    pub(super) left: u32,
    /// How many days the last full pass takes, those that are over among them.
    pub(super) pass_days: u32,
    /// How many cards were never seen before today.
    pub(super) unseen: u32,
    /// How many of them are begun today already.
    pub(super) begun: u32,
    /// How many cards the last pass has asked today already.
    pub(super) passed: u32,
    pass: Vec<CardId>,
}

impl Aim {
    /// Today's part of the way, over the cards of the exam.
    #[must_use]
    pub fn share(&self, progress: &Progress, cards: &[CardId], today: Day) -> Share {
        let exam = Day::on(self.date);
        let way = exam.since(Day::on(self.since).min(today));
        let mut share = Share {
            left: exam.since(today),
            pass_days: (way / 4).clamp(1, LONGEST_PASS),
            unseen: 0,
            begun: 0,
            passed: 0,
            pass: Vec::new(),
        };
        let from = exam.minus(share.pass_days);
        let fresh = Card::default();
        let mut waiting: Vec<(f32, &CardId)> = Vec::new();
        for name in cards {
            let card = progress.card(name).unwrap_or(&fresh);
            if card.suspended {
                continue;
            }
            let is_begun = card.memory.is_some() && card.first_day == Some(today);
            share.begun += u32::from(is_begun);
            share.unseen += u32::from(is_begun || card.memory.is_none());
            if today < from || today >= exam {
                continue;
            }
            // What is due is asked anyway.
            let is_of_pass =
                |(last, due): (Day, Due)| last < from && matches!(due, Due::On(day) if day > today);
            if card.last_day == Some(today) {
                let before = progress.before(name, today);
                share.passed += u32::from(before.is_some_and(is_of_pass));
            } else if card.last_day.zip(card.due).is_some_and(is_of_pass) {
                let recall = card.recall(&progress.scheduler().model, exam);
                waiting.push((recall.unwrap_or_default(), name));
            }
        }
        waiting.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let quota = share.quota(waiting.len(), share.passed, 0);
        let asked = waiting.into_iter().take(quota);
        share.pass = asked.map(|(_, name)| name.clone()).collect();
        share
    }
}

impl Share {
    /// How many new cards are still to be begun today.
    #[must_use]
    pub fn new_left(&self) -> usize {
        self.new_on(0).saturating_sub(self.begun) as usize
    }

    /// The cards of the last full pass that are to be asked today although they are not due, the one that will be known
    /// worst first.
    #[must_use]
    pub fn pass(&self) -> &[CardId] {
        &self.pass
    }

    /// New cards of a day, counted from today: all of them are begun before the last pass; where it has begun already,
    /// before the exam.
    pub(super) fn new_on(&self, day: u32) -> u32 {
        let days = match self.left.saturating_sub(self.pass_days) {
            0 => u64::from(self.left.max(1)),
            days => days.into(),
        };
        // Rounded up, because each day plans anew: rounded down, few cards over many days would all wait for the end.
        let upto = |day: u32| (u64::from(self.unseen) * u64::from(day).min(days)).div_ceil(days);
        (upto(day + 1) - upto(day)) as u32
    }

    /// How many of the cards that wait for the last pass are asked on a day that has asked `passed` of them before.
    pub(super) fn quota(&self, waiting: usize, passed: u32, day: u32) -> usize {
        let (passed, left) = (passed as usize, self.left.saturating_sub(day).max(1));
        (waiting + passed)
            .div_ceil(left as usize)
            .saturating_sub(passed)
    }

    /// Whether the exam asks for nothing but what is due: all was begun before today, and the last pass was not.
    fn is_idle(&self) -> bool {
        self.unseen == 0 && self.left > self.pass_days
    }
}

/// What is to be asked now. Where the learner aims at an exam, the plan says how many new cards that are, all of the exam,
/// and the last full pass is asked besides; else, and once all of the exam is begun, `limits` alone decide.
#[must_use]
pub fn todays_queue(
    progress: &Progress,
    course: &Course,
    aim: Option<&Aim>,
    limits: Limits,
    now: Timestamp,
    offset: UtcOffset,
) -> Queue {
    let cards = askable_cards(course);
    let today = progress.day(now, offset);
    let within = |limits| Queue::at(progress, &cards, limits, now, offset);
    let Some(aim) = aim.filter(|aim| today < Day::on(aim.date)) else {
        return within(limits);
    };
    let exam = aim.cards(course);
    let share = aim.share(progress, &exam, today);
    if share.is_idle() {
        return within(limits);
    }
    let mut queue = within(Limits {
        new: usize::MAX,
        ..limits
    });
    let exam: HashSet<CardId> = exam.into_iter().collect();
    queue.new.retain(|card| exam.contains(card));
    queue.new.truncate(share.new_left());
    let is_buried = |name: &CardId| {
        let card = progress.card(name);
        card.is_some_and(|card| card.buried == Some(today))
    };
    queue.pass = share.pass;
    queue.pass.retain(|card| !is_buried(card));
    queue
}
