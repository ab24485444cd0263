//! The workers that read the course and count what was learned.

use super::mail::Mail;
use crate::door::{AnalystAnswer, AnalystAsk, ReadAnswer, ReadAsk, decode, encode};

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
        let mail = Mail::open("reader", Box::new(|_| false)).await?;
        Ok(Self { mail })
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
    let mail = Mail::open("analyst", Box::new(|_| false)).await?;
    match decode(&mail.ask(&encode(ask)).await?) {
        Ok(AnalystAnswer::Refused { why }) => Err(why),
        Ok(answer) => Ok(answer),
        Err(error) => Err(format!(
            "the analyst answered something unreadable: {error}"
        )),
    }
}

fn read(answer: &[u8]) -> Result<ReadAnswer, String> {
    decode(answer).map_err(|error| format!("the reader answered something unreadable: {error}"))
}
