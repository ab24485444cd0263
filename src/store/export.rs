//! The export file: everything that is kept, as JSON lines under a heading that says what must be there.
//!
//! Version 1 held entries and records aside; version 2 holds what is kept beside the log, too.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::kept::Kept;
use super::log_store::Stored;
use super::record::Aside;
use crate::base::hex;
use crate::study::Entry;

pub(super) const FORMAT: &str = "cipherdeck review log";
pub(super) const VERSION: u32 = 2;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Heading {
    pub format: String,
    pub version: u32,
    pub lines: usize,
    pub sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Entry(Entry),
    Aside(Aside),
    /// Since version 2.
    Kept(Kept),
}

/// Writes everything into one file.
#[must_use]
pub fn export(stored: &Stored) -> String {
    let entries = stored.log.iter().cloned().map(Line::Entry);
    let kept = stored.shelves.all().cloned().map(Line::Kept);
    let aside = stored.aside.iter().cloned().map(Line::Aside);
    let mut lines = 0;
    let mut body = String::new();
    for line in entries.chain(kept).chain(aside) {
        body.push_str(&json(&line));
        body.push('\n');
        lines += 1;
    }
    let heading = Heading {
        format: FORMAT.to_owned(),
        version: VERSION,
        lines,
        sha256: digest(&body),
    };
    format!("{}\n{body}", json(&heading))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data is always JSON")
}

pub(super) fn digest(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}
