//! The reader: a wasm module in a worker, which reads the course. A thin face on `door::Reader`.

mod worker;

use cipherdeck::door::Reader;

fn main() {
    worker::serve(&Reader::hello(), |message, say| {
        say(Reader::answer(message));
    });
}
