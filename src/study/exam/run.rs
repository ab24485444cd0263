//! An exam that is sat: what happened, and what follows from it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::draw::Paper;
use crate::base::Timestamp;
use crate::study::grade::Response;

/// A paper and what was done with it since. Events are only ever added, so that it survives a reload, and of two tabs
/// the union holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The questions.
    pub paper: Paper,
    /// When it began.
    pub began: Timestamp,
    /// What happened.
    pub events: BTreeSet<Event>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
}

/// What can happen in an exam. Items are named by their place on the paper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A question was answered, or answered otherwise; none takes the answer away.
    Answer {
        /// Which.
        item: usize,
        /// How.
        response: Option<Response>,
    },
    /// A question was marked for review, or the mark taken away.
    Mark {
        /// Which.
        item: usize,
        /// Whether it is marked from now on.
        marked: bool,
    },
    /// The clock was stopped.
    Pause,
    /// It goes on.
    Resume,
    /// It was handed in.
    Finish,
    /// What was missed was put into the review log.
    Entered,
}

/// What an exam has come to at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunState {
    /// Each question as the navigator shows it.
    pub seats: Vec<Seat>,
    /// How long it has been sat, pauses aside.
    pub used: Duration,
    /// How long is left; none without limit.
    pub left: Option<Duration>,
    /// Whether the clock stands still.
    pub is_paused: bool,
    /// Whether it was handed in or its time is over: nothing changes any more.
    pub is_over: bool,
    /// Whether what was missed is in the review log.
    pub is_entered: bool,
}

/// One question of a sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// What was answered.
    pub response: Option<Response>,
    /// Whether it is marked for review.
    pub is_marked: bool,
}

impl Run {
    /// Begins a paper.
    #[must_use]
    pub fn begin(paper: Paper, now: Timestamp) -> Self {
        Self {
            paper,
            began: now,
            events: BTreeSet::new(),
        }
    }

    /// Adds what happened. An event never stands before those that are known, even where the clock was moved back.
    pub fn push(&mut self, at: Timestamp, kind: EventKind) {
        let last = self.events.last().map_or(self.began, |event| event.at);
        let later = last + Duration::from_millis(1);
        let at = at.max(later);
        self.events.insert(Event { at, kind });
    }

    /// Adds what happened in another tab or on another device.
    pub fn merge(&mut self, other: &Self) {
        self.events.extend(other.events.iter().cloned());
    }

    /// What it has come to at `now`: a replay of all that happened until its time was over.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> RunState {
        let limit = self
            .paper
            .minutes
            .map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        let mut clock = Clock {
            last: self.began,
            used: Duration::ZERO,
            is_paused: false,
            limit,
        };
        let mut state = RunState {
            seats: vec![Seat::default(); self.paper.items.len()],
            used: Duration::ZERO,
            left: None,
            is_paused: false,
            is_over: false,
            is_entered: false,
        };
        for event in &self.events {
            if !state.is_over {
                clock.go_on(event.at);
                state.is_over = clock.is_over();
            }
            match &event.kind {
                EventKind::Entered => state.is_entered = true,
                _ if state.is_over => {}
                EventKind::Answer { item, response } => {
                    // Whoever answers sits there again.
                    clock.is_paused = false;
                    if let Some(seat) = state.seats.get_mut(*item) {
                        seat.response.clone_from(response);
                    }
                }
                EventKind::Mark { item, marked } => {
                    if let Some(seat) = state.seats.get_mut(*item) {
                        seat.is_marked = *marked;
                    }
                }
                EventKind::Pause => clock.is_paused = true,
                EventKind::Resume => clock.is_paused = false,
                EventKind::Finish => state.is_over = true,
            }
        }
        if !state.is_over {
            clock.go_on(now);
            state.is_over = clock.is_over();
        }
        state.used = clock.used;
        state.left = limit.map(|limit| limit.saturating_sub(clock.used));
        state.is_paused = clock.is_paused && !state.is_over;
        state
    }
}

struct Clock {
    last: Timestamp,
    used: Duration,
    is_paused: bool,
    limit: Option<Duration>,
}

impl Clock {
    fn go_on(&mut self, to: Timestamp) {
        if !self.is_paused {
            let used = self.used + to.since(self.last);
            self.used = self.limit.map_or(used, |limit| used.min(limit));
        }
        self.last = self.last.max(to);
    }

    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.used >= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::exam::{Explain, Item};
    use proptest::prelude::*;

    fn run(minutes: Option<u32>) -> Run {
        let item = Item {
            question: "a".parse().unwrap(),
            domain: 1,
            content_hash: Default::default(),
        };
        let paper = Paper {
            exam: "X".to_owned(),
            title: "An exam".to_owned(),
            seed: "s".to_owned(),
            minutes,
            explain: Explain::AtTheEnd,
            items: vec![item; 3],
            domains: Vec::new(),
            missing: Vec::new(),
        };
        Run::begin(paper, minute(0))
    }

    fn minute(minutes: i64) -> Timestamp {
        Timestamp::from_millis(60_000 * minutes)
    }

    fn answer(item: usize, text: &str) -> EventKind {
        EventKind::Answer {
            item,
            response: Some(Response::Typed(text.to_owned())),
        }
    }

    #[test]
    fn a_pause_stops_the_clock_and_time_that_is_over_ends_the_exam() {
        let mut run = run(Some(10));
        run.push(minute(4), EventKind::Pause);
        assert_eq!(run.at(minute(90)).left, Some(Duration::from_secs(360)));
        run.push(minute(100), EventKind::Resume);
        run.push(minute(103), answer(0, "in time"));
        run.push(minute(107), answer(1, "too late"));
        let state = run.at(minute(107));
        assert!(state.is_over && state.left == Some(Duration::ZERO));
        assert!(state.seats[0].response.is_some() && state.seats[1].response.is_none());
    }

    #[test]
    fn an_answer_can_be_changed_and_a_question_marked_until_it_is_handed_in() {
        let mut run = run(None);
        run.push(minute(1), answer(2, "first"));
        run.push(minute(1), answer(2, "second"));
        run.push(
            minute(2),
            EventKind::Mark {
                item: 1,
                marked: true,
            },
        );
        run.push(minute(3), EventKind::Finish);
        run.push(minute(4), answer(0, "after the end"));
        let state = run.at(minute(9));
        assert_eq!(
            state.seats[2].response,
            Some(Response::Typed("second".to_owned()))
        );
        assert!(state.seats[1].is_marked && state.seats[0].response.is_none());
        assert_eq!((state.used, state.left), (Duration::from_secs(180), None));
        let text = serde_json::to_string(&run).unwrap();
        assert_eq!(serde_json::from_str::<Run>(&text).unwrap(), run);
    }

    proptest! {
        #[test]
        fn two_tabs_come_to_one_state_in_either_order(
            events in proptest::collection::vec((0i64..40, 0usize..4, 0usize..5, any::<bool>()), 0..20),
        ) {
            let mut tabs = [run(Some(30)), run(Some(30))];
            for (at, item, kind, second) in events {
                let kind = match kind {
                    0 => EventKind::Pause,
                    1 => EventKind::Resume,
                    2 => EventKind::Mark { item, marked: true },
                    _ => answer(item, "words"),
                };
                tabs[usize::from(second)].push(minute(at), kind);
            }
            let [mut one, mut other] = tabs.clone();
            one.merge(&tabs[1]);
            other.merge(&tabs[0]);
            prop_assert_eq!(&one, &other);
            let again = one.clone();
            one.merge(&again);
            prop_assert_eq!(one.at(minute(50)), again.at(minute(50)));
        }
    }
}
