//! Time and entropy, which the rooms below take as arguments.

use crate::base::{Blob, Timestamp};

/// What the browser's clock shows.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Thirty-two bytes from the browser's generator.
#[must_use]
pub fn seed() -> Blob {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("a browser that runs WebAssembly has a random generator");
    Blob(bytes.to_vec())
}
