//! Lints our crates where they are compiled, with warnings denied: what they need is compiled once, and not checked for
//! clippy's sake beside.

use crate::{
    failure::{Context as _, Failure, Result},
    process::executable,
};
use std::{
    env,
    ffi::OsStr,
    fs, panic,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    thread,
};

const WRAPPER: &str = "lint-and-compile";
const CLIPPY: &str = "clippy-driver";

/// The wrapper that cargo calls for each of our crates.
/// See <https://doc.rust-lang.org/cargo/reference/config.html#buildrustc-workspace-wrapper>.
#[derive(Debug)]
pub struct Linter {
    program: PathBuf,
}

impl Linter {
    /// Makes it from this program, which is called `xtask`, under a name by which [`run_as_wrapper`] knows what it is for. It
    /// is a copy, because cargo may build this program anew meanwhile.
    pub fn from(xtask: &Path) -> Result<Self> {
        let could_not = "could not set up the linter";
        let program = xtask.with_file_name(executable(WRAPPER));
        let fresh = program.with_extension("new");
        fs::copy(xtask, &fresh).context(could_not)?;
        fs::rename(fresh, &program).context(could_not)?;
        Ok(Self { program })
    }

    /// Has what `command` compiles linted, whether it is cargo or calls it.
    pub fn watch<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER", &self.program)
    }
}

/// Does the wrapper's work, if this program was started as one: the arguments are then the compiler and its arguments.
pub fn run_as_wrapper() -> Option<ExitCode> {
    let mut arguments = env::args();
    let program = arguments.next()?;
    if Path::new(&program).file_stem() != Some(OsStr::new(WRAPPER)) {
        return None;
    }
    let rustc = arguments.next()?;
    let done = lint_and_compile(&rustc, &arguments.collect::<Vec<_>>());
    Some(done.unwrap_or_else(|failure| {
        eprintln!("xtask: {failure}");
        ExitCode::FAILURE
    }))
}

fn lint_and_compile(rustc: &str, arguments: &[String]) -> Result<ExitCode> {
    let compile = || status(Command::new(rustc).args(arguments));
    let lint = |arguments: &[String]| {
        let mut clippy = Command::new(CLIPPY);
        status(clippy.arg(rustc).args(arguments).arg("-Dwarnings"))
    };
    let succeeded = match Compilation::of(arguments) {
        // Cargo asks what the compiler can do.
        Compilation::None => compile()?,
        // Clippy is the compiler with lints added.
        Compilation::Unoptimised => lint(arguments)?,
        // But it optimises otherwise, and what learners get is to be what is tested.
        Compilation::Optimised => {
            let (linted, compiled) = side_by_side(|| lint(&without_output(arguments)), compile);
            linted? && compiled?
        }
    };
    Ok(ExitCode::from(u8::from(!succeeded)))
}

fn side_by_side<T: Send, U>(one: impl FnOnce() -> T + Send, other: impl FnOnce() -> U) -> (T, U) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join();
        (
            one.unwrap_or_else(|panic| panic::resume_unwind(panic)),
            other,
        )
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Compilation {
    None,
    Unoptimised,
    Optimised,
}

impl Compilation {
    fn of(arguments: &[String]) -> Self {
        let has = |start: &str| arguments.iter().any(|argument| argument.starts_with(start));
        match (has("--emit="), has("opt-level=")) {
            (false, _) => Self::None,
            (true, false) => Self::Unoptimised,
            (true, true) => Self::Optimised,
        }
    }
}

/// The same crate with nothing made of it that cargo would take for the real thing.
fn without_output(arguments: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out-dir" => {
                let folder = arguments.next().map(String::as_str).unwrap_or_default();
                let aside = Path::new(folder).join("linted").display().to_string();
                kept.extend(["--out-dir".to_owned(), aside]);
            }
            argument if argument.starts_with("--emit=") => kept.push("--emit=metadata".to_owned()),
            // Artifacts are told, so that others begin to use them.
            argument if argument.starts_with("--json=") => {
                kept.push(argument.replace(",artifacts", "").replace("artifacts,", ""));
            }
            argument => kept.push(argument.to_owned()),
        }
    }
    kept
}

fn status(command: &mut Command) -> Result<bool> {
    command
        .status()
        .map(|status| status.success())
        .map_err(|error| {
            let name = command.get_program().display();
            Failure::new(format!(
                "`{name}` did not start: {error}; `rustup component add clippy rustfmt` installs it"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: &str = "--crate-name page --error-format=json --json=diagnostic-rendered-ansi,artifacts,future-incompat \
        --emit=dep-info,link -C opt-level=z --out-dir /target/site/deps";

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_release_is_linted_without_leaving_what_cargo_would_use() {
        let linted = "--crate-name page --error-format=json --json=diagnostic-rendered-ansi,future-incompat \
            --emit=metadata -C opt-level=z --out-dir /target/site/deps/linted";
        assert_eq!(without_output(&words(RELEASE)), words(linted));
    }

    #[test]
    fn only_what_is_optimised_is_compiled_apart_from_being_linted() {
        assert_eq!(Compilation::of(&words(RELEASE)), Compilation::Optimised);
        let unoptimised = RELEASE.replace("-C opt-level=z", "");
        assert_eq!(
            Compilation::of(&words(&unoptimised)),
            Compilation::Unoptimised
        );
        assert_eq!(Compilation::of(&words("- --print=cfg")), Compilation::None);
        assert_eq!(Compilation::of(&words("-vV")), Compilation::None);
    }
}
