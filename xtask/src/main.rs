//! `cargo xtask`: builds, serves, tests and measures Cipherdeck.

mod anki;
mod bench;
mod build;
mod catalogue;
mod chromium;
mod editor;
mod failure;
mod finish;
mod lint;
mod process;
mod project;
mod serve;
mod setup;
mod shots;
mod size;
mod static_server;
mod tally;
mod test;
mod tools;

use failure::{Failure, Result};
use std::{env, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve [--port N] [--dev]  install what is missing, build, serve on this machine, build again on every change
  build                     leave a release in dist/, for any static host
  test [STEP]…              run every check, or only the named ones
  bench                     measure what matters
  catalogue                 write the list of AWS's actions and condition keys anew, from npm
  shots                     write a picture of every page into shots/
  setup                     only install what is missing";

fn main() -> ExitCode {
    if let Some(done) = lint::run_as_wrapper() {
        return done;
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::new(USAGE));
    };
    match (command.as_str(), rest) {
        ("serve", options) => serve::run(options),
        ("build", []) => build::run(),
        ("test", steps) => test::run(steps),
        ("bench", []) => bench::run(),
        ("catalogue", []) => catalogue::run(),
        ("shots", []) => shots::run(),
        ("setup", []) => setup::run().map(drop),
        // Trunk calls this at the end of every build.
        ("finish", folder) => finish::run(folder),
        ("help" | "--help" | "-h", _) => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Failure::new(format!(
            "`{}` is not known\n{USAGE}",
            arguments.join(" ")
        ))),
    }
}
