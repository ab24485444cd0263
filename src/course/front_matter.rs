//! The lines between `---` at the top of a file: `key: value` and `key: [a, b]`, the flow form of YAML.

use crate::base::{Diagnostic, Span};

/// What stands at the top of a file.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub entries: Vec<Entry>,
    /// The byte behind the closing line.
    pub end: usize,
    /// The opening line, where findings about the whole stand.
    pub span: Span,
}

/// One line of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Value,
    pub value_span: Span,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    Scalar(String),
    List(Vec<(String, Span)>),
}

impl FrontMatter {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// Reads the front matter of `source`; nothing where the file does not open with `---`.
pub(super) fn parse(source: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<FrontMatter> {
    let mut lines = lines_with_starts(source);
    let (_, first) = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut front = FrontMatter {
        span: Span::new(0, 3),
        ..FrontMatter::default()
    };
    for (start, line) in lines {
        let text = line.trim_end();
        if text == "---" {
            front.end = start + line.len();
            return Some(front);
        }
        if text.is_empty() {
            continue;
        }
        match parse_line(text, start) {
            Ok(entry) if front.get(&entry.key).is_some() => {
                let message = format!("the key `{}` is given twice", entry.key);
                diagnostics.push(Diagnostic::error(entry.key_span, "doubled-key", message));
            }
            Ok(entry) => front.entries.push(entry),
            Err(finding) => diagnostics.push(finding),
        }
    }
    let message = "the front matter has no closing `---`";
    diagnostics.push(Diagnostic::error(
        front.span,
        "broken-front-matter",
        message,
    ));
    front.end = source.len();
    Some(front)
}

fn lines_with_starts(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.split_inclusive('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len();
        Some((start, line))
    })
}

fn parse_line(line: &str, start: usize) -> Result<Entry, Diagnostic> {
    let whole = Span::new(start, start + line.len());
    let Some(colon) = line.find(':') else {
        let finding = broken(whole, format!("`{line}` is no `key: value`"));
        return Err(finding);
    };
    let key = &line[..colon];
    let is_key_char = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
    if key.is_empty() || !key.chars().all(is_key_char) {
        return Err(broken(whole, format!("`{key}` is no key")));
    }
    let behind = &line[colon + 1..];
    let value = behind.trim_start_matches(' ');
    let value_start = start + line.len() - value.len();
    let value_span = Span::new(value_start, start + line.len());
    if value.is_empty() {
        return Err(broken(whole, format!("the key `{key}` has no value")));
    }
    if behind.len() == value.len() {
        let message = format!("a space is missing behind `{key}:`");
        return Err(broken(whole, message));
    }
    Ok(Entry {
        key: key.to_owned(),
        key_span: Span::new(start, start + colon),
        value: parse_value(value, value_start)?,
        value_span,
    })
}

fn parse_value(text: &str, start: usize) -> Result<Value, Diagnostic> {
    let mut reader = Reader { text, start, at: 0 };
    let value = if text.starts_with('[') {
        Value::List(reader.list()?)
    } else {
        Value::Scalar(reader.scalar(&[])?)
    };
    reader.skip_spaces();
    if reader.at < text.len() {
        let rest = Span::new(start + reader.at, start + text.len());
        let message = format!("`{}` stands behind the value", &text[reader.at..]);
        return Err(broken(rest, message));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    start: usize,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(' ').len();
    }

    fn here(&self) -> Span {
        Span::new(self.start + self.at, self.start + self.text.len())
    }

    fn list(&mut self) -> Result<Vec<(String, Span)>, Diagnostic> {
        let opening = self.here();
        let unclosed = || broken(opening, "the list has no closing `]`");
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip_spaces();
            match self.rest().chars().next() {
                None => return Err(unclosed()),
                Some(']') => break,
                Some(',') => {
                    return Err(broken(self.here(), "a value is missing before the comma"));
                }
                Some(_) => {}
            }
            let from = self.at;
            let value = self.scalar(&[',', ']', '[', '{', '}'])?;
            let width = self.text[from..self.at].trim_end().len();
            let span = Span::new(self.start + from, self.start + from + width);
            values.push((value, span));
            self.skip_spaces();
            match self.rest().chars().next() {
                Some(',') => self.at += 1,
                Some(']') => break,
                None => return Err(unclosed()),
                Some(other) => {
                    let message = format!("`{other}` cannot stand in a list");
                    return Err(broken(self.here(), message));
                }
            }
        }
        self.at += 1;
        Ok(values)
    }

