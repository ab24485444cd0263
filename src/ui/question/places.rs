//! Ordering and matching: a row for each place, and a choice of what belongs there.

use leptos::prelude::*;

use super::{Asked, Reply};
use crate::course::text::{Block, Inline, plain_blocks, plain_inlines};
use crate::course::{Question, QuestionKind};
use crate::study::{Response, shown_order};
use crate::ui::controls::select;
use crate::ui::text;

/// What may be put into the places, by its number in the question, in the order on the screen; nothing where a question has
/// no places.
pub fn choices(question: &Question, seed: &str) -> Vec<(usize, String)> {
    let words = all_words(question);
    if words.is_empty() {
        return Vec::new();
    }
    shown_order(question, seed)
        .into_iter()
        .map(|number| (number, words[number].clone()))
        .collect()
}

/// The rows to fill in.
pub fn form(reply: Reply, asked: &Asked) -> AnyView {
    let words: Vec<&String> = asked.choices.iter().map(|(_, words)| words).collect();
    let numbers: Vec<usize> = asked.choices.iter().map(|&(number, _)| number).collect();
    let row = |row: usize| {
        let numbers = numbers.clone();
        let place = {
            let numbers = numbers.clone();
            move || {
                let placed = reply.placed.read().get(row).copied().flatten()?;
                numbers.iter().position(|&number| number == placed)
            }
        };
        let choose = move |place: Option<usize>| {
            let choice = place.and_then(|place| numbers.get(place).copied());
            reply.placed.update(|placed| placed[row] = choice);
        };
        let label = label(asked, row);
        select(
            format!("place-{row}"),
            label,
            &words,
            Signal::derive(place),
            choose,
        )
    };
    let rows = (0..asked.choices.len()).map(row).collect_view();
    let legend = match asked.question.kind {
        QuestionKind::Order { .. } => "Put into order",
        _ => "Match",
    };
    view! {
        <fieldset>
            <legend class="soft small">{legend}</legend>
            {rows}
        </fieldset>
    }
    .into_any()
}

/// Every place with what belongs there, and with what stood there instead.
pub fn shown(asked: &Asked, response: Option<&Response>) -> AnyView {
    let words = all_words(&asked.question);
    let row = |row: usize| {
        let placed = match response {
            Some(Response::Placed(placed)) => placed.get(row).and_then(|&placed| words.get(placed)),
            _ => None,
        };
        let other = placed.filter(|&placed| *placed != words[row]);
        let class = if placed == Some(&words[row]) {
            "right"
        } else {
            ""
        };
        let other = other.map(|other| {
            view! { <br /> <span class="wrong">{format!("you chose: {other}")}</span> }.into_any()
        });
        view! { <dt>{label(asked, row)}</dt> <dd><span class=class>{words[row].clone()}</span> {other}</dd> }.into_any()
    };
    view! { <dl class="facts">{(0..words.len()).map(row).collect_view()}</dl> }.into_any()
}

/// What is right, in words.
pub fn right_in_words(question: &Question) -> String {
    all_words(question).join("; ")
}

/// What belongs into each place: items, or right-hand sides.
fn all_words(question: &Question) -> Vec<String> {
    match &question.kind {
        QuestionKind::Order { items } => items
            .iter()
            .map(|item: &Vec<Block>| plain_blocks(item))
            .collect(),
        QuestionKind::Match { pairs, .. } => pairs
            .iter()
            .map(|[_, right]: &[Vec<Inline>; 2]| plain_inlines(right))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a place is called: its number, or the left-hand side.
fn label(asked: &Asked, row: usize) -> AnyView {
    match &asked.question.kind {
        QuestionKind::Match { pairs, .. } => {
            let plain = |_| ().into_any();
            text::inlines(&asked.path, &pairs[row][0], &plain)
        }
        _ => (row + 1).to_string().into_any(),
    }
}
