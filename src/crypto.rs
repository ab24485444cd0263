//! Real primitives over kept crates. Knows nothing of policies or of the cloud.

pub mod aead;
pub mod entropy;
pub mod hash;
pub mod kdf;
pub mod sigv4;
