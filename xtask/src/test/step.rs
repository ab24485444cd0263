//! The steps, in the order in which they find a mistake soonest.

use crate::{
    anki,
    build::{self, Mode},
    chromium,
    failure::{Context as _, Failure, Result},
    process::{self, command, find},
    project, setup,
    size::Sizes,
    tally::Tally,
};
use std::{
    env, fs,
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
    pub run: fn() -> Result<Tally>,
}

/// Every step, fast ones first.
pub const STEPS: [Step; 10] = [
    Step {
        name: "format",
        about: "formatting",
        needs: None,
        run: format,
    },
    Step {
        name: "clippy",
        about: "clippy on the rooms, the command and the tools, warnings denied",
        needs: None,
        run: clippy,
    },
    Step {
        name: "content",
        about: "the course's own checks",
        needs: None,
        run: content,
    },
    Step {
        name: "rooms",
        about: "the engines and the native command, without Leptos",
        needs: None,
        run: rooms,
    },
    Step {
        name: "native",
        about: "the tools, and the examples in the documentation",
        needs: None,
        run: native,
    },
    Step {
        name: "clippy-wasm",
        about: "clippy on page and workers, warnings denied",
        needs: None,
        run: clippy_wasm,
    },
    Step {
        name: "build",
        about: "the release",
        needs: Some("clippy-wasm"),
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
        needs: Some("clippy-wasm"),
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

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];
const IN_BROWSER: [&str; 3] = [
    "--target=wasm32-unknown-unknown",
    "--profile=page",
    "--no-default-features",
];
// As `index.html` has page, labs, reader and keeper built, so that their library is compiled once for all of it.
const TOGETHER: &str = "--features=page,reader,keeper";

fn format() -> Result<Tally> {
    counted(command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Tally> {
    counted(
        command("cargo")
            .args(["clippy", "--workspace", "--all-targets"])
            .args(DENY_WARNINGS),
    )
}

fn clippy_wasm() -> Result<Tally> {
    setup::run()?;
    counted(
        command("cargo")
            .arg("clippy")
            .args(IN_BROWSER)
            .args(["--features=page,engine,reader,keeper", "--lib", "--bins"])
            .args(DENY_WARNINGS),
    )
}

fn content() -> Result<Tally> {
    counted(command("cargo").args(["run", "--quiet", "--bin=cipherdeck", "--", "check"]))
}

fn rooms() -> Result<Tally> {
    counted(native_tests().args(["--lib", "--test=*"]))
}

fn native() -> Result<Tally> {
    let mut tally = counted(native_tests().args(["--workspace", "--bins"]))?;
    tally += counted(command("cargo").args(["test", "--doc"]))?;
    Ok(tally)
}

fn native_tests() -> Command {
    let mut cargo = command("cargo");
    if find(&["cargo-nextest"]).is_some() {
        cargo.args(["nextest", "run", "--no-fail-fast", "--no-tests=pass"]);
    } else {
        cargo.args(["test", "--no-fail-fast"]);
    }
    cargo
}

fn browser() -> Result<Tally> {
    let tools = setup::run()?;
    chromium::write_webdriver_options(&chromium::browser()?)?;
    counted(
        tools
            .cargo_in_browser(&chromium::driver()?)
            .arg("test")
            .args(IN_BROWSER)
            .args([TOGETHER, "--bin=keeper"]),
    )
}

fn release() -> Result<Tally> {
    let tools = setup::run()?;
    build::build(&tools, Mode::Release).map(|()| Tally::default())
}

fn sizes() -> Result<Tally> {
    let sizes = Sizes::measure()?;
    println!("{sizes}");
    sizes.check().map(|()| Tally::default())
}

fn in_anki() -> Result<Tally> {
    let python = anki::python()?;
    process::run(command("cargo").args(["build", "--quiet", "--bin=cipherdeck"]))?;
    let built = project::root()
        .join("target/debug")
        .join(process::executable("cipherdeck"));
    counted(command(python).arg("tests/anki/verify.py").arg(built))
}

fn e2e() -> Result<Tally> {
    let tools = setup::run()?;
    let xtask = env::current_exe().context("could not find this program's own file")?;
    let mut node = tools.node();
    node.args(["--test", "--test-force-exit", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={}", at_once()))
        .args(e2e_files()?);
    counted(
        node.env("CHROMIUM", chromium::browser()?)
            .env("CIPHERDECK_XTASK", xtask),
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
