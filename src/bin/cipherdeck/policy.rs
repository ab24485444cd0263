//! `cipherdeck policy`.

mod evaluate;
mod input;
mod validate;

use std::process::ExitCode;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Decides requests, one JSON line each
    Evaluate(evaluate::Evaluate),
    /// Checks one policy document and prints its findings, one JSON line each
    Validate(validate::Validate),
}

impl Policy {
    pub fn run(self) -> ExitCode {
        let done = match self {
            Self::Evaluate(command) => command.run(),
            Self::Validate(command) => command.run(),
        };
        done.unwrap_or_else(|error| {
            eprintln!("error: {error}");
            ExitCode::from(2)
        })
    }
}
