//! What the learner knows: the log, replayed.

use std::collections::HashMap;
use std::iter::{from_fn, once};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::balance::Load;
use super::day::{Day, Rollover, UtcOffset};
use super::entry::{Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Rating};
use super::log::{Log, counting};
use super::memory::MemoryState;
use super::scheduler::{Before, Phase, Review, Scheduler};
use crate::base::Timestamp;
use crate::course::{CardId, ContentHash, QuestionId, Renamed};

/// The log and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    scheduler: Scheduler,
    rollover: Rollover,
    renamed: Renamed,
    log: Log,
    /// The entries of each card in the order in which they count, each with the time at which it does.
    histories: HashMap<CardId, Vec<(Timestamp, Entry)>>,
    cards: HashMap<CardId, Card>,
    devices: Devices,
}

/// How far each device has come: the highest count of what it wrote, and the latest time on its clock.
#[derive(Clone, Debug, Default, PartialEq)]
struct Devices(HashMap<DeviceId, (u64, Timestamp)>);

impl Devices {
    /// Whether a device has written nothing behind `entry`, so that it moves none of what is known.
    fn is_next(&self, entry: &Entry) -> bool {
        let known = self.0.get(&entry.id.device);
        known.is_none_or(|(counter, _)| *counter < entry.id.counter)
    }

    /// Takes note of the next entry of a device; gives the time at which it counts. A clock that was moved back stands.
    fn pass(&mut self, entry: &Entry) -> Timestamp {
        let fresh = (entry.id.counter, entry.at);
        let device = self.0.entry(entry.id.device.clone()).or_insert(fresh);
        *device = (entry.id.counter.max(device.0), entry.at.max(device.1));
        device.1
    }
}

/// What is known of one card that was asked at least once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Where it is on its way into memory.
    pub phase: Phase,
    /// Its memory; none before the first answer and after a reset.
    pub memory: Option<MemoryState>,
    /// When it was last answered.
    pub last_answer: Option<Timestamp>,
    /// The learner's day of that answer.
    pub last_day: Option<Day>,
    /// The learner's day of its first answer.
    pub first_day: Option<Day>,
    /// When it comes back; none before the first answer and after a reset.
    pub due: Option<Due>,
    /// The last interval given.
    pub interval: Option<Interval>,
    /// How often it was answered.
    pub reviews: u32,
    /// How often it was forgotten after it had been learned.
    pub lapses: u32,
    /// Whether it is not asked until it is unsuspended.
    pub suspended: bool,
    /// The day for the rest of which it is not asked.
    pub buried: Option<Day>,
    /// Whether the learner flagged it.
    pub flagged: bool,
    /// Whether the learner wants to edit its question.
    pub edit_later: bool,
    /// What the learner wrote about it, the oldest first.
    pub notes: Vec<Note>,
    /// Whether it was tried before it was studied.
    pub tried: bool,
    /// The learner's day on which it was last missed.
    pub last_missed: Option<Day>,
    /// What the question said when it was last answered.
    pub content_hash: Option<ContentHash>,
}

/// A part of what is known of the cards, as it is kept beside the log so that the next visit need not wait for a replay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    cards: Vec<(CardId, Card)>,
    renamed: Vec<(QuestionId, QuestionId)>,
}

impl Remembered {
    /// How many cards a part has at most.
    const CARDS: usize = 500;
}

/// What the learner wrote about a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The entry that wrote it, by whose undoing it goes away.
    pub id: EntryId,
    /// The learner's day.
    pub day: Day,
    /// In their own words.
    pub text: String,
}

/// When a card comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// At an instant: while it is learned.
    At(Timestamp),
    /// On a day, whatever the hour.
    On(Day),
}

impl Due {
    /// When a card comes back that was answered at an instant of a day.
    fn after(interval: Interval, at: Timestamp, day: Day) -> Self {
        match interval {
            Interval::Days(days) => Self::On(day.plus(days)),
            Interval::Millis(millis) => Self::At(at + Duration::from_millis(u64::from(millis))),
        }
    }
}

