//! The messages between page and engine.
