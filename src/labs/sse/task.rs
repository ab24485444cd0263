//! What a question can ask to be done here, and whether it was seen to happen.

use super::evidence::kms_events;
use super::run::{MOST_OBJECTS, Sse};
use super::trial::{Attempt, Trial};
use super::{KeyChoice, Method};
use crate::client::Exchange;

/// Something to do in this lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Put as many objects as there can be, and find one call to KMS under a Bucket Key where SSE-KMS makes one for each.
    BucketKey,
    /// Have reads of SSE-KMS objects refused because their key is disabled.
    DisabledKey,
    /// The same under a Bucket Key, which S3 remembers for a while.
    DisabledBucketKey,
    /// Have a role without any right in KMS read an SSE-KMS object under `aws/s3`.
    AwsManagedKey,
    /// Have `DisableKey` refused for `aws/s3`.
    AwsManagedSwitch,
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 5] = [
        Self::BucketKey,
        Self::DisabledKey,
        Self::DisabledBucketKey,
        Self::AwsManagedKey,
        Self::AwsManagedSwitch,
    ];

    /// What a question calls it behind `lab=`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BucketKey => "sse-bucket-key",
            Self::DisabledKey => "sse-disabled-key",
            Self::DisabledBucketKey => "sse-disabled-bucket-key",
            Self::AwsManagedKey => "sse-aws-managed-key",
            Self::AwsManagedSwitch => "sse-aws-managed-switch",
        }
    }

    /// Whether the last step did it.
    pub(super) fn is_done(self, lab: &Sse) -> bool {
        let is_aws_managed = lab.key == KeyChoice::AwsManaged;
        let of = |method| lab.trials.iter().find(|trial| trial.method == method);
        match self {
            Self::BucketKey => of(Method::SseKms)
                .zip(of(Method::SseKmsBucketKey))
                .is_some_and(|(each, shared)| saves_calls(each, shared)),
            Self::DisabledKey => of(Method::SseKms).is_some_and(is_locked),
            Self::DisabledBucketKey => of(Method::SseKmsBucketKey).is_some_and(is_locked),
            Self::AwsManagedKey => {
                is_aws_managed && of(Method::SseKms).is_some_and(|trial| trial.reader.reads)
            }
            Self::AwsManagedSwitch => {
                let is_refused = lab.call.as_ref().is_some_and(|call| {
                    let code = call.error.as_ref().map(|(code, _)| code.as_str());
                    call.action == "kms:DisableKey" && code == Some("AccessDeniedException")
                });
                is_aws_managed && is_refused
            }
        }
    }
}

/// A bucket key that S3 still remembers needs no call at all.
fn saves_calls(each: &Trial, shared: &Trial) -> bool {
    let all = usize::from(MOST_OBJECTS);
    let are_stored = shared.downloads.iter().filter(|got| got.reads).count() == all;
    are_stored && data_keys(each) == all && data_keys(shared) <= 1
}

/// How often KMS made a key for the uploads.
fn data_keys(trial: &Trial) -> usize {
    kms_events(trial.uploads.iter().flatten())
        .filter(|event| event.event_name == "GenerateDataKey" && event.error_code.is_none())
        .count()
}

/// Whether who put the objects can read none of them, because the key is disabled.
fn is_locked(trial: &Trial) -> bool {
    let is_disabled = |got: &Attempt| {
        let error = got.exchanges.last().and_then(Exchange::error);
        error.is_some_and(|error| error.code == "KMS.DisabledException")
    };
    !trial.downloads.is_empty() && trial.downloads.iter().all(is_disabled)
}
