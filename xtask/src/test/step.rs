//! The steps, in the order in which they find a mistake soonest.

use crate::{
    anki,
    build::{self, MODULES},
    chromium,
    failure::{Context as _, Failure, Result},
    process::{self, command, find},
    project, setup,
    size::Sizes,
    tally::Tally,
    test::Workshop,
};
use std::{
    fs,
    io::{BufRead as _, BufReader, IsTerminal as _, Read},
    num::NonZero,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

/// One check.
#[derive(Debug)]
pub struct Step {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it holds the project to.
    pub about: &'static str,
    /// The step that must not have failed before.
    pub needs: Option<&'static str>,
    /// Does it.
    pub run: fn(&Workshop) -> Result<Tally>,
}

/// Every step, fast ones first.
pub const STEPS: [Step; 9] = [
    Step {
        name: "format",
        about: "formatting",
        needs: None,
        run: format,
    },
    Step {
        name: "clippy",
        about: "the rooms, the command, the tools and their tests, compiled and linted, warnings denied",
        needs: None,
        run: clippy,
    },
    Step {
        name: "content",
        about: "the course's own checks",
        needs: Some("clippy"),
        run: content,
    },
    Step {
        name: "rooms",
        about: "the engines and the native command, without Leptos",
        needs: Some("clippy"),
        run: rooms,
    },
    Step {
        name: "native",
        about: "the tools, and the examples in the documentation",
        needs: Some("clippy"),
        run: native,
    },
    Step {
        name: "build",
        about: "the release: page and workers, compiled and linted, warnings denied",
        needs: None,
        run: release,
    },
    Step {
        name: "sizes",
        about: "the size budgets",
        needs: Some("build"),
        run: sizes,
    },
    Step {
        name: "browser",
        about: "the browser's store, in headless Chromium",
        needs: Some("build"),
        run: browser,
    },
    Step {
        name: "e2e",
        about: "a learner's ways through the site, in headless Chromium",
        needs: Some("build"),
        run: e2e,
    },
];

/// What needs more than a checkout should: run when it is named.
pub const BY_NAME: [Step; 1] = [Step {
    name: "anki",
    about: "exports, imported into the real Anki (by name only)",
    needs: None,
    run: in_anki,
}];

fn format(_: &Workshop) -> Result<Tally> {
    counted(command("cargo").args(["fmt", "--all", "--check"]))
}

// Everything at once: what cargo builds for tests has more features than what it builds for use, and would be compiled again.
fn clippy(workshop: &Workshop) -> Result<Tally> {
    let mut cargo = command("cargo");
    counted(
        workshop
            .linter
            .watch(&mut cargo)
            .args(["build", "--workspace", "--all-targets"]),
    )
}

fn content(workshop: &Workshop) -> Result<Tally> {
    clippy(workshop)?;
    counted(command(workshop.built("cipherdeck")).arg("check"))
}

fn rooms(workshop: &Workshop) -> Result<Tally> {
    counted(native_tests(workshop).args(["--workspace", "--lib", "--test=*"]))
}

fn native(workshop: &Workshop) -> Result<Tally> {
    let mut tally = counted(native_tests(workshop).args(["--workspace", "--bins"]))?;
    let mut cargo = command("cargo");
    tally += counted(
        workshop
            .linter
            .watch(&mut cargo)
            .args(["test", "--workspace", "--doc"]),
    )?;
    Ok(tally)
}

fn native_tests(workshop: &Workshop) -> Command {
    let mut cargo = command("cargo");
    workshop.linter.watch(&mut cargo);
    if find(&["cargo-nextest"]).is_some() {
        cargo.args(["nextest", "run", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        cargo.args(["test", "--no-fail-fast"]);
    }
    cargo
}

fn browser(workshop: &Workshop) -> Result<Tally> {
    let tools = setup::run()?;
    chromium::write_webdriver_options(&chromium::browser()?)?;
    let mut cargo = tools.cargo_in_browser(&chromium::driver()?);
    counted(
        workshop
            .linter
            .watch(&mut cargo)
            .arg("test")
            .args(MODULES)
            .arg("--bin=keeper"),
    )
}

fn release(workshop: &Workshop) -> Result<Tally> {
    let tools = setup::run()?;
    build::linted(&tools, &workshop.linter).map(|()| Tally::default())
}

fn sizes(_: &Workshop) -> Result<Tally> {
    let sizes = Sizes::measure()?;
    println!("{sizes}");
    sizes.check().map(|()| Tally::default())
}

fn in_anki(workshop: &Workshop) -> Result<Tally> {
    let python = anki::python()?;
    clippy(workshop)?;
    let built = workshop.built("cipherdeck");
    counted(command(python).arg("tests/anki/verify.py").arg(built))
}

fn e2e(workshop: &Workshop) -> Result<Tally> {
    let tools = setup::run()?;
    let mut node = tools.node();
    node.args(["--test", "--test-force-exit", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={}", at_once()))
        .args(e2e_files()?);
    counted(
        node.env("CHROMIUM", chromium::browser()?)
            .env("CIPHERDECK_XTASK", &workshop.xtask),
    )
}

// Node would leave a core to itself; but it waits, as the scenarios do for much of their time.
fn at_once() -> usize {
    thread::available_parallelism()
        .map_or(2, NonZero::get)
        .max(2)
}

fn e2e_files() -> Result<Vec<PathBuf>> {
    let folder = project::root().join("tests/e2e");
    let entries = fs::read_dir(&folder).context("could not read `tests/e2e`")?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}

/// Runs to the end, showing and counting what is printed.
fn counted(command: &mut Command) -> Result<Tally> {
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| process::not_started(command, &error))?;
    let errors = child.stderr.take().expect("standard error is piped");
    let output = child.stdout.take().expect("standard output is piped");
    let errors = thread::spawn(move || show(errors, |line| eprintln!("{line}")));
    let mut tally = show(output, |line| println!("{line}"));
    tally += errors.join().expect("counting does not panic");

    let status = child
        .wait()
        .context(format!("could not wait for `{}`", process::name(command)))?;
    match (status.success(), tally.failed) {
        (true, _) | (false, 1..) => Ok(tally),
        (false, 0) => Err(Failure::new(format!("`{}` failed", typed(command)))),
    }
}

fn show(output: impl Read, print: impl Fn(&str)) -> Tally {
    let mut tally = Tally::default();
    for line in BufReader::new(output)
        .split(b'\n')
        .map_while(std::result::Result::ok)
    {
        let line = String::from_utf8_lossy(&line);
        print(&line);
        tally += Tally::of_line(&line);
    }
    tally
}

fn typed(command: &Command) -> String {
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    std::iter::once(process::name(command).into())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
