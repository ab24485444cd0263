//! `cipherdeck policy evaluate`.

use std::io::{self, BufRead as _, Write};
use std::process::ExitCode;

use cipherdeck::policy::{self, Policies, Request, ResourceTrace, Verdict};
use clap::Args;
use serde::Serialize;
use serde_json::value::RawValue;

use super::input::Input;
use super::line;

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
        let line = std::str::from_utf8(bytes).map_err(|error| line::Bad {
            id: None,
            offset: Some(error.valid_up_to()),
            message: "the line is not UTF-8".to_owned(),
        });
        match line.and_then(line::parse) {
            Ok(asked) => {
                let answer = self.decide(asked.id, &asked.request, &asked.policies);
                write(&answer, out)
            }
            Err(bad) => {
                let text = String::from_utf8_lossy(bytes);
                let place = bad.offset.map(|offset| column(&text, offset));
                let place = place.map_or(format!("line {number}"), |column| {
                    format!("line {number}, column {column}")
                });
                let error = format!("{place}: {}", bad.message);
                write(&Refusal { id: bad.id, error }, out)
            }
        }
    }

    fn decide<'a>(
        &self,
        id: Option<&'a RawValue>,
        request: &Request,
        policies: &Policies,
    ) -> Answer<'a> {
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
