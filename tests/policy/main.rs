//! What the policy engine promises, rule by rule, and what its command does.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say so by failing"
)]

mod catalogue;
#[cfg(feature = "cli")]
mod command;
mod condition;
mod counterfactuals;
mod documents;
mod fuzz;
mod grammar;
mod grids;
mod laws;
mod mistakes;
mod printing;
mod question;
mod rules;
mod scenarios;
mod trace;
mod validation;
mod vectors;
mod written;
