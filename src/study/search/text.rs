//! The texts of a question that a search reads, and what it shows of them.

use super::Piece;
use super::fold::words;
use crate::course::text::{plain_blocks, plain_inlines};
use crate::course::{Question, QuestionKind, Sheet};

/// Where in a question a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Its id and tags.
    Name,
    /// Its heading and what else is told before the answer.
    Stem,
    /// Its options, items, pairs or answer.
    Answer,
    /// Why the answer is the answer, and the reasons of the options.
    Explanation,
    /// The title, topic and tags of its sheet.
    Sheet,
}

impl Field {
    /// How much a word counts here.
    pub fn weight(self) -> f32 {
        match self {
            Self::Name => 6.0,
            Self::Stem => 4.0,
            Self::Answer => 2.0,
            Self::Explanation | Self::Sheet => 1.0,
        }
    }
}

/// Everything that a question says.
pub(super) fn fields(sheet: &Sheet, question: &Question) -> Vec<(Field, String)> {
    let about = &sheet.about;
    let name = format!("{} {}", question.id, question.tags.join(" "));
    let mut stem = plain_inlines(&question.heading);
    if !question.body.is_empty() {
        // A heading that ends like a word would run into what follows it.
        let is_sentence = stem.ends_with(['.', '?', '!', ':', '…']);
        stem.push_str(if is_sentence { " " } else { ": " });
        stem.push_str(&plain_blocks(&question.body));
    }
    let mut fields = vec![(Field::Stem, stem), (Field::Name, name)];
    let (answers, reasons) = answers(&question.kind);
    fields.extend(answers.into_iter().map(|text| (Field::Answer, text)));
    fields.extend(reasons.into_iter().map(|text| (Field::Explanation, text)));
    fields.push((Field::Explanation, plain_blocks(&question.explanation)));
    let sheet = format!("{} {} {}", about.title, about.topic, about.tags.join(" "));
    fields.push((Field::Sheet, sheet));
    fields
}

fn answers(kind: &QuestionKind) -> (Vec<String>, Vec<String>) {
    let mut reasons = Vec::new();
    let answers = match kind {
        QuestionKind::Single { options } | QuestionKind::Multiple { options } => {
            reasons.extend(options.iter().map(|option| plain_blocks(&option.reason)));
            options
                .iter()
                .map(|option| plain_blocks(&option.text))
                .collect()
        }
        QuestionKind::Typed(answer) => answer.alternatives.clone(),
        QuestionKind::Cloze { blanks } => blanks.iter().map(|blank| blank.answer.clone()).collect(),
        QuestionKind::Basic { answer } => vec![plain_blocks(answer)],
        QuestionKind::Order { items } => items.iter().map(|item| plain_blocks(item)).collect(),
        QuestionKind::Match { header, pairs } => {
            let rows = std::iter::once(header).chain(pairs);
            rows.map(|[left, right]| format!("{} {}", plain_inlines(left), plain_inlines(right)))
                .collect()
        }
        QuestionKind::Lab { lab } => vec![lab.to_string()],
    };
    (answers, reasons)
}

/// The whole text, in pieces that were looked for and pieces between them.
pub(super) fn marked(text: &str, wanted: &[String]) -> Vec<Piece> {
    pieces(text, &found(text, wanted), 0, text.len())
}

/// What stands around the first of the words, in pieces; nothing where none is there.
pub(super) fn excerpt(text: &str, wanted: &[String]) -> Vec<Piece> {
    const BEFORE: usize = 60;
    const AFTER: usize = 140;
    let found = found(text, wanted);
    let Some(&(first, _)) = found.first() else {
        return Vec::new();
    };
    let start = boundary(text, first.saturating_sub(BEFORE), first);
    let end = text[first..]
        .char_indices()
        .map(|(at, c)| (first + at, c))
        .find(|&(at, c)| at >= first + AFTER && c.is_whitespace())
        .map_or(text.len(), |(at, _)| at);
    let mut pieces = pieces(text, &found, start, end);
    if start > 0 {
        push(&mut pieces, 0, "… ");
    }
    if end < text.len() {
        let last = pieces.len();
        push(&mut pieces, last, " …");
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, at: usize, text: &str) {
    let piece = Piece {
        text: text.to_owned(),
        found: false,
    };
    pieces.insert(at, piece);
}

/// The first beginning of a word from `from` on, at `latest` at last.
fn boundary(text: &str, from: usize, latest: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut behind = spaces.map(|(at, c)| at + c.len_utf8());
    behind
        .find(|at| *at >= from)
        .map_or(latest, |at| at.min(latest))
}

/// Where the words stand, in order and apart from each other.
fn found(text: &str, wanted: &[String]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in words(text) {
        let is_wanted = wanted.iter().any(|start| word.folded.starts_with(start));
        let is_apart = found.last().is_none_or(|&(_, end)| end <= word.start);
        if is_wanted && is_apart {
            found.push((word.start, word.end));
        }
    }
    found
}

fn pieces(text: &str, found: &[(usize, usize)], start: usize, end: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut add = |from: usize, to: usize, found: bool| {
        if from < to {
            let text = text[from..to].to_owned();
            pieces.push(Piece { text, found });
        }
    };
    let mut at = start;
    for &(from, to) in found {
        if from >= start && to <= end {
            add(at, from, false);
            add(from, to, true);
            at = to;
        }
    }
    add(at, end, false);
    pieces
}
