//! Edits of the request's context.

use crate::policy::context::ContextValue;
use crate::policy::operator::{Operator, Test};
use crate::policy::principal::Principal;
use crate::policy::request::Request;
use crate::policy::trace::ClauseTrace;

use super::case::{Candidate, Case, Proposal};
use super::edit::{Change, EditKind, Place};
use super::sample;

/// Of longer lists of values no more are tried.
const MOST_VALUES: usize = 3;

/// Contexts under which a condition might come out otherwise.
pub(super) fn candidates(case: &Case<'_>, clause: &ClauseTrace) -> Vec<Candidate> {
    let (Some(operator), Some(key)) = (clause.operator.as_deref(), &clause.key) else {
        return Vec::new();
    };
    let Some(operator) = Operator::parse(operator) else {
        return Vec::new();
    };
    let candidate = |value| candidate(case.request, key, value);
    if key.eq_ignore_ascii_case("aws:username") {
        return user_name(case.request)
            .into_iter()
            .map(|name| candidate(Some(name)))
            .collect();
    }
    if is_fact(key) {
        return Vec::new();
    }
    let mut values = values(clause, operator, key);
    values.retain(|value| clause.request.as_deref() != Some(value));
    let mut candidates: Vec<_> = values
        .into_iter()
        .map(|value| candidate(Some(value)))
        .collect();
    if case.request.context.get(key).is_some() && !is_always_there(key) {
        candidates.push(candidate(None));
    }
    candidates
}

/// What nobody can choose, because it follows from who asks and from where things belong.
fn is_fact(key: &str) -> bool {
    const FACTS: [&str; 16] = [
        "aws:assumedroot",
        "aws:federatedprovider",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalisawsservice",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        "aws:principaltype",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:resourceorgpaths",
        "aws:userid",
        "aws:username",
        "kms:calleraccount",
    ];
    FACTS
        .binary_search(&key.to_ascii_lowercase().as_str())
        .is_ok()
}

/// What AWS puts into every request.
fn is_always_there(key: &str) -> bool {
    const ALWAYS: [&str; 6] = [
        "aws:currenttime",
        "aws:epochtime",
        "aws:requestedregion",
        "aws:securetransport",
        "aws:useragent",
        "aws:viaawsservice",
    ];
    ALWAYS
        .binary_search(&key.to_ascii_lowercase().as_str())
        .is_ok()
}

/// The one value that `aws:username` can have.
fn user_name(request: &Request) -> Option<ContextValue> {
    let Principal::User { arn, .. } = &request.principal else {
        return None;
    };
    let name = arn.resource.rsplit('/').next()?;
    Some(ContextValue::Single(name.to_owned()))
}

fn values(clause: &ClauseTrace, operator: Operator, key: &str) -> Vec<ContextValue> {
    if operator.test == Test::Null {
        return match clause.request {
            Some(_) => Vec::new(),
            None => vec![ContextValue::Single(sample::any(key))],
        };
    }
    let wanted: Vec<&str> = clause
        .values
        .iter()
        .map(|value| value.substituted.as_deref().unwrap_or(&value.written))
        .collect();
    let fitting = wanted.iter().take(MOST_VALUES);
    let fitting = fitting.filter_map(|wanted| sample::fitting(operator.test, wanted, key));
    let fitting: Vec<String> = fitting
        .chain(sample::other(operator.test, &wanted, key))
        .collect();
    match clause.request.as_deref() {
        Some(ContextValue::Multiple(held)) => several(held, &fitting),
        None if operator.set.is_some() => several(&[], &fitting),
        _ => fitting.into_iter().map(ContextValue::Single).collect(),
    }
}

/// Sets with one value more, with one value less, and with one value only.
fn several(held: &[String], fitting: &[String]) -> Vec<ContextValue> {
    let more = fitting.iter().map(|value| {
        let mut values = held.to_vec();
        values.push(value.clone());
        values
    });
    let less = (0..held.len().min(MOST_VALUES)).map(|at| {
        let mut values = held.to_vec();
        values.remove(at);
        values
    });
    let only = fitting.iter().map(|value| vec![value.clone()]);
    more.chain(less)
        .chain(only)
        .map(ContextValue::Multiple)
        .collect()
}

/// The request with a key that holds this, or without it.
pub(super) fn candidate(request: &Request, key: &str, value: Option<ContextValue>) -> Candidate {
    let before = request.context.get(key);
    Candidate {
        kind: EditKind::ChangeContext,
        place: Place::Context(key.to_owned()),
        before: before.map(written).unwrap_or_default(),
        after: value.as_ref().map(written).unwrap_or_default(),
        sentence: sentence(key, before, value.as_ref()),
        risk: match (before, &value) {
            (None, _) => 0,
            (Some(_), Some(_)) => 1,
            (Some(_), None) => 2,
        },
        proposal: Proposal::Change(Change::Key {
            key: key.to_owned(),
            value,
        }),
    }
}

fn written(value: &ContextValue) -> String {
    match value {
        ContextValue::Single(value) => value.clone(),
        ContextValue::Multiple(values) => format!("[{}]", values.join(", ")),
    }
}

