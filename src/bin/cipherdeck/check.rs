//! `cipherdeck check` and `cipherdeck fix`.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use cipherdeck::base::{Diagnostic, Lines, Severity};
use cipherdeck::course::{Course, FileKind, Files, Finding, check_course, stamp_ids};
use cipherdeck::labs::policy::prove;
use clap::Args;

use crate::folder::{cannot, finish, read_files};

#[derive(Debug, Args)]
pub struct Check {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Fix {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
}

impl Check {
    /// Prints every finding and a summary; exit 1 where one of them is an error.
    pub fn run(self) -> ExitCode {
        finish(self.try_run())
    }

    fn try_run(&self) -> Result<ExitCode, String> {
        let files = read_files(&self.dir)?;
        let mut findings = check_course(&files);
        findings.extend(disproved(&files));
        let mut out = io::stdout().lock();
        for finding in &findings {
            let path = self.dir.join(&finding.path);
            let severity = finding.diagnostic.severity;
            let message = &finding.diagnostic.message;
            let _ = writeln!(
                out,
                "{}:{}: {severity}: {message}",
                path.display(),
                finding.place
            );
            if let Some(help) = &finding.diagnostic.help {
                let _ = writeln!(out, "  help: {help}");
            }
        }
        let is_error = |severity| severity == Severity::Error;
        let errors = findings
            .iter()
            .filter(|f| is_error(f.diagnostic.severity))
            .count();
        let _ = writeln!(
            out,
            "{}: {}",
            count(files.len(), "file"),
            count(errors, "error")
        );
        Ok(ExitCode::from(u8::from(errors > 0)))
    }
}

/// The scenarios that do not come to what they say.
fn disproved(files: &Files) -> Vec<Finding> {
    let (course, _) = Course::read(files);
    let scenarios = course.files.iter().filter_map(|file| match &file.kind {
        FileKind::Scenario(scenario) => Some((file, scenario)),
        _ => None,
    });
    let findings = scenarios.flat_map(|(file, scenario)| {
        let text = String::from_utf8_lossy(&files[&file.path]);
        let found = prove(scenario).into_iter();
        let place = |diagnostic: Diagnostic| Finding {
            path: file.path.clone(),
            place: Lines::new(&text).place(diagnostic.span.start),
            diagnostic,
        };
        found.map(place).collect::<Vec<_>>()
    });
    findings.collect()
}

impl Fix {
    /// Writes the files that lack ids anew and says which ids they got.
    pub fn run(self) -> ExitCode {
        finish(self.try_run())
    }

    fn try_run(&self) -> Result<ExitCode, String> {
        let stamped = stamp_ids(&read_files(&self.dir)?);
        let mut out = io::stdout().lock();
        let mut total = 0;
        for (path, file) in &stamped {
            let path = self.dir.join(path);
            fs::write(&path, &file.text).map_err(|error| cannot("write", &path, &error))?;
            for id in &file.ids {
                let _ = writeln!(out, "{}: {id}", path.display());
            }
            total += file.ids.len();
        }
        let _ = writeln!(out, "{} stamped", count(total, "id"));
        Ok(ExitCode::SUCCESS)
    }
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
