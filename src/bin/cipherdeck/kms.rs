//! `cipherdeck kms`: requests in, answers out, one JSON line each.

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use cipherdeck::base::{Arn, Timestamp};
use cipherdeck::client::Client;
use cipherdeck::cloud::{ADMINISTRATOR, Accounts, Cloud, Endpoint, Service};
use cipherdeck::policy::Principal;
use clap::Args;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Debug, Args)]
pub struct Kms {
    /// The seed of the cloud's randomness: the same seed and the same lines give the same bytes
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Throttle requests beyond AWS's request quotas; the clock, and with it the second, moves only by `at`
    #[arg(long)]
    quotas: bool,
}

impl Kms {
    pub fn run(self) -> ExitCode {
        match self.answer_all() {
            Ok(()) => ExitCode::SUCCESS,
            // Who reads the answers went away: there is nobody left to tell.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("cipherdeck: {error}");
                ExitCode::FAILURE
            }
        }
    }

    fn answer_all(&self) -> io::Result<()> {
        let mut console = Console {
            seed: self.seed,
            has_quotas: self.quotas,
            cloud: None,
        };
        let mut output = io::stdout().lock();
        for line in io::stdin().lock().split(b'\n') {
            let answer = console
                .answer(&line?)
                .unwrap_or_else(|error| json!({"error": error}));
            writeln!(output, "{answer}")?;
            output.flush()?;
        }
        Ok(())
    }
}

/// One request.
#[derive(Debug, Deserialize)]
struct Line {
    target: String,
    caller: Option<Arn>,
    #[serde(default = "default_region")]
    region: String,
    at: Option<String>,
    #[serde(default)]
    body: Map<String, Value>,
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

/// When the clock starts if no line says otherwise.
const START: &str = "2026-01-01T00:00:00Z";

struct Console {
    seed: u64,
    has_quotas: bool,
    /// There from the first line on that can be read, because that line sets the clock.
    cloud: Option<Cloud>,
}

impl Console {
    fn answer(&mut self, line: &[u8]) -> Result<Value, String> {
        let line: Line = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let at = line.at.as_deref().map(Timestamp::parse_rfc3339);
        let at = at.transpose().map_err(|error| error.to_string())?;
        let caller = line.caller.unwrap_or_else(|| Accounts::role(ADMINISTRATOR));
        // What cannot be read must not move the clock, so it is all read first.
        let cannot_call = |error| format!("`{caller}` cannot call: {error}");
        let _: Principal = caller.to_string().parse().map_err(cannot_call)?;
        let endpoint = Endpoint::new(Service::Kms, &line.region);
        let no_region = || format!("`{}` is no Region", line.region);
        let region = endpoint.ok_or_else(no_region)?.region;

        let (seed, has_quotas) = (self.seed, self.has_quotas);
        let cloud = self.cloud.get_or_insert_with(|| {
            let start = || Timestamp::parse_rfc3339(START).expect("it is an instant");
            let mut cloud = Cloud::new(seed, at.unwrap_or_else(start));
            if has_quotas {
                cloud.enforce_quotas();
            }
            cloud
        });
        if let Some(at) = at {
            cloud.advance(at.since(cloud.now()));
        }
        let credentials = cloud.sign_in(&caller).map_err(cannot_call)?;
        let client = Client::new(credentials, &region);
        let exchange = client.kms_target(cloud, &line.target, &Value::Object(line.body));
        Ok(match exchange.json() {
            Ok(body) => json!({"status": exchange.reply.response.status, "body": body}),
            Err(error) => json!({
                "status": error.status,
                "body": {"__type": error.code, "message": error.message},
            }),
        })
    }
}
