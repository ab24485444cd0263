//! `cargo xtask`: builds, serves, tests and measures Cipherdeck.

fn main() {}
