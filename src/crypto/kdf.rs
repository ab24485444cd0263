//! Deriving keys from keys.

use hkdf::Hkdf;
use sha2::Sha256;

/// HKDF with SHA-256, RFC 5869: `N` bytes that depend on the key, the salt and what they are for.
#[must_use]
pub fn hkdf_sha256<const N: usize>(key: &[u8], salt: &[u8], info: &[u8]) -> [u8; N] {
    const { assert!(N <= 255 * 32, "HKDF gives at most 255 blocks") };
    let mut derived = [0; N];
    Hkdf::<Sha256>::new(Some(salt), key)
        .expand(info, &mut derived)
        .expect("the length is checked above");
    derived
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{hex, parse_hex};

    /// RFC 5869 appendix A.1.
    #[test]
    fn the_first_test_case_of_the_rfc() {
        let salt = parse_hex("000102030405060708090a0b0c").unwrap();
        let info = parse_hex("f0f1f2f3f4f5f6f7f8f9").unwrap();
        assert_eq!(
            hex(&hkdf_sha256::<42>(&[0x0b; 22], &salt, &info)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
    }
}
