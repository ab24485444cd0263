//! What the reader makes of what is known, kept up with the log, the options and the aim; and what it finds to be asked.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Study, Wanted, here_and_now};
use crate::base::Route;
use crate::door::{Known, Learned, Packed, ReadAnswer, ReadAsk, Sought};
use crate::study::plan::Aim;
use crate::study::search::Query;
use crate::ui::library::CourseReader;
use crate::ui::pages::go;
use crate::ui::until::until;

/// What the reader has answered last, or why it could not; none before that.
pub type Answered = RwSignal<Option<Result<ReadAnswer, String>>>;

impl Study {
    /// The answer about the way to the exam that `aim` gives, or about the course where that is none. Nothing is asked while
    /// `aim` itself gives none.
    #[must_use]
    pub fn known(self, aim: fn(Self) -> Option<Option<Aim>>) -> Answered {
        let reader = expect_context::<CourseReader>();
        let answered = RwSignal::new(None);
        let asked = StoredValue::new(0_u32);
        Effect::new(move || {
            let aim = aim(self);
            self.track_learned();
            let Some(aim) = aim else {
                answered.set(None);
                return;
            };
            asked.update_value(|asked| *asked += 1);
            let own = asked.get_value();
            spawn_local(async move {
                let Some(learned) = self.learned_so_far().await else {
                    return;
                };
                let (at, utc_offset) = here_and_now();
                let known = Known {
                    learned,
                    at,
                    utc_offset,
                    aim,
                };
                let answer = reader.ask(&ReadAsk::Known(Box::new(known))).await;
                // The page may have been left meanwhile, and only what was asked last counts.
                if asked.try_get_value() == Some(own) {
                    let _ = answered.try_set(Some(answer));
                }
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
        spawn_local(async move {
            let sought = self.sought(query, false).await;
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
    pub async fn sought(self, query: Query, is_known: bool) -> Box<Sought> {
        let learned = match is_known {
            true => None,
            false => self.learned_so_far().await,
        };
        let (at, utc_offset) = here_and_now();
        Box::new(Sought {
            query,
            learned,
            at,
            utc_offset,
        })
    }

    /// The log and the rules by which it counts, for another worker, once the log is read.
    pub async fn learned(self) -> Learned {
        self.learned_of(until(move || self.length()).await).await
    }

    /// The same; none until the log is read. [`Self::track_learned`] hears when it is another one.
    pub async fn learned_so_far(self) -> Option<Learned> {
        Some(self.learned_of(untrack(|| self.length())?).await)
    }

    async fn learned_of(self, length: usize) -> Learned {
        let known = self.inner.with_value(|inner| inner.packed.clone());
        // The log only grows, so its length names it.
        let known = known.and_then(|(of, log)| (of == length).then_some(log));
        let log = match (known, self.store().await) {
            (Some(log), _) => Ok(log),
            (None, Ok(store)) => store.pack_log().await,
            (None, Err(error)) => Err(error),
        };
        // Without a store there is what this tab knows, which is little.
        let log = log.unwrap_or_else(|_| Packed::new(&self.not_stored(true).log));
        self.inner
            .update_value(|inner| inner.packed = Some((length, log.clone())));
        Learned {
            log,
            unsaved: self.unsaved(),
            options: self.options.get_untracked(),
        }
    }

    /// How many entries the log has; none until it is read.
    fn length(self) -> Option<usize> {
        self.progress
            .with(|progress| Some(progress.as_ref()?.log().len()))
    }

    /// Hears whenever [`Self::learned`] may give something else.
    pub fn track_learned(self) {
        self.progress.track();
        self.options.track();
    }
}
