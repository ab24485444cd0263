//! `cargo xtask bench`: the figures that matter, in one table.

use crate::{
    build::{self, MODULES, Mode},
    failure::Result,
    process::{command, run as run_command},
    project, setup,
    size::Sizes,
    tools::Tools,
};
use std::path::PathBuf;

/// Measures engines, natively and in a browser, sizes, and the way to a page that answers.
pub fn run() -> Result {
    let tools = setup::run()?;
    let chromium = crate::chromium::browser()?;
    for bench in ["--bench=engines", "--bench=study"] {
        run_command(command("cargo").args(["bench", "--quiet", bench]))?;
        println!();
    }
    for example in ["decisions", "memory"] {
        let folder = in_browser(&tools, example)?;
        let mut measure = tools.node();
        measure.arg(format!("benches/{example}.mjs")).arg(folder);
        run_command(measure.env("CHROMIUM", &chromium))?;
        println!();
    }
    build::build(&tools, Mode::Release)?;
    println!("\n{}", Sizes::measure()?);
    for page in ["start", "today"] {
        let mut measure = tools.node();
        measure.arg(format!("benches/{page}.mjs"));
        run_command(measure.env("CHROMIUM", &chromium))?;
    }
    Ok(())
}

/// Builds an example that a browser measures, as the modules are built; says where it is.
fn in_browser(tools: &Tools, example: &str) -> Result<PathBuf> {
    let built = project::root().join("target");
    let folder = built.join("measured").join(example);
    let mut cargo = command("cargo");
    cargo.args(["build", "--quiet", "--example", example]);
    run_command(cargo.args(MODULES))?;
    let module = format!("wasm32-unknown-unknown/site/examples/{example}.wasm");
    let mut bindgen = tools.wasm_bindgen();
    bindgen.args(["--target=web", "--no-typescript", "--out-dir"]);
    run_command(bindgen.arg(&folder).arg(built.join(module)))?;
    Ok(folder)
}
