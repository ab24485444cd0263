//! A question as a note.

use std::fmt::Write as _;

use super::field::{Fields, split_source};
use super::html::{Html, escaped};
use crate::course::text::plain_blocks;
use crate::course::text::{Block, plain_inlines};
use crate::course::{CardId, Choice, OptionId, Question, QuestionId, QuestionKind, Sheet, deck_of};

/// The two kinds of note, alike but for the way they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// One card: the question in front, the answer behind.
    Plain,
    /// A card for each blank.
    Cloze,
}

impl NoteKind {
    pub(super) const ALL: [Self; 2] = [Self::Plain, Self::Cloze];

    /// What it is called in Anki.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "Cipherdeck",
            Self::Cloze => "Cipherdeck Cloze",
        }
    }

    /// Its id in every collection: an instant of 2023, which no collection made a note type at.
    pub(super) fn id(self) -> i64 {
        match self {
            Self::Plain => 1_700_000_000_401,
            Self::Cloze => 1_700_000_000_402,
        }
    }
}

/// A question as Anki keeps it.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub id: QuestionId,
    pub kind: NoteKind,
    pub fields: Fields,
    pub tags: Vec<String>,
    /// The deck with those above it, parted by `::`.
    pub deck: String,
    /// The cards in the order of their templates or blanks.
    pub cards: Vec<CardId>,
}

/// The deck that holds all others.
pub(super) const ROOT: &str = "Cipherdeck";

impl Note {
    /// The note of a question of the sheet that stands at `path`.
    pub(super) fn of(path: &str, sheet: &Sheet, question: &Question) -> Self {
        let html = Html {
            blanks: match &question.kind {
                QuestionKind::Cloze { blanks } => blanks,
                _ => &[],
            },
        };
        let (kind, asked, answer) = sides(question);
        let mut asked_html = format!("<p>{}</p>", html.inlines(&question.heading));
        asked_html.push_str(&html.blocks(&question.body));
        asked_html.push_str(&asked);
        let (explanation, source) = split_source(&question.explanation);
        let title = sheet.about.title.replace("::", ": ");
        let deck = if deck_of(path).is_some() {
            format!("{ROOT}::Own decks::{title}")
        } else {
            format!("{ROOT}::{title}")
        };
        Self {
            id: question.id.clone(),
            kind,
            fields: Fields {
                question: asked_html,
                answer,
                explanation: html.blocks(&explanation),
                source: html.inlines(&source),
                id: question.id.to_string(),
            },
            tags: tags(sheet, question),
            deck,
            cards: question.cards(),
        }
    }

    /// What identifies the note in every collection.
    pub(super) fn guid(&self) -> String {
        format!("cipherdeck:{}", self.id)
    }
}

/// The kind of note, what is asked behind heading and body, and the answer.
fn sides(question: &Question) -> (NoteKind, String, String) {
    let html = Html::default();
    let (asked, answer) = match &question.kind {
        QuestionKind::Single { options } | QuestionKind::Multiple { options } => {
            options_sides(options, question.shuffle)
        }
        QuestionKind::Typed(answer) => {
            let code = |alternative: &String| format!("<code>{}</code>", escaped(alternative));
            let all: Vec<String> = answer.alternatives.iter().map(code).collect();
            (String::new(), format!("<p>{}</p>", all.join(" or ")))
        }
        QuestionKind::Cloze { .. } => return (NoteKind::Cloze, String::new(), String::new()),
        QuestionKind::Basic { answer } => (String::new(), html.blocks(answer)),
        QuestionKind::Order { items } => {
            let mut shown: Vec<&Vec<Block>> = items.iter().collect();
            if question.shuffle {
                shown.sort_by_key(|item| OptionId::of(&plain_blocks(item)));
            }
            let list = |items: &mut dyn Iterator<Item = &Vec<Block>>| -> String {
                items
                    .map(|item| format!("<li>{}</li>", html.tight(item)))
                    .collect()
            };
            let shown = list(&mut shown.into_iter());
            let right = list(&mut items.iter());
            (
                format!("<p>Put into order:</p><ul>{shown}</ul>"),
                format!("<ol>{right}</ol>"),
            )
        }
        QuestionKind::Match { header, pairs } => {
            let mut right: Vec<_> = pairs.iter().map(|pair| &pair[1]).collect();
            right.sort_by_key(|cell| OptionId::of(&plain_inlines(cell)));
            right.dedup_by_key(|cell| plain_inlines(cell));
            let mut asked = String::new();
            let lefts = pairs.iter().map(|pair| &pair[0]);
            let columns: [Vec<_>; 2] = [lefts.collect(), right];
            for (name, cells) in header.iter().zip(columns) {
                let cells = cells
                    .into_iter()
                    .map(|cell| format!("<li>{}</li>", html.inlines(cell)));
                let cells: String = cells.collect();
                write!(asked, "<p>{}:</p><ul>{cells}</ul>", html.inlines(name))
                    .expect("a string takes all");
            }
            let row = |[left, right]: &[Vec<_>; 2]| {
                format!(
                    "<tr><td>{}</td><td>{}</td></tr>",
                    html.inlines(left),
                    html.inlines(right)
                )
            };
            let rows: String = pairs.iter().map(row).collect();
            (asked, format!("<table><tbody>{rows}</tbody></table>"))
        }
        QuestionKind::Lab { lab } => {
            let answer = format!(
                "<p>Do it in a lab of Cipherdeck (task <code>{lab}</code>): its verdict counts.</p>"
            );
            (String::new(), answer)
        }
    };
    (NoteKind::Plain, asked, answer)
}

/// Options in an order that does not give the answer away and is the same in every export.
fn options_sides(options: &[Choice], shuffle: bool) -> (String, String) {
    let html = Html::default();
    let mut shown: Vec<&Choice> = options.iter().collect();
    if shuffle {
        shown.sort_by(|a, b| a.id.cmp(&b.id));
    }
    let right = options.iter().filter(|option| option.right).count();
    let mut asked = String::new();
    if right > 1 {
        write!(asked, "<p>Choose {right}.</p>").expect("a string takes all");
    }
    let (mut list, mut answer) = (String::new(), String::new());
    for option in shown {
        let text = html.tight(&option.text);
        write!(list, "<li>{text}</li>").expect("a string takes all");
        let (class, mark) = if option.right {
            ("right", "✓")
        } else {
            ("wrong", "✗")
        };
        write!(
            answer,
            "<li class=\"{class}\">{mark} {text}<div class=\"reason\">{}</div></li>",
            html.tight(&option.reason)
        )
        .expect("a string takes all");
    }
    write!(asked, "<ol type=\"A\">{list}</ol>").expect("a string takes all");
    (asked, format!("<ol type=\"A\">{answer}</ol>"))
}

/// Anki parts tags by spaces, and levels by `::`.
fn tags(sheet: &Sheet, question: &Question) -> Vec<String> {
    let domains = sheet.about.domains.iter();
    let domains = domains.map(|domain| format!("{}::{}", domain.exam, domain.number));
    let own = sheet.about.tags.iter().chain(&question.tags).cloned();
    let topic = format!("topic::{}", sheet.about.topic);
    let all = own.chain(domains).chain([topic]);
    let mut tags: Vec<String> = all
        .map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_"))
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    tags
}
