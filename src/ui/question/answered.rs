//! What is right, beside what was answered.

use leptos::prelude::*;

use super::form::parts;
use super::{Asked, places};
use crate::course::text::{Block, BlockKind, plain_blocks};
use crate::course::{Choice, QuestionKind};
use crate::study::Response;
use crate::ui::keys::{DIGITS, cap};
use crate::ui::text;

/// Why the answer is the answer.
pub fn explanation(asked: &Asked) -> AnyView {
    view! { <div class="explanation">{text::blocks(&asked.path, &asked.question.explanation, 2)}</div> }.into_any()
}

/// What is right and why, below the question's heading, where nothing was answered.
pub fn solution(asked: &Asked) -> AnyView {
    let said = match &asked.question.kind {
        QuestionKind::Typed(right) => Some(right.alternatives.join(" or ")),
        QuestionKind::Cloze { blanks } => {
            let blanks: Vec<&str> = blanks.iter().map(|blank| &*blank.answer).collect();
            Some(blanks.join("; "))
        }
        _ => None,
    };
    let right = match said {
        Some(said) => view! { <p class="right">{said}</p> }.into_any(),
        None => answer(asked, None, true),
    };
    let (_, rest) = parts(asked, false);
    view! { {rest} {right} {explanation(asked)} }.into_any()
}

/// What is right, for whoever cannot see colours.
pub fn right_in_words(asked: &Asked) -> String {
    match &asked.question.kind {
        QuestionKind::Single { options } | QuestionKind::Multiple { options } => {
            let right = options.iter().filter(|option| option.right);
            right
                .map(|option| plain_blocks(&option.text))
                .collect::<Vec<_>>()
                .join("; ")
        }
        QuestionKind::Typed(answer) => answer.alternatives.join(" or "),
        QuestionKind::Cloze { blanks } => {
            let blank = blanks.iter().find(|blank| blank.card == asked.card);
            blank.map(|blank| blank.answer.clone()).unwrap_or_default()
        }
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => {
            places::right_in_words(&asked.question)
        }
        QuestionKind::Basic { .. } | QuestionKind::Lab { .. } => String::new(),
    }
}

/// What was right beside what was answered, each option with its reason.
pub fn answer(asked: &Asked, response: Option<&Response>, is_right: bool) -> AnyView {
    match &asked.question.kind {
        QuestionKind::Single { .. } | QuestionKind::Multiple { .. } => {
            let rows = asked
                .options
                .iter()
                .enumerate()
                .map(|(place, option)| row(asked, response, place, option))
                .collect_view();
            view! { <ol class="options">{rows}</ol> }.into_any()
        }
        QuestionKind::Typed(right) => {
            compared(response, is_right, &right.alternatives.join(" or "))
        }
        QuestionKind::Cloze { blanks } => {
            let blank = blanks.iter().find(|blank| blank.card == asked.card);
            compared(response, is_right, blank.map_or("", |blank| &blank.answer))
        }
        QuestionKind::Basic { answer } => text::blocks(&asked.path, answer, 2),
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => places::shown(asked, response),
        QuestionKind::Lab { .. } => ().into_any(),
    }
}

fn row(asked: &Asked, response: Option<&Response>, place: usize, option: &Choice) -> AnyView {
    let is_mine = matches!(response, Some(Response::Chosen(chosen)) if chosen.contains(&option.id));
    let mark = match (option.right, is_mine) {
        (true, true) => Some(" — right, your answer"),
        (true, false) => Some(" — right"),
        (false, true) => Some(" — your answer"),
        (false, false) => None,
    };
    view! {
        <li class="shown" class:true=option.right class:mine=is_mine>
            {DIGITS.get(place).map(|key| cap(key))}
            <div class="choice">{with_mark(&asked.path, &option.text, mark)}</div>
            <div class="reason">{text::blocks(&asked.path, &option.reason, 2)}</div>
        </li>
    }
    .into_any()
}

/// The words with the mark on the same line, where they are one line.
fn with_mark(path: &str, blocks: &[Block], mark: Option<&'static str>) -> AnyView {
    if let [
        Block {
            kind: BlockKind::Paragraph(line),
            ..
        },
    ] = blocks
    {
        let plain = |_| ().into_any();
        let line = text::inlines(path, line, &plain);
        return view! { <p>{line}{mark}</p> }.into_any();
    }
    view! { {text::blocks(path, blocks, 2)} <p>{mark}</p> }.into_any()
}

fn compared(response: Option<&Response>, is_right: bool, right: &str) -> AnyView {
    let typed = match response {
        Some(Response::Typed(typed)) if !typed.trim().is_empty() => typed.trim().to_owned(),
        _ => "nothing".to_owned(),
    };
    let class = if is_right { "right" } else { "wrong" };
    view! {
        <dl class="facts">
            <dt>"You typed"</dt><dd class=class>{typed}</dd>
            <dt>"Right is"</dt><dd class="right">{right.to_owned()}</dd>
        </dl>
    }
    .into_any()
}
