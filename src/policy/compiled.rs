//! A policy that is ready to be evaluated: patterns, ranges and variables prepared.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::Diagnostic;

use super::document::Policy;
use super::statement::Statement;

/// A policy that is ready to be evaluated. Cloning it copies nothing. It is saved as its text.
///
/// Compiling never fails: what cannot be evaluated is known as such and treated so (see [`evaluate`](super::evaluate)).
#[derive(Clone, Debug)]
pub struct CompiledPolicy(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    name: Option<String>,
    source: Arc<str>,
    statements: Vec<Statement>,
}

impl CompiledPolicy {
    /// Reads and compiles a document.
    ///
    /// # Errors
    /// Where the text is no JSON object.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        Policy::parse(text).map(|policy| Self::compile(&policy))
    }

    /// Compiles a document that was read.
    #[must_use]
    pub fn compile(policy: &Policy) -> Self {
        let statements = policy.statements.iter().enumerate();
        Self(Arc::new(Compiled {
            name: None,
            source: Arc::clone(&policy.source),
            statements: statements
                .map(|(index, statement)| Statement::compile(index, statement, policy))
                .collect(),
        }))
    }

    /// The same policy under a name, usually its ARN, by which traces and messages call it.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        let name = Some(name.into());
        let compiled = match Arc::try_unwrap(self.0) {
            Ok(own) => Compiled { name, ..own },
            Err(shared) => Compiled {
                name,
                source: Arc::clone(&shared.source),
                statements: shared.statements.clone(),
            },
        };
        Self(Arc::new(compiled))
    }

    /// Its name, usually its ARN.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The text it was compiled from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0.source
    }

    pub(super) fn statements(&self) -> &[Statement] {
        &self.0.statements
    }
}

/// Equal name and text; the rest follows from the text.
impl PartialEq for CompiledPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.source() == other.source()
    }
}

impl Eq for CompiledPolicy {}

/// What is saved of a policy.
#[derive(Serialize, Deserialize)]
struct Saved<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    document: std::borrow::Cow<'a, str>,
}

impl Serialize for CompiledPolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let saved = Saved {
            name: self.0.name.clone(),
            document: self.source().into(),
        };
        saved.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CompiledPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::deserialize(deserializer)?;
        let policy = Self::parse(&saved.document)
            .map_err(|problem| serde::de::Error::custom(problem.message))?;
        Ok(match saved.name {
            Some(name) => policy.named(name),
            None => policy,
        })
    }
}