impl Default for Card {
    fn default() -> Self {
        Self {
            phase: Phase::Learning { step: 0 },
            memory: None,
            last_answer: None,
            last_day: None,
            first_day: None,
            due: None,
            interval: None,
            reviews: 0,
            lapses: 0,
            suspended: false,
            buried: None,
            flagged: false,
            edit_later: false,
            notes: Vec::new(),
            tried: false,
            last_missed: None,
            content_hash: None,
        }
    }
}

impl Progress {
    /// Replays a log. `renamed` says what questions are called now that had another id before.
    #[must_use]
    pub fn replay(log: Log, scheduler: Scheduler, rollover: Rollover, renamed: Renamed) -> Self {
        let mut progress = Self {
            scheduler,
            rollover,
            renamed,
            log,
            histories: HashMap::new(),
            cards: HashMap::new(),
            devices: Devices::default(),
        };
        progress.rebuild();
        progress
    }

    /// What is known of the cards, without the log that it follows from; in parts, so that nobody has to recall all of it
    /// at once.
    pub fn remember(&self) -> impl Iterator<Item = Remembered> {
        let renamed = self.renamed.iter();
        let names = Remembered {
            renamed: renamed.map(|(was, is)| (was.clone(), is.clone())).collect(),
            ..Remembered::default()
        };
        let cards = self.cards.iter();
        let mut cards = cards.map(|(name, card)| (name.clone(), card.clone()));
        let parts = from_fn(move || {
            let part: Vec<_> = cards.by_ref().take(Remembered::CARDS).collect();
            let is_some = !part.is_empty();
            is_some.then_some(Remembered {
                cards: part,
                ..Remembered::default()
            })
        });
        once(names).chain(parts)
    }

    /// Takes a part of what was remembered over, for as long as the log itself is on its way: good to say what is due, not
    /// to add to.
    pub fn recall(&mut self, part: Remembered) {
        self.renamed.extend(part.renamed);
        self.cards.extend(part.cards);
    }

    /// Adds one entry; the same as replaying the longer log.
    pub fn push(&mut self, entry: Entry) {
        let is_next = self.devices.is_next(&entry);
        if !self.log.insert(entry.clone()) {
            return;
        }
        if is_next {
            self.count(entry);
        } else {
            self.rebuild();
        }
    }

