//! `cargo xtask test`: every check, fast ones first, and one summary.

mod step;
mod summary;

use crate::{
    failure::{Context as _, Failure, Result},
    lint::Linter,
    process::executable,
};
use std::{env, path::PathBuf, time::Instant};
use step::{BY_NAME, STEPS, Step};
use summary::{Outcome, Summary};

/// What the steps work with.
#[derive(Debug)]
pub struct Workshop {
    /// This program's own file, as it was called: cargo puts another one there when it builds the program anew.
    pub xtask: PathBuf,
    /// Lints what is compiled.
    pub linter: Linter,
}

impl Workshop {
    fn open() -> Result<Self> {
        let xtask = env::current_exe().context("could not find this program's own file")?;
        let linter = Linter::from(&xtask)?;
        Ok(Self { xtask, linter })
    }

    /// A program that cargo has built beside this one.
    pub fn built(&self, program: &str) -> PathBuf {
        self.xtask.with_file_name(executable(program))
    }
}

/// Runs every step but those by name only, or the named ones. A failure stops only the steps that need what failed.
pub fn run(names: &[String]) -> Result {
    let chosen = choose(names)?;
    let workshop = Workshop::open()?;
    let mut summary = Summary::default();
    for step in chosen {
        println!("\n── {}: {}", step.name, step.about);
        let started = Instant::now();
        let outcome = match step.needs.filter(|needed| summary.failed(needed)) {
            Some(needed) => Outcome::Skipped { needed },
            None => match (step.run)(&workshop) {
                Ok(tally) => Outcome::Done(tally),
                Err(failure) => {
                    eprintln!("xtask: {failure}");
                    Outcome::Broken(failure.to_string())
                }
            },
        };
        summary.add(step.name, started.elapsed(), outcome);
    }
    println!("\n{summary}");
    if summary.all_passed() {
        Ok(())
    } else {
        Err(Failure::new("not everything passed: see the summary"))
    }
}

fn choose(names: &[String]) -> Result<Vec<&'static Step>> {
    if names.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    let find = |name: &String| {
        let all = || STEPS.iter().chain(&BY_NAME);
        all().find(|step| step.name == name).ok_or_else(|| {
            let known: Vec<&str> = all().map(|step| step.name).collect();
            Failure::new(format!(
                "there is no test step `{name}`: choose from {}",
                known.join(", ")
            ))
        })
    };
    names.iter().map(find).collect()
}
