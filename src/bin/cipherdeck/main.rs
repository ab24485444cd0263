//! `cipherdeck`: the engines as a native command for course authors and scripts.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod check;
mod export;
mod folder;
mod kms;
mod policy;
mod schedule;

/// The engines of Cipherdeck on the command line.
#[derive(Debug, Parser)]
#[command(name = "cipherdeck", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks a course folder and prints what is wrong, each with its place
    Check(check::Check),
    /// Stamps the ids that questions lack
    Fix(check::Fix),
    /// Exports the course, with a learner's progress where one is given
    Export(export::Export),
    /// Evaluates and validates policies
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Answers KMS requests, one JSON line each
    Kms(kms::Kms),
    /// Writes the JSON schema of front matter, for editors
    Schema,
    /// Schedules reviews, one JSON line each
    Schedule(schedule::Schedule),
}

/// Exit 0: fine. 1: the answer is a failure. 2: wrong usage (clap exits so by itself).
fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Check(command) => command.run(),
        Command::Fix(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Policy(command) => command.run(),
        Command::Kms(command) => command.run(),
        Command::Schedule(command) => command.run(),
        Command::Schema => {
            print!("{}", cipherdeck::course::front_matter_schema());
            ExitCode::SUCCESS
        }
    }
}
