//! What goes on in an exam: which one is open, which question is on the screen, how long is left.

mod clock;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::{Timestamp, hex};
use crate::course::CardId;
use crate::door::{AnalystAnswer, AnalystAsk, ExamAnswer, ExamAsk, ExamTopic};
use crate::study::Response;
use crate::study::exam::{
    EventKind, Explain, Offer, Outcome, Paper, PracticeOptions, Report, Run, RunState,
};
use crate::ui::browser::{analyse, focus, now, random};
use crate::ui::library::{Loaded, UNEXPECTED};
use crate::ui::question::{Asked, Reply};
use crate::ui::study::{Study, here_and_now};

/// A visit to the exams. A copy is the same visit.
#[derive(Clone, Copy, Debug)]
pub struct Hall {
    pub study: Study,
    pub stage: RwSignal<Stage>,
    /// The exams, the last that was begun at the end.
    pub runs: RwSignal<Vec<Run>>,
    /// Which exams there are, with a line for each that was begun; none until the reader says so.
    pub offers: RwSignal<Option<Result<Offers, String>>>,
    /// The exam that is open.
    pub run: RwSignal<Option<Run>>,
    /// What it has come to; how long is left stands in `clock`.
    pub state: RwSignal<RunState>,
    /// How long is left, in words.
    pub clock: RwSignal<String>,
    /// The place of the question on the screen.
    pub item: RwSignal<usize>,
    /// The question; none where the course has it no more.
    pub asked: RwSignal<Option<Asked>>,
    /// What stands in its fields.
    pub reply: Reply,
    /// What has become of it.
    pub report: RwSignal<Option<Result<Report, String>>>,
    /// What is to be said aloud.
    pub said: RwSignal<String>,
    loaded: StoredValue<Loaded>,
    left: StoredValue<Option<Duration>>,
}

/// Which exams there are, and a line for each that was begun.
pub type Offers = (Vec<Offer>, Vec<String>);

/// How far the visit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The exams are being read.
    Reading,
    /// One is to be chosen.
    Choosing,
    /// One is being sat.
    Sitting,
    /// One is about to be handed in.
    HandingIn,
    /// One is over.
    Over,
}

impl Hall {
    /// Goes on with the exam that was begun last, if it is not done with.
    pub fn enter(study: Study, loaded: Loaded) -> Self {
        let hall = Self {
            study,
            stage: RwSignal::new(Stage::Reading),
            runs: RwSignal::new(Vec::new()),
            offers: RwSignal::new(None),
            run: RwSignal::new(None),
            state: RwSignal::new(RunState::default()),
            clock: RwSignal::new(String::new()),
            item: RwSignal::new(0),
            asked: RwSignal::new(None),
            reply: Reply::new(),
            report: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            loaded: StoredValue::new(loaded),
            left: StoredValue::new(None),
        };
        spawn_local(async move {
            hall.read().await;
            let begun = hall.runs.try_with_untracked(|runs| {
                let mut open = runs.iter().rev();
                open.find(|run| !run.at(now()).is_entered).cloned()
            });
            match begun.flatten() {
                Some(run) => hall.open(run),
                None => hall.choose(),
            }
        });
        hall.keep_up();
        hall
    }

    /// Back to the choice of an exam.
    pub fn choose(self) {
        let _ = self.run.try_set(None);
        let _ = self.offers.try_set(None);
        let _ = self.stage.try_set(Stage::Choosing);
        spawn_local(async move {
            self.read().await;
            let runs = self.runs.try_get_untracked().unwrap_or_default();
            let answer = self.ask(runs, ExamTopic::Offers).await;
            let _ = self
                .offers
                .try_set(Some(answer.and_then(|answer| match answer {
                    ExamAnswer::Offers(offers, lines) => Ok((offers, lines)),
                    _ => Err(UNEXPECTED.to_owned()),
                })));
        });
    }

    /// Draws a paper and sits down to it; `failed` hears why there is none.
    pub fn begin(self, exam: String, options: PracticeOptions, failed: impl Fn(String) + 'static) {
        let runs = self.runs.get_untracked();
        let seed = hex(&random::<16>());
        let topic = ExamTopic::Paper {
            exam,
            options,
            seed,
        };
        spawn_local(async move {
            let answer = self.ask(runs, topic).await;
            if self.stage.try_get_untracked() != Some(Stage::Choosing) {
                return;
            }
            match answer {
                Ok(ExamAnswer::Paper(paper)) if !paper.items.is_empty() => self.sit_down(paper),
                Ok(_) => failed("No question of the course is such a one.".to_owned()),
                Err(why) => failed(why),
            }
        });
    }

