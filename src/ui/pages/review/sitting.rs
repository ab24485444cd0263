//! What goes on in a sitting: which card is on the screen, what was answered, what is saved.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Timestamp;
use crate::course::{CardId, Course, QuestionKind};
use crate::store::Draft;
use crate::study::{
    Answer, Entry, EntryKind, Interval, Limits, Progress, Queue, Rating, Response, Session,
    askable_cards, grade, is_right,
};
use crate::ui::browser::{focus, now};
use crate::ui::pages::review::answered;
use crate::ui::question::{Asked, Reply};
use crate::ui::study::{Study, here_and_now};

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
    /// The answers of this sitting that count, the last at the end.
    given: RwSignal<Vec<Entry>>,
    /// Whether the cards were chosen by the learner, and so are asked whether due or not.
    is_chosen: RwSignal<bool>,
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
    pub interval: Interval,
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
            given: RwSignal::new(Vec::new()),
            is_chosen: RwSignal::new(false),
            course: StoredValue::new(course),
        };
        let wanted = study.wanted.try_update_untracked(Option::take).flatten();
        sitting.is_chosen.set(wanted.is_some());
        let cards = wanted.unwrap_or_else(|| sitting.queue(study.limits()).cards());
        sitting.start(cards);
        sitting
    }

    /// What is due and new now within `limits`.
    fn queue(self, limits: Limits) -> Queue {
        let (at, offset) = here_and_now();
        let cards = self.course.with_value(|course| askable_cards(course));
        self.with_progress(|progress| Queue::at(progress, &cards, limits, at, offset))
    }

    /// What is due and new now, whatever the day has seen.
    pub fn everything(self) -> Queue {
        self.queue(Limits {
            new: usize::MAX,
            reviews: usize::MAX,
            ..self.study.limits()
        })
    }

    fn start(self, cards: Vec<CardId>) {
        self.session.set(Session::new(cards));
        self.given.set(Vec::new());
        self.ask();
    }

    /// Starts anew with everything that is due and `new` new cards, whatever the day has seen.
    pub fn begin_helping(self, new: usize) {
        let mut queue = self.everything();
        queue.new.truncate(new);
        self.is_chosen.set(false);
        self.start(queue.cards());
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
        if self.stage.get_untracked() == Stage::Asking {
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
        self.ask();
        self.said.set(String::new());
        focus_question();
    }

    /// Takes the last answer of this sitting back and asks it again.
    pub fn undo(self) {
        let answered = self.session.with_untracked(Session::answered);
        let Some(last) = self
            .given
            .with_untracked(|given| given.last().cloned().filter(|_| given.len() == answered))
        else {
            let words = if answered == 0 {
                "There is nothing to take back."
            } else {
                "One moment: the answer is still being saved."
            };
            self.said.set(words.to_owned());
            return;
        };
        self.session.update(|session| {
            session.undo();
        });
        self.given.update(|given| {
            given.pop();
        });
        let (at, utc_offset) = here_and_now();
        let draft = Draft {
            at,
            utc_offset,
            card: last.card,
            content_hash: last.content_hash,
            kind: EntryKind::Undo { id: last.id },
        };
        self.study.record(draft, |_| {});
        self.ask();
        self.said.set("Taken back. Answer again.".to_owned());
        focus_question();
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
                    let known = progress.card(card);
                    known.is_none_or(|known| known.due.is_none() || known.is_due(at, today))
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
        let (at, utc_offset) = here_and_now();
        let review =
            self.with_progress(|progress| progress.preview(&asked.card, rating, at, utc_offset));
        let verdict = Verdict {
            is_right,
            guessed: self.guessed.get_untracked(),
            response,
            interval: review.interval,
        };
        let took = at.since(self.since.get_untracked()).as_millis();
        let chosen = match &verdict.response {
            Some(Response::Chosen(chosen)) => chosen.clone(),
            _ => Vec::new(),
        };
        let draft = Draft {
            at,
            utc_offset,
            card: asked.card.clone(),
            content_hash: asked.question.content_hash.clone(),
            kind: EntryKind::Answer(Answer {
                rating,
                guessed: verdict.guessed,
                took_ms: u32::try_from(took).unwrap_or(u32::MAX),
                chosen,
                interval: review.interval,
            }),
        };
        self.session
            .update(|session| session.answer(rating != Rating::Again));
        self.said.set(answered::in_words(asked, &verdict));
        self.stage.set(Stage::Answered(verdict));
        self.study.record(draft, move |entry| {
            let _ = self.given.try_update(|given| given.push(entry));
        });
        request_animation_frame(|| focus("#next"));
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
