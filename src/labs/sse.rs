//! S3's encryption modes side by side: one object put in every way, and everyone who might read it tries to.
//!
//! Nothing here is told: who made a key, who keeps it, who used it and what KMS was asked is read off the requests,
//! the trail and the disk; who can read is found by trying.

mod evidence;
mod method;
mod run;
mod task;
#[cfg(test)]
mod tests;
mod trial;
mod view;

use serde::{Deserialize, Serialize};

pub use method::Method;
pub use run::Sse;
pub use task::Task;
pub use view::{Cell, Column, Question, Verdict, View};

/// What a learner can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Write the text that is put.
    Write(String),
    /// Put so many objects in each way, one to five.
    Objects(u8),
    /// Have the modes that use KMS use this key.
    Key(KeyChoice),
    /// Put the objects in every way, and let everyone try to read the first.
    Put,
    /// Disable the KMS key, and let everyone try again.
    Disable,
    /// Enable it again, likewise.
    Enable,
    /// Let an hour pass, likewise.
    Wait,
}

/// Which KMS key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChoice {
    /// A key of the account's own, whose policy leaves it to IAM policies.
    CustomerManaged,
    /// The account's `aws/s3`.
    AwsManaged,
}
