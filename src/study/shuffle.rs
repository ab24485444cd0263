//! An order drawn from a seed.

use sha2::{Digest as _, Sha256};

/// The numbers below `count` in an order that `seed` decides: the same seed gives the same order.
///
/// Fisher and Yates' shuffle; the bytes come from SHA-256 over seed and position.
#[must_use]
pub fn shuffled(seed: &str, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let digest = Sha256::new()
            .chain_update(seed)
            .chain_update(last.to_le_bytes())
            .finalize();
        let drawn = digest[..8]
            .iter()
            .fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte));
        order.swap(last, (drawn % (last as u64 + 1)) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_once_and_a_seed_decides_the_order() {
        let mut order = shuffled("a card, third review", 9);
        assert_eq!(order, shuffled("a card, third review", 9));
        assert_ne!(order, shuffled("a card, fourth review", 9));
        order.sort_unstable();
        assert_eq!(order, (0..9).collect::<Vec<_>>());
        assert!(shuffled("nothing", 0).is_empty());
    }

    #[test]
    fn no_place_is_favoured() {
        let first = |seed: usize| shuffled(&seed.to_string(), 4)[0];
        let mut counts = [0; 4];
        for seed in 0..4000 {
            counts[first(seed)] += 1;
        }
        assert!(
            counts.iter().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
    }
}
