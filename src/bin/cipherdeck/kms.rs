//! `cipherdeck kms`.

use std::process::ExitCode;

use clap::Args;

#[derive(Debug, Args)]
pub struct Kms {
    /// The seed of the cloud's randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

impl Kms {
    pub fn run(self) -> ExitCode {
        let _ = self.seed;
        ExitCode::from(2)
    }
}
