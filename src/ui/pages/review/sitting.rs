//! What goes on in a sitting: which card is on the screen, what was answered, what is saved.

use std::sync::Arc;

use leptos::prelude::*;

use super::answered;
use super::ledger::{Ledger, Turned};
use crate::base::{Route, Timestamp};
use crate::course::{CardId, Course, QuestionKind};
use crate::store::Draft;
use crate::study::{
    Answer, Card, Entry, EntryKind, Interval, LeechAction, Limits, Pretest, Progress, Queue,
    Rating, Response, Session, UtcOffset, askable_cards, grade, is_right,
};
use crate::ui::browser::{focus, now};
use crate::ui::question::{Asked, Reply};
use crate::ui::study::{Study, Wanted, draft, here_and_now};

/// One sitting. A copy is the same sitting.
#[derive(Clone, Copy, Debug)]
pub struct Sitting {
    pub study: Study,
    /// The card on the screen; none when the sitting is over.
    pub asked: RwSignal<Option<Asked>>,
    /// How far its answer is.
    pub stage: RwSignal<Stage>,
    pub session: RwSignal<Session>,
    /// What stands in its fields now.
    pub reply: Reply,
    /// Since when it is asked.
    since: RwSignal<Timestamp>,
    /// Whether it is said to be a guess.
    pub guessed: RwSignal<bool>,
    /// What a screen reader is to say.
    pub said: RwSignal<String>,
    ledger: Ledger,
    /// The cards that are asked although they are not due, for the last full pass before an exam.
    pass: StoredValue<Vec<CardId>>,
    /// Whether the cards were chosen by the learner, and so are asked whether due or not.
    is_chosen: RwSignal<bool>,
    /// Where what is tried can be studied; none where this is no pretest.
    pub to_study: RwSignal<Option<Route>>,
    course: StoredValue<Arc<Course>>,
}

/// How far the answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is answered.
    Asking,
    /// The answer is shown, for the learner to judge.
    Shown,
    /// It is answered and graded.
    Answered(Verdict),
}

/// What an answer was worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub is_right: bool,
    pub guessed: bool,
    /// What was answered; none where the learner judged.
    pub response: Option<Response>,
    /// After how long it comes back; none after a try, which counts for nothing.
    pub interval: Option<Interval>,
    /// How often the card was forgotten, where that has just made it a leech, and what becomes of it.
    pub leech: Option<(u32, LeechAction)>,
}

impl Sitting {
    /// Sits down to what the learner has chosen, or else to what is due and new now.
    pub fn begin(study: Study, course: Arc<Course>) -> Self {
        let sitting = Self {
            study,
            asked: RwSignal::new(None),
            stage: RwSignal::new(Stage::Asking),
            session: RwSignal::new(Session::default()),
            reply: Reply::new(),
            since: RwSignal::new(now()),
            guessed: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            ledger: Ledger::new(study),
            pass: StoredValue::new(Vec::new()),
            is_chosen: RwSignal::new(false),
            to_study: RwSignal::new(None),
            course: StoredValue::new(course),
        };
        let wanted = study.wanted.try_update_untracked(Option::take).flatten();
        sitting.is_chosen.set(wanted.is_some());
        sitting.start(match wanted {
            Some(Wanted::Chosen(cards)) => Session::new(cards),
            Some(Wanted::Pretest(cards, to_study)) => {
                sitting.to_study.set(Some(to_study));
                Session::pretest(cards)
            }
            None => {
                let queue = sitting.todays_queue();
                sitting.pass.set_value(queue.pass.clone());
                Session::new(queue.cards())
            }
        });
        sitting
    }

    fn todays_queue(self) -> Queue {
        let (at, offset) = here_and_now();
        let course = self.course.get_value();
        self.with_progress(|progress| {
            untrack(|| self.study.queue_at(progress, &course, at, offset))
        })
    }

