//! Byte strings as people and services write them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that travel as base64 text, as blobs do in AWS's JSON protocols.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Blob(pub Vec<u8>);

impl Blob {
    /// The bytes in base64 with padding.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// The bytes that `text` stands for in base64 with padding, if it is such text.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(Self)
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({})", hex(&self.0))
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_base64(&text).ok_or_else(|| serde::de::Error::custom("not base64"))
    }
}

/// Lower-case hexadecimal, two digits a byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The bytes that hexadecimal `text` stands for.
///
/// # Errors
/// [`ParseHexError`] where a character is no hexadecimal digit or the last byte lacks a digit.
pub fn parse_hex(text: &str) -> Result<Vec<u8>, ParseHexError> {
    let digit = |byte: u8| char::from(byte).to_digit(16).ok_or(ParseHexError);
    let digits = text.as_bytes().chunks(2).map(|pair| match *pair {
        [high, low] => Ok((digit(high)? * 16 + digit(low)?) as u8),
        _ => Err(ParseHexError),
    });
    digits.collect()
}

/// The text is not pairs of hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected pairs of hexadecimal digits")]
pub struct ParseHexError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_back() {
        assert_eq!(hex(&[0, 0x0f, 0xa0, 0xff]), "000fa0ff");
        assert_eq!(parse_hex("000fA0ff"), Ok(vec![0, 0x0f, 0xa0, 0xff]));
        assert_eq!(parse_hex("0"), Err(ParseHexError));
        assert_eq!(parse_hex("zz"), Err(ParseHexError));
    }

    #[test]
    fn a_blob_travels_as_base64() {
        let blob = Blob(b"hi".to_vec());
        assert_eq!(serde_json::to_string(&blob).unwrap(), "\"aGk=\"");
        assert_eq!(serde_json::from_str::<Blob>("\"aGk=\"").unwrap(), blob);
        assert!(serde_json::from_str::<Blob>("\"aGk\"").is_err());
    }
}