    /// Adds a part of [`Log::in_order`], of which everything before is there. Part by part it is the same as replaying the
    /// whole log.
    pub fn go_on(&mut self, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            if self.log.insert(entry.clone()) {
                self.count(entry);
            }
        }
    }

    /// Whether [`Self::push`] need not replay the log: its device has written nothing behind this entry, or it is there.
    #[must_use]
    pub fn is_next(&self, entry: &Entry) -> bool {
        self.devices.is_next(entry) || self.log.contains(entry)
    }

    /// Lets go of a part of what nobody asks any more; says whether there is more. A long log at once would take its time.
    pub fn shed(&mut self) -> bool {
        const CARDS: usize = 500;
        const ENTRIES: usize = 5000;
        let cards: Vec<CardId> = self.histories.keys().take(CARDS).cloned().collect();
        for card in &cards {
            self.histories.remove(card);
            self.cards.remove(card);
        }
        self.log.shed(ENTRIES) || !self.histories.is_empty()
    }

    /// Whether these rules and names say the same of the log as those that it was replayed by.
    #[must_use]
    pub fn stays_by(&self, scheduler: &Scheduler, rollover: Rollover, renamed: &Renamed) -> bool {
        // Nothing else decides about what was answered already.
        let counts = |rules: &Scheduler| {
            let steps = (rules.learning_steps.clone(), rules.relearning_steps.clone());
            (rules.model.clone(), steps)
        };
        counts(&self.scheduler) == counts(scheduler)
            && self.rollover == rollover
            && self.renamed == *renamed
    }

    /// Counts the next entry of a device. Only its own card is touched, wherever it stands among what is known of that.
    fn count(&mut self, entry: Entry) {
        let at = self.devices.pass(&entry);
        let card = self.present_name(&entry.card);
        let history = self.histories.entry(card.clone()).or_default();
        let place = history.partition_point(|(before, known)| (*before, known) < (at, &entry));
        let is_last = place == history.len();
        history.insert(place, (at, entry.clone()));
        if is_last && !matches!(entry.kind, EntryKind::Undo { .. }) {
            self.apply(&card, &entry);
        } else {
            self.rebuild_card(&card);
        }
    }

    /// Adds every entry of another log; says how many are new.
    pub fn merge(&mut self, other: &Log) -> usize {
        let new = self.log.merge(other);
        if new > 0 {
            self.rebuild();
        }
        new
    }

    /// Goes by other rules from now on; the same as replaying the log by them. Intervals that were given stay.
    pub fn follow(&mut self, scheduler: Scheduler, rollover: Rollover) {
        let stays = self.stays_by(&scheduler, rollover, &self.renamed);
        self.scheduler = scheduler;
        self.rollover = rollover;
        if !stays {
            self.rebuild();
        }
    }

    /// The log that all this follows from.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The rules of scheduling.
    #[must_use]
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// What is known of a card; nothing where it was never touched.
    #[must_use]
    pub fn card(&self, card: &CardId) -> Option<&Card> {
        self.cards.get(card)
    }

    /// Every card that was ever touched.
    pub fn cards(&self) -> impl Iterator<Item = (&CardId, &Card)> {
        self.cards.iter()
    }

    /// The entries of every card that was ever touched, in the order in which they count.
    pub(super) fn histories(&self) -> impl Iterator<Item = (&CardId, Vec<&Entry>)> {
        let histories = self.histories.iter();
        histories.map(|(card, history)| (card, entries(history)))
    }

    /// The last day before `today` on which a card was answered, and when it was to come back then.
    pub(super) fn before(&self, card: &CardId, today: Day) -> Option<(Day, Due)> {
        let entries = entries(self.histories.get(card)?);
        let mut counting = counting(&entries).into_iter().rev();
        counting.find_map(|entry| {
            let day = self.day(entry.at, entry.utc_offset);
            match &entry.kind {
                EntryKind::Answer(answer) if day < today => {
                    Some((day, Due::after(answer.interval, entry.at, day)))
                }
                _ => None,
            }
        })
    }

    /// The learner's day at an instant.
    #[must_use]
    pub fn day(&self, at: Timestamp, offset: UtcOffset) -> Day {
        Day::of(at, offset, self.rollover)
    }

    /// When the learner's day of an instant is over.
    #[must_use]
    pub fn day_end(&self, at: Timestamp, offset: UtcOffset) -> Timestamp {
        self.day(at, offset).plus(1).begins(offset, self.rollover)
    }

    /// What would follow if the card were answered now. Its interval is what an [`Answer`] records.
    #[must_use]
    pub fn preview(
        &self,
        card: &CardId,
        rating: Rating,
        at: Timestamp,
        offset: UtcOffset,
    ) -> Review {
        let fresh = Card::default();
        let known = self.cards.get(card).unwrap_or(&fresh);
        let today = self.day(at, offset);
        let load = |least, most| self.load(card, today.plus(least), today.plus(most));
        self.scheduler
            .give(known.before(card, today), rating, today, load)
    }

    /// What comes back from one day to another, but for `card` itself.
    fn load(&self, card: &CardId, first: Day, last: Day) -> Load {
        let mut load = Load::default();
        let question = card.question();
        for (name, known) in &self.cards {
            let Some(Due::On(day)) = known.due else {
                continue;
            };
            if known.suspended || name == card {
                continue;
            }
            if (first..=last).contains(&day) {
                *load.due.entry(day).or_default() += 1;
            }
            if name.question() == question {
                load.siblings.push(day);
            }
        }
        load
    }

    fn present_name(&self, card: &CardId) -> CardId {
        match self.renamed.get(&card.question()) {
            Some(now) => card.renamed(now),
            None => card.clone(),
        }
    }

    fn rebuild(&mut self) {
        let mut histories: HashMap<CardId, Vec<(Timestamp, Entry)>> = HashMap::new();
        self.devices = Devices::default();
        for entry in self.log.in_order() {
            let at = self.devices.pass(entry);
            let card = self.present_name(&entry.card);
            let history = histories.entry(card).or_default();
            history.push((at, entry.clone()));
        }
        let cards: Vec<CardId> = histories.keys().cloned().collect();
        self.histories = histories;
        self.cards.clear();
        for card in cards {
            self.rebuild_card(&card);
        }
    }

    fn rebuild_card(&mut self, card: &CardId) {
        self.cards.remove(card);
        let history = self.histories.get(card).cloned().unwrap_or_default();
        for entry in counting(&entries(&history)) {
            self.apply(card, entry);
        }
    }

    fn apply(&mut self, name: &CardId, entry: &Entry) {
        let day = self.day(entry.at, entry.utc_offset);
        let card = self.cards.entry(name.clone()).or_default();
        match &entry.kind {
            EntryKind::Answer(answer) => {
                let review = self.scheduler.review(card.before(name, day), answer.rating);
                card.answered(entry, answer, day, review);
            }
            EntryKind::Suspend => card.suspended = true,
            EntryKind::Unsuspend => card.suspended = false,
            EntryKind::Bury => card.buried = Some(day),
            EntryKind::Flag => card.flagged = !card.flagged,
            EntryKind::Reset => {
                *card = Card {
                    suspended: card.suspended,
                    flagged: card.flagged,
                    edit_later: card.edit_later,
                    notes: std::mem::take(&mut card.notes),
                    ..Card::default()
                };
            }
            EntryKind::EditLater { wanted } => card.edit_later = *wanted,
            EntryKind::Note { text } => card.notes.push(Note {
                id: entry.id.clone(),
                day,
                text: text.clone(),
            }),
            EntryKind::Pretest(_) => card.tried = true,
            EntryKind::Undo { .. } => {}
        }
    }
}

