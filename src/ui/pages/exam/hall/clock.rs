//! The clock of an exam: what its passing changes, and when it is said aloud how long is left.

use std::time::Duration;

use leptos::prelude::*;

use super::{Hall, Stage};
use crate::study::exam::RunState;
use crate::ui::browser::now;

const SECOND: Duration = Duration::from_secs(1);

/// When it is said aloud how many minutes are left.
const WARNINGS: [u64; 4] = [30, 10, 5, 1];

impl Hall {
    /// Lets the time pass as long as the page stands.
    pub(super) fn tick(self) {
        let ticking = set_interval_with_handle(move || self.pass(), SECOND).ok();
        on_cleanup(move || {
            if let Some(ticking) = ticking {
                ticking.clear();
            }
        });
    }

    /// Lets the time pass.
    pub(super) fn pass(self) {
        let state = self
            .run
            .with_untracked(|run| run.as_ref().map(|run| run.at(now())));
        let Some(state) = state else { return };
        self.warn(&state);
        let is_sitting = matches!(
            self.stage.get_untracked(),
            Stage::Sitting | Stage::HandingIn
        );
        let is_over = state.ended.is_some();
        self.show_state(state);
        if is_over && is_sitting {
            self.look_back();
        }
    }

    fn warn(self, state: &RunState) {
        let before = self.left.get_value();
        self.left.set_value(state.left);
        if let (Some(before), Some(left)) = (before, state.left) {
            let passed = |minutes: &&u64| {
                let then = Duration::from_secs(60 * **minutes);
                left <= then && then < before
            };
            if let Some(minutes) = WARNINGS.iter().rev().find(passed) {
                let plural = if *minutes == 1 { "" } else { "s" };
                self.said.set(format!("{minutes} minute{plural} left."));
            }
        }
    }

    /// Shows the state; what only the clock has changed redraws nothing else.
    pub(super) fn show_state(self, state: RunState) {
        let clock = match state.left {
            Some(left) => format!("{} left", clock(left + SECOND - Duration::from_nanos(1))),
            None => clock(state.used),
        };
        if self.clock.with_untracked(|shown| *shown != clock) {
            self.clock.set(clock);
        }
        let same = |shown: &RunState| {
            shown.seats == state.seats
                && shown.is_paused == state.is_paused
                && shown.ended == state.ended
        };
        if !self.state.with_untracked(same) {
            self.state.set(state);
        }
    }
}

/// `1:02:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours}:{minutes:02}:{:02}", seconds % 60)
}
