//! The one way a task fails: a sentence for the person at the terminal.

use std::fmt;

/// What a task answers.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// A sentence that says what went wrong and, where it is known, what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure that is told by `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when the system refused.
pub trait Context<T> {
    /// Turns an error into a failure that begins with `doing`.
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure(format!("{doing}: {error}")))
    }
}
