//! What is to be asked now, kept up with the course, the log and the clock.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::{Study, here_and_now};
use crate::base::Timestamp;
use crate::course::Course;
use crate::study::plan::todays_queue;
use crate::study::{Progress, Queue, StudyOptions, UtcOffset};
use crate::ui::library::Library;

/// How long at most until the clock is read again: a machine that slept did not count the time.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl Study {
    /// What is to be asked at `now`: by the options, and by the plan where the learner aims at an exam.
    pub fn queue_at(
        self,
        progress: &Progress,
        course: &Course,
        now: Timestamp,
        offset: UtcOffset,
    ) -> Queue {
        let limits = self.options.with(StudyOptions::limits);
        self.aim
            .with(|aim| todays_queue(progress, course, aim.as_ref(), limits, now, offset))
    }

    /// Computes the queue anew whenever it may be another one: after an answer here or in another tab, when a card comes
    /// back, when a day begins, and when the tab is looked at again.
    pub(super) fn keep_queue(self, library: RwSignal<Library>) {
        let tick = ArcTrigger::new();
        let looked_at = tick.clone();
        let listener = window_event_listener(ev::visibilitychange, move |_| looked_at.notify());
        on_cleanup(move || listener.remove());
        Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
            if let Some(timer) = timer.flatten() {
                timer.clear();
            }
            tick.track();
            let Library::Ready(loaded) = library.get() else {
                return None;
            };
            let (now, offset) = here_and_now();
            let (queue, day_end) = self.known_so_far(|progress| {
                let queue = self.queue_at(progress, &loaded.course, now, offset);
                Some((queue, progress.day_end(now, offset)))
            })?;
            let wait = queue.changes_at(day_end).since(now).min(LONGEST_WAIT);
            self.queue.set(Some(queue));
            let tick = tick.clone();
            set_timeout_with_handle(move || tick.notify(), wait).ok()
        });
    }
}
