//! Amazon Resource Names.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A name of the form `arn:partition:service:region:account-id:resource`.
///
/// Region and account are empty where the service leaves them out, as in `arn:aws:s3:::bucket`.
/// The resource is everything behind the fifth colon and may hold colons of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Arn {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: String,
    /// The service's prefix, such as `kms`.
    pub service: String,
    /// A Region code, or nothing.
    pub region: String,
    /// Twelve digits, or nothing, or `aws` for what AWS owns.
    pub account: String,
    /// What the service calls the thing, such as `key/1234abcd-…`.
    pub resource: String,
}

impl Arn {
    /// An ARN in the `aws` partition.
    #[must_use]
    pub fn aws(service: &str, region: &str, account: &str, resource: impl Into<String>) -> Self {
        Self {
            partition: "aws".to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            resource: resource.into(),
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "arn:{}:{}:{}:{}:{}",
            self.partition, self.service, self.region, self.account, self.resource
        )
    }
}

impl FromStr for Arn {
    type Err = ParseArnError;

    fn from_str(text: &str) -> Result<Self, ParseArnError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().ok_or(ParseArnError);
        if next()? != "arn" {
            return Err(ParseArnError);
        }
        let arn = Self {
            partition: next()?.to_owned(),
            service: next()?.to_owned(),
            region: next()?.to_owned(),
            account: next()?.to_owned(),
            resource: next()?.to_owned(),
        };
        if arn.partition.is_empty() || arn.service.is_empty() || arn.resource.is_empty() {
            return Err(ParseArnError);
        }
        Ok(arn)
    }
}

impl TryFrom<String> for Arn {
    type Error = ParseArnError;

    fn try_from(text: String) -> Result<Self, ParseArnError> {
        text.parse()
    }
}

impl From<Arn> for String {
    fn from(arn: Arn) -> Self {
        arn.to_string()
    }
}

/// The text does not have the six parts of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an ARN has the form `arn:partition:service:region:account-id:resource`")]
pub struct ParseArnError;

/// A twelve-digit account number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// The account number, if `digits` are twelve digits.
    #[must_use]
    pub fn new(digits: &str) -> Option<Self> {
        let is_account = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_account.then(|| Self(digits.to_owned()))
    }

    /// The twelve digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_keeps_the_colons_of_its_resource() {
        let text = "arn:aws:logs:us-east-1:111122223333:log-group:app:*";
        let arn: Arn = text.parse().unwrap();
        assert_eq!(arn.resource, "log-group:app:*");
        assert_eq!(arn.to_string(), text);
    }

    #[test]
    fn a_text_with_fewer_parts_is_no_arn() {
        for text in [
            "",
            "arn",
            "arn:aws:s3",
            "aws:s3:::bucket:x",
            "arn:aws:s3:us-east-1:123456789012",
        ] {
            assert_eq!(text.parse::<Arn>(), Err(ParseArnError), "{text}");
        }
    }

    #[test]
    fn an_account_is_twelve_digits() {
        assert!(AccountId::new("111122223333").is_some());
        assert!(AccountId::new("11112222333").is_none());
        assert!(AccountId::new("11112222333x").is_none());
    }
}
