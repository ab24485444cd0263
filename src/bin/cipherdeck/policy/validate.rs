//! `cipherdeck policy validate`.

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use cipherdeck::base::{Diagnostic, Lines, Severity};
use cipherdeck::policy::{self, PolicyType};
use clap::Args;
use serde::Serialize;

use super::input::Input;

#[derive(Debug, Args)]
pub struct Validate {
    /// The kind of policy: identity, resource, scp, rcp, trust, key, session, boundary or endpoint
    #[arg(long = "type", value_name = "TYPE")]
    kind: PolicyType,
    #[command(flatten)]
    input: Input,
}

impl Validate {
    /// Prints a line for each finding; exit 1 where one of them is an error.
    pub fn run(self) -> Result<ExitCode, String> {
        let mut bytes = Vec::new();
        let read = self.input.open()?.read_to_end(&mut bytes);
        read.map_err(|error| format!("cannot read the policy: {error}"))?;
        let text = String::from_utf8_lossy(&bytes);
        let findings = match std::str::from_utf8(&bytes) {
            Ok(text) => policy::validate(text, self.kind),
            Err(error) => vec![policy::not_utf8(error.valid_up_to())],
        };
        let lines = Lines::new(&text);
        let mut out = io::stdout().lock();
        for finding in &findings {
            let written = serde_json::to_string(&Finding::new(finding, &lines))
                .map_err(|error| format!("cannot write a finding: {error}"))?;
            if writeln!(out, "{written}").is_err() {
                break;
            }
        }
        let fails = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        Ok(ExitCode::from(u8::from(fails)))
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    line: usize,
    column: usize,
    severity: Severity,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, lines: &Lines<'_>) -> Self {
        let place = lines.place(finding.span.start);
        Self {
            line: place.line,
            column: place.column,
            severity: finding.severity,
            code: &finding.code,
            message: &finding.message,
            help: finding.help.as_deref(),
        }
    }
}
