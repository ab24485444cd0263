//! Values that a condition would take, and values that it would not.

use core::net::IpAddr;

use ipnet::IpNet;

use crate::policy::operator::{Comparison, Test};
use crate::policy::pattern::Pattern;
use crate::policy::scalar::Instant;

/// A value that matches `wanted`, as the policy holds it, under `test`. Whether it really does, evaluation tells.
pub(super) fn fitting(test: Test, wanted: &str, key: &str) -> Option<String> {
    match test {
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::Bool | Test::Binary => {
            Some(wanted.to_owned())
        }
        Test::StringLike => Some(filled(wanted, key)),
        Test::Arn => {
            let parts = wanted.splitn(6, ':').map(|part| filled(part, key));
            Some(parts.collect::<Vec<_>>().join(":"))
        }
        Test::Numeric(comparison) => number(wanted, steps_in(comparison)),
        Test::Date(comparison) => date(wanted, steps_in(comparison)),
        Test::IpAddress => inside(wanted),
        Test::Null => None,
    }
}

/// A value that matches none of `wanted`.
pub(super) fn other(test: Test, wanted: &[&str], key: &str) -> Option<String> {
    let first = wanted.first()?;
    match test {
        Test::Bool => Some(
            if first.eq_ignore_ascii_case("true") {
                "false"
            } else {
                "true"
            }
            .to_owned(),
        ),
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => {
            let known = if is_region(key) {
                REGIONS.as_slice()
            } else {
                &["other"]
            };
            let free = known.iter().find(|known| {
                !wanted
                    .iter()
                    .any(|wanted| Pattern::wild(wanted).matches(known))
            });
            free.map(|free| (*free).to_owned())
        }
        Test::Arn => Some("arn:aws:s3:::other".to_owned()),
        Test::Binary => Some("b3RoZXI=".to_owned()),
        Test::Numeric(comparison) => number(first, steps_out(comparison)),
        Test::Date(comparison) => date(first, steps_out(comparison)),
        Test::IpAddress => outside(wanted),
        Test::Null => None,
    }
}

/// A value for a key of which only presence matters.
pub(super) fn any(key: &str) -> String {
    let key = key.to_ascii_lowercase();
    let value = match key.as_str() {
        "aws:multifactorauthage" => "300",
        "aws:multifactorauthpresent" | "aws:securetransport" => "true",
        "aws:sourceip" => ADDRESSES[0],
        _ if is_region(&key) => REGIONS[0],
        _ => "example",
    };
    value.to_owned()
}

const REGIONS: [&str; 6] = [
    "us-east-1",
    "eu-west-1",
    "eu-central-1",
    "us-west-2",
    "ap-southeast-2",
    "sa-east-1",
];

/// From the blocks that are set aside for documentation (RFC 5737, RFC 3849), and one private.
const ADDRESSES: [&str; 5] = [
    "203.0.113.7",
    "198.51.100.7",
    "192.0.2.7",
    "10.0.0.7",
    "2001:db8::7",
];

fn is_region(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:RequestedRegion")
}

/// How far from the policy's number one that satisfies the comparison lies.
fn steps_in(comparison: Comparison) -> i64 {
    match comparison {
        Comparison::Less => -1,
        Comparison::Greater => 1,
        Comparison::Equals | Comparison::LessEquals | Comparison::GreaterEquals => 0,
    }
}

fn steps_out(comparison: Comparison) -> i64 {
    match comparison {
        Comparison::Equals | Comparison::LessEquals => 1,
        Comparison::GreaterEquals => -1,
        Comparison::Less | Comparison::Greater => 0,
    }
}

fn number(text: &str, steps: i64) -> Option<String> {
    if steps == 0 {
        return Some(text.to_owned());
    }
    let whole = text.split('.').next().unwrap_or_default();
    let number: i64 = whole.parse().ok()?;
    Some(number.checked_add(steps)?.to_string())
}

fn date(text: &str, steps: i64) -> Option<String> {
    const DAY: i64 = 86_400;
    if steps == 0 {
        return Some(text.to_owned());
    }
    Instant::parse(text)?.shifted(steps * DAY)
}

fn inside(range: &str) -> Option<String> {
    if range.parse::<IpAddr>().is_ok() {
        return Some(range.to_owned());
    }
    let range: IpNet = range.parse().ok()?;
    let known = ADDRESSES.into_iter().find(|known| holds(&range, known));
    known
        .map(str::to_owned)
        .or_else(|| Some(range.hosts().next()?.to_string()))
}

fn outside(ranges: &[&str]) -> Option<String> {
    let ranges: Vec<IpNet> = ranges
        .iter()
        .filter_map(|range| {
            range
                .parse()
                .ok()
                .or_else(|| Some(range.parse::<IpAddr>().ok()?.into()))
        })
        .collect();
    let free = ADDRESSES
        .into_iter()
        .find(|address| !ranges.iter().any(|range| holds(range, address)));
    free.map(str::to_owned)
}

fn holds(range: &IpNet, address: &str) -> bool {
    address
        .parse::<IpAddr>()
        .is_ok_and(|address| range.contains(&address))
}

/// A text that a pattern holds.
fn filled(pattern: &str, key: &str) -> String {
    if is_region(key)
        && let Some(region) = REGIONS
            .into_iter()
            .find(|region| Pattern::wild(pattern).matches(region))
    {
        return region.to_owned();
    }
    let mut text = String::new();
    for char in pattern.chars() {
        match char {
            // Behind a word nothing need follow.
            '*' if text.ends_with(|last: char| last.is_alphanumeric()) => {}
            '*' => text.push_str("example"),
            '?' => text.push('x'),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fitting_value_is_one_that_people_would_write() {
        let fits = |test, wanted| fitting(test, wanted, "k:a").unwrap();
        assert_eq!(fits(Test::StringLike, "home/*"), "home/example");
        assert_eq!(fits(Test::StringLike, "aws:kms*"), "aws:kms");
        assert_eq!(fits(Test::IpAddress, "203.0.113.0/24"), "203.0.113.7");
        assert_eq!(fits(Test::IpAddress, "172.16.0.0/12"), "172.16.0.1");
        assert_eq!(fits(Test::IpAddress, "192.0.2.1"), "192.0.2.1");
        assert_eq!(fits(Test::Numeric(Comparison::Less), "3600"), "3599");
        assert_eq!(
            fits(Test::Date(Comparison::Greater), "2026-12-31T12:00:00Z"),
            "2027-01-01T12:00:00Z"
        );
        let region = fitting(Test::StringLike, "eu-*", "aws:RequestedRegion");
        assert_eq!(region.as_deref(), Some("eu-west-1"));
    }

    #[test]
    fn another_value_is_none_of_those_that_are_listed() {
        let other = |test, wanted: &[&str]| other(test, wanted, "aws:RequestedRegion");
        let region = other(Test::StringEquals, &["us-east-1", "eu-west-1"]);
        assert_eq!(region.as_deref(), Some("eu-central-1"));
        assert_eq!(other(Test::StringLike, &["*"]), None);
        assert_eq!(other(Test::Bool, &["true"]).as_deref(), Some("false"));
        let address = other(Test::IpAddress, &["203.0.113.0/24", "198.51.100.0/24"]);
        assert_eq!(address.as_deref(), Some("192.0.2.7"));
    }
}
