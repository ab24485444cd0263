//! Installs what a build needs: each thing once, each announced.

use crate::{
    failure::{Context as _, Failure, Result},
    process::{command, find, output, run as run_command},
    project,
    tools::{NODE_MAJOR, Tool, Tools, cache},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// Installs what is missing and returns the tools.
pub fn run() -> Result<Tools> {
    node()?;
    wasm_target()?;
    cargo_tool(&Tool::wasm_bindgen()?)?;
    cargo_tool(&Tool::trunk()?)?;
    npm_tools()?;
    Tools::locate()
}

fn node() -> Result {
    let Some(version) = output(command("node").arg("--version")) else {
        return Err(Failure::new(format!(
            "Node.js is missing: install version {NODE_MAJOR} or newer from https://nodejs.org (Debian: `apt-get install nodejs npm`), then run this again"
        )));
    };
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE_MAJOR) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Node.js {version} is too old: version {NODE_MAJOR} or newer is needed (https://nodejs.org)"
    )))
}

// Asked of rustup in so many words, because it may be set never to install by itself.
fn wasm_target() -> Result {
    let library = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    announce(&format!("Rust's {TARGET} target"), "a few seconds");
    if find(&["rustup"]).is_none() {
        return Err(Failure::new(format!(
            "Rust's {TARGET} target is missing and rustup is not on the PATH: install rustup from https://rustup.rs, then run this again"
        )));
    }
    let channel = project::rust_channel()?;
    run_command(command("rustup").args(["target", "add", TARGET, "--toolchain", &channel]))
        .map_err(|failure| Failure::new(format!("{failure}: is the network reachable? `rustup target add {TARGET} --toolchain {channel}` must succeed once")))
}

fn cargo_tool(tool: &Tool) -> Result {
    if tool.is_installed() {
        return Ok(());
    }
    announce(&format!("{} {}", tool.package, tool.version), tool.patience);
    let mut cargo = command("cargo");
    cargo
        .arg("install")
        .arg(tool.package)
        .args(["--version", &tool.version])
        .arg("--root")
        .arg(tool.root())
        .args(tool.arguments);
    // A tool is built with its own settings, not with the project's.
    cargo
        .current_dir(std::env::temp_dir())
        .env("RUSTUP_TOOLCHAIN", project::rust_channel()?)
        .env_remove("CARGO_TARGET_DIR");
    run_command(&mut cargo).map_err(|failure| {
        Failure::new(format!(
            "{failure}: {} {} could not be installed; is crates.io reachable?",
            tool.package, tool.version
        ))
    })
}

fn npm_tools() -> Result {
    let lock = project::root().join("package-lock.json");
    let wanted = fs::read(&lock).context("could not read `package-lock.json`")?;
    // A copy of the lock file that was installed, written last.
    let stamp = project::root().join("node_modules/.cipherdeck-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    announce(
        "wasm-opt, the editor and the browser driver from npm",
        "up to a minute",
    );
    run_command(command(npm()).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
        .map_err(|failure| {
            Failure::new(format!(
                "{failure}: is npm installed and its registry reachable? `npm ci` must succeed once"
            ))
        })?;
    fs::write(&stamp, wanted).context("could not write into `node_modules`")
}

/// The folder of one npm package, which is data and no part of any build: installed beside the tools where it is missing.
pub fn npm_package(name: &str, version: &str) -> Result<PathBuf> {
    node()?;
    let root = cache()?.join(format!("{}-{version}", name.replace(['@', '/'], "")));
    let folder = root.join("node_modules").join(name);
    // npm's own mark of an installation that came to its end.
    if root.join("node_modules/.package-lock.json").is_file() {
        return Ok(folder);
    }
    announce(&format!("{name} {version} from npm"), "some seconds");
    fs::create_dir_all(&root).context(format!("could not make `{}`", root.display()))?;
    let mut install = command(npm());
    install
        .args(["install", "--no-save", "--ignore-scripts", "--no-audit"])
        .args(["--no-fund", "--loglevel=error", "--prefix"])
        .arg(&root)
        .arg(format!("{name}@{version}"));
    run_command(&mut install).map_err(|failure| {
        Failure::new(format!(
            "{failure}: is npm installed and its registry reachable? {name} {version} is needed"
        ))
    })?;
    Ok(folder)
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

pub fn announce(what: &str, patience: &str) {
    println!("xtask: installing {what} (once; {patience})");
}
