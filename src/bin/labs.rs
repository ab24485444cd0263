//! The pages of labs, statistics and own decks: a wasm module of their own, loaded when one of them is opened.

use cipherdeck::ui;

fn main() {
    ui::run("labs", ui::of_labs);
}
