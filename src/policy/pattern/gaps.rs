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

/// At which places of a segment a character fits: a row of bits for each that it holds, one for each place.
struct Fits {
    words: usize,
    /// The first row is that of every other character.
    rows: Vec<u64>,
    of_ascii: [usize; 128],
    of_others: HashMap<char, usize>,
}

impl Fits {
    fn of(wanted: &[Option<char>]) -> Self {
        let mut any = vec![0; wanted.len().div_ceil(BITS)];
        for (at, _) in wanted.iter().enumerate().filter(|(_, char)| char.is_none()) {
            any[at / BITS] |= 1 << (at % BITS);
        }
        let mut fits = Self {
            words: any.len(),
            rows: any.clone(),
            of_ascii: [0; 128],
            of_others: HashMap::new(),
        };
        for (at, char) in wanted.iter().enumerate() {
            let Some(char) = *char else { continue };
            let mut row = fits.row(char);
            if row == 0 {
                row = fits.rows.len() / fits.words;
                fits.rows.extend_from_slice(&any);
                match fits.of_ascii.get_mut(char as usize) {
                    Some(of_ascii) => *of_ascii = row,
                    None => drop(fits.of_others.insert(char, row)),
                }
            }
            fits.rows[row * fits.words + at / BITS] |= 1 << (at % BITS);
        }
        fits
    }

    fn at(&self, char: char) -> &[u64] {
        let start = self.row(char) * self.words;
        &self.rows[start..start + self.words]
    }

    fn row(&self, char: char) -> usize {
        match self.of_ascii.get(char as usize) {
            Some(row) => *row,
            None => self.of_others.get(&char).copied().unwrap_or(0),
        }
    }
}
