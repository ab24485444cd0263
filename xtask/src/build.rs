//! Builds the site with Trunk.

use crate::{
    failure::{Failure, Result},
    lint::Linter,
    process::{command, run as run_command},
    project, setup, size,
    tools::Tools,
};
use std::process::Command;

/// How the modules are compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build, large and slow to run.
    Dev,
    /// What learners get.
    Release,
}

/// The modules as `index.html` has Trunk build them: all alike, so that what they share is compiled once.
pub const MODULES: [&str; 4] = [
    "--target=wasm32-unknown-unknown",
    "--profile=site",
    "--no-default-features",
    "--features=page,reader,keeper,engine",
];

/// `cargo xtask build`.
pub fn run() -> Result {
    let tools = setup::run()?;
    build(&tools, Mode::Release)?;
    println!("\n{}", size::Sizes::measure()?);
    println!(
        "{} is ready: put its files into any folder of any static host",
        project::dist().display()
    );
    Ok(())
}

/// Leaves the site in `dist/`. The end of it is [`crate::finish`], which Trunk calls.
pub fn build(tools: &Tools, mode: Mode) -> Result {
    if mode == Mode::Release {
        run_cargo(&mut modules())?;
    }
    run_trunk(&mut trunk(tools, mode))
}

/// What learners get, linted on the way.
pub fn linted(tools: &Tools, linter: &Linter) -> Result {
    run_cargo(linter.watch(&mut modules()))?;
    run_trunk(linter.watch(&mut trunk(tools, Mode::Release)))
}

// Trunk builds one after the other; what cargo is asked for at once it builds side by side, and Trunk finds it done.
fn modules() -> Command {
    let mut cargo = command("cargo");
    cargo.args(["build", "--bins"]).args(MODULES);
    cargo
}

fn trunk(tools: &Tools, mode: Mode) -> Command {
    let mut trunk = tools.trunk();
    trunk.args(["build", "--color=auto"]);
    if mode == Mode::Release {
        trunk.arg("--release");
    }
    // Trunk reads NO_COLOR as a flag and stops at the usual value `1`.
    trunk
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "0")
        .env("RUST_LIB_BACKTRACE", "0");
    trunk
}

fn run_cargo(cargo: &mut Command) -> Result {
    run_command(cargo)
        .map_err(|_| Failure::new("the modules could not be built: the reason stands above"))
}

fn run_trunk(trunk: &mut Command) -> Result {
    run_command(trunk)
        .map_err(|_| Failure::new("the site could not be built: the reason stands above"))
}
