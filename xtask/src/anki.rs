//! The real Anki, into which a test imports what the command exports.

use crate::{
    failure::{Failure, Result},
    process::{command, run},
    setup::announce,
    tools::cache,
};
use std::path::PathBuf;

const VERSION: &str = "26.9.3";

/// A Python that has Anki: an environment of its own, made once.
pub fn python() -> Result<PathBuf> {
    let folder = cache()?.join(format!("anki-{VERSION}"));
    let python = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = python.join(if cfg!(windows) {
        "python.exe"
    } else {
        "python"
    });
    let has_anki = || {
        let mut asks = command(&python);
        asks.args(["-c", "import anki.collection"]);
        asks.output().is_ok_and(|output| output.status.success())
    };
    if has_anki() {
        return Ok(python);
    }
    announce(&format!("Anki {VERSION}"), "half a minute");
    let made = run(command("python3").args(["-m", "venv"]).arg(&folder)).and_then(|()| {
        run(command(&python).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            &format!("anki=={VERSION}"),
        ]))
    });
    made.map_err(|failure| {
        Failure::new(format!(
            "{failure}: this one test needs Python 3 with `venv`, and the network once"
        ))
    })?;
    Ok(python)
}