    /// What is due and new now, whatever the day has seen and the plan says.
    pub fn everything(self) -> Queue {
        let (at, offset) = here_and_now();
        let limits = Limits {
            new: usize::MAX,
            reviews: usize::MAX,
            ..self.study.limits()
        };
        let cards = self.course.with_value(|course| askable_cards(course));
        self.with_progress(|progress| Queue::at(progress, &cards, limits, at, offset))
    }

    fn start(self, session: Session) {
        self.session.set(session);
        self.ask();
    }

    /// Starts anew with everything that is due and `new` new cards, whatever the day has seen.
    pub fn begin_helping(self, new: usize) {
        let mut queue = self.everything();
        queue.new.truncate(new);
        self.is_chosen.set(false);
        self.to_study.set(None);
        self.start(Session::new(queue.cards()));
        focus_question();
    }

    /// Chooses the option at `place`, or grades what was recalled.
    pub fn pick(self, place: usize) {
        match self.stage.get_untracked() {
            Stage::Asking => {
                self.asked.with_untracked(|asked| {
                    if let Some(asked) = asked
                        && let Some(option) = asked.options.get(place)
                    {
                        self.reply.choose(asked, &option.id);
                    }
                });
            }
            Stage::Shown => {
                if let Some(&rating) = Rating::ALL.get(place) {
                    self.judge(rating);
                }
            }
            Stage::Answered(_) => {}
        }
    }

    /// Says that the answer is a guess, or takes that back.
    pub fn turn_guessed(self) {
        let counts = !self.session.with_untracked(Session::is_pretest);
        if counts && self.stage.get_untracked() == Stage::Asking {
            self.guessed.update(|guessed| *guessed = !*guessed);
        }
    }

    /// Answers, or goes on to the next card.
    pub fn go_on(self) {
        match self.stage.get_untracked() {
            Stage::Asking => self.submit(),
            Stage::Shown => {}
            Stage::Answered(_) => self.next(),
        }
    }

