//! The worker that holds the simulated cloud: started when first needed, started anew when it dies.

use std::cell::OnceCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::Worker;

use super::worker::{Line, post};
use crate::door::{Answer, Ask, BUILD, Message, Reply, decode, encode};

/// The worker's program.
const PROGRAM: &str = "engine";

/// How the engine is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineState {
    /// Nobody has asked yet.
    Asleep,
    /// Its module is being fetched and compiled.
    Starting,
    /// It answers.
    Ready,
    /// It cannot be had, and why.
    Failed(String),
}

/// The page's end of the door. A copy is the same end.
#[derive(Clone, Copy)]
pub struct EngineLink {
    inner: StoredValue<Inner, LocalStorage>,
    state: RwSignal<EngineState>,
}

type OnAnswer = Box<dyn FnOnce(Result<Answer, String>)>;

#[derive(Default)]
struct Inner {
    line: Option<Line>,
    lives: u32,
    is_ready: bool,
    next_id: u64,
    unsent: VecDeque<Vec<u8>>,
    waiting: HashMap<u64, OnAnswer>,
}

impl std::fmt::Debug for EngineLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EngineLink")
            .field("state", &self.state.get_untracked())
            .finish_non_exhaustive()
    }
}

impl EngineLink {
    /// An engine that starts with the first ask.
    #[must_use]
    pub fn new() -> Self {
        Self {
            inner: StoredValue::new_local(Inner::default()),
            state: RwSignal::new(EngineState::Asleep),
        }
    }

    /// How the engine is doing.
    #[must_use]
    pub fn state(self) -> Signal<EngineState> {
        self.state.into()
    }

    /// Asks the engine; `on_answer` gets its answer, or one sentence where it died over it.
    pub fn ask(self, ask: Ask, on_answer: impl FnOnce(Result<Answer, String>) + 'static) {
        self.wake();
        self.inner.update_value(|inner| {
            inner.next_id += 1;
            let id = inner.next_id;
            inner.waiting.insert(id, Box::new(on_answer));
            let message = encode(&Message { id, ask });
            match &inner.line {
                Some(line) if inner.is_ready => line.send(&message),
                _ => inner.unsent.push_back(message),
            }
        });
    }

    /// Which of its lives the engine is in. A new one knows no lab that an earlier one had open.
    #[must_use]
    pub fn life(self) -> u32 {
        self.wake();
        self.inner.with_value(|inner| inner.lives)
    }

    fn wake(self) {
        if self.inner.with_value(|inner| inner.line.is_some()) {
            return;
        }
        self.state.set(EngineState::Starting);
        let on_reply = move |reply: Vec<u8>| self.hear(&reply);
        match Line::open(PROGRAM, on_reply, move |why| self.die(why)) {
            Ok(line) => self.inner.update_value(|inner| {
                inner.line = Some(line);
                inner.lives += 1;
            }),
            Err(why) => self.die(why),
        }
    }

    fn hear(self, reply: &[u8]) {
        match decode(reply) {
            Ok(Reply {
                answer: Answer::Hello { build },
                ..
            }) => self.greet(&build),
            Ok(Reply { id, answer }) => {
                let on_answer = self
                    .inner
                    .try_update_value(|inner| inner.waiting.remove(&id))
                    .flatten();
                if let Some(on_answer) = on_answer {
                    on_answer(Ok(answer));
                }
            }
            Err(error) => self.die(format!("the engine answered something unreadable: {error}")),
        }
    }

    fn greet(self, build: &str) {
        if build != BUILD {
            self.die("page and engine come from two different builds; reload the page".to_owned());
            return;
        }
        self.inner.update_value(|inner| {
            inner.is_ready = true;
            if let Some(line) = &inner.line {
                inner
                    .unsent
                    .drain(..)
                    .for_each(|message| line.send(&message));
            }
        });
        self.state.set(EngineState::Ready);
    }

    /// Ends the worker; whoever waits is told. The next ask starts a new one.
    fn die(self, why: String) {
        let waiting = self.inner.try_update_value(|inner| {
            inner.line = None;
            inner.is_ready = false;
            inner.unsent.clear();
            std::mem::take(&mut inner.waiting)
        });
        self.state.set(EngineState::Failed(why.clone()));
        for on_answer in waiting.unwrap_or_default().into_values() {
            on_answer(Err(why.clone()));
        }
    }
}

impl Default for EngineLink {
    fn default() -> Self {
        Self::new()
    }
}

/// A job in a worker of its own. Dropping it ends the worker, and with it the job.
#[derive(Debug)]
pub struct JobLink(#[expect(dead_code, reason = "held for its drop")] Line);

impl JobLink {
    /// Starts a worker, asks it one thing, and hands on every answer.
    ///
    /// # Errors
    /// One sentence where no worker can be started.
    pub fn start(
        ask: Ask,
        on_answer: impl Fn(Result<Answer, String>) + Clone + 'static,
    ) -> Result<Self, String> {
        let worker = Rc::new(OnceCell::<Worker>::new());
        let message = encode(&Message { id: 1, ask });
        let on_reply = {
            let (on_answer, worker) = (on_answer.clone(), worker.clone());
            move |reply: Vec<u8>| match decode(&reply) {
                Ok(Reply {
                    answer: Answer::Hello { build },
                    ..
                }) if build == BUILD => {
                    if let Some(worker) = worker.get() {
                        post(worker, &message);
                    }
                }
                Ok(Reply {
                    answer: Answer::Hello { .. },
                    ..
                }) => {
                    on_answer(Err(
                        "page and engine come from two different builds; reload the page"
                            .to_owned(),
                    ));
                }
                Ok(Reply { answer, .. }) => on_answer(Ok(answer)),
                Err(error) => on_answer(Err(format!(
                    "the engine answered something unreadable: {error}"
                ))),
            }
        };
        let line = Line::open(PROGRAM, on_reply, move |why| on_answer(Err(why)))?;
        worker
            .set(line.worker().clone())
            .expect("it is set once, here");
        Ok(Self(line))
    }
}
