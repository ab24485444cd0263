//! Real primitives over kept crates.
