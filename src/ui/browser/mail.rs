//! A worker that answers every message once, in order.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::worker::Line;
use crate::door::hello;

/// The worker and what it has still to answer.
#[derive(Debug)]
pub(super) struct Mail {
    line: Line,
    waiting: Rc<RefCell<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    slots: VecDeque<Slot>,
    dead: Option<String>,
}

type Slot = Rc<RefCell<(Option<Result<Vec<u8>, String>>, Option<Waker>)>>;

/// Takes a word that answers nothing, and says whether it was one.
pub(super) type TakesUnasked = Box<dyn Fn(&[u8]) -> bool>;

impl Mail {
    /// Starts the worker that runs `program`, and waits for its first word. `is_unasked` takes a word that answers nothing.
    ///
    /// # Errors
    /// One sentence where none can be had, or it is of another build.
    pub(super) async fn open(
        program: &'static str,
        is_unasked: TakesUnasked,
    ) -> Result<Self, String> {
        let waiting = Rc::<RefCell<Waiting>>::default();
        let (on_reply, on_death) = (Rc::clone(&waiting), Rc::clone(&waiting));
        let line = Line::open(
            program,
            move |reply| {
                if !is_unasked(&reply) {
                    on_reply.borrow_mut().fill(Ok(reply));
                }
            },
            move |why| on_death.borrow_mut().die(&why),
        )?;
        let mail = Self { line, waiting };
        if mail.hear().await? == hello() {
            Ok(mail)
        } else {
            Err(format!(
                "page and {program} come from two different builds; reload the page"
            ))
        }
    }

    /// Sends a message; the future is its answer, or one sentence where the worker died over it.
    pub(super) fn ask(
        &self,
        message: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
        self.line.send(message);
        self.hear()
    }

    /// What the worker says next, behind the answers that are still to come.
    fn hear(&self) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
        let slot = self.waiting.borrow_mut().slot();
        poll_fn(move |context| {
            let mut slot = slot.borrow_mut();
            slot.1 = Some(context.waker().clone());
            slot.0.take().map_or(Poll::Pending, Poll::Ready)
        })
    }

    /// Whether it answers nothing any more.
    pub(super) fn is_dead(&self) -> bool {
        self.waiting.borrow().dead.is_some()
    }
}

impl Waiting {
    fn slot(&mut self) -> Slot {
        let slot = Slot::default();
        match &self.dead {
            Some(why) => slot.borrow_mut().0 = Some(Err(why.clone())),
            None => self.slots.push_back(Rc::clone(&slot)),
        }
        slot
    }

    fn fill(&mut self, word: Result<Vec<u8>, String>) {
        let Some(slot) = self.slots.pop_front() else {
            return;
        };
        let mut slot = slot.borrow_mut();
        slot.0 = Some(word);
        if let Some(waker) = slot.1.take() {
            waker.wake();
        }
    }

    fn die(&mut self, why: &str) {
        self.dead = Some(why.to_owned());
        while !self.slots.is_empty() {
            self.fill(Err(why.to_owned()));
        }
    }
}
