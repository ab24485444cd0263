//! Other programs, run with plain words for what may go wrong.

use crate::{
    failure::{Context as _, Failure, Result},
    project,
};
use std::{
    env,
    ffi::OsStr,
    io,
    path::PathBuf,
    process::{Command, Stdio},
};

/// `program`, to be run in the project's folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root());
    command
}

/// Runs to the end, showing what the program says.
pub fn run(command: &mut Command) -> Result {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` failed", name(command))))
    }
}

/// Runs to the end and returns what the program wrote to standard output, or nothing where it failed or is missing.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first of `programs` that is on the PATH.
pub fn find(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    programs
        .iter()
        .flat_map(|program| {
            folders
                .iter()
                .map(move |folder| folder.join(executable(program)))
        })
        .find(|file| file.is_file())
}

/// The name of the file that holds `program` on this system.
pub fn executable(program: &str) -> String {
    format!("{program}{}", env::consts::EXE_SUFFIX)
}

/// The command as one would type it, without the arguments.
pub fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The sentence for a program that did not start.
pub fn not_started(command: &Command, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format!(
            "`{}` is not installed, or not on the PATH",
            name(command)
        )),
        _ => Err::<(), _>(error)
            .context(format!("`{}` did not start", name(command)))
            .expect_err("an error was given"),
    }
}
