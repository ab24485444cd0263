//! `cargo xtask serve`: the site on this machine, built again whenever a source changes.

use crate::{
    build::{self, Mode},
    failure::{Failure, Result},
    project, setup, static_server,
};
use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

const PORT: u16 = 8080;
const SOURCES: [&str; 7] = [
    "src",
    "style",
    "content",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Installs, builds, serves, and stays.
pub fn run(options: &[String]) -> Result {
    let (port, mode) = parse(options)?;
    let tools = setup::run()?;
    if mode == Mode::Release {
        println!("xtask: building a release (the first build takes about 4 minutes on two cores)");
    }
    let mut seen = newest_change();
    build::build(&tools, mode)?;
    static_server::serve(&project::dist(), port)?;
    println!("\nCipherdeck is at  http://127.0.0.1:{port}/   (Ctrl+C ends it)");
    loop {
        thread::sleep(LOOK_EVERY);
        let newest = newest_change();
        if newest > seen {
            seen = newest;
            match build::build(&tools, mode) {
                Ok(()) => println!(
                    "xtask: built again; the page offers the update when it is loaded again"
                ),
                Err(failure) => eprintln!("xtask: {failure}; the last build is still served"),
            }
        }
    }
}

fn parse(options: &[String]) -> Result<(u16, Mode)> {
    let mut parsed = (PORT, Mode::Release);
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match option.as_str() {
            "--dev" => parsed.1 = Mode::Dev,
            "--port" => {
                let port = rest.next().and_then(|port| port.parse().ok());
                parsed.0 =
                    port.ok_or_else(|| Failure::new("`--port` takes a number from 1 to 65535"))?;
            }
            other => {
                return Err(Failure::new(format!(
                    "`serve` knows no `{other}`: only `--port N` and `--dev`"
                )));
            }
        }
    }
    Ok(parsed)
}

fn newest_change() -> SystemTime {
    SOURCES
        .iter()
        .map(|source| newest_in(&project::root().join(source)))
        .max()
        .expect("there are sources")
}

fn newest_in(path: &Path) -> SystemTime {
    let own = fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .unwrap_or(SystemTime::UNIX_EPOCH);
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .map(|entry| newest_in(&entry.path()))
        .fold(own, SystemTime::max)
}
