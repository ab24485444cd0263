//! A field of Anki's as markdown: its words, its lines, lists and code. Colours, sizes and emphasis are left behind.

/// A part of a field that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of words, as markdown.
    Line(String),
    /// A point of a list, as markdown.
    Point(String),
    /// Code as it is.
    Code(String),
}

/// Reads a field, which is HTML or plain text.
pub(super) fn parts(field: &str, is_html: bool) -> Vec<Part> {
    let mut reader = Reader::default();
    if is_html {
        reader.html(field);
    } else {
        for line in field.lines() {
            reader.words(line);
            reader.end_line();
        }
    }
    reader.end_line();
    reader.parts
}

/// The parts as lines of a file, each behind `indent`.
pub(super) fn lines(parts: &[Part], indent: &str) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(format!("{indent}{words}").trim_end());
        text.push('\n');
    };
    let mut last: Option<&Part> = None;
    for part in parts {
        let is_same_list = matches!((last, part), (Some(Part::Point(_)), Part::Point(_)));
        if last.is_some() && !is_same_list {
            line("");
        }
        match part {
            Part::Line(words) => line(words),
            Part::Point(words) => line(&format!("- {words}")),
            Part::Code(code) => {
                let fence = fence(code);
                line(&fence);
                code.lines().for_each(&mut line);
                line(&fence);
            }
        }
        last = Some(part);
    }
    text
}

#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    line: String,
    is_point: bool,
    /// Code within a line, or in lines of its own.
    code: Option<String>,
    is_block: bool,
}

impl Reader {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.words(&decoded(&rest[..at]));
            let behind = &rest[at..];
            let tag_end = behind.find('>');
            let starts_tag =
                behind[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
            match tag_end.filter(|_| starts_tag) {
                Some(end) => {
                    self.tag(&behind[1..end]);
                    rest = &behind[end + 1..];
                }
                None => {
                    self.words("<");
                    rest = &behind[1..];
                }
            }
        }
        self.words(&decoded(rest));
    }

    fn tag(&mut self, tag: &str) {
        let name = tag
            .trim_end_matches('/')
            .split(|c: char| c.is_ascii_whitespace())
            .next();
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "pre" => {
                self.end_line();
                self.code = Some(String::new());
                self.is_block = true;
            }
            "/pre" => self.end_code(),
            "code" if self.code.is_none() => self.code = Some(String::new()),
            "/code" if !self.is_block => self.end_code(),
            "br" if self.is_block => self.words("\n"),
            "br" | "p" | "/p" | "div" | "/div" | "tr" | "/tr" | "ul" | "/ul" | "ol" | "/ol"
            | "/li" | "hr" => {
                self.end_line();
            }
            "li" => {
                self.end_line();
                self.is_point = true;
            }
            "td" | "th" => self.words(" "),
            "img" => self.words("[picture]"),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        let plain = words.chars().filter(|c| !is_unwanted(*c));
        match &mut self.code {
            Some(code) => code.extend(plain),
            None => self.line.push_str(&escaped(&plain.collect::<String>())),
        }
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        if std::mem::take(&mut self.is_block) {
            let code = code.trim_matches('\n').to_owned();
            if !code.trim().is_empty() {
                self.parts.push(Part::Code(code));
            }
        } else {
            self.line.push_str(&code_span(&code));
        }
    }

    fn end_line(&mut self) {
        // Code that was never closed ends with its line.
        self.end_code();
        let line = crate::course::text::collapse_spaces(&std::mem::take(&mut self.line));
        let is_point = std::mem::take(&mut self.is_point);
        if line.is_empty() {
            return;
        }
        self.parts.push(if is_point {
            Part::Point(line)
        } else {
            Part::Line(line)
        });
    }
}

/// What the form of sheets refuses in any file.
fn is_unwanted(c: char) -> bool {
    let is_space = matches!(c, '\n' | '\t');
    let reorders = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    reorders || (c.is_control() && !is_space)
}

/// Every sign that markdown could read otherwise, behind a backslash.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '?' | '\'' | '"' | '/' | '%') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn code_span(code: &str) -> String {
    let code = crate::course::text::collapse_spaces(code);
    if code.is_empty() {
        return code;
    }
    let fence = "`".repeat(longest_run(&code) + 1);
    // Spaces part the fences from backticks of the code's own.
    if code.starts_with('`') || code.ends_with('`') {
        format!("{fence} {code} {fence}")
    } else {
        format!("{fence}{code}{fence}")
    }
}

fn fence(code: &str) -> String {
    "`".repeat(longest_run(code).max(2) + 1)
}

fn longest_run(code: &str) -> usize {
    let runs = code.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// The text that HTML's entities stand for; one that is not known stays as it is.
fn decoded(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let entity = behind
            .find(';')
            .and_then(|end| Some((entity(&behind[..end])?, end)));
        match entity {
            Some((c, end)) => {
                text.push(c);
                rest = &behind[end + 1..];
            }
            None => {
                text.push('&');
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| {
        u32::from_str_radix(digits, radix)
            .ok()
            .and_then(char::from_u32)
    };
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "rarr" => Some('→'),
        name => match name.strip_prefix('#')? {
            digits if digits.starts_with(['x', 'X']) => number(&digits[1..], 16),
            digits => number(digits, 10),
        },
    }
}
