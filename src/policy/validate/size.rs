//! How long a policy may be.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html> (SCPs: 10,240 since 2026-05-15),
//! <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html>,
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html>

use crate::base::Span;
use crate::policy::document::Policy;
use crate::policy::kind::PolicyType;

use super::Check;

/// How much of its quota a policy takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Characters, or for key and bucket policies bytes.
    pub used: usize,
    /// The quota, adjusted upwards as far as AWS allows.
    pub limit: usize,
}

impl Size {
    /// The size of a document as a policy of this kind.
    ///
    /// IAM does not count white space between the elements of what it stores: managed policies, boundaries, trust policies.
    /// Everything else counts as it was sent: session policies are a parameter of 2,048 characters, Organizations and
    /// endpoints count every character that is saved, keys and buckets every byte.
    #[must_use]
    pub fn of(source: &str, kind: PolicyType) -> Self {
        let (limit, counts) = match kind {
            PolicyType::Identity | PolicyType::Boundary => (6144, Counts::WithoutSpace),
            PolicyType::Trust => (8192, Counts::WithoutSpace),
            PolicyType::Session => (2048, Counts::Characters),
            PolicyType::Key => (32_768, Counts::Bytes),
            PolicyType::Resource => (20_480, Counts::Bytes),
            PolicyType::Endpoint => (20_480, Counts::Characters),
            PolicyType::Scp => (10_240, Counts::Characters),
            PolicyType::Rcp => (5120, Counts::Characters),
        };
        let used = match counts {
            Counts::WithoutSpace => without_space(source),
            Counts::Characters => source.chars().count(),
            Counts::Bytes => source.len(),
        };
        Self { used, limit }
    }
}

enum Counts {
    /// Characters but for white space outside of strings.
    WithoutSpace,
    Characters,
    Bytes,
}

fn without_space(source: &str) -> usize {
    let (mut count, mut in_string, mut is_escaped) = (0, false, false);
    for char in source.chars() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if in_string => is_escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        if in_string || !char.is_whitespace() {
            count += 1;
        }
    }
    count
}

/// What a trust policy may hold until AWS is asked for more.
const TRUST_DEFAULT: usize = 2048;

impl Check {
    pub(super) fn size(&mut self, policy: &Policy) {
        let Size { used, limit } = Size::of(&policy.source, self.kind);
        let start = Span::new(policy.span.start, policy.span.start + 1);
        if used > limit {
            let message = format!(
                "the policy is {used} long, and a policy of type {} may be {limit}",
                self.kind
            );
            let help = "split it, or join statements and actions by wildcards";
            self.error(start, "too-long", message, help);
        } else if self.kind == PolicyType::Trust && used > TRUST_DEFAULT {
            self.suggestion(
                start,
                "over-default-quota",
                format!("the policy is {used} long, and a trust policy may be {TRUST_DEFAULT} by default"),
                "shorten it, or ask for a higher quota first: up to 8192",
            );
        }
    }
}
