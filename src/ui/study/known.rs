//! What the reader makes of what is known, kept up with the log, the options and the aim.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Study, here_and_now};
use crate::door::{Known, ReadAnswer, ReadAsk};
use crate::study::plan::Aim;
use crate::ui::library::CourseReader;

/// What the reader has answered last, or why it could not; none before that.
pub type Answered = RwSignal<Option<Result<ReadAnswer, String>>>;

impl Study {
    /// The answer about the way to the exam that `aim` gives, or about the course where that is none. Nothing is asked while
    /// `aim` itself gives none.
    #[must_use]
    pub fn known(self, aim: fn(Self) -> Option<Option<Aim>>) -> Answered {
        let reader = expect_context::<CourseReader>();
        let answered = RwSignal::new(None);
        Effect::new(move || {
            let (Some(aim), Some(learned)) = (aim(self), self.learned()) else {
                answered.set(None);
                return;
            };
            let (at, utc_offset) = here_and_now();
            let known = Known {
                learned,
                at,
                utc_offset,
                aim,
            };
            spawn_local(async move {
                let answer = reader.ask(&ReadAsk::Known(Box::new(known))).await;
                // The page may have been left meanwhile.
                let _ = answered.try_set(Some(answer));
            });
        });
        answered
    }
}
