//! What an author or learner wrote wrongly, always with its place.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One finding about a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where in the text, in bytes.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of this kind of finding, such as `missing-effect`.
    pub code: String,
    /// What is wrong: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// One line that says what to do, where that helps.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(span: Span, code: &str, message: impl Into<String>) -> Self {
        Self {
            span,
            severity: Severity::Error,
            code: code.to_owned(),
            message: message.into(),
            help: None,
        }
    }

    /// The same finding with another severity.
    #[must_use]
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same finding with a line of help.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// How bad a finding is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It cannot be used as it is.
    Error,
    /// It can be used and gives away more than one should.
    SecurityWarning,
    /// It can be used and probably does not do what its author meant.
    Warning,
    /// It could be better.
    Suggestion,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::SecurityWarning => "security-warning",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        })
    }
}

/// A range of a text in bytes, the end excluded.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// From `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place at `start`, of no length.
    #[must_use]
    pub fn at(start: usize) -> Self {
        Self { start, end: start }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Line and column, both counted from one; a column is a character (a Unicode scalar value).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Counted from one.
    pub line: usize,
    /// Counted from one.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A text with the starts of its lines, so that byte offsets become places without reading it again.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let behind_newlines = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(behind_newlines).collect(),
        }
    }

    /// The place of a byte offset; an offset behind the end is the end.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let before = &self.text.as_bytes()[self.starts[line - 1]..offset];
        let is_first_of_char = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
        Place {
            line,
            column: before.iter().filter(is_first_of_char).count() + 1,
        }
    }

    /// The byte offset of a line and a column of bytes, both counted from one, as parsers of JSON count them; within a
    /// character its beginning, behind the end the end.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1));
        let start = start.copied().unwrap_or(self.text.len());
        let mut at = (start + column.saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_counts_in_bytes_of_a_line_becomes_an_offset() {
        let lines = Lines::new("ab\n§c\n");
        assert_eq!(lines.offset(1, 1), 0);
        assert_eq!(lines.offset(2, 3), 5);
        assert_eq!(lines.offset(2, 2), 3);
        assert_eq!(lines.offset(9, 1), 7);
        assert_eq!(lines.offset(0, 0), 0);
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let lines = Lines::new("ab\n§c\n");
        assert_eq!(lines.place(0).to_string(), "1:1");
        assert_eq!(lines.place(2).to_string(), "1:3");
        assert_eq!(lines.place(3).to_string(), "2:1");
        assert_eq!(lines.place(5).to_string(), "2:2");
        assert_eq!(lines.place(99).to_string(), "3:1");
    }
}
