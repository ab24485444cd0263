//! Digests and keyed digests.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha2::{Digest as _, Sha256};

/// SHA-256, FIPS 180-4.
#[must_use]
pub fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// MD5, RFC 1321. Broken as a hash: it is here because the headers of S3's SSE-C carry it as a checksum.
#[must_use]
pub fn md5(message: &[u8]) -> [u8; 16] {
    Md5::digest(message).into()
}

/// HMAC with SHA-256, RFC 2104.
#[must_use]
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    keyed(key, message).finalize().into_bytes().into()
}

/// Whether `mac` is the HMAC of `message`, compared in constant time.
#[must_use]
pub fn verify_hmac_sha256(key: &[u8], message: &[u8], mac: &[u8]) -> bool {
    keyed(key, message).verify_slice(mac).is_ok()
}

fn keyed(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("an HMAC key may have any length");
    mac.chain_update(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hex;

    /// FIPS 180-4 examples, and RFC 1321 appendix A.5.
    #[test]
    fn digests_of_abc() {
        assert_eq!(
            hex(&sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(hex(&md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
    }

    /// RFC 4231, test case 2.
    #[test]
    fn an_hmac_and_its_check() {
        let (key, message) = (b"Jefe", b"what do ya want for nothing?");
        let mac = hmac_sha256(key, message);
        assert_eq!(
            hex(&mac),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert!(verify_hmac_sha256(key, message, &mac));
        assert!(!verify_hmac_sha256(key, b"what", &mac));
        assert!(!verify_hmac_sha256(key, message, &mac[..31]));
    }
}
