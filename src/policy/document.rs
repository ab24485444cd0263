//! A policy document as it was written, with the place of every element.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod print;
mod read;

pub(super) use read::{IN_STATEMENT, TOP_LEVEL};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Diagnostic, Span};

/// A policy document. Only its JSON is sure to be sound; what is wrong with its grammar stands in [`Policy::problems`].
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// The text.
    pub source: Arc<str>,
    /// The whole document.
    pub span: Span,
    /// `2012-10-17`, `2008-10-17`, or whatever was written.
    pub version: Option<Element<Spanned<String>>>,
    /// The document's own id.
    pub id: Option<Element<Spanned<String>>>,
    /// The list of statements, or the one that stands by itself.
    pub statements: Vec<Statement>,
    /// Everything that no kind of policy may hold, in the order of the text.
    pub problems: Vec<Diagnostic>,
}

/// Something with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What stands there.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A named element: `"name": value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Element<T> {
    /// Where its name stands.
    pub name: Span,
    /// Its value.
    pub value: T,
    /// Where its value stands.
    pub span: Span,
}

/// What a statement does where it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The whole object.
    pub span: Span,
    /// Its id.
    pub sid: Option<Element<Spanned<String>>>,
    /// Allow or Deny, whatever was written.
    pub effect: Option<Element<Spanned<String>>>,
    /// Who.
    pub principal: Option<Element<Principals>>,
    /// Everyone but.
    pub not_principal: Option<Element<Principals>>,
    /// What.
    pub action: Option<Element<Strings>>,
    /// Everything but.
    pub not_action: Option<Element<Strings>>,
    /// To which resources.
    pub resource: Option<Element<Strings>>,
    /// To all resources but.
    pub not_resource: Option<Element<Strings>>,
    /// Under which circumstances.
    pub condition: Option<Element<Vec<Condition>>>,
    /// Elements that cannot be read: unknown, repeated, or of the wrong type.
    pub illegal: Vec<Illegal>,
}

/// Something in a statement that no policy may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Illegal {
    /// The element it belongs to.
    pub element: String,
    /// What is wrong, in a short phrase.
    pub why: String,
    /// Where.
    pub span: Span,
}

/// One string or a list of strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    /// The strings.
    pub values: Vec<Spanned<String>>,
    /// Whether they stand in brackets.
    pub is_list: bool,
    /// What stands among them and is no string.
    pub illegal: Vec<Illegal>,
}

/// What a `Principal` or `NotPrincipal` holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Principals {
    /// `"*"`.
    Everyone(Span),
    /// `{"AWS": …, "Service": …}`.
    Named(Vec<NamedPrincipals>),
    /// Anything else.
    Illegal(Span),
}

/// The principals of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPrincipals {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`, or whatever was written.
    pub kind: Spanned<String>,
    /// Their names.
    pub names: Strings,
}

/// One key under one operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Such as `ForAnyValue:StringLikeIfExists`.
    pub operator: Spanned<String>,
    /// Such as `aws:SourceIp`.
    pub key: Spanned<String>,
    /// What it is compared with; booleans and numbers as written.
    pub values: Strings,
    /// From the key to the end of its values.
    pub span: Span,
}

impl Policy {
    /// Reads a document.
    ///
    /// # Errors
    /// The first place where the text is no JSON, or that it is no JSON object. All else is in [`Policy::problems`].
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        read::policy(text)
    }

    /// Whether policy variables and the other features of `2012-10-17` are in force.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        let version = self.version.as_ref();
        version.is_some_and(|version| version.value.value == "2012-10-17")
    }
}

impl Strings {
    /// Whether nothing is listed, be it legal or not.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.illegal.is_empty()
    }
}

impl Effect {
    /// The effect that a text means. A denial that is written in the wrong case is one all the same: it must not be lost.
    pub(super) fn of(written: &str) -> Option<Self> {
        match written {
            "Allow" => Some(Self::Allow),
            _ if written.eq_ignore_ascii_case("deny") => Some(Self::Deny),
            _ => None,
        }
    }
}
