//! Patterns over ARNs, which are matched part by part: no wildcard crosses one of the first five colons.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use super::pattern::Pattern;
use super::template::{BadVariable, Lookup, Reading, Template};

/// A pattern of a `Resource` element or under one of the ARN operators.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ArnPattern {
    /// `*`.
    Everything,
    /// A single variable that holds a whole ARN.
    Whole(Template),
    /// The first five parts as they are, up to the fifth colon, and the last.
    Within { start: Box<str>, resource: Field },
    /// One field for each part of an ARN.
    Parts(Vec<Field>),
}

/// One part of an ARN.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    Fixed(Pattern),
    Variable(Template),
}

/// Why a text is no such pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadArn {
    Variable(BadVariable),
    Parts,
    Prefix,
    ServiceWildcard,
    EarlyVariable,
}

impl BadArn {
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Variable(bad) => bad.phrase(),
            Self::Parts => "not the six parts of an ARN",
            Self::Prefix => "neither `*` nor an ARN",
            Self::ServiceWildcard => "a wildcard in the service part",
            Self::EarlyVariable => "a variable before the fifth colon",
        }
    }
}

/// How the parts of an ARN are called, for explanations.
const PARTS: [&str; 6] = [
    "`arn` prefix differs",
    "partition segment differs",
    "service segment differs",
    "region segment differs",
    "account segment differs",
    "resource part differs",
];

/// Why nothing matches where a variable has no value.
pub(super) const NO_VALUE: &str = "a variable has no value in this request";

/// Why a part does not match where it would in another case.
const CASE: &str = "case differs";

impl Field {
    /// Why the part does not match, in a short phrase; `differs` where it is for no closer reason.
    fn difference(
        &self,
        part: &str,
        values: &impl Lookup,
        differs: &'static str,
    ) -> Option<&'static str> {
        match (self.matches(part, values), self) {
            (Some(true), _) => None,
            (Some(false), Self::Fixed(pattern)) if pattern.matches_in_any_case(part) => Some(CASE),
            (Some(false), _) => Some(differs),
            (None, _) => Some(NO_VALUE),
        }
    }

    /// Whether the part matches; nothing where a variable has no value.
    fn matches(&self, part: &str, values: &impl Lookup) -> Option<bool> {
        match self {
            Self::Fixed(pattern) => Some(pattern.matches(part)),
            Self::Variable(template) => template.matches(part, values),
        }
    }
}

fn star() -> Template {
    Template::parse(
        "*",
        Reading {
            wildcards: true,
            variables: false,
        },
    )
    .expect("a star holds no variable")
}

/// An ARN taken apart, or a text that is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct ArnParts<'a> {
    text: &'a str,
    parts: [&'a str; 6],
    is_whole: bool,
}

impl<'a> ArnParts<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut parts = [""; 6];
        let mut count = 0;
        for (part, found) in parts.iter_mut().zip(text.splitn(6, ':')) {
            *part = found;
            count += 1;
        }
        Self {
            text,
            parts,
            is_whole: count == 6,
        }
    }

    /// Such as `kms`; empty where the text is no ARN.
    pub(super) fn service(&self) -> &'a str {
        self.parts[2]
    }

    /// What stands behind the fifth colon.
    pub(super) fn resource(&self) -> &'a str {
        self.parts[5]
    }
}

fn no_arn(text: &str) -> &'static str {
    match text {
        "*" => "the request is for no resource, which only `*` matches",
        _ => "the request's value is not an ARN",
    }
}

impl ArnPattern {
    /// Reads an entry of `Resource` or `NotResource`. One that ends in `*` may leave out what stands behind it.
    pub(super) fn resource(text: &str, variables: bool) -> Result<Self, BadArn> {
        match Self::split(text, variables)? {
            None => Ok(Self::Everything),
            Some(mut parts) => {
                if text.ends_with('*') {
                    parts.resize_with(6, star);
                }
                Self::whole_resource(text, parts)
            }
        }
    }

    /// Reads one that names at least a service and leaves out later parts, which identity-based policies complete by `*`.
    pub(super) fn incomplete_resource(text: &str, variables: bool) -> Result<Self, BadArn> {
        let mut parts = Self::split(text, variables)?.ok_or(BadArn::Parts)?;
        if !(3..6).contains(&parts.len()) {
            return Err(BadArn::Parts);
        }
        parts.resize_with(6, star);
        Self::whole_resource(text, parts)
    }

    fn whole_resource(text: &str, parts: Vec<Template>) -> Result<Self, BadArn> {
        if parts
            .first()
            .is_none_or(|first| first.fixed() != Some(Pattern::wild("arn")))
        {
            return Err(BadArn::Prefix);
        }
        if parts.len() != 6 {
            return Err(BadArn::Parts);
        }
        if parts[..5].iter().any(Template::has_variables) {
            return Err(BadArn::EarlyVariable);
        }
        if text
            .split(':')
            .nth(2)
            .is_some_and(|service| service.contains(['*', '?']))
        {
            return Err(BadArn::ServiceWildcard);
        }
        Ok(Self::of(parts))
    }

    /// Reads a value under one of the ARN operators.
    pub(super) fn condition(text: &str, variables: bool) -> Result<Self, BadArn> {
        match Self::split(text, variables)? {
            None => Ok(Self::Everything),
            // A single variable may hold a whole ARN.
            Some(parts) => match <[Template; 1]>::try_from(parts) {
                Ok([whole]) if whole.has_variables() => Ok(Self::Whole(whole)),
                Ok(_) => Err(BadArn::Parts),
                Err(parts) if parts.len() == 6 => Ok(Self::of(parts)),
                Err(_) => Err(BadArn::Parts),
            },
        }
    }

