//! The analyst: a wasm module in a worker, for statistics, exams, files for Anki and fitting. A thin face on `door::Analyst`.

mod worker;

use cipherdeck::door::Analyst;

fn main() {
    worker::serve(&Analyst::hello(), |message, say| {
        say(Analyst::answer(message));
    });
}
