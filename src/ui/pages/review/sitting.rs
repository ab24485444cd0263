//! What goes on in a sitting: which card is on the screen, what was answered, what is saved.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Timestamp;
use crate::course::{CardId, Course, QuestionKind};
use crate::store::Draft;
use crate::study::{
    Answer, Entry, EntryKind, Interval, LeechAction, Limits, Progress, Queue, Rating, Response,
    Session, askable_cards, grade, is_right,
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
    /// What each answer that counts has written into the log, the last at the end.
    given: RwSignal<Vec<Written>>,
    /// What each answer that was taken back has written then, the last at the end.
    undone: RwSignal<Vec<Written>>,
    /// The cards that are asked although they are not due, for the last full pass before an exam.
    pass: StoredValue<Vec<CardId>>,
    /// Whether the cards were chosen by the learner, and so are asked whether due or not.
    is_chosen: RwSignal<bool>,
    course: StoredValue<Arc<Course>>,
}

/// Entries that belong together: none is taken back without the others.
#[derive(Clone, Debug)]
struct Written {
    /// Those that are written already.
    entries: Vec<Entry>,
    /// How many they are to be.
    all: usize,
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
            given: RwSignal::new(Vec::new()),
            undone: RwSignal::new(Vec::new()),
            pass: StoredValue::new(Vec::new()),
            is_chosen: RwSignal::new(false),
            course: StoredValue::new(course),
        };
        let wanted = study.wanted.try_update_untracked(Option::take).flatten();
        sitting.is_chosen.set(wanted.is_some());
        let cards = wanted.unwrap_or_else(|| {
            let queue = sitting.todays_queue();
            sitting.pass.set_value(queue.pass.clone());
            queue.cards()
        });
        sitting.start(cards);
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

    fn start(self, cards: Vec<CardId>) {
        self.session.set(Session::new(cards));
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
        let can = self.session.with_untracked(Session::answered) > 0;
        if !self.turn(
            can,
            self.given,
            self.undone,
            "There is nothing to take back.",
        ) {
            return;
        }
        self.session.update(|session| {
            session.undo();
        });
        self.ask();
        self.said.set("Taken back. Answer again.".to_owned());
        focus_question();
    }

    /// Lets the answer count again that was taken back last, if nothing was answered since, and goes on behind it.
    pub fn redo(self) {
        let can = self.session.with_untracked(Session::taken_back) > 0;
        if !self.turn(can, self.undone, self.given, "There is nothing to redo.") {
            return;
        }
        self.session.update(|session| {
            session.redo();
        });
        self.ask();
        self.said.set("Your answer counts again.".to_owned());
        focus_question();
    }

    /// Undoes what was written last of `from`, whether that was an answer or an undo; what this writes belongs to `to`. Says
    /// whether it could be.
    fn turn(
        self,
        can: bool,
        from: RwSignal<Vec<Written>>,
        to: RwSignal<Vec<Written>>,
        nothing: &str,
    ) -> bool {
        let last = from.with_untracked(|written| written.last().cloned());
        let Some(last) = last.filter(|_| can) else {
            self.said.set(nothing.to_owned());
            return false;
        };
        if last.entries.len() < last.all {
            self.said
                .set("One moment: the answer is still being saved.".to_owned());
            return false;
        }
        from.update(|written| {
            written.pop();
        });
        let (at, utc_offset) = here_and_now();
        let undo = |entry: Entry| Draft {
            at,
            utc_offset,
            card: entry.card,
            content_hash: entry.content_hash,
            kind: EntryKind::Undo { id: entry.id },
        };
        let drafts = last.entries.into_iter().rev().map(undo);
        self.write(drafts.collect(), to);
        true
    }

    /// Writes what belongs together. Nothing is taken out of `to` before all of it is written, so its place there stays.
    fn write(self, drafts: Vec<Draft>, to: RwSignal<Vec<Written>>) {
        let place = to.with_untracked(Vec::len);
        let all = drafts.len();
        to.update(|written| {
            written.push(Written {
                entries: Vec::new(),
                all,
            });
        });
        for draft in drafts {
            self.study.record(draft, move |entry| {
                let _ = to.try_update(|written| written[place].entries.push(entry));
            });
        }
    }

    /// Whether a card was set aside in this sitting because it is a leech.
    pub fn has_set_aside(self) -> bool {
        let is_suspend = |entry: &Entry| entry.kind == EntryKind::Suspend;
        self.given.with_untracked(|given| {
            let mut entries = given.iter().flat_map(|written| &written.entries);
            entries.any(is_suspend)
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
        let (at, utc_offset) = here_and_now();
        let (review, leech) = self.with_progress(|progress| {
            let rule = progress.scheduler().leech;
            let card = progress.card(&asked.card);
            let lapses = card.and_then(|card| rule.turns(card, rating));
            let leech = lapses.map(|lapses| (lapses, rule.action));
            let review = progress.preview(&asked.card, rating, at, utc_offset);
            (review, leech)
        });
        let verdict = Verdict {
            is_right,
            guessed: self.guessed.get_untracked(),
            response,
            interval: review.interval,
            leech,
        };
        let took = at.since(self.since.get_untracked()).as_millis();
        let chosen = match &verdict.response {
            Some(Response::Chosen(chosen)) => chosen.clone(),
            _ => Vec::new(),
        };
        let draft = |kind: EntryKind| Draft {
            at,
            utc_offset,
            card: asked.card.clone(),
            content_hash: asked.question.content_hash.clone(),
            kind,
        };
        let mut drafts = vec![draft(EntryKind::Answer(Answer {
            rating,
            guessed: verdict.guessed,
            took_ms: u32::try_from(took).unwrap_or(u32::MAX),
            chosen,
            interval: review.interval,
        }))];
        if matches!(leech, Some((_, LeechAction::Suspend))) {
            drafts.push(draft(EntryKind::Suspend));
        }
        self.session.update(|session| match drafts.len() {
            1 => session.answer(rating != Rating::Again),
            _ => session.set_aside(),
        });
        self.said.set(answered::in_words(asked, &verdict));
        self.stage.set(Stage::Answered(verdict));
        self.write(drafts, self.given);
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
