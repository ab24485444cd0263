//! An exam that is sat: what happened, and what follows from it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::draw::{Explain, Paper};
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
    /// The learner turned to a question, so that a reload comes back to it.
    Turn {
        /// Which.
        item: usize,
    },
}

/// What an exam has come to at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunState {
    /// Each question as the navigator shows it.
    pub seats: Vec<Seat>,
    /// How long it has been sat, pauses aside.
    pub used: Duration,
    /// How long is left; none without limit.
    pub left: Option<Duration>,
    /// Whether the clock stands still.
    pub is_paused: bool,
    /// When it was handed in or its time was over: nothing changes any more.
    pub ended: Option<Timestamp>,
    /// The question that the learner turned to last, or dealt with since.
    pub item: usize,
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

impl Seat {
    /// The answer, if nothing of it is left open.
    #[must_use]
    pub fn answer(&self) -> Option<&Response> {
        self.response
            .as_ref()
            .filter(|response| response.is_whole())
    }
}

impl Run {
    /// What it is called wherever exams are kept: no two are drawn from one seed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.paper.seed
    }

    /// Begins a paper.
    #[must_use]
    pub fn begin(paper: Paper, now: Timestamp) -> Self {
        Self {
            paper,
            began: now,
            events: BTreeSet::new(),
        }
    }

    /// Adds what happened, and gives it as it was added: an event never stands before those that are known, even where the
    /// clock was moved back.
    pub fn push(&mut self, at: Timestamp, kind: EventKind) -> Event {
        let last = self.events.last().map_or(self.began, |event| event.at);
        let later = last + Duration::from_millis(1);
        let at = at.max(later);
        let event = Event { at, kind };
        self.events.insert(event.clone());
        event
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
            ended: None,
            item: 0,
            is_entered: false,
        };
        for event in &self.events {
            if state.ended.is_none() {
                state.ended = clock.go_on(event.at);
            }
            if event.kind == EventKind::Entered {
                state.is_entered = true;
            } else if state.ended.is_none() {
                self.happen(event, &mut state, &mut clock);
            }
        }
        if state.ended.is_none() {
            state.ended = clock.go_on(now);
        }
        state.used = clock.used;
        state.left = limit.map(|limit| limit.saturating_sub(clock.used));
        state.is_paused = clock.is_paused && state.ended.is_none();
        state
    }

    fn happen(&self, event: &Event, state: &mut RunState, clock: &mut Clock) {
        match &event.kind {
            EventKind::Answer { item, response } => {
                // Whoever answers sits there again.
                clock.is_paused = false;
                let is_settled = |seat: &Seat| {
                    self.paper.explain == Explain::AfterEach && seat.response.is_some()
                };
                if let Some(seat) = state.seats.get_mut(*item)
                    && !is_settled(seat)
                {
                    seat.response.clone_from(response);
                    state.item = *item;
                }
            }
            EventKind::Mark { item, marked } => {
                if let Some(seat) = state.seats.get_mut(*item) {
                    seat.is_marked = *marked;
                    state.item = *item;
                }
            }
            EventKind::Turn { item } => {
                if *item < state.seats.len() {
                    state.item = *item;
                }
            }
            EventKind::Pause => clock.is_paused = true,
            EventKind::Resume => clock.is_paused = false,
            EventKind::Finish => state.ended = Some(event.at),
            EventKind::Entered => {}
        }
    }
}

struct Clock {
    last: Timestamp,
    used: Duration,
    is_paused: bool,
    limit: Option<Duration>,
}

impl Clock {
    /// Lets the time pass; answers with the instant at which it was over, if it is.
    fn go_on(&mut self, to: Timestamp) -> Option<Timestamp> {
        let mut over = Duration::ZERO;
        if !self.is_paused {
            let used = self.used + to.since(self.last);
            self.used = self.limit.map_or(used, |limit| used.min(limit));
            over = used - self.used;
        }
        self.last = self.last.max(to);
        let is_over = self.limit.is_some_and(|limit| self.used >= limit);
        is_over.then(|| self.last - over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::exam::Item;
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
        assert_eq!(
            (state.ended, state.left),
            (Some(minute(106)), Some(Duration::ZERO))
        );
        assert!(state.seats[0].response.is_some() && state.seats[1].response.is_none());
    }

    #[test]
    fn an_answer_that_was_explained_stays_as_it_is() {
        let mut run = run(None);
        run.paper.explain = Explain::AfterEach;
        run.push(minute(1), answer(0, "first"));
        run.push(minute(2), answer(0, "second"));
        let first = Some(Response::Typed("first".to_owned()));
        assert_eq!(run.at(minute(3)).seats[0].response, first);
    }

    #[test]
    fn it_goes_on_at_the_question_that_was_turned_to_last() {
        let mut run = run(None);
        assert_eq!(run.at(minute(1)).item, 0);
        run.push(minute(1), EventKind::Turn { item: 2 });
        run.push(minute(2), EventKind::Turn { item: 99 });
        run.push(minute(3), EventKind::Pause);
        let state = run.at(minute(4));
        assert!(state.item == 2 && state.is_paused);
        run.push(minute(5), answer(1, "another tab"));
        assert_eq!(run.at(minute(6)).item, 1);
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