fn sentence(key: &str, before: Option<&ContextValue>, after: Option<&ContextValue>) -> String {
    let folded = key.to_ascii_lowercase();
    let Some(after) = after else {
        return match folded.as_str() {
            "aws:sourceip" => format!("call through a VPC endpoint, where `{key}` is not there"),
            _ => format!("leave `{key}` out of the request"),
        };
    };
    let value = written(after);
    match (folded.as_str(), value.as_str()) {
        ("aws:multifactorauthpresent", "true") => {
            format!("sign in with MFA, so that `{key}` is `true`")
        }
        ("aws:multifactorauthpresent", "false") => {
            format!("sign in without MFA, so that `{key}` is `false`")
        }
        ("aws:securetransport", "true") => format!("call over TLS, so that `{key}` is `true`"),
        ("aws:securetransport", "false") => format!("call without TLS, so that `{key}` is `false`"),
        ("aws:sourceip", _) => format!("call from the address `{value}` (`{key}`)"),
        ("aws:sourcevpce", _) => format!("call through the VPC endpoint `{value}` (`{key}`)"),
        ("aws:sourcevpc", _) => format!("call from the VPC `{value}` (`{key}`)"),
        ("aws:requestedregion", _) => format!("ask in the Region `{value}` (`{key}`)"),
        ("aws:currenttime" | "aws:epochtime", _) => format!("ask at `{value}` (`{key}`)"),
        _ => tagged(key, &folded, &value).unwrap_or_else(|| sent(key, before, &value)),
    }
}

fn sent(key: &str, before: Option<&ContextValue>, value: &str) -> String {
    match before {
        Some(before) => format!("change `{key}` from `{}` to `{value}`", written(before)),
        None => format!("send `{key}` with the value `{value}`"),
    }
}

/// What a key with a name of its own behind the slash or the last colon is about.
fn tagged(key: &str, folded: &str, value: &str) -> Option<String> {
    const KINDS: [(&str, &str); 4] = [
        ("aws:principaltag/", "tag the caller with"),
        ("aws:resourcetag/", "tag the resource with"),
        ("aws:requesttag/", "ask for the tag"),
        ("kms:encryptioncontext:", "pass the encryption context"),
    ];
    let (prefix, what) = KINDS
        .into_iter()
        .find(|(prefix, _)| folded.starts_with(prefix))?;
    let name = key.get(prefix.len()..)?;
    Some(format!("{what} `{name}` = `{value}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_what_one_would_do() {
        let single = |value: &str| ContextValue::Single(value.to_owned());
        for (key, value, what) in [
            (
                "aws:MultiFactorAuthPresent",
                "true",
                "sign in with MFA, so that `KEY` is `true`",
            ),
            (
                "aws:MultiFactorAuthPresent",
                "false",
                "sign in without MFA, so that `KEY` is `false`",
            ),
            (
                "aws:SecureTransport",
                "true",
                "call over TLS, so that `KEY` is `true`",
            ),
            (
                "aws:SecureTransport",
                "false",
                "call without TLS, so that `KEY` is `false`",
            ),
            (
                "aws:SourceIp",
                "192.0.2.7",
                "call from the address `192.0.2.7` (`KEY`)",
            ),
            (
                "aws:SourceVpce",
                "vpce-1a2b",
                "call through the VPC endpoint `vpce-1a2b` (`KEY`)",
            ),
            (
                "aws:SourceVpc",
                "vpc-1a2b",
                "call from the VPC `vpc-1a2b` (`KEY`)",
            ),
            (
                "aws:RequestedRegion",
                "eu-west-1",
                "ask in the Region `eu-west-1` (`KEY`)",
            ),
            (
                "aws:CurrentTime",
                "2027-01-01T00:00:00Z",
                "ask at `2027-01-01T00:00:00Z` (`KEY`)",
            ),
            ("aws:EpochTime", "1798761600", "ask at `1798761600` (`KEY`)"),
            (
                "aws:PrincipalTag/Team",
                "red",
                "tag the caller with `Team` = `red`",
            ),
            (
                "aws:ResourceTag/Team",
                "red",
                "tag the resource with `Team` = `red`",
            ),
            (
                "aws:RequestTag/Team",
                "red",
                "ask for the tag `Team` = `red`",
            ),
            (
                "kms:EncryptionContext:team",
                "red",
                "pass the encryption context `team` = `red`",
            ),
            ("s3:prefix", "home/", "send `KEY` with the value `home/`"),
        ] {
            let told = sentence(key, None, Some(&single(value)));
            assert_eq!(told, what.replace("KEY", key));
        }
        assert_eq!(
            sentence("k:a", Some(&single("1")), Some(&single("2"))),
            "change `k:a` from `1` to `2`"
        );
        assert_eq!(
            sentence("k:a", None, None),
            "leave `k:a` out of the request"
        );
        assert_eq!(
            sentence("aws:SourceIp", None, None),
            "call through a VPC endpoint, where `aws:SourceIp` is not there"
        );
    }

    #[test]
    fn nobody_chooses_who_they_are() {
        assert!(is_fact("aws:PrincipalOrgID"));
        assert!(!is_fact("aws:PrincipalTag/team"));
        assert!(is_always_there("aws:SecureTransport"));
    }
}
