//! JSON with the place of every value.
//!
//! Strictly RFC 8259: no comments, no trailing commas. The scanner is lenient in a few corners (control characters
//! within strings, exotic white space), so what it accepts is read once more by `serde_json`.

use jsonc_parser::ast;
use jsonc_parser::common::{Range, Ranged as _};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions};

use crate::base::{Diagnostic, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) json: Json,
}

/// A JSON value. Numbers are kept as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// One `"name": value` of an object; names may repeat.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Span,
    pub(super) value: Node,
}

impl Json {
    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// No policy is nested more than a handful deep; beyond this a document is only meant to exhaust the stack.
const DEEPEST: usize = 64;

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<Node, Diagnostic> {
    if let Some(at) = first_too_deep(text) {
        let message = format!("the values are nested more than {DEEPEST} deep");
        return Err(Diagnostic::error(
            Span::new(at, at + 1),
            "json-syntax",
            message,
        ));
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict);
    let parsed = parsed.map_err(|error| {
        let message = sentence(error.kind());
        let diagnostic = Diagnostic::error(span(error.range()), "json-syntax", message);
        match help(error.kind()) {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    })?;
    let value = parsed.value.ok_or_else(|| {
        Diagnostic::error(Span::at(0), "json-syntax", "the text is empty")
            .with_help("a policy is a JSON object that begins with `{`")
    })?;
    confirm(text)?;
    Ok(node(value))
}

/// Where a bracket opens that is deeper than any policy goes. Brackets within strings do not count.
fn first_too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Has `serde_json` read the text.
fn confirm(text: &str) -> Result<(), Diagnostic> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else {
        return Ok(());
    };
    let at = Span::at(offset_of(&error, text));
    Err(Diagnostic::error(at, "json-syntax", sentence_of(&error)))
}

/// Where in `text` an error of `serde_json` lies, in bytes.
pub(super) fn offset_of(error: &serde_json::Error, text: &str) -> usize {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(at, _)| at + 1),
    };
    let at = (line_start + error.column().saturating_sub(1)).min(text.len());
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// What `serde_json` says, without the place, which is told apart.
pub(super) fn sentence_of(error: &serde_json::Error) -> String {
    let sentence = error.to_string();
    sentence
        .split(" at line ")
        .next()
        .unwrap_or(&sentence)
        .to_owned()
}

fn node(value: ast::Value<'_>) -> Node {
    let span = span(value.range());
    let json = match value {
        ast::Value::NullKeyword(_) => Json::Null,
        ast::Value::BooleanLit(literal) => Json::Bool(literal.value),
        ast::Value::NumberLit(literal) => Json::Number(literal.value.to_owned()),
        ast::Value::StringLit(literal) => Json::String(literal.value.into_owned()),
        ast::Value::Array(array) => Json::Array(array.elements.into_iter().map(node).collect()),
        ast::Value::Object(object) => {
            Json::Object(object.properties.into_iter().map(member).collect())
        }
    };
    Node { span, json }
}

fn member(property: ast::ObjectProp<'_>) -> Member {
    Member {
        name_span: span(property.name.range()),
        name: property.name.into_string(),
        value: node(property.value),
    }
}

fn span(range: Range) -> Span {
    Span::new(range.start, range.end)
}

fn sentence(kind: &ParseErrorKind) -> String {
    match kind {
        ParseErrorKind::CommentsNotAllowed => "a policy cannot hold comments".to_owned(),
        ParseErrorKind::TrailingCommasNotAllowed => {
            "a comma stands behind the last item".to_owned()
        }
        ParseErrorKind::MultipleRootJsonValues => {
            "something stands behind the end of the document".to_owned()
        }
        ParseErrorKind::UnterminatedObject => "the object is not closed".to_owned(),
        ParseErrorKind::UnterminatedArray => "the list is not closed".to_owned(),
        ParseErrorKind::ExpectedComma => "a comma is missing".to_owned(),
        other => lower_first(&other.to_string()),
    }
}

fn help(kind: &ParseErrorKind) -> Option<&'static str> {
    match kind {
        ParseErrorKind::CommentsNotAllowed => {
            Some("remove it; a statement can explain itself in its `Sid`")
        }
        ParseErrorKind::TrailingCommasNotAllowed => Some("remove the comma"),
        ParseErrorKind::SingleQuotedStringsNotAllowed => Some("write strings in double quotes"),
        ParseErrorKind::ExpectedComma => Some("separate items by a comma"),
        ParseErrorKind::MultipleRootJsonValues => Some("a policy is one JSON object"),
        ParseErrorKind::ExpectedStringObjectProperty => Some("write the name in double quotes"),
        _ => None,
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
