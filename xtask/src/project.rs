//! Where things are in this project.

use crate::failure::{Context as _, Failure, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder that holds `Cargo.toml` and `index.html`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask/ lies in the project")
}

/// The release that `cargo xtask build` leaves.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The toolchain that `rust-toolchain.toml` names.
pub fn rust_channel() -> Result<String> {
    quoted_after(&read("rust-toolchain.toml")?, "channel = ")
        .ok_or_else(|| Failure::new("rust-toolchain.toml names no channel"))
}

/// The version of `package` in `Cargo.lock`.
pub fn locked_version(package: &str) -> Result<String> {
    let lock = read("Cargo.lock")?;
    let entry = lock
        .split("[[package]]")
        .find(|entry| entry.contains(&format!("name = \"{package}\"\n")));
    entry
        .and_then(|entry| quoted_after(entry, "version = "))
        .ok_or_else(|| Failure::new(format!("Cargo.lock holds no `{package}`")))
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(root().join(file)).context(format!("could not read `{file}`"))
}

fn quoted_after(text: &str, label: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{label}\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}
