//! `cipherdeck check` and `cipherdeck fix`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

#[derive(Debug, Args)]
pub struct Check {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Fix {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
}

impl Check {
    pub fn run(self) -> ExitCode {
        let _ = self.dir;
        ExitCode::from(2)
    }
}

impl Fix {
    pub fn run(self) -> ExitCode {
        let _ = self.dir;
        ExitCode::from(2)
    }
}
