//! `cargo xtask test`: every check, fast ones first, and one summary.

mod step;
mod summary;

use crate::failure::{Failure, Result};
use std::time::Instant;
use step::{BY_NAME, STEPS, Step};
use summary::{Outcome, Summary};

/// Runs every step but those by name only, or the named ones. A failure stops only the steps that need what failed.
pub fn run(names: &[String]) -> Result {
    let chosen = choose(names)?;
    let mut summary = Summary::default();
    for step in chosen {
        println!("\n── {}: {}", step.name, step.about);
        let started = Instant::now();
        let outcome = match step.needs.filter(|needed| summary.failed(needed)) {
            Some(needed) => Outcome::Skipped { needed },
            None => match (step.run)() {
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
