//! The study engine in a browser's worker: what `memory.mjs` measures there. The logs are those of `study.rs`.

#![allow(clippy::must_use_candidate, reason = "JavaScript calls this")]

mod learner;

use std::hint::black_box;

use cipherdeck::{
    course::{CardId, Course, Files},
    study::{
        Limits, Log, Progress, Queue, UtcOffset, optimise::Optimisation, statistics::Statistics,
    },
};
use learner::{card, files, log, now, replay, topics};
use wasm_bindgen::prelude::wasm_bindgen;

/// A learner with a log of a given length, and what can be measured of it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Memory {
    log: Log,
    progress: Progress,
    cards: Vec<CardId>,
}

#[wasm_bindgen]
impl Memory {
    /// With so many reviews.
    #[wasm_bindgen(constructor)]
    pub fn new(reviews: u32) -> Self {
        let log = log(reviews);
        Self {
            progress: replay(log.clone()),
            cards: (0..10_000).map(card).collect(),
            log,
        }
    }

    /// Replays the log, a copy of it included.
    pub fn replay(&self) {
        black_box(replay(self.log.clone()));
    }

    /// Finds what is next among ten thousand cards.
    pub fn next(&self) {
        let (limits, offset) = (Limits::default(), UtcOffset::UTC);
        black_box(Queue::at(
            &self.progress,
            &self.cards,
            limits,
            now(),
            offset,
        ));
    }

    /// Counts and draws every chart.
    pub fn count(&self) {
        let topics = topics(&self.progress);
        let told = Statistics::of(&self.progress, &topics, now(), UtcOffset::UTC);
        black_box(told.figures());
    }

    /// Fits parameters; says to how many answers.
    pub fn fit(&self) -> u32 {
        Optimisation::of(&self.progress).answers
    }
}

/// A course, written and not yet read.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Sheets(Files);

#[wasm_bindgen]
impl Sheets {
    /// With so many questions.
    #[wasm_bindgen(constructor)]
    pub fn new(questions: u32) -> Self {
        Self(files(questions))
    }

    /// Reads them; says how many there were.
    pub fn read(&self) -> usize {
        Course::read(&self.0).0.questions().count()
    }
}