    /// Whether `arn` is one of those meant.
    pub(super) fn matches(&self, arn: &ArnParts<'_>, values: &impl Lookup) -> bool {
        match self {
            Self::Everything => true,
            Self::Whole(template) => template.matches(arn.text, values) == Some(true),
            Self::Within { start, resource } => {
                let rest = arn.text.strip_prefix(&**start);
                rest.is_some_and(|rest| resource.matches(rest, values) == Some(true))
            }
            Self::Parts(fields) => {
                let mut pairs = fields.iter().zip(arn.parts);
                arn.is_whole && pairs.all(|(field, part)| field.matches(part, values) == Some(true))
            }
        }
    }

    /// Why `arn` is none of those meant, in a short phrase.
    pub(super) fn difference(&self, arn: &ArnParts<'_>, values: &impl Lookup) -> &'static str {
        let found = match self {
            Self::Everything => None,
            Self::Whole(template) => match template.matches(arn.text, values) {
                None => Some(NO_VALUE),
                Some(_) => None,
            },
            Self::Within { .. } | Self::Parts(_) if !arn.is_whole => Some(no_arn(arn.text)),
            Self::Within { start, resource } => {
                let mut starts = start.split(':').zip(arn.parts).zip(PARTS).take(5);
                let differing = starts.find(|((wanted, part), _)| wanted != part);
                match differing {
                    Some(((wanted, part), _)) if wanted.eq_ignore_ascii_case(part) => Some(CASE),
                    Some((_, differs)) => Some(differs),
                    None => resource.difference(arn.resource(), values, PARTS[5]),
                }
            }
            Self::Parts(fields) => {
                let mut pairs = fields.iter().zip(arn.parts).zip(PARTS);
                pairs.find_map(|((field, part), differs)| field.difference(part, values, differs))
            }
        };
        found.unwrap_or("differs")
    }

    fn of(parts: Vec<Template>) -> Self {
        let fields = parts.into_iter().map(|part| match part.fixed() {
            Some(pattern) => Field::Fixed(pattern),
            None => Field::Variable(part),
        });
        let mut fields: Vec<Field> = fields.collect();
        let start: Option<String> = fields[..5]
            .iter()
            .map(|field| match field {
                Field::Fixed(pattern) => pattern.exact().map(|part| format!("{part}:")),
                Field::Variable(_) => None,
            })
            .collect();
        match (start, fields.pop()) {
            (Some(start), Some(resource)) => Self::Within {
                start: start.into(),
                resource,
            },
            (_, last) => {
                fields.extend(last);
                Self::Parts(fields)
            }
        }
    }

    fn split(text: &str, variables: bool) -> Result<Option<Vec<Template>>, BadArn> {
        let reading = Reading {
            wildcards: true,
            variables,
        };
        let template = Template::parse(text, reading).map_err(BadArn::Variable)?;
        if template.is_star() {
            return Ok(None);
        }
        Ok(Some(template.split_colons(5)))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::policy::key::Key;

    struct Team;

    impl Lookup for Team {
        fn value(&self, key: &Key) -> Option<Cow<'_, str>> {
            match key.name() {
                "team" => Some(Cow::Borrowed("a*b")),
                "self" => Some(Cow::Borrowed("arn:aws:iam::111122223333:user/alice")),
                _ => None,
            }
        }
    }

    fn matches(pattern: &str, arn: &str) -> bool {
        ArnPattern::resource(pattern, true)
            .unwrap()
            .matches(&ArnParts::of(arn), &Team)
    }

    #[test]
    fn a_wildcard_crosses_slashes_and_late_colons_but_not_the_first_five() {
        assert!(matches("arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y"));
        assert!(matches(
            "arn:aws:logs:*:*:log-group:*",
            "arn:aws:logs:us-east-1:111122223333:log-group:a:b"
        ));
        assert!(matches("arn:aws:s3:*", "arn:aws:s3:::b/x"));
        assert!(!matches("arn:aws:s3:::b/*", "arn:aws:s3:::b"));
        assert!(!matches("arn:aws:iam::*:user/a", "arn:aws:iam::1:2:user/a"));
        assert!(!matches("arn:aws:s3:::B", "arn:aws:s3:::b"));
        assert!(!matches("arn:aws:s3:::b", "*"));
    }

    #[test]
    fn what_a_variable_holds_is_literal() {
        assert!(matches("arn:aws:s3:::b/${team}/x", "arn:aws:s3:::b/a*b/x"));
        assert!(!matches(
            "arn:aws:s3:::b/${team}/x",
            "arn:aws:s3:::b/axxb/x"
        ));
        assert!(matches("arn:aws:s3:::b/${nobody, 'x'}", "arn:aws:s3:::b/x"));
        assert!(!matches("arn:aws:s3:::b/${nobody}", "arn:aws:s3:::b/"));
        let whole = ArnPattern::condition("${self}", true).unwrap();
        assert!(whole.matches(&ArnParts::of("arn:aws:iam::111122223333:user/alice"), &Team));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let bad = |text| ArnPattern::resource(text, true).unwrap_err();
        assert_eq!(bad("b/*"), BadArn::Prefix);
        assert_eq!(bad("arn:aws:s3"), BadArn::Parts);
        assert_eq!(bad("arn:aws:s*:::b"), BadArn::ServiceWildcard);
        assert_eq!(bad("arn:aws:s3::${team}:b"), BadArn::EarlyVariable);
        assert_eq!(
            bad("arn:aws:s3:::b/${team"),
            BadArn::Variable(BadVariable::Unclosed)
        );
        assert_eq!(
            ArnPattern::condition("arn:aws:s3", true).unwrap_err(),
            BadArn::Parts
        );
    }
}
