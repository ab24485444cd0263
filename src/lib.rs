#![doc = include_str!("../README.md")]
//!
//! # The rooms
//!
//! The rooms, from the ground up. A room uses only rooms below it; `tests/house.rs` holds the order.

pub mod base;
pub mod client;
pub mod cloud;
pub mod course;
pub mod crypto;
pub mod door;
pub mod labs;
pub mod policy;
pub mod store;
pub mod study;
#[cfg(feature = "page")]
pub mod ui;