fn entries(history: &[(Timestamp, Entry)]) -> Vec<&Entry> {
    history.iter().map(|(_, entry)| entry).collect()
}

impl Card {
    fn before<'a>(&self, name: &'a CardId, day: Day) -> Before<'a> {
        Before {
            card: name,
            reviews: self.reviews,
            phase: self.phase,
            memory: self.memory,
            elapsed: self.last_day.map_or(0, |last| day.since(last)),
            last_days: match self.interval {
                Some(Interval::Days(days)) => Some(days),
                _ => None,
            },
        }
    }

    /// Phase and memory follow from the rules, the interval from the log.
    fn answered(&mut self, entry: &Entry, answer: &Answer, day: Day, review: Review) {
        let was_learned = self.phase == Phase::Review;
        self.lapses += u32::from(was_learned && answer.rating == Rating::Again);
        if answer.rating == Rating::Again {
            self.last_missed = Some(day);
        }
        self.phase = match (answer.interval, review.phase) {
            (Interval::Days(_), _) => Phase::Review,
            // Steps were taken away since: what was given is still waited for.
            (Interval::Millis(_), Phase::Review) if was_learned => Phase::Relearning { step: 0 },
            (Interval::Millis(_), Phase::Review) => self.phase,
            (Interval::Millis(_), phase) => phase,
        };
        self.due = Some(Due::after(answer.interval, entry.at, day));
        self.memory = Some(review.memory);
        self.last_answer = Some(entry.at);
        self.last_day = Some(day);
        self.first_day.get_or_insert(day);
        self.interval = Some(answer.interval);
        self.reviews += 1;
        self.content_hash = Some(entry.content_hash.clone());
    }

    /// Whether it is to be asked at some time of a day, or was to be before.
    #[must_use]
    pub fn is_due_on(&self, today: Day) -> bool {
        let is_asked = !self.suspended && self.buried != Some(today);
        is_asked
            && self.due.is_some_and(|due| match due {
                Due::At(_) => true,
                Due::On(day) => day <= today,
            })
    }

    /// Whether it is to be asked at an instant of a day.
    #[must_use]
    pub fn is_due(&self, now: Timestamp, today: Day) -> bool {
        let is_late = |due| !matches!(due, Due::At(at) if now < at);
        self.is_due_on(today) && self.due.is_some_and(is_late)
    }
}
