//! A text file of Anki's as sheets of a deck.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::markdown::{Part, lines, parts};
use super::rows::{Headers, Row, rows};
use crate::base::{Diagnostic, hex};
use crate::course::{Files, slug};

/// Turns a text file that Anki exported (`File → Export → Notes in Plain Text`) into the files of a deck: a sheet for each
/// deck in it, named `title` where it names none, and what could not be taken.
///
/// The first field is asked and the second is the answer, or the blanks of a cloze are filled in; further fields are the
/// explanation. A question's id follows from the note's GUID, or else from its first field, so that the file of a later
/// day brings what changed.
#[must_use]
pub fn read_anki_text(title: &str, text: &str) -> (Files, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (headers, start) = Headers::read(text);
    let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
    let mut findings = Vec::new();
    for row in rows(text, start, headers.separator) {
        let deck = headers
            .deck_column
            .and_then(|column| row.values.get(column));
        let deck = deck.or(headers.deck.as_ref());
        let deck = deck.map(|deck| deck.trim()).filter(|deck| !deck.is_empty());
        let deck = deck.unwrap_or(title);
        match question(&headers, &row) {
            Ok(question) => {
                let sheet = sheets
                    .entry(slug(deck, "anki"))
                    .or_insert_with(|| Sheet::new(deck));
                sheet.add(question);
            }
            Err(finding) => findings.push(finding),
        }
    }
    let file = |(name, sheet): (String, Sheet)| {
        let text = sheet.text(&name);
        (format!("{name}.md"), text.into_bytes())
    };
    (sheets.into_iter().map(file).collect(), findings)
}

struct Sheet {
    title: String,
    questions: BTreeMap<String, String>,
    order: Vec<String>,
}

struct Question {
    id: String,
    text: String,
}

impl Sheet {
    fn new(title: &str) -> Self {
        Self {
            title: title.replace("::", ": "),
            questions: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    /// Of two notes of one identity the last counts.
    fn add(&mut self, question: Question) {
        if self
            .questions
            .insert(question.id.clone(), question.text)
            .is_none()
        {
            self.order.push(question.id);
        }
    }

    fn text(&self, name: &str) -> String {
        let words: String = self.title.chars().filter(|c| !c.is_control()).collect();
        let title = words.replace('\\', "\\\\").replace('"', "\\\"");
        let mut text = format!("---\nsheet: anki-{name}\ntitle: \"{title}\"\n---\n");
        for id in &self.order {
            text.push_str(&self.questions[id]);
        }
        text
    }
}

fn question(headers: &Headers, row: &Row) -> Result<Question, Diagnostic> {
    let refuse = |code: &str, message: &str| Err(Diagnostic::error(row.span, code, message));
    let columns = row.values.iter().enumerate();
    let content = columns.filter(|(column, _)| headers.is_content(*column));
    let mut content = content.map(|(_, value)| value.as_str());
    let first = content.next().unwrap_or_default();
    let asked = parts(first, headers.html);
    let cloze: Vec<Part> = asked.iter().cloned().map(with_blanks).collect();
    let is_cloze = cloze != asked;
    let answer = if is_cloze {
        Vec::new()
    } else {
        parts(content.next().unwrap_or_default(), headers.html)
    };
    let explanation: Vec<Part> = content
        .flat_map(|field| parts(field, headers.html))
        .collect();
    if asked.is_empty() {
        return refuse("empty-question", "the note's first field is empty");
    }
    if answer.is_empty() && !is_cloze {
        return refuse("missing-answer", "the note has no answer");
    }
    let guid = headers
        .guid_column
        .and_then(|column| row.values.get(column));
    let identity = guid
        .filter(|guid| !guid.is_empty())
        .map_or(first, String::as_str);
    let id = format!("anki-{}", hex(&Sha256::digest(identity.as_bytes())[..8]));
    let text = written(&id, &tags(headers, row), cloze, &answer, &explanation);
    Ok(Question { id, text })
}

fn written(
    id: &str,
    tags: &str,
    asked: Vec<Part>,
    answer: &[Part],
    explanation: &[Part],
) -> String {
    let mut asked = asked.into_iter().peekable();
    let is_line = |part: &Part| !matches!(part, Part::Code(_));
    let heading = match asked.next_if(is_line) {
        Some(Part::Line(words) | Part::Point(words)) => words,
        _ => "What does it say?".to_owned(),
    };
    let body: Vec<Part> = asked.collect();
    let mut text = format!("\n### {heading} <!-- q: {id}{tags} -->\n");
    let mut part = |lines: String| {
        if !lines.is_empty() {
            write!(text, "\n{lines}").expect("a string takes all");
        }
    };
    part(lines(&body, ""));
    part(lines(answer, "> "));
    if !explanation.is_empty() {
        part(format!("> [!NOTE]\n{}", lines(explanation, "> ")));
    }
    text
}

/// The tags of a note as a comment has them.
fn tags(headers: &Headers, row: &Row) -> String {
    let own = headers
        .tags_column
        .and_then(|column| row.values.get(column));
    let own = own
        .map(String::as_str)
        .unwrap_or_default()
        .split_whitespace();
    let all = own.chain(headers.tags.iter().map(String::as_str));
    let plain = |tag: &str| slug(&tag.replace("::", "-"), "");
    let mut tags: Vec<String> = all.map(plain).filter(|tag| !tag.is_empty()).collect();
    tags.sort();
    tags.dedup();
    if tags.is_empty() {
        String::new()
    } else {
        format!(" tags={}", tags.join(","))
    }
}

/// `{{c1::answer::hint}}`, which was escaped with the rest, as `{{answer::hint}}`; one within another stays as it is.
fn with_blanks(part: Part) -> Part {
    match part {
        Part::Line(words) => Part::Line(blanks(&words)),
        Part::Point(words) => Part::Point(blanks(&words)),
        code => code,
    }
}

fn blanks(words: &str) -> String {
    const OPEN: &str = "\\{\\{c";
    const CLOSE: &str = "\\}\\}";
    let mut text = String::new();
    let mut rest = words;
    while let Some(at) = rest.find(OPEN) {
        let behind = &rest[at + OPEN.len()..];
        let blank = behind.find(CLOSE).map(|end| &behind[..end]);
        let inside = blank.and_then(|blank| Some((blank.len(), inside(blank)?)));
        text.push_str(&rest[..at]);
        // A brace of the text's own would run into the blank's.
        let inside = inside.filter(|_| !text.ends_with('{'));
        match inside {
            Some((length, inside)) => {
                text.push_str(&inside);
                rest = &behind[length + CLOSE.len()..];
            }
            None => {
                text.push_str(OPEN);
                rest = behind;
            }
        }
    }
    text + rest
}

/// The blank for what stands between `c` and the closing braces.
fn inside(blank: &str) -> Option<String> {
    let (number, rest) = blank.split_once("\\:\\:")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || rest.contains("\\{\\{") {
        return None;
    }
    let (answer, hint) = rest.split_once("\\:\\:").unwrap_or((rest, ""));
    // Further `::` would be read as a name.
    let hint = hint.replace("\\:\\:", "\\:");
    let answer = answer.trim();
    // Braces and code within a blank would be read as its end, or not at all.
    let is_unclear = |words: &str| words.contains(['`', '{', '}']);
    if answer.is_empty() || is_unclear(answer) || is_unclear(&hint) {
        return None;
    }
    Some(match hint.trim() {
        "" => format!("{{{{{answer}}}}}"),
        hint => format!("{{{{{answer}::{hint}}}}}"),
    })
}
