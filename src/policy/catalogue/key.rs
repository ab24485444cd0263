//! Condition keys and the types of their values.

use std::fmt;

/// A condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// Its name, such as `aws:SourceIp`. An open one ends in what is to be filled in, as in `aws:RequestTag/${TagKey}`.
    pub name: &'static str,
    /// The type of its value, or of each of its values.
    pub value_type: KeyType,
    /// Whether a request may hold several values of it, so that a set operator is needed.
    pub is_multi_valued: bool,
}

/// The type of a key's values, which says what operators fit it.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html#context_keys_table>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// Text, for the `String…` operators.
    String,
    /// A number.
    Numeric,
    /// An instant.
    Date,
    /// `true` or `false`.
    Bool,
    /// Bytes in base64.
    Binary,
    /// An address, for ranges.
    IpAddress,
    /// An Amazon Resource Name.
    Arn,
}

impl ConditionKey {
    /// Whether the name is to be completed, by a tag's key for example.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.name.contains("${")
    }

    /// The name up to what is to be filled in.
    #[must_use]
    pub fn stem(&self) -> &'static str {
        self.name.split("${").next().unwrap_or(self.name)
    }
}

/// As the operators for it begin.
impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "String",
            Self::Numeric => "Numeric",
            Self::Date => "Date",
            Self::Bool => "Bool",
            Self::Binary => "Binary",
            Self::IpAddress => "IpAddress",
            Self::Arn => "Arn",
        })
    }
}
