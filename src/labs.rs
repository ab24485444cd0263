//! What each lab does and computes.
