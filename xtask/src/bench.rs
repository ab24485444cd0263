//! `cargo xtask bench`: the figures that matter, in one table.

use crate::{
    failure::Result,
    process::{command, run as run_command},
    setup,
    size::Sizes,
};

/// Measures engines, sizes and the way to a page that answers.
pub fn run() -> Result {
    let tools = setup::run()?;
    run_command(command("cargo").args(["bench", "--quiet", "--bench=engines"]))?;
    crate::build::build(&tools, crate::build::Mode::Release)?;
    println!("\n{}", Sizes::measure()?);
    run_command(
        tools
            .node()
            .arg("benches/start.mjs")
            .env("CHROMIUM", crate::chromium::browser()?),
    )
}
