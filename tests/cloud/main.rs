//! What the simulated cloud promises, asked through its front door.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod authentication;
mod kms;
mod lab;
mod laws;
mod s3;
