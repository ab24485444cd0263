//! Policy decisions in a browser's worker: what `decisions.mjs` measures there. The cases are those of `engines.rs`.

#![allow(clippy::must_use_candidate, reason = "JavaScript calls this")]

mod policy;

use cipherdeck::policy::{decide, evaluate};
use policy::Case;
use std::hint::black_box;
use wasm_bindgen::prelude::wasm_bindgen;

/// What can be measured.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Decisions {
    everyday: Case,
    hostile: Vec<(&'static str, Case)>,
}

#[wasm_bindgen]
impl Decisions {
    /// The cases, their policies compiled.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "it is made from JavaScript")]
    pub fn new() -> Self {
        Self {
            everyday: policy::everyday(),
            hostile: policy::hostile(),
        }
    }

    /// Decides the everyday case so many times.
    pub fn decide(&self, times: u32) {
        for _ in 0..times {
            black_box(decide(&self.everyday.request, &self.everyday.policies));
        }
    }

    /// The same with the trace.
    pub fn trace(&self, times: u32) {
        for _ in 0..times {
            black_box(evaluate(&self.everyday.request, &self.everyday.policies));
        }
    }

    /// Decides every hostile case so many times.
    pub fn resist(&self, times: u32) {
        for (_, case) in &self.hostile {
            for _ in 0..times {
                black_box(decide(&case.request, &case.policies));
            }
        }
    }

    /// How many hostile cases there are.
    #[wasm_bindgen(getter)]
    pub fn hostile(&self) -> usize {
        self.hostile.len()
    }
}
