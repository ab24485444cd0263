//! Request quotas: how many requests a second an account may make of each operation in a Region.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html>

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::Timestamp;
use crate::cloud::ServiceError;

/// Counts requests against the quotas, where they are in force.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Quotas {
    is_in_force: bool,
    /// By account, Region and quota.
    buckets: BTreeMap<String, Bucket>,
}

/// A token bucket: it holds what one second allows and fills up all the time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Bucket {
    /// Thousandths of a request.
    level: u64,
    at: Timestamp,
}

/// A request in the unit of [`Bucket::level`].
const REQUEST: u64 = 1000;

impl Quotas {
    pub fn enforce(&mut self) {
        self.is_in_force = true;
    }

    /// Counts one request, or refuses it.
    pub fn charge(
        &mut self,
        account: &str,
        region: &str,
        operation: &str,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        if !self.is_in_force {
            return Ok(());
        }
        let (name, rate) = quota(operation, region);
        let full = rate * REQUEST;
        let bucket = self
            .buckets
            .entry(format!("{account}/{region}/{name}"))
            .or_insert(Bucket {
                level: full,
                at: now,
            });
        // At `rate` requests a second, a millisecond brings `rate` thousandths of one.
        let elapsed = u64::try_from(now.since(bucket.at).as_millis()).unwrap_or(u64::MAX);
        bucket.level = bucket
            .level
            .saturating_add(elapsed.saturating_mul(rate))
            .min(full);
        bucket.at = now;
        match bucket.level.checked_sub(REQUEST) {
            Some(rest) => {
                bucket.level = rest;
                Ok(())
            }
            None => Err(ServiceError::bad_request(
                "ThrottlingException",
                "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
            )),
        }
    }
}

/// The quota that an operation counts against, and how many requests a second it allows. Cryptographic operations with
/// symmetric keys share one.
fn quota<'a>(operation: &'a str, region: &str) -> (&'a str, u64) {
    let rate = match operation {
        "CancelKeyDeletion" | "CreateAlias" | "CreateKey" | "DisableKey" | "EnableKey" => 5,
        "DescribeKey" => 2000,
        "GetKeyPolicy" => 1000,
        "ListAliases" | "ListKeys" => 500,
        "PutKeyPolicy" | "ScheduleKeyDeletion" => 15,
        _ => return ("symmetric", symmetric_rate(region)),
    };
    (operation, rate)
}

fn symmetric_rate(region: &str) -> u64 {
    match region {
        "us-east-1" | "us-west-2" | "eu-west-1" => 100_000,
        "us-east-2" | "ap-southeast-1" | "ap-southeast-2" | "ap-northeast-1" | "eu-central-1"
        | "eu-west-2" => 20_000,
        _ => 10_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_empties_fills_up_and_holds_no_more_than_a_second_allows() {
        let mut quotas = Quotas::default();
        quotas.enforce();
        let start = Timestamp::from_millis(0);
        let mut charge = |operation: &str, millis: u64| {
            let now = start + Duration::from_millis(millis);
            quotas
                .charge("111122223333", "us-east-1", operation, now)
                .is_ok()
        };
        assert!((0..5).all(|_| charge("CreateKey", 0)));
        assert!(!charge("CreateKey", 0));
        assert!(charge("CreateAlias", 0), "another quota");
        assert!(!charge("CreateKey", 199));
        assert!(charge("CreateKey", 200));
        assert!((0..5).all(|_| charge("CreateKey", 60_000)));
        assert!(!charge("CreateKey", 60_000));
    }

    #[test]
    fn symmetric_cryptography_shares_one_quota_that_differs_between_regions() {
        assert_eq!(
            quota("Encrypt", "us-east-1"),
            quota("GenerateRandom", "us-east-1")
        );
        assert_eq!(quota("Decrypt", "eu-central-1"), ("symmetric", 20_000));
        assert_eq!(quota("Decrypt", "eu-north-1"), ("symmetric", 10_000));
    }
}
