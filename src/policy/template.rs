//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}`.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::borrow::Cow;

use super::key::Key;
use super::pattern::{self, Pattern, Piece};

/// A text of a policy, cut at its wildcards and variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Piece(Piece),
    Variable(Variable),
}

/// `${key}` or `${key, 'default'}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) key: Key,
    pub(super) default: Option<String>,
}

/// How a text is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// Whether `*` and `?` are wildcards.
    pub(super) wildcards: bool,
    /// Whether `${…}` is a variable.
    pub(super) variables: bool,
}

/// The text of the variable is not of the form it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadVariable {
    Unclosed,
    Empty,
    Default,
    Key,
}

impl BadVariable {
    /// The stable name of the finding.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Unclosed => "variable-not-closed",
            Self::Empty => "variable-empty",
            Self::Default => "variable-default",
            Self::Key => "variable-name",
        }
    }

    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Unclosed => "a variable is not closed",
            Self::Empty => "a variable is empty",
            Self::Default => "a variable's default is not in single quotes",
            Self::Key => "a variable's name cannot be read",
        }
    }
}

/// Looks a variable's key up.
pub(super) trait Lookup {
    fn value(&self, key: &Key) -> Option<Cow<'_, str>>;
}

impl Template {
    pub(super) fn parse(text: &str, reading: Reading) -> Result<Self, BadVariable> {
        let mut parts = Vec::new();
        let mut rest = text;
        if reading.variables {
            while let Some(at) = rest.find("${") {
                literal(&rest[..at], reading, &mut parts);
                let inner = &rest[at + 2..];
                let end = end_of_variable(inner).ok_or(BadVariable::Unclosed)?;
                parts.push(variable(&inner[..end])?);
                rest = &inner[end + 1..];
            }
        }
        literal(rest, reading, &mut parts);
        Ok(Self { parts })
    }

    pub(super) fn has_variables(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Variable(_)))
    }

    /// The pattern of a template without variables.
    pub(super) fn fixed(&self) -> Option<Pattern> {
        let pieces = self.parts.iter().map(|part| match part {
            Part::Piece(piece) => Some(piece.clone()),
            Part::Variable(_) => None,
        });
        let pieces: Option<Vec<Piece>> = pieces.collect();
        pieces.map(Pattern::from_pieces)
    }

    /// Whether `text` matches with every variable filled in, literally; nothing where one has no value.
    pub(super) fn matches(&self, text: &str, values: &impl Lookup) -> Option<bool> {
        let mut rest = Some(text);
        for (at, part) in self.parts.iter().enumerate() {
            let text = match part {
                // So most of them end.
                Part::Piece(Piece::Run) if at + 1 == self.parts.len() => {
                    return Some(rest.is_some());
                }
                // What stands before the first wildcard begins the text; only what follows makes a pattern.
                Part::Piece(Piece::One | Piece::Run) => {
                    let pattern = pattern(&self.parts[at..], values)?;
                    return Some(rest.is_some_and(|rest| pattern.matches(rest)));
                }
                Part::Piece(Piece::Text(text)) => Cow::Borrowed(text.as_str()),
                Part::Variable(variable) => variable.value(values)?,
            };
            rest = rest.and_then(|rest| rest.strip_prefix(&*text));
        }
        Some(rest == Some(""))
    }

    /// The text with every variable filled in, for people to read.
    pub(super) fn text(&self, values: &impl Lookup) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part.piece(values)? {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::One => text.push('?'),
                Piece::Run => text.push('*'),
            }
        }
        Some(text)
    }

    /// Whether a variable's value would mean more than its characters, were it read as a part of the policy.
    pub(super) fn has_telling_value(&self, values: &impl Lookup) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Piece(_) => false,
            Part::Variable(variable) => values
                .value(&variable.key)
                .is_some_and(|value| value.contains(['*', '?']) || value.contains("${")),
        })
    }

    /// Whether the template is nothing but `*`.
    pub(super) fn is_star(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Piece(Piece::Run)])
    }

    /// Cuts the text at its first `count` colons; colons within variables do not count.
    pub(super) fn split_colons(self, count: usize) -> Vec<Self> {
        let mut fields = vec![Self { parts: Vec::new() }];
        for part in self.parts {
            let Part::Piece(Piece::Text(text)) = part else {
                push(&mut fields, part);
                continue;
            };
            let mut rest = text.as_str();
            while fields.len() <= count {
                let Some((before, behind)) = rest.split_once(':') else {
                    break;
                };
                push_text(&mut fields, before);
                fields.push(Self { parts: Vec::new() });
                rest = behind;
            }
            push_text(&mut fields, rest);
        }
        fields
    }
}

fn push(fields: &mut [Template], part: Part) {
    if let Some(field) = fields.last_mut() {
        field.parts.push(part);
    }
}

fn push_text(fields: &mut [Template], text: &str) {
    if !text.is_empty() {
        push(fields, Part::Piece(Piece::Text(text.to_owned())));
    }
}

impl Part {
    fn piece(&self, values: &impl Lookup) -> Option<Piece> {
        match self {
            Self::Piece(piece) => Some(piece.clone()),
            Self::Variable(variable) => {
                let value = variable.value(values)?;
                Some(Piece::Text(value.into_owned()))
            }
        }
    }
}

impl Variable {
    fn value<'a>(&'a self, values: &'a impl Lookup) -> Option<Cow<'a, str>> {
        let default = || self.default.as_deref().map(Cow::Borrowed);
        values.value(&self.key).or_else(default)
    }
}

fn pattern(parts: &[Part], values: &impl Lookup) -> Option<Pattern> {
    let pieces: Option<Vec<Piece>> = parts.iter().map(|part| part.piece(values)).collect();
    pieces.map(Pattern::from_pieces)
}

fn literal(text: &str, reading: Reading, parts: &mut Vec<Part>) {
    if reading.wildcards {
        parts.extend(pattern::pieces(text).into_iter().map(Part::Piece));
    } else if !text.is_empty() {
        parts.push(Part::Piece(Piece::Text(text.to_owned())));
    }
}

/// Where the brace stands that closes a variable; one within the default's quotes does not.
fn end_of_variable(inner: &str) -> Option<usize> {
    let mut in_quotes = false;
    inner.bytes().position(|byte| {
        if byte == b'\'' {
            in_quotes = !in_quotes;
        }
        byte == b'}' && !in_quotes
    })
}

fn variable(inner: &str) -> Result<Part, BadVariable> {
    if matches!(inner, "*" | "?" | "$") {
        return Ok(Part::Piece(Piece::Text(inner.to_owned())));
    }
    let (key, default) = match inner.split_once(',') {
        None => (inner, None),
        Some((key, default)) => {
            let quoted = default
                .trim()
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''));
            let quoted = quoted
                .filter(|text| !text.contains('\''))
                .ok_or(BadVariable::Default)?;
            (key, Some(quoted.to_owned()))
        }
    };
    let key = key.trim();
    if key.is_empty() {
        return Err(BadVariable::Empty);
    }
    if key.contains(['$', '{', '*', '?', '\'', '"']) || key.contains(char::is_control) {
        return Err(BadVariable::Key);
    }
    Ok(Part::Variable(Variable {
        key: Key::new(key),
        default,
    }))
}
