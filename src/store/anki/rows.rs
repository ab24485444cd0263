//! The rows of a text file of Anki's, and the headers before them.
//!
//! Source: <https://docs.ankiweb.net/importing/text-files.html#file-headers>

use crate::base::Span;

/// What the headers say; a column is counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headers {
    pub separator: char,
    pub html: bool,
    pub deck: Option<String>,
    pub tags: Vec<String>,
    pub guid_column: Option<usize>,
    pub notetype_column: Option<usize>,
    pub deck_column: Option<usize>,
    pub tags_column: Option<usize>,
}

/// One note: its fields, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub values: Vec<String>,
    pub span: Span,
}

impl Headers {
    /// Reads the lines that begin with `#`, and says where the rows begin. What is not known is passed over, as Anki does.
    pub(super) fn read(text: &str) -> (Self, usize) {
        let mut headers = Self {
            separator: '\t',
            html: false,
            deck: None,
            tags: Vec::new(),
            guid_column: None,
            notetype_column: None,
            deck_column: None,
            tags_column: None,
        };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let Some(header) = line.strip_prefix('#') else {
                break;
            };
            at += line.len();
            if let Some((key, value)) = header.trim_end_matches(['\r', '\n']).split_once(':') {
                headers.take(key, value);
            }
        }
        (headers, at)
    }

    fn take(&mut self, key: &str, value: &str) {
        let column = || {
            value
                .trim()
                .parse()
                .ok()
                .and_then(|column: usize| column.checked_sub(1))
        };
        match key.trim().to_lowercase().as_str() {
            "separator" => self.separator = separator(value).unwrap_or(self.separator),
            "html" => self.html = value.trim().eq_ignore_ascii_case("true"),
            "deck" => self.deck = Some(value.trim().to_owned()),
            "tags" => self.tags = value.split_whitespace().map(str::to_owned).collect(),
            "guid column" => self.guid_column = column(),
            "notetype column" => self.notetype_column = column(),
            "deck column" => self.deck_column = column(),
            "tags column" => self.tags_column = column(),
            _ => {}
        }
    }

    /// Whether a column holds what the note says, and not what it is.
    pub(super) fn is_content(&self, column: usize) -> bool {
        let others = [
            self.guid_column,
            self.notetype_column,
            self.deck_column,
            self.tags_column,
        ];
        !others.contains(&Some(column))
    }
}

fn separator(value: &str) -> Option<char> {
    match value.trim().to_lowercase().as_str() {
        "tab" | "\\t" => Some('\t'),
        "comma" => Some(','),
        "semicolon" => Some(';'),
        "colon" => Some(':'),
        "pipe" => Some('|'),
        "space" => Some(' '),
        // A separator that is white space was trimmed away; what is left is one character.
        word => word.chars().next().filter(|_| word.chars().count() == 1),
    }
}

/// The rows behind the headers: fields parted by `separator`, in quotes where they hold it, a quote or a line break.
pub(super) fn rows(text: &str, start: usize, separator: char) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut begin = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if quoted && chars.peek().is_some_and(|&(_, next)| next == '"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            '\r' if !quoted && chars.peek().is_some_and(|&(_, next)| next == '\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                push(&mut rows, &mut row, Span::new(begin, start + at));
                begin = start + at + 1;
            }
            c if c == separator && !quoted => row.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    row.push(field);
    push(&mut rows, &mut row, Span::new(begin, text.len()));
    rows
}

/// An empty line is no row.
fn push(rows: &mut Vec<Row>, row: &mut Vec<String>, span: Span) {
    let values = std::mem::take(row);
    if values.iter().any(|value| !value.trim().is_empty()) {
        rows.push(Row { values, span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, separator: char) -> Vec<Vec<String>> {
        rows(text, 0, separator)
            .into_iter()
            .map(|row| row.values)
            .collect()
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        assert_eq!(
            values("a\tb\r\n\nc\t\"d\t\"\"e\"\"\nf\"", '\t'),
            [["a", "b"], ["c", "d\t\"e\"\nf"]]
        );
        assert_eq!(values("a;b \"c\"", ';'), [["a", "b \"c\""]]);
        assert!(values("\n\n", ',').is_empty());
    }

    #[test]
    fn headers_say_what_the_columns_are() {
        let text = "#separator:Semicolon\n#html:true\n#guid column:1\n#deck:Cloud::KMS\n#columns:a;b\nx;y\n";
        let (headers, at) = Headers::read(text);
        assert_eq!((headers.separator, headers.html), (';', true));
        assert_eq!(headers.deck.as_deref(), Some("Cloud::KMS"));
        assert!(!headers.is_content(0) && headers.is_content(1));
        assert_eq!(&text[at..], "x;y\n");
    }
}
