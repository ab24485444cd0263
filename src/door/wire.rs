//! Messages as bytes.

use serde::{Deserialize, Serialize};

use super::BUILD;

/// The first word of reader, analyst and keeper: the first variant of their answers, with the name of their build. Whoever
/// compares it knows whether they are of one build, whatever else their answers are.
#[must_use]
pub fn hello() -> Vec<u8> {
    encode(&(0_u32, BUILD))
}

/// The word by which a keeper says that it has let go of the store: the second variant of its answers, which holds nothing.
pub const GAVE_UP: [u8; 1] = [1];

/// A message as it crosses the door.
#[must_use]
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).expect("messages are plain data")
}

/// The message that `bytes` are.
///
/// # Errors
/// One sentence where they are none.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, String> {
    postcard::from_bytes(bytes).map_err(|_| "its bytes are no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::{AnalystAnswer, KeepAnswer, ReadAnswer};

    #[test]
    fn every_first_word_is_the_same() {
        let build = || BUILD.to_owned();
        assert_eq!(hello(), encode(&ReadAnswer::Hello { build: build() }));
        assert_eq!(hello(), encode(&AnalystAnswer::Hello { build: build() }));
        assert_eq!(hello(), encode(&KeepAnswer::Hello { build: build() }));
        assert_eq!(GAVE_UP[..], encode(&KeepAnswer::GaveUp));
    }
}
