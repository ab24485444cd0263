//! `cipherdeck schedule`.

use std::process::ExitCode;

use clap::Args;

#[derive(Debug, Args)]
pub struct Schedule {
    /// The recall that intervals aim at
    #[arg(long, default_value_t = 0.9)]
    retention: f32,
}

impl Schedule {
    pub fn run(self) -> ExitCode {
        let _ = self.retention;
        ExitCode::from(2)
    }
}