    /// Opens an exam where it was left.
    pub fn open(self, run: Run) {
        let state = run.at(now());
        let item = state.item;
        let is_over = state.ended.is_some();
        self.left.try_set_value(state.left);
        self.run.set(Some(run));
        self.show_state(state);
        self.show(item);
        if is_over {
            self.look_back();
        } else {
            self.stage.set(Stage::Sitting);
            focus_question();
        }
    }

    /// Throws an exam away for good.
    pub fn throw_away(self, name: String) {
        spawn_local(async move {
            self.study.throw_exam_away(name).await;
            self.choose();
        });
    }

    /// Chooses the option at `place`, or takes it back.
    pub fn pick(self, place: usize) {
        if !self.is_open_to_answer() {
            return;
        }
        self.asked.with_untracked(|asked| {
            if let Some(asked) = asked
                && let Some(option) = asked.options.get(place)
            {
                self.reply.choose(asked, &option.id);
            }
        });
    }

    /// Answers where answers are explained at once; else, and then, goes on to the next question.
    pub fn go_on(self) {
        if self.is_paused() {
            self.turn_pause();
        } else if self.stage.get_untracked() == Stage::Sitting {
            if self.explains() && self.is_open_to_answer() {
                self.answer();
            } else if self.item.get_untracked() + 1 == self.count() {
                self.ask_to_hand_in();
            } else {
                self.step(1);
            }
        }
    }

    /// Goes so many questions on.
    pub fn step(self, by: isize) {
        let is_reading = matches!(self.stage.get_untracked(), Stage::Sitting | Stage::Over);
        let item = self.item.get_untracked().checked_add_signed(by);
        if let Some(item) = item.filter(|item| *item < self.count())
            && is_reading
            && !self.is_paused()
        {
            self.turn_to(item);
        }
    }

    /// Goes to a question.
    pub fn turn_to(self, item: usize) {
        if self.stage.get_untracked() == Stage::Over {
            self.show(item);
            request_animation_frame(|| focus("article h2"));
            return;
        }
        self.keep_reply();
        self.stage.set(Stage::Sitting);
        self.push(EventKind::Turn { item });
        self.show(item);
        focus_question();
    }

    /// Marks the question for review, or takes the mark away.
    pub fn turn_mark(self) {
        let item = self.item.get_untracked();
        if self.stage.get_untracked() == Stage::Sitting && !self.is_paused() {
            let marked = !self
                .state
                .with_untracked(|state| state.seats[item].is_marked);
            self.push(EventKind::Mark { item, marked });
            let words = if marked {
                "Marked for review."
            } else {
                "Not marked any more."
            };
            self.said.set(words.to_owned());
        }
    }

    /// Stops the clock, or lets it go on.
    pub fn turn_pause(self) {
        if self.stage.get_untracked() == Stage::Sitting {
            self.keep_reply();
            let is_paused = self.is_paused();
            self.push(if is_paused {
                EventKind::Resume
            } else {
                EventKind::Pause
            });
            focus_question();
        }
    }

    /// Names what is not answered before it is handed in.
    pub fn ask_to_hand_in(self) {
        if self.stage.get_untracked() == Stage::Sitting && !self.is_paused() {
            self.keep_reply();
            self.stage.set(Stage::HandingIn);
            focus_question();
        }
    }

    /// Hands it in.
    pub fn finish(self) {
        self.push(EventKind::Finish);
    }

    /// Whether the question on the screen can be answered, or answered otherwise.
    pub fn is_open_to_answer(self) -> bool {
        self.stage.get_untracked() == Stage::Sitting
            && !self.is_paused()
            && self.asked.with_untracked(Option::is_some)
            && !(self.explains() && self.given().is_some())
    }

    /// What is answered to the question on the screen.
    pub fn given(self) -> Option<Response> {
        let item = self.item.get_untracked();
        self.state
            .with(|state| state.seats.get(item)?.response.clone())
    }

    /// How many questions the paper has.
    pub fn count(self) -> usize {
        self.state.with_untracked(|state| state.seats.len())
    }

    /// Whether answers are explained at once.
    pub fn explains(self) -> bool {
        self.run.with_untracked(|run| {
            let run = run.as_ref();
            run.is_some_and(|run| run.paper.explain == Explain::AfterEach)
        })
    }

    fn is_paused(self) -> bool {
        self.state.with_untracked(|state| state.is_paused)
    }

    /// Takes the answer to be explained at once.
    fn answer(self) {
        let lacks = self
            .asked
            .with_untracked(|asked| asked.as_ref().and_then(|asked| self.reply.lacks(asked)));
        match lacks {
            Some(lacks) => self.said.set(lacks.to_owned()),
            None => {
                self.take_reply();
                request_animation_frame(|| focus("#next"));
            }
        }
    }

    fn sit_down(self, paper: Paper) {
        let run = Run::begin(paper, now());
        self.study.keep_exam(&run);
        self.open(run);
    }

