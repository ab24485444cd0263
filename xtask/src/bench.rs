//! `cargo xtask bench`: the figures that matter, in one table.

use crate::{
    build::{self, MODULES, Mode},
    failure::Result,
    process::{command, run as run_command},
    project, setup,
    size::Sizes,
    tools::Tools,
};

/// Measures engines, natively and in a browser, sizes, and the way to a page that answers.
pub fn run() -> Result {
    let tools = setup::run()?;
    let chromium = crate::chromium::browser()?;
    for bench in ["--bench=engines", "--bench=study"] {
        run_command(command("cargo").args(["bench", "--quiet", bench]))?;
        println!();
    }
    let decisions = decisions(&tools)?;
    let mut measure = tools.node();
    measure.arg("benches/decisions.mjs").arg(decisions);
    run_command(measure.env("CHROMIUM", &chromium))?;
    build::build(&tools, Mode::Release)?;
    println!("\n{}", Sizes::measure()?);
    run_command(
        tools
            .node()
            .arg("benches/start.mjs")
            .env("CHROMIUM", &chromium),
    )
}

/// Builds the example that a browser measures, as the engine is built; says where it is.
fn decisions(tools: &Tools) -> Result<std::path::PathBuf> {
    let built = project::root().join("target");
    let folder = built.join("decisions");
    let mut cargo = command("cargo");
    cargo.args(["build", "--quiet", "--example=decisions"]);
    run_command(cargo.args(MODULES))?;
    let module = built.join("wasm32-unknown-unknown/site/examples/decisions.wasm");
    let mut bindgen = tools.wasm_bindgen();
    bindgen.args(["--target=web", "--no-typescript", "--out-dir"]);
    run_command(bindgen.arg(&folder).arg(module))?;
    Ok(folder)
}