    /// Takes the answer as it stands.
    pub fn submit(self) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        if let QuestionKind::Basic { .. } = &asked.question.kind {
            self.stage.set(Stage::Shown);
            self.said
                .set("The answer is shown. Grade how well you recalled it.".to_owned());
            request_animation_frame(|| focus("#answer"));
            return;
        }
        if let Some(lack) = self.reply.lacks(&asked) {
            self.said.set(lack.to_owned());
            return;
        }
        let response = untrack(|| self.reply.response(&asked)).expect("it lacks nothing");
        let right = is_right(&asked.question, &asked.card, &response)
            .expect("only kinds that are answered so are asked so");
        let guessed = self.guessed.get_untracked();
        self.give(&asked, grade(right, guessed), Some(response), right);
    }

    /// Takes the learner's own grade.
    pub fn judge(self, rating: Rating) {
        if let Some(asked) = self.asked.get_untracked() {
            self.give(&asked, rating, None, rating != Rating::Again);
        }
    }

    /// Goes on to the next card.
    pub fn next(self) {
        self.turn_to("");
    }

    fn turn_to(self, said: &str) {
        self.ask();
        self.said.set(said.to_owned());
        focus_question();
    }

    /// Takes the last step of this sitting back; an answer is asked for again.
    pub fn undo(self) {
        match self.ledger.undo() {
            Turned::Done(entries) => {
                self.session.update(|session| {
                    session.undo();
                });
                let is_mark =
                    |entry: &Entry| matches!(entry.kind, EntryKind::Suspend | EntryKind::Bury);
                self.turn_to(match entries.iter().all(is_mark) {
                    true => "Taken back.",
                    false => "Taken back. Answer again.",
                });
            }
            Turned::NotYet => self.ledger.once_written(move || self.undo()),
            Turned::Nothing => self.said.set("There is nothing to take back.".to_owned()),
        }
    }

    /// Lets count again what was taken back last, if nothing was done since, and goes on behind it.
    pub fn redo(self) {
        match self.ledger.redo() {
            Turned::Done(_) => {
                self.session.update(|session| {
                    session.redo();
                });
                self.turn_to("It counts again.");
            }
            Turned::NotYet => self.ledger.once_written(move || self.redo()),
            Turned::Nothing => self.said.set("There is nothing to redo.".to_owned()),
        }
    }

    /// Suspends the card on the screen and goes on.
    pub fn suspend(self) {
        self.leave_out(
            EntryKind::Suspend,
            "Suspended: it is not asked until Browse asks it again.",
        );
    }

    /// Puts the card on the screen off until tomorrow and goes on.
    pub fn bury(self) {
        self.leave_out(EntryKind::Bury, "Put off until tomorrow.");
    }

    fn leave_out(self, kind: EntryKind, said: &'static str) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        self.session
            .update(|session| session.leave_out(&asked.card));
        self.ledger.write(vec![marked(&asked, kind)]);
        self.turn_to(said);
    }

    /// Flags the card on the screen, or takes its flag away.
    pub fn turn_flag(self) {
        self.mark(
            |card| card.flagged,
            |_| EntryKind::Flag,
            ["Flagged.", "The flag is removed."],
        );
    }

    /// Puts the question on the screen on the list of those to be edited, or takes it off.
    pub fn turn_edit_later(self) {
        self.mark(
            |card| card.edit_later,
            |is| EntryKind::EditLater { wanted: !is },
            [
                "Listed to be edited: Browse finds the list.",
                "Taken off the list of questions to be edited.",
            ],
        );
    }

    /// Turns what `is` now; nothing else about the sitting changes.
    fn mark(self, is: fn(&Card) -> bool, kind: fn(bool) -> EntryKind, said: [&str; 2]) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        let is = untrack(|| self.study.holds(&asked.card, is));
        self.study.record(marked(&asked, kind(is)), |_| {});
        self.said.set(said[usize::from(is)].to_owned());
    }

    /// A note was kept: the keys of the review go on.
    pub fn noted(self) {
        self.said.set("The note is kept.".to_owned());
        focus("#next");
    }

    /// Whether a card was set aside in this sitting because it is a leech.
    pub fn has_set_aside(self) -> bool {
        let is = |entries: &[Entry], kind: fn(&EntryKind) -> bool| {
            entries.iter().any(|entry| kind(&entry.kind))
        };
        self.ledger.has(|entries| {
            is(entries, |kind| matches!(kind, EntryKind::Answer(_)))
                && is(entries, |kind| *kind == EntryKind::Suspend)
        })
    }

    /// Leaves out what another tab has asked meanwhile, but for the question that somebody looks at or has begun to answer:
    /// it stays, and answering it once more is one entry more.
    pub fn follow_other_tabs(self) {
        Effect::new(move || {
            self.study.progress.track();
            let (at, offset) = here_and_now();
            let needs_asking = |card: &CardId| {
                self.with_progress(|progress| {
                    let today = progress.day(at, offset);
                    let is_of_pass = self.pass.with_value(|pass| pass.contains(card));
                    progress.card(card).is_none_or(|known| {
                        let waits = is_of_pass && known.last_day != Some(today);
                        waits || known.due.is_none() || known.is_due(at, today)
                    })
                })
            };
            let current = self.current();
            let is_in_hand = self.is_in_hand();
            self.session.update(|session| {
                session.keep_waiting(|card| {
                    let is_current = is_in_hand && Some(card) == current.as_ref();
                    is_current || self.is_chosen.get_untracked() || needs_asking(card)
                });
            });
            let is_asking = self.stage.get_untracked() == Stage::Asking;
            if is_asking && self.current() != current {
                self.ask();
            }
        });
    }

    /// Whether the current card's question is before the learner's eyes, or its answer begun.
    fn is_in_hand(self) -> bool {
        match self.stage.get_untracked() {
            Stage::Asking => !document().hidden() || self.reply.is_begun(),
            Stage::Shown => true,
            // What is on the screen is answered, and the current card is the one behind it.
            Stage::Answered(_) => false,
        }
    }

    fn current(self) -> Option<CardId> {
        self.session
            .with_untracked(|session| session.current().cloned())
    }

    fn ask(self) {
        let asked = self.current().and_then(|card| {
            let course = self.course.get_value();
            self.with_progress(|progress| put(card, &course, progress))
        });
        self.reply.fill(asked.as_ref(), None);
        self.since.set(now());
        self.guessed.set(false);
        self.stage.set(Stage::Asking);
        self.asked.set(asked);
    }

    fn give(self, asked: &Asked, rating: Rating, response: Option<Response>, is_right: bool) {
        let (at, offset) = here_and_now();
        let took = at.since(self.since.get_untracked()).as_millis();
        let took_ms = u32::try_from(took).unwrap_or(u32::MAX);
        let guessed = self.guessed.get_untracked();
        let chosen = match &response {
            Some(Response::Chosen(chosen)) => chosen.clone(),
            _ => Vec::new(),
        };
        let (interval, leech) = self.follows(asked, rating, at, offset);
        let is_aside = matches!(leech, Some((_, LeechAction::Suspend)));
        let kind = match interval {
            Some(interval) => EntryKind::Answer(Answer {
                rating,
                guessed,
                took_ms,
                chosen,
                interval,
            }),
            None => EntryKind::Pretest(Pretest {
                is_right,
                took_ms,
                chosen,
            }),
        };
        let kinds = std::iter::once(kind).chain(is_aside.then_some(EntryKind::Suspend));
        let draft = |kind| Draft {
            at,
            utc_offset: offset,
            ..marked(asked, kind)
        };
        self.ledger.write(kinds.map(draft).collect());
        self.session.update(|session| match is_aside {
            true => session.set_aside(),
            false => session.answer(rating != Rating::Again),
        });
        let verdict = Verdict {
            is_right,
            guessed,
            response,
            interval,
            leech,
        };
        self.said.set(answered::in_words(asked, &verdict));
        self.stage.set(Stage::Answered(verdict));
        request_animation_frame(|| focus("#next"));
    }

    /// When the card comes back after this rating, and whether that makes it a leech. Neither follows from a try.
    pub fn follows(
        self,
        asked: &Asked,
        rating: Rating,
        at: Timestamp,
        offset: UtcOffset,
    ) -> (Option<Interval>, Option<(u32, LeechAction)>) {
        if self.session.with_untracked(Session::is_pretest) {
            return (None, None);
        }
        self.with_progress(|progress| {
            let rule = progress.scheduler().leech;
            let card = progress.card(&asked.card);
            let lapses = card.and_then(|card| rule.turns(card, rating));
            let review = progress.preview(&asked.card, rating, at, offset);
            let leech = lapses.map(|lapses| (lapses, rule.action));
            (Some(review.interval), leech)
        })
    }

    fn with_progress<T>(self, read: impl FnOnce(&Progress) -> T) -> T {
        let progress = self.study.progress.read_untracked();
        read(
            progress
                .as_ref()
                .expect("a sitting begins when progress is read, and it stays"),
        )
    }
}

fn marked(asked: &Asked, kind: EntryKind) -> Draft {
    draft(
        asked.card.clone(),
        asked.question.content_hash.clone(),
        kind,
    )
}

/// The question of a card, in another order at each review.
fn put(card: CardId, course: &Course, progress: &Progress) -> Option<Asked> {
    let known = progress.card(&card);
    let reviews = known.map_or(0, |known| known.reviews);
    let answered_as = known.and_then(|known| known.content_hash.as_ref());
    let seed = format!("{card} {reviews}");
    let asked = Asked::new(card, course, &seed)?;
    let has_changed = answered_as.is_some_and(|hash| *hash != asked.question.content_hash);
    Some(Asked {
        has_changed,
        ..asked
    })
}

/// Typed answers are typed at once; anything else is read first.
fn focus_question() {
    request_animation_frame(|| {
        focus("h1");
        focus("#typed");
    });
}
