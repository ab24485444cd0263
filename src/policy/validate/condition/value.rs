//! Findings about what values look like: addresses, dates, accounts, regions.

use core::net::IpAddr;

use ipnet::IpNet;

use crate::policy::document::{Condition, Spanned, Statement};
use crate::policy::operator::{Operator, Test};
use crate::policy::validate::arn::is_region;
use crate::policy::validate::{Check, allows};

impl Check {
    /// The value is legible under its operator.
    pub(super) fn value_form(
        &mut self,
        value: &Spanned<String>,
        operator: Operator,
        condition: &Condition,
        statement: &Statement,
    ) {
        match operator.test {
            Test::IpAddress => self.address(value, operator, condition, statement),
            Test::Date(_) => self.date(value),
            Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => {
                self.identifier(value, &condition.key.value);
            }
            _ => {}
        }
    }

    fn address(
        &mut self,
        value: &Spanned<String>,
        operator: Operator,
        condition: &Condition,
        statement: &Statement,
    ) {
        let text = &value.value;
        let (address, network) = match (text.parse::<IpNet>(), text.parse::<IpAddr>()) {
            (Ok(network), _) => (network.addr(), network),
            (_, Ok(address)) => (address, IpNet::from(address)),
            _ => return,
        };
        let is_source = condition.key.value.eq_ignore_ascii_case("aws:SourceIp");
        if network.prefix_len() == 0 {
            let (what, help) = match (allows(statement), operator.negated) {
                (true, false) | (false, true) => (
                    "limits nothing",
                    "name the networks that are meant, or leave the condition out",
                ),
                _ => ("means everyone", "name the networks that are meant"),
            };
            self.danger(
                value.span,
                "cidr-everything",
                format!("`{text}` is every address, so it {what}"),
                help,
            );
        } else if is_source && is_private(address) {
            self.warning(
                value.span,
                "private-address",
                format!("`{text}` is a private address, which `aws:SourceIp` never holds"),
                "for calls through a VPC endpoint use `aws:VpcSourceIp`",
            );
        } else if network.network() != address {
            self.suggestion(
                value.span,
                "cidr-host-bits",
                format!("`{text}` names an address within its range"),
                &format!("write `{}`, which means the same", network.trunc()),
            );
        }
    }

    /// Source: access-analyzer-reference-policy-checks, "Invalid date value"
    fn date(&mut self, value: &Spanned<String>) {
        let text = &value.value;
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.warning(
                value.span,
                "ambiguous-date",
                format!("`{text}` may be read as a year or as seconds since 1970"),
                "write the whole day, such as `2026-01-31`",
            );
        }
    }

    fn identifier(&mut self, value: &Spanned<String>, key: &str) {
        let text = value.value.as_str();
        let key = key.to_ascii_lowercase();
        // A pattern or a variable may become anything.
        if text.contains(['*', '?', '$']) {
            return;
        }
        let Some((code, what, is_sound)) = expected(&key) else {
            return;
        };
        if !is_sound(text) {
            let message = format!("`{text}` is not {what}, so it never matches");
            self.warning(value.span, code, message, &format!("write {what}"));
        }
    }

    pub(super) fn both_booleans(&mut self, condition: &Condition, operator: Operator) {
        let has = |wanted: &str| {
            let mut values = condition.values.values.iter();
            values.any(|value| value.value.eq_ignore_ascii_case(wanted))
        };
        if matches!(operator.test, Test::Bool | Test::Null) && has("true") && has("false") {
            self.warning(
                condition.span,
                "bool-both-values",
                format!(
                    "`{}` is always `true` or `false`, so this asks nothing",
                    condition.key.value
                ),
                "keep the one that is meant",
            );
        }
    }
}

type Form = (&'static str, &'static str, fn(&str) -> bool);

/// What the values of a key look like, where they have a form of their own. The key is in lower case.
fn expected(key: &str) -> Option<Form> {
    Some(match key {
        "aws:requestedregion" => (
            "invalid-region",
            "a region such as `eu-central-1`",
            |text| is_region(text) || text == "aws-global",
        ),
        "aws:principalaccount"
        | "aws:resourceaccount"
        | "aws:sourceaccount"
        | "aws:vpceaccount"
        | "kms:calleraccount"
        | "s3:dataaccesspointaccount"
        | "s3:resourceaccount" => ("invalid-account", "an account of twelve digits", is_account),
        "aws:principalorgid" | "aws:resourceorgid" | "aws:sourceorgid" | "aws:vpceorgid" => (
            "invalid-organization",
            "an organization's id such as `o-a1b2c3d4e5`",
            is_organization,
        ),
        "aws:principalorgpaths"
        | "aws:resourceorgpaths"
        | "aws:sourceorgpaths"
        | "aws:vpceorgpaths" => (
            "invalid-organization-path",
            "a path such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`",
            |text| {
                text.split_once('/').is_some_and(|(organization, rest)| {
                    is_organization(organization) && rest.starts_with("r-") && rest.ends_with('/')
                })
            },
        ),
        "aws:sourcevpc" => ("invalid-vpc", "a VPC's id such as `vpc-1a2b3c4d`", |text| {
            is_id(text, "vpc-")
        }),
        "aws:sourcevpce" => (
            "invalid-vpc-endpoint",
            "a VPC endpoint's id such as `vpce-1a2b3c4d`",
            |text| is_id(text, "vpce-"),
        ),
        _ => return None,
    })
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>
fn is_organization(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|id| {
        let is_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        (10..=32).contains(&id.len()) && id.bytes().all(is_id)
    })
}

fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Addresses that no request comes from over the internet.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_private() || address.is_loopback() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_unique_local() || address.is_loopback() || address.is_unicast_link_local()
        }
    }
}
