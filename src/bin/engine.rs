//! The engine: a wasm module in a worker, which holds the simulated cloud.

fn main() {}
