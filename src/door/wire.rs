//! Messages as bytes.

use serde::{Deserialize, Serialize};

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
