//! Where a command reads from.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub struct Input {
    /// What to read; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Input {
    pub fn open(&self) -> Result<Box<dyn BufRead>, String> {
        match &self.file {
            Some(path) if path.as_os_str() != "-" => {
                let file = File::open(path);
                let file =
                    file.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
                Ok(Box::new(BufReader::new(file)))
            }
            _ => Ok(Box::new(io::stdin().lock())),
        }
    }
}
