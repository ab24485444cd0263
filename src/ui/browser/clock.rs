//! Time and entropy, which the rooms below take as arguments.

use crate::base::{Blob, Timestamp};
use crate::study::UtcOffset;

/// What the browser's clock shows.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// How far the browser's local time is ahead of UTC now.
#[must_use]
pub fn utc_offset() -> UtcOffset {
    // JavaScript counts the other way round.
    UtcOffset::from_minutes(-js_sys::Date::new_0().get_timezone_offset() as i16)
}

/// Bytes from the browser's generator.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a browser that runs WebAssembly has a random generator");
    bytes
}

/// Thirty-two bytes from the browser's generator.
#[must_use]
pub fn seed() -> Blob {
    Blob(random::<32>().to_vec())
}
