//! `cargo xtask shots`: a picture of every page.

use crate::{
    build::{self, Mode},
    chromium,
    failure::Result,
    process::run as run_command,
    setup,
};

/// Builds, and writes the pictures into `shots/`.
pub fn run() -> Result {
    let tools = setup::run()?;
    build::build(&tools, Mode::Release)?;
    run_command(
        tools
            .node()
            .arg("tests/e2e/shots.mjs")
            .env("CHROMIUM", chromium::browser()?),
    )
}
