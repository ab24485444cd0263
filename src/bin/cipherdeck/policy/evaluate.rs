//! `cipherdeck policy evaluate`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead as _, Write};
use std::process::ExitCode;

use cipherdeck::base::{Diagnostic, Span};
use cipherdeck::policy::written::{self, Question};
use cipherdeck::policy::{self, ResourceTrace, Verdict};
use clap::Args;
use serde::Serialize;
use serde_json::value::RawValue;

use super::input::Input;

#[derive(Debug, Args)]
pub struct Evaluate {
    /// Also say why, down to the clause
    #[arg(long)]
    trace: bool,
    #[command(flatten)]
    input: Input,
}

impl Evaluate {
    /// Answers every line by a line, also one that cannot be read; exit 0 whatever the decisions.
    pub fn run(self) -> Result<ExitCode, String> {
        let mut input = self.input.open()?;
        let mut out = io::stdout().lock();
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let read = input.read_until(b'\n', &mut bytes);
            if read.map_err(|error| format!("cannot read line {number}: {error}"))? == 0 {
                break;
            }
            if self.answer(number, &bytes, &mut out).is_err() {
                // Whoever reads the answers has had enough of them.
                break;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn answer(&self, number: usize, bytes: &[u8], out: &mut impl Write) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        let line = text.trim_end_matches(['\r', '\n']);
        let asked = match std::str::from_utf8(bytes) {
            Ok(_) => written::question(line),
            Err(error) => {
                let at = Span::at(error.valid_up_to());
                let message = "the line is not UTF-8";
                return write(
                    &refusal(
                        None,
                        number,
                        line,
                        &Diagnostic::error(at, "not-utf8", message),
                    ),
                    out,
                );
            }
        };
        let id = id(line);
        match asked {
            Ok(question) => write(&self.decide(id, &question), out),
            Err(problem) => write(&refusal(id, number, line, &problem), out),
        }
    }

    fn decide<'a>(&self, id: Option<&'a RawValue>, question: &Question) -> Answer<'a> {
        let Question { request, policies } = question;
        if !self.trace {
            let verdict = policy::decide(request, policies);
            return Answer {
                id,
                verdict,
                trace: None,
            };
        }
        let evaluation = policy::evaluate(request, policies);
        Answer {
            id,
            verdict: evaluation.verdict(),
            trace: Some(Trace {
                headline: evaluation.headline,
                resources: evaluation.trace,
            }),
        }
    }
}

/// The line's own name for itself, also where the rest of it cannot be read.
fn id(line: &str) -> Option<&RawValue> {
    let members: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(line).ok()?;
    members.get("id").copied()
}

fn refusal<'a>(
    id: Option<&'a RawValue>,
    number: usize,
    line: &str,
    problem: &Diagnostic,
) -> Refusal<'a> {
    let place = match problem.code.as_str() {
        // What is not there stands in no column.
        "missing-request" => format!("line {number}"),
        _ => format!("line {number}, column {}", column(line, problem.span.start)),
    };
    Refusal {
        id,
        error: format!("{place}: {}", problem.message),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Trace>,
}

#[derive(Serialize)]
struct Trace {
    headline: String,
    resources: Vec<ResourceTrace>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: Option<&'a RawValue>,
    error: String,
}

fn write(answer: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Counted from one, in characters.
fn column(text: &str, offset: usize) -> usize {
    text.char_indices()
        .take_while(|(at, _)| *at < offset)
        .count()
        + 1
}
