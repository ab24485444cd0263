//! The worker that reads the course.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::worker::Line;
use crate::door::{BUILD, ReadAnswer, ReadAsk, decode, encode};

/// A reader in a worker of its own. Dropping it ends the worker.
#[derive(Debug)]
pub struct ReaderLink {
    line: Line,
    inbox: Rc<RefCell<Inbox>>,
}

/// What the reader said, up to where it was heard.
#[derive(Debug, Default)]
struct Inbox {
    arrived: VecDeque<Result<Vec<u8>, String>>,
    listener: Option<Waker>,
}

impl ReaderLink {
    /// Starts a reader and waits for its first word.
    ///
    /// # Errors
    /// One sentence where none can be had.
    pub async fn start() -> Result<Self, String> {
        let inbox = Rc::<RefCell<Inbox>>::default();
        let (on_reply, on_death) = (Rc::clone(&inbox), Rc::clone(&inbox));
        let line = Line::open(
            "reader",
            move |reply| on_reply.borrow_mut().put(Ok(reply)),
            move |why| on_death.borrow_mut().put(Err(why)),
        )?;
        let reader = Self { line, inbox };
        match reader.hear().await? {
            ReadAnswer::Hello { build } if build == BUILD => Ok(reader),
            _ => Err("page and reader come from two different builds; reload the page".to_owned()),
        }
    }

    /// Asks the reader, which answers one thing at a time.
    ///
    /// # Errors
    /// One sentence where it died over it.
    pub async fn ask(&mut self, ask: &ReadAsk) -> Result<ReadAnswer, String> {
        self.line.send(&encode(ask));
        self.hear().await
    }

    async fn hear(&self) -> Result<ReadAnswer, String> {
        let answer = poll_fn(|context| {
            let mut inbox = self.inbox.borrow_mut();
            inbox.listener = Some(context.waker().clone());
            inbox.arrived.pop_front().map_or(Poll::Pending, Poll::Ready)
        });
        decode(&answer.await?)
            .map_err(|error| format!("the reader answered something unreadable: {error}"))
    }
}

impl Inbox {
    fn put(&mut self, word: Result<Vec<u8>, String>) {
        self.arrived.push_back(word);
        if let Some(listener) = &self.listener {
            listener.wake_by_ref();
        }
    }
}
