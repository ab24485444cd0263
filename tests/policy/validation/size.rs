//! How long a policy may be, and what counts.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>

use cipherdeck::policy::Size;

use super::*;

#[test]
fn sizes_count_white_space_only_where_aws_does() {
    let spaced = format!("{{{}\"a b\": \"é\\\" \"}}", " ".repeat(11_000));
    let used = |kind| Size::of(&spaced, kind).used;
    for kind in [Identity, Boundary, Trust] {
        assert_eq!(used(kind), 14, "{kind}: what stands within quotes counts");
    }
    for kind in [Session, Endpoint, Scp, Rcp] {
        assert_eq!(used(kind), 11_015, "{kind}: every character");
    }
    for kind in [Key, Resource] {
        assert_eq!(used(kind), 11_016, "{kind}: every byte");
    }
}

#[test]
fn a_policy_may_be_as_long_as_its_kind_allows_and_no_longer() {
    let limits = [
        (Identity, 6144),
        (Boundary, 6144),
        (Trust, 8192),
        (Session, 2048),
        (Key, 32_768),
        (Resource, 20_480),
        (Endpoint, 20_480),
        (Scp, 10_240),
        (Rcp, 5120),
    ];
    for (kind, limit) in limits {
        let filled = |length: usize| {
            let empty = text(kind, &json!({"Sid": ""}));
            let more = length - Size::of(&empty, kind).used;
            text(kind, &json!({"Sid": "a".repeat(more)}))
        };
        assert_eq!(Size::of(&filled(limit), kind), Size { used: limit, limit });
        let found = codes(kind, &filled(limit));
        assert!(!found.contains(&"too-long".to_owned()), "{kind}: {found:?}");
        assert_eq!(codes(kind, &filled(limit + 1)), ["too-long"], "{kind}");
    }
}

#[test]
fn a_trust_policy_over_the_default_needs_a_higher_quota_first() {
    let trust = |length| text(Trust, &json!({"Sid": "a".repeat(length)}));
    assert_eq!(codes(Trust, &trust(2048)), ["over-default-quota"]);
    assert_eq!(codes(Trust, &trust(1000)), [""; 0]);
}
