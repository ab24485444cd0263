//! How long a policy may be.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html> (SCPs: 10,240 since 2026-05-15)

use crate::base::Span;
use crate::policy::document::Policy;
use crate::policy::kind::PolicyType;

use super::Check;

/// How much of its quota a policy takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Characters, or for key, bucket and endpoint policies bytes.
    pub used: usize,
    /// The quota, adjusted upwards as far as AWS allows.
    pub limit: usize,
}

impl Size {
    /// The size of a document as a policy of this kind. White space outside of strings counts only where AWS counts it.
    #[must_use]
    pub fn of(source: &str, kind: PolicyType) -> Self {
        let (limit, counts) = match kind {
            PolicyType::Identity | PolicyType::Boundary => (6144, Counts::WithoutSpace),
            PolicyType::Trust => (8192, Counts::WithoutSpace),
            PolicyType::Session => (2048, Counts::WithoutSpace),
            PolicyType::Key => (32_768, Counts::Bytes),
            PolicyType::Resource | PolicyType::Endpoint => (20_480, Counts::Bytes),
            PolicyType::Scp => (10_240, Counts::Characters),
            PolicyType::Rcp => (5120, Counts::Characters),
        };
        let used = match counts {
            Counts::WithoutSpace => source.chars().filter(|char| !char.is_whitespace()).count(),
            Counts::Characters => source.chars().count(),
            Counts::Bytes => source.len(),
        };
        Self { used, limit }
    }
}

enum Counts {
    WithoutSpace,
    Characters,
    Bytes,
}

impl Check {
    pub(super) fn size(&mut self, policy: &Policy) {
        let Size { used, limit } = Size::of(&policy.source, self.kind);
        if used > limit {
            let message = format!(
                "the policy is {used} long, and a policy of type {} may be {limit}",
                self.kind
            );
            let help = "split it, or join statements and actions by wildcards";
            self.error(
                Span::new(policy.span.start, policy.span.start + 1),
                "too-long",
                message,
                help,
            );
        }
    }
}
