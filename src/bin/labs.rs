//! The labs' pages: a wasm module of their own, loaded when a lab is opened.

use cipherdeck::ui;

fn main() {
    ui::run("labs", ui::of_labs);
}
