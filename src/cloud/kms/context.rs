//! The encryption context: what a ciphertext is about, said again at decryption.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Pairs of text, in no order, that are authenticated with a ciphertext and not stored in it. Not secret.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EncryptionContext(pub BTreeMap<String, String>);

impl EncryptionContext {
    /// One string of bytes for one context: the pairs in the order of their keys' bytes, every text behind its length.
    /// An empty context is no bytes, so that it equals an absent one.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for text in self.0.iter().flat_map(|(key, value)| [key, value]) {
            let length = u64::try_from(text.len()).expect("a length fits in 64 bits");
            bytes.extend(length.to_be_bytes());
            bytes.extend(text.bytes());
        }
        bytes
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for EncryptionContext {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let pairs = pairs
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()));
        Self(pairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_pairs_is_irrelevant_and_their_bounds_are_not() {
        let context = |pairs: &[(&str, &str)]| {
            let context: EncryptionContext = pairs.iter().copied().collect();
            context.canonical()
        };
        assert_eq!(
            context(&[("a", "1"), ("b", "2")]),
            context(&[("b", "2"), ("a", "1")])
        );
        assert_ne!(context(&[("a", "bc")]), context(&[("ab", "c")]));
        assert_ne!(context(&[("a", "1")]), context(&[("A", "1")]));
        assert_eq!(context(&[]), b"");
    }
}
