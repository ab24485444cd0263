//! The pages of labs, exams, statistics, own decks and settings: a wasm module of their own, loaded when one of them is opened.

use cipherdeck::ui;

fn main() {
    ui::run("labs", ui::of_labs);
}
