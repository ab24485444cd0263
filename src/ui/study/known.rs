//! What the reader makes of what is known, kept up with the log, the options and the aim; and what it finds to be asked.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Study, Wanted, here_and_now};
use crate::base::Route;
use crate::door::{Known, ReadAnswer, ReadAsk, Sought};
use crate::study::plan::Aim;
use crate::study::search::Query;
use crate::ui::library::CourseReader;
use crate::ui::pages::go;

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

    /// Sits down to all that a search finds, or says in one sentence why nobody can.
    pub fn sit_down(
        self,
        reader: CourseReader,
        query: Query,
        otherwise: impl Fn(&'static str) + 'static,
    ) {
        let sought = self.sought(query, false);
        spawn_local(async move {
            match reader.ask(&ReadAsk::Cards(sought)).await {
                Ok(ReadAnswer::Cards(cards)) if !cards.is_empty() => {
                    self.wanted.set(Some(Wanted::Chosen(cards)));
                    go(&Route::Review);
                }
                _ => otherwise("None of these can be asked: they are suspended, or done in a lab."),
            }
        });
    }

    /// What the reader is to look for now. It need not be told again what it knows already.
    pub fn sought(self, query: Query, is_known: bool) -> Box<Sought> {
        let (at, utc_offset) = here_and_now();
        let learned = || untrack(|| self.learned());
        Box::new(Sought {
            query,
            learned: (!is_known).then(learned).flatten(),
            at,
            utc_offset,
        })
    }
}
