//! The condition operators.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;

/// An operator with its prefix and suffix, such as `ForAnyValue:StringNotLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) set: Option<Set>,
    pub(super) test: Test,
    /// Whether a value must match none of the policy's.
    pub(super) negated: bool,
    /// Whether a missing key counts as a match.
    pub(super) if_exists: bool,
}

/// How many of a multi-valued key's values must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    All,
    Any,
}

/// How one value is compared with one of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Comparison),
    Date(Comparison),
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equals,
    Less,
    LessEquals,
    Greater,
    GreaterEquals,
}

impl Comparison {
    /// Whether a request's value that is `ordering` to the policy's will do.
    pub(super) fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equals => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessEquals => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEquals => ordering.is_ge(),
        }
    }
}

/// The section of AWS's page that describes an operator.
macro_rules! section {
    ($name:literal) => {
        concat!(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_",
            $name
        )
    };
}

impl Test {
    /// The page of AWS's documentation that describes it.
    pub(super) fn page(self) -> &'static str {
        match self {
            Self::StringEquals | Self::StringEqualsIgnoreCase | Self::StringLike => {
                section!("String")
            }
            Self::Numeric(_) => section!("Numeric"),
            Self::Date(_) => section!("Date"),
            Self::Bool => section!("Boolean"),
            Self::Binary => section!("BinaryEquals"),
            Self::IpAddress => section!("IPAddress"),
            Self::Arn => section!("ARN"),
            Self::Null => section!("Null"),
        }
    }
}

impl Operator {
    /// Reads an operator's name; its case does not matter.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (set, rest) = match name.split_once(':') {
            None => (None, name),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAllValues") => {
                (Some(Set::All), rest)
            }
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(Set::Any), rest)
            }
            Some(_) => return None,
        };
        let folded = rest.to_ascii_lowercase();
        let (base, if_exists) = match folded.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (folded.as_str(), false),
        };
        let &(_, test, negated) = TABLE
            .iter()
            .find(|(name, ..)| name.eq_ignore_ascii_case(base))?;
        if test == Test::Null && (if_exists || set.is_some()) {
            return None;
        }
        Some(Self {
            set,
            test,
            negated,
            if_exists,
        })
    }
}

/// Every operator: its name, its test, and whether it negates the test.
pub(super) const TABLE: [(&str, Test, bool); 27] = [
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    (
        "StringEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase,
        false,
    ),
    (
        "StringNotEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase,
        true,
    ),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Comparison::Equals), false),
    ("NumericNotEquals", Test::Numeric(Comparison::Equals), true),
    ("NumericLessThan", Test::Numeric(Comparison::Less), false),
    (
        "NumericLessThanEquals",
        Test::Numeric(Comparison::LessEquals),
        false,
    ),
    (
        "NumericGreaterThan",
        Test::Numeric(Comparison::Greater),
        false,
    ),
    (
        "NumericGreaterThanEquals",
        Test::Numeric(Comparison::GreaterEquals),
        false,
    ),
    ("DateEquals", Test::Date(Comparison::Equals), false),
    ("DateNotEquals", Test::Date(Comparison::Equals), true),
    ("DateLessThan", Test::Date(Comparison::Less), false),
    (
        "DateLessThanEquals",
        Test::Date(Comparison::LessEquals),
        false,
    ),
    ("DateGreaterThan", Test::Date(Comparison::Greater), false),
    (
        "DateGreaterThanEquals",
        Test::Date(Comparison::GreaterEquals),
        false,
    ),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::Binary, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::Arn, false),
    ("ArnLike", Test::Arn, false),
    ("ArnNotEquals", Test::Arn, true),
    ("ArnNotLike", Test::Arn, true),
    ("Null", Test::Null, false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_is_read_with_prefix_and_suffix_in_any_case() {
        let read = Operator::parse("forAnyValue:stringNotLikeIfExists").unwrap();
        assert_eq!(
            read,
            Operator {
                set: Some(Set::Any),
                test: Test::StringLike,
                negated: true,
                if_exists: true
            }
        );
        for wrong in [
            "",
            "StringEqual",
            "ForSomeValues:StringEquals",
            "NullIfExists",
            "ForAllValues:Null",
            "IfExists",
        ] {
            assert!(Operator::parse(wrong).is_none(), "{wrong}");
        }
    }
}
