//! One value of a condition: what it means under its operator, and whether a request's value satisfies it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;

use crate::base::Span;

use super::arn_pattern::{ArnParts, ArnPattern, NO_VALUE};
use super::document::Spanned;
use super::operator::{Comparison, Test};
use super::pattern::Pattern;
use super::scalar::{Decimal, Instant};
use super::template::{Reading, Template};
use super::trace::{Truth, Unspecified};
use super::view::View;

/// A value as written and as compiled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) written: Arc<str>,
    pub(super) span: Span,
    pub(super) meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Text(Text),
    Number(Comparison, Decimal),
    Date(Comparison, Instant),
    Bool(bool),
    Bytes(Vec<u8>),
    Network(IpNet),
    Arn {
        pattern: ArnPattern,
        template: Option<Template>,
    },
    Null(bool),
    /// With the reason in a short phrase.
    Illegal(&'static str),
}

/// A text to compare with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    kind: TextKind,
    template: Template,
    /// Ready where nothing has to be filled in.
    fixed: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextKind {
    Exact,
    IgnoreCase,
    Wild,
    Bool,
}

/// Whether a value matches, with the reason in a short phrase where it does not.
pub(super) type Judged = (Truth, &'static str);

const MATCHES: Judged = (Truth::Matched, "");

impl Value {
    pub(super) fn compile(written: &Spanned<String>, test: Test, variables: bool) -> Self {
        let text = written.value.as_str();
        let meaning = match test {
            Test::StringEquals => self::text(text, TextKind::Exact, variables),
            Test::StringEqualsIgnoreCase => self::text(text, TextKind::IgnoreCase, variables),
            Test::StringLike => self::text(text, TextKind::Wild, variables),
            Test::Bool => bool_value(text).map_or_else(
                || match self::text(text, TextKind::Bool, variables) {
                    Meaning::Text(text) if !text.template.has_variables() => {
                        Meaning::Illegal("neither `true` nor `false`")
                    }
                    meaning => meaning,
                },
                Meaning::Bool,
            ),
            Test::Null => bool_value(text).map_or(
                Meaning::Illegal("neither `true` nor `false`"),
                Meaning::Null,
            ),
            Test::Numeric(comparison) => Decimal::parse(text)
                .map_or(Meaning::Illegal("not a number"), |number| {
                    Meaning::Number(comparison, number)
                }),
            Test::Date(comparison) => Instant::parse(text)
                .map_or(Meaning::Illegal("not a date"), |at| {
                    Meaning::Date(comparison, at)
                }),
            Test::Binary => STANDARD
                .decode(text)
                .map_or(Meaning::Illegal("not base64"), Meaning::Bytes),
            Test::IpAddress => {
                network(text).map_or(Meaning::Illegal("no address or range"), Meaning::Network)
            }
            Test::Arn => arn(text, variables),
        };
        Self {
            written: text.into(),
            span: written.span,
            meaning,
        }
    }

    /// Whether what the request holds matches this value, before any negation.
    pub(super) fn judge(&self, held: &str, view: &View<'_>) -> Judged {
        match &self.meaning {
            Meaning::Text(text) => text.judge(held, view),
            Meaning::Number(comparison, number) => match Decimal::parse(held) {
                None => (
                    Truth::CannotBeEvaluated,
                    "the request's value is not a number",
                ),
                Some(held) => told(
                    comparison.holds(held.cmp(number)),
                    "the comparison does not hold",
                ),
            },
            Meaning::Date(comparison, at) => match Instant::parse(held) {
                None => (
                    Truth::CannotBeEvaluated,
                    "the request's value is not a date",
                ),
                Some(held) => told(
                    comparison.holds(held.cmp(at)),
                    "the comparison does not hold",
                ),
            },
            Meaning::Bool(wanted) => match bool_value(held) {
                None => (
                    Truth::CannotBeEvaluated,
                    "the request's value is neither `true` nor `false`",
                ),
                Some(held) => told(held == *wanted, "differs"),
            },
            Meaning::Bytes(bytes) => match STANDARD.decode(held) {
                Err(_) => (
                    Truth::CannotBeEvaluated,
                    "the request's value is not base64",
                ),
                Ok(held) => told(held == *bytes, "the bytes differ"),
            },
            Meaning::Network(network) => address_in(network, held),
            Meaning::Arn { pattern, .. } => {
                let is_match = pattern.matches(&ArnParts::of(held), view);
                told(is_match, "differs")
            }
            // Presence is judged before any value is looked at.
            Meaning::Null(_) => (Truth::NotMatched, "differs"),
            Meaning::Illegal(why) => (Truth::CannotBeEvaluated, why),
        }
    }

    /// A closer reason why a text differs. Looking for it costs, so only a trace asks.
    pub(super) fn closer_reason(&self, held: &str, view: &View<'_>) -> Option<&'static str> {
        match &self.meaning {
            Meaning::Text(text) => text.difference(held, view),
            Meaning::Arn { pattern, .. } => Some(pattern.difference(&ArnParts::of(held), view)),
            _ => None,
        }
    }

    /// The value with its variables filled in, where it has any.
    pub(super) fn substituted(&self, view: &View<'_>) -> Option<String> {
        let template = self.template();
        let template = template.filter(|_| self.written.contains("${"))?;
        template.text(view)
    }

    /// What AWS leaves open where this value meets what the request holds.
    pub(super) fn unspecified(&self, held: &str, view: &View<'_>) -> Option<Unspecified> {
        let template = self.template();
        if template.is_some_and(|template| template.has_telling_value(view)) {
            Some(Unspecified::WildcardInVariable)
        } else if !matches!(self.meaning, Meaning::Illegal(_))
            && self.judge(held, view).0 == Truth::CannotBeEvaluated
        {
            Some(Unspecified::IncomparableValue)
        } else {
            None
        }
    }

    fn template(&self) -> Option<&Template> {
        match &self.meaning {
            Meaning::Text(text) => Some(&text.template),
            Meaning::Arn { template, .. } => template.as_ref(),
            _ => None,
        }
    }
}

impl Text {
    fn judge(&self, held: &str, view: &View<'_>) -> Judged {
        if let TextKind::IgnoreCase | TextKind::Bool = self.kind {
            return match self.template.text(view) {
                None => (Truth::NotMatched, NO_VALUE),
                Some(wanted) => told(is_same_in_any_case(&wanted, held), "differs"),
            };
        }
        if let Some(pattern) = &self.fixed {
            return told(pattern.matches(held), "differs");
        }
        match self.template.matches(held, view) {
            None => (Truth::NotMatched, NO_VALUE),
            Some(is_match) => told(is_match, "differs"),
        }
    }

    fn difference(&self, held: &str, view: &View<'_>) -> Option<&'static str> {
        let wanted = self.template.text(view)?;
        if is_same_in_any_case(&wanted, held) {
            Some("case differs")
        } else if self.kind == TextKind::Exact && wanted.contains(['*', '?']) {
            Some("differs; wildcards are plain characters under this operator")
        } else {
            None
        }
    }
}

fn text(text: &str, kind: TextKind, variables: bool) -> Meaning {
    let reading = Reading {
        wildcards: kind == TextKind::Wild,
        variables,
    };
    match Template::parse(text, reading) {
        Err(bad) => Meaning::Illegal(bad.phrase()),
        Ok(template) => Meaning::Text(Text {
            kind,
            fixed: template.fixed(),
            template,
        }),
    }
}

fn arn(text: &str, variables: bool) -> Meaning {
    let reading = Reading {
        wildcards: true,
        variables,
    };
    match ArnPattern::condition(text, variables) {
        Err(bad) => Meaning::Illegal(bad.phrase()),
        Ok(pattern) => Meaning::Arn {
            pattern,
            template: Template::parse(text, reading).ok(),
        },
    }
}

fn told(matched: bool, why_not: &'static str) -> Judged {
    if matched {
        MATCHES
    } else {
        (Truth::NotMatched, why_not)
    }
}

fn bool_value(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn is_same_in_any_case(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn network(text: &str) -> Option<IpNet> {
    text.parse()
        .ok()
        .or_else(|| Some(IpNet::from(text.parse::<core::net::IpAddr>().ok()?)))
}

fn address_in(network: &IpNet, held: &str) -> Judged {
    let Ok(address) = held.parse::<core::net::IpAddr>() else {
        return (
            Truth::CannotBeEvaluated,
            "the request's value is no address",
        );
    };
    if network.addr().is_ipv4() != address.is_ipv4() {
        return (Truth::NotMatched, "the address family differs");
    }
    told(
        network.contains(&address),
        "the address is outside the range",
    )
}
