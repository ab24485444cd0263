//! The reader: a wasm module in a worker, which reads the course. A thin face on `door::Reader`.

mod worker;

use cipherdeck::door::Reader;

fn main() {
    let reader = Reader::default();
    worker::serve(&Reader::hello(), move |message, say| {
        say(reader.answer(message));
    });
}