    fn scalar(&mut self, ends: &[char]) -> Result<String, Diagnostic> {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => self.plain(ends),
        }
    }

    /// A plain scalar of YAML 1.2, §7.3.3, kept to one line.
    fn plain(&mut self, ends: &[char]) -> Result<String, Diagnostic> {
        let rest = self.rest();
        let text = rest.find(ends).map_or(rest, |end| &rest[..end]).trim_end();
        let span = Span::new(self.start + self.at, self.start + self.at + text.len());
        let first = text.chars().next().unwrap_or_default();
        if "[]{},#&*!|>%@`".contains(first)
            || ["- ", "? ", ": "].iter().any(|p| text.starts_with(p))
        {
            let message = format!("a value that starts with `{first}` needs quotes");
            return Err(broken(span, message));
        }
        if text.contains(" #") {
            return Err(broken(span, "comments are not part of the form"));
        }
        if text.contains(": ") || text.ends_with(':') {
            return Err(broken(span, "a value with `: ` in it needs quotes"));
        }
        if text.contains('\t') {
            return Err(broken(span, "a value cannot hold a tab"));
        }
        let text = text.to_owned();
        self.at += text.len();
        Ok(text)
    }

    fn quoted(&mut self, quote: char) -> Result<String, Diagnostic> {
        let opening = self.here();
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' if quote == '\'' && chars.peek().is_some_and(|&(_, next)| next == '\'') => {
                    chars.next();
                    value.push('\'');
                }
                c if c == quote => {
                    self.at += at + 1;
                    return Ok(value);
                }
                '\\' if quote == '"' => match chars.next() {
                    Some((_, c @ ('"' | '\\' | '/'))) => value.push(c),
                    _ => {
                        let message = "only `\\\"`, `\\\\` and `\\/` can be escaped";
                        return Err(broken(opening, message));
                    }
                },
                c => value.push(c),
            }
        }
        Err(broken(opening, "the quote is not closed"))
    }
}

fn broken(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(span, "broken-front-matter", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: &str) -> Result<Value, String> {
        parse_line(line, 0)
            .map(|entry| entry.value)
            .map_err(|finding| finding.message)
    }

    fn list(values: &[&str]) -> Result<Vec<String>, String> {
        Ok(values.iter().map(|&value| value.to_owned()).collect())
    }

    fn words(line: &str) -> Result<Vec<String>, String> {
        value(line).map(|value| match value {
            Value::Scalar(text) => vec![text],
            Value::List(values) => values.into_iter().map(|(text, _)| text).collect(),
        })
    }

    #[test]
    fn values_are_plain_quoted_or_lists() {
        assert_eq!(
            words("title: How it is decided"),
            list(&["How it is decided"])
        );
        assert_eq!(words("title: \"a: \\\"b\\\"\""), list(&["a: \"b\""]));
        assert_eq!(words("title: 'it''s'"), list(&["it's"]));
        assert_eq!(
            words("tags: [iam, 'a, b',scp ]"),
            list(&["iam", "a, b", "scp"])
        );
        assert_eq!(words("tags: []"), list(&[]));
        assert_eq!(words("tags: [a, ]"), list(&["a"]));
    }

    #[test]
    fn what_yaml_would_read_otherwise_is_refused() {
        for line in [
            "title",
            "title:",
            "title:x",
            "title : x",
            "- title: x",
            "title: a: b",
            "title: a # b",
            "title: # b",
            "title: {a: b}",
            "title: 'a",
            "title: \"a\\n\"",
            "title: 'a' b",
            "tags: [a, b",
            "tags: [a] b",
            "tags: [, a]",
            "tags: [[a]]",
            "title: *a",
            "title: | ",
            "  title: x",
        ] {
            assert!(value(line.trim_end()).is_err(), "{line}");
        }
    }

    #[test]
    fn the_span_of_a_listed_value_is_its_own() {
        let entry = parse_line("domains: [SCS-C03/4, X/1 ]", 10).unwrap();
        let Value::List(values) = entry.value else {
            panic!("a list is expected")
        };
        assert_eq!(values[1], ("X/1".to_owned(), Span::new(31, 34)));
    }
}
