//! Finds a long segment that holds `?`: every place at which it may begin is followed at once, a bit each (shift-and),
//! but for those too near to the end to fit in.
//!
//! Source: Baeza-Yates and Gonnet, "A new approach to text searching", <https://doi.org/10.1145/135239.135243>

use std::collections::HashMap;

/// Up to this length a segment is sought by trying one place behind the other.
pub(super) const SHORT: usize = 16;

const BITS: usize = u64::BITS as usize;

/// Where the first place ends at which `wanted` stands in `text`; a nothing in it is any character.
pub(super) fn find_end(wanted: &[Option<char>], text: &str) -> Option<usize> {
    let last_start = text.chars().count().checked_sub(wanted.len())?;
    let fits = Fits::of(wanted);
    let last = wanted.len() - 1;
    // Bit n says that the segment's first n + 1 characters end here.
    let mut begun = vec![0_u64; wanted.len().div_ceil(BITS)];
    for (count, (at, char)) in text.char_indices().enumerate() {
        let (lowest, highest) = (
            count.saturating_sub(last_start) / BITS,
            count.min(last) / BITS,
        );
        let mut carry = match lowest {
            0 => 1,
            // What is carried on late begins behind `last_start`, and so never comes to its end.
            lowest => begun[lowest - 1] >> (BITS - 1),
        };
        let live = &mut begun[lowest..=highest];
        for (word, fits) in live.iter_mut().zip(&fits.at(char)[lowest..]) {
            let next = *word >> (BITS - 1);
            *word = (*word << 1 | carry) & fits;
            carry = next;
        }
        if begun[last / BITS] >> (last % BITS) & 1 == 1 {
            return Some(at + char.len_utf8());
        }
    }
    None
}

/// At which places of a segment a character fits, a bit for each.
struct Fits {
    of_any: Vec<u64>,
    of: HashMap<char, Vec<u64>>,
}

impl Fits {
    fn of(wanted: &[Option<char>]) -> Self {
        let mut of_any = vec![0_u64; wanted.len().div_ceil(BITS)];
        for (at, wanted) in wanted.iter().enumerate() {
            if wanted.is_none() {
                of_any[at / BITS] |= 1 << (at % BITS);
            }
        }
        let mut of: HashMap<char, Vec<u64>> = HashMap::new();
        for (at, wanted) in wanted.iter().enumerate() {
            if let Some(char) = wanted {
                let places = of.entry(*char).or_insert_with(|| of_any.clone());
                places[at / BITS] |= 1 << (at % BITS);
            }
        }
        Self { of_any, of }
    }

    fn at(&self, char: char) -> &[u64] {
        self.of.get(&char).unwrap_or(&self.of_any)
    }
}