    /// Saves what stands in the fields as soon as it stands there, where it can still be changed.
    fn keep_reply(self) {
        if !self.explains() && self.is_open_to_answer() {
            self.take_reply();
        }
    }

    fn take_reply(self) {
        let response = self.asked.with_untracked(|asked| {
            let asked = asked.as_ref()?;
            untrack(|| self.reply.response(asked))
        });
        if response != untrack(|| self.given()) {
            let item = self.item.get_untracked();
            self.push(EventKind::Answer { item, response });
        }
    }

    /// Adds what happened, and saves it.
    fn push(self, kind: EventKind) {
        let Some(mut run) = self.run.get_untracked() else {
            return;
        };
        let mut news = Run::begin(run.paper.clone(), run.began);
        news.events.insert(run.push(now(), kind));
        self.study.keep_exam(&news);
        self.run.set(Some(run));
        self.pass();
    }

    /// Puts a question on the screen.
    fn show(self, item: usize) {
        let asked = self.run.with_untracked(|run| {
            let paper = &run.as_ref()?.paper;
            let question = &paper.items.get(item)?.question;
            self.loaded.with_value(|loaded| {
                let present = loaded.course.renamed().get(question).unwrap_or(question);
                let seed = format!("{} {item}", paper.seed);
                Asked::new(CardId::of(present), &loaded.course, &seed)
            })
        });
        self.item.set(item);
        self.reply
            .fill(asked.as_ref(), untrack(|| self.given()).as_ref());
        self.asked.set(asked);
    }

    /// Has it scored; what was missed enters the log, once.
    fn look_back(self) {
        self.stage.set(Stage::Over);
        self.report.set(None);
        let Some(run) = self.run.get_untracked() else {
            return;
        };
        let is_entered = run.at(now()).is_entered;
        spawn_local(async move {
            let answer = self.ask(vec![run], ExamTopic::Report).await;
            let report = match answer {
                Ok(ExamAnswer::Report(report, stored)) => {
                    if !is_entered {
                        self.study.merge(stored, move |result| {
                            if let Err(error) = result {
                                let words = format!("What you missed could not be put into the review: {error}. Open this exam again to try once more.");
                                let _ = self.said.try_set(words);
                            }
                        });
                    }
                    Ok(report)
                }
                Ok(_) => Err(UNEXPECTED.to_owned()),
                Err(why) => Err(why),
            };
            let is_missed = |outcome: &Outcome| *outcome != Outcome::Right;
            let missed = report
                .as_ref()
                .ok()
                .and_then(|report| report.outcomes.iter().position(is_missed));
            if self.stage.try_get_untracked() == Some(Stage::Over) {
                self.show(missed.unwrap_or(0));
                self.report.set(Some(report));
                focus_question();
            }
        });
    }

    /// Follows the clock, the fields, and other tabs.
    fn keep_up(self) {
        self.tick();
        Effect::new(move || {
            self.reply.chosen.track();
            self.reply.placed.track();
            self.reply.typed.track();
            untrack(|| self.keep_reply());
        });
        Effect::new(move |seen: Option<u32>| {
            let others = self.study.others.get();
            if seen.is_some() {
                spawn_local(self.follow());
            }
            others
        });
    }

    /// Adds what another tab did in the exam that is open.
    async fn follow(self) {
        self.read().await;
        let theirs = self.run.try_with_untracked(|run| {
            let run = run.as_ref()?;
            let runs = self.runs.get_untracked();
            runs.into_iter().find(|other| other.name() == run.name())
        });
        if let Some(Some(theirs)) = theirs {
            let before = untrack(|| self.given());
            self.run.update(|run| {
                if let Some(run) = run {
                    run.merge(&theirs);
                }
            });
            self.pass();
            let given = untrack(|| self.given());
            if before != given {
                self.asked
                    .with_untracked(|asked| self.reply.fill(asked.as_ref(), given.as_ref()));
            }
        }
    }

    async fn read(self) {
        let runs = self.study.exams().await;
        // The page may have been left meanwhile.
        let _ = self.runs.try_set(runs);
    }

    async fn ask(self, runs: Vec<Run>, about: ExamTopic) -> Result<ExamAnswer, String> {
        let (at, utc_offset): (Timestamp, _) = here_and_now();
        let course = |loaded: &Loaded| ((*loaded.files).clone(), (*loaded.decks).clone());
        let (files, decks) = self.loaded.try_with_value(course).unwrap_or_default();
        let ask = ExamAsk {
            files,
            decks,
            learned: self.study.learned().await,
            runs,
            at,
            utc_offset,
            about,
        };
        match analyse(&AnalystAsk::Exam(Box::new(ask))).await? {
            AnalystAnswer::Exam(answer) => Ok(*answer),
            _ => Err(UNEXPECTED.to_owned()),
        }
    }
}

fn focus_question() {
    request_animation_frame(|| focus("h1"));
}
