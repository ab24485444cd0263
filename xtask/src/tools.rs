//! The tools that builds need: which versions, and where they are kept.

use crate::{
    failure::{Failure, Result},
    process::{command, executable},
    project,
};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// The last Trunk that the pinned compiler builds.
pub const TRUNK_VERSION: &str = "0.21.14";

/// The oldest Node.js that the npm tools run on.
pub const NODE_MAJOR: u32 = 20;

/// Tools that are installed, and the PATH that finds them.
#[derive(Debug)]
pub struct Tools {
    trunk: PathBuf,
    bindgen: PathBuf,
    path: OsString,
}

impl Tools {
    /// The tools where `setup` puts them.
    pub fn locate() -> Result<Self> {
        let trunk = Tool::trunk()?.folder();
        let bindgen = Tool::wasm_bindgen()?.folder();
        let npm = project::root().join("node_modules/.bin");
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = [bindgen.clone(), npm]
            .into_iter()
            .chain(env::split_paths(&inherited));
        let path = env::join_paths(folders)
            .map_err(|error| Failure::new(format!("the PATH cannot be extended: {error}")))?;
        Ok(Self {
            trunk: trunk.join(executable("trunk")),
            bindgen,
            path,
        })
    }

    /// Trunk, finding the other tools.
    pub fn trunk(&self) -> Command {
        self.with_path(&self.trunk)
    }

    /// What makes a wasm module one that JavaScript can call.
    pub fn wasm_bindgen(&self) -> Command {
        self.with_path(&self.bindgen.join(executable("wasm-bindgen")))
    }

    /// Node.js, finding the other tools.
    pub fn node(&self) -> Command {
        self.with_path(Path::new("node"))
    }

    /// Cargo for tests in the browser: the runner stands for the wasm target.
    pub fn cargo_in_browser(&self, driver: &Path) -> Command {
        let mut cargo = self.with_path(Path::new("cargo"));
        cargo.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            self.bindgen.join(executable("wasm-bindgen-test-runner")),
        );
        cargo.env("CHROMEDRIVER", driver);
        cargo
    }

    fn with_path(&self, program: &Path) -> Command {
        let mut command = command(program);
        command.env("PATH", &self.path);
        command
    }
}

/// A tool that cargo installs into a folder of its own.
#[derive(Debug)]
pub struct Tool {
    /// The crate.
    pub package: &'static str,
    /// The exact version.
    pub version: String,
    /// The program in it that is asked for.
    pub program: &'static str,
    /// Arguments to `cargo install` beside the version.
    pub arguments: &'static [&'static str],
    /// How long an installation may take.
    pub patience: &'static str,
    root: PathBuf,
}

impl Tool {
    /// Trunk, which drives a build. Its own release profile takes twice as long and gains nothing here.
    pub fn trunk() -> Result<Self> {
        Ok(Self {
            package: "trunk",
            version: TRUNK_VERSION.to_owned(),
            program: "trunk",
            arguments: &[
                "--locked",
                "--config=profile.release.lto=false",
                "--config=profile.release.codegen-units=16",
                "--config=profile.release.opt-level=1",
            ],
            patience: "about 5 minutes on two cores",
            root: cache()?.join(format!("trunk-{TRUNK_VERSION}")),
        })
    }

    /// The command that must equal the wasm-bindgen in `Cargo.lock`.
    pub fn wasm_bindgen() -> Result<Self> {
        let version = project::locked_version("wasm-bindgen")?;
        Ok(Self {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            arguments: &[],
            patience: "about 3 minutes on two cores",
            root: cache()?.join(format!("wasm-bindgen-{version}")),
            version,
        })
    }

    /// Where `cargo install --root` is told to put it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether it has been installed.
    pub fn is_installed(&self) -> bool {
        self.folder().join(executable(self.program)).is_file()
    }

    fn folder(&self) -> PathBuf {
        self.root.join("bin")
    }
}

/// The folder that tools are kept in.
pub fn cache() -> Result<PathBuf> {
    if let Some(tools) = env::var_os("CIPHERDECK_TOOLS") {
        return Ok(PathBuf::from(tools));
    }
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")));
    base.map(|base| base.join("cipherdeck").join("tools"))
        .ok_or_else(|| {
            Failure::new(
                "there is no home folder to keep tools in: set CIPHERDECK_TOOLS to a folder",
            )
        })
}
