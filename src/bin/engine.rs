//! The engine: a wasm module in a worker, which holds the simulated cloud. A thin face on `door::Engine`.

mod worker;

use cipherdeck::door::Engine;

fn main() {
    let mut engine = Engine::default();
    worker::serve(&Engine::hello(), move |message, say| {
        engine.hear(message, say);
    });
}
