//! The page: one small wasm module, for what a learner does every day.

use cipherdeck::ui;

fn main() {
    ui::run("page", ui::of_study);
}
