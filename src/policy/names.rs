//! The names that AWS's policy language gives to members of an object.

use super::document::{IN_STATEMENT, TOP_LEVEL};
use super::operator::TABLE;

/// The elements of a document and of a statement, and the condition operators without prefix and suffix.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
pub fn names() -> impl Iterator<Item = &'static str> {
    let operators = TABLE.iter().map(|&(name, ..)| name);
    TOP_LEVEL.into_iter().chain(IN_STATEMENT).chain(operators)
}
