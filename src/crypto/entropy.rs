//! Bytes nobody can foresee who does not know the seed, and that come again for who does.

use std::fmt;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

use crate::crypto::aead::Key;
use crate::crypto::hash::sha256;

/// Where all bytes of an [`Entropy`] come from.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(Key);

impl Seed {
    /// The seed as a key for deriving other secrets.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

impl From<[u8; 32]> for Seed {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Key::from(bytes))
    }
}

/// For tests and scripts: a number has too few possibilities to hide anything.
impl From<u64> for Seed {
    fn from(number: u64) -> Self {
        Self::from(sha256(&number.to_be_bytes()))
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// A ChaCha20 key stream and how much of it is used up: plain data, so it can be saved and copied.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entropy {
    seed: Seed,
    words_used: u64,
}

impl Entropy {
    /// The stream of `seed`, from its start.
    #[must_use]
    pub fn new(seed: Seed) -> Self {
        Self {
            seed,
            words_used: 0,
        }
    }

    /// Fills `buffer` with the next bytes. Each draw starts at a fresh word of four bytes.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        let mut stream = ChaCha20Rng::from_seed(*self.seed.as_bytes());
        stream.set_word_pos(u128::from(self.words_used));
        stream.fill_bytes(buffer);
        let words = buffer.len().div_ceil(4) as u64;
        self.words_used = self.words_used.wrapping_add(words);
    }

    /// The next `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// The next `count` bytes.
    pub fn draw(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.fill(&mut bytes);
        bytes
    }

    /// A fresh 256-bit key.
    pub fn key(&mut self) -> Key {
        Key::from(self.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_a_copy_goes_on_where_it_was_taken() {
        let mut first = Entropy::new(Seed::from(1));
        let mut second = Entropy::new(Seed::from(1));
        assert_eq!(first.draw(5), second.draw(5));
        let saved = serde_json::to_string(&first).unwrap();
        let mut third: Entropy = serde_json::from_str(&saved).unwrap();
        assert_eq!(first.bytes::<32>(), third.bytes::<32>());
    }

    #[test]
    fn bytes_do_not_repeat_and_differ_between_seeds() {
        let mut entropy = Entropy::new(Seed::from(1));
        assert_ne!(entropy.bytes::<16>(), entropy.bytes::<16>());
        assert_ne!(
            entropy.bytes::<16>(),
            Entropy::new(Seed::from(2)).bytes::<16>()
        );
    }

    /// RFC 8439 appendix A.1, test vector 1: the first block under a key of zeros.
    #[test]
    fn the_stream_is_chacha20() {
        let mut entropy = Entropy::new(Seed::from([0; 32]));
        let first = crate::base::hex(&entropy.bytes::<32>());
        assert_eq!(
            first,
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
        );
    }
}
