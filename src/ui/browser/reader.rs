//! The workers that read the course and count what was learned.

use super::mail::Mail;
use crate::door::{AnalystAnswer, AnalystAsk, BUILD, ReadAnswer, ReadAsk, decode, encode};

/// A reader in a worker of its own. Dropping it ends the worker.
#[derive(Debug)]
pub struct ReaderLink {
    mail: Mail,
}

impl ReaderLink {
    /// Starts a reader and waits for its first word.
    ///
    /// # Errors
    /// One sentence where none can be had.
    pub async fn start() -> Result<Self, String> {
        let mail = Mail::open("reader", |_| false)?;
        match read(&mail.hear().await?)? {
            ReadAnswer::Hello { build } if build == BUILD => Ok(Self { mail }),
            _ => Err("page and reader come from two different builds; reload the page".to_owned()),
        }
    }

    /// Asks the reader.
    ///
    /// # Errors
    /// One sentence where it died over it.
    pub async fn ask(&self, ask: &ReadAsk) -> Result<ReadAnswer, String> {
        read(&self.mail.ask(&encode(ask)).await?)
    }
}

/// Asks an analyst in a worker of its own, which ends with the answer: nothing else waits for it.
///
/// # Errors
/// One sentence where none can be had, or where it died over it or refuses.
pub async fn analyse(ask: &AnalystAsk) -> Result<AnalystAnswer, String> {
    let read = |answer: &[u8]| {
        let unreadable = |error| format!("the analyst answered something unreadable: {error}");
        decode(answer).map_err(unreadable)
    };
    let mail = Mail::open("analyst", |_| false)?;
    match read(&mail.hear().await?)? {
        AnalystAnswer::Hello { build } if build == BUILD => {}
        _ => {
            return Err(
                "page and analyst come from two different builds; reload the page".to_owned(),
            );
        }
    }
    match read(&mail.ask(&encode(ask)).await?)? {
        AnalystAnswer::Refused { why } => Err(why),
        answer => Ok(answer),
    }
}

fn read(answer: &[u8]) -> Result<ReadAnswer, String> {
    decode(answer).map_err(|error| format!("the reader answered something unreadable: {error}"))
}
