//! `cipherdeck policy`.

use std::process::ExitCode;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Decides requests, one JSON line each
    Evaluate,
    /// Checks one policy document
    Validate,
}

impl Policy {
    pub fn run(self) -> ExitCode {
        ExitCode::from(2)
    }
}
