//! The page: one small wasm module, for everything but the labs.

use cipherdeck::ui;

fn main() {
    ui::run("page", ui::of_study);
}
