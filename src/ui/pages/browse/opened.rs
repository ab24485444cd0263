//! One question with its answer, what is known of it, and what can be done to it.

use leptos::prelude::*;

use super::search::Search;
use crate::course::{CardId, Course, QuestionId};
use crate::study::{Card, EntryKind, Progress};
use crate::ui::controls::Button;
use crate::ui::pages::review::when;
use crate::ui::question::{Asked, notes, report, solution};
use crate::ui::study::{here_and_now, to_be_done};

/// A question that is open; nothing where the course has it no more.
pub fn opened(search: Search, course: &Course, question: &QuestionId) -> Option<AnyView> {
    let (_, question) = course.question(question)?;
    let progress = search.study.progress.read();
    let progress = progress.as_ref()?;
    let cards = question.cards();
    let asked = Asked::new(cards.first()?.clone(), course, "")?;
    let known = cards.iter().enumerate().map(|(place, card)| {
        let name = match cards.len() {
            1 => "Memory".to_owned(),
            _ => format!("Memory of blank {}", place + 1),
        };
        view! { <dt>{name}</dt><dd>{memory(progress, card)}</dd> }.into_any()
    });
    let known = known.collect_view();
    let those = |holds: fn(&Card) -> bool| -> Vec<CardId> {
        let is = |card: &&CardId| progress.card(card).is_some_and(holds);
        cards.iter().filter(is).cloned().collect()
    };
    let button = |label: &'static str, cards: Vec<CardId>, kind: EntryKind, said: &'static str| {
        let hash = question.content_hash.clone();
        Button::new(label).press(move || search.act(cards.clone(), &hash, &kind, said))
    };
    let (suspended, flagged, listed, learned) = (
        those(|card| card.suspended),
        those(|card| card.flagged),
        those(|card| card.edit_later),
        those(|card| card.memory.is_some()),
    );
    let suspend = match suspended.is_empty() {
        true => button("Suspend", cards.clone(), EntryKind::Suspend, "Suspended."),
        false => button(
            "Ask it again",
            suspended,
            EntryKind::Unsuspend,
            "It is asked again.",
        ),
    };
    let flag = match flagged.is_empty() {
        true => button("Flag", cards.clone(), EntryKind::Flag, "Flagged."),
        false => button(
            "Remove the flag",
            flagged,
            EntryKind::Flag,
            "The flag is removed.",
        ),
    };
    let edit =
        |label, cards, wanted, said| button(label, cards, EntryKind::EditLater { wanted }, said);
    let edit = match listed.is_empty() {
        true => edit("Edit later", cards.clone(), true, "Listed to be edited."),
        false => edit("Need not be edited", listed, false, "Taken off the list."),
    };
    let reset = (!learned.is_empty()).then(|| {
        button(
            "Begin anew",
            learned,
            EntryKind::Reset,
            "Its memory begins anew.",
        )
    });
    let in_lab = to_be_done(course, &asked.card).map(|(_, address)| {
        view! { <p><a class="button" href=address>"Do it in the lab"</a></p> }.into_any()
    });
    let view = view! {
        {solution(&asked)}
        {in_lab}
        <dl class="facts small">{known}</dl>
        <div class="row">{suspend}{flag}{edit}{reset} {report(&asked)}</div>
        {notes(search.study, &asked, || {})}
    };
    Some(view.into_any())
}

fn memory(progress: &Progress, card: &CardId) -> String {
    let (at, offset) = here_and_now();
    let today = progress.day(at, offset);
    let known = progress.card(card);
    let Some((card, due, memory)) = known.and_then(|card| Some((card, card.due?, card.memory?)))
    else {
        return "not answered yet".to_owned();
    };
    let recall = card.recall(&progress.scheduler().model, today);
    // In whole numbers, because to write a broken one takes the page several KB.
    let percent = (recall.unwrap_or_default() * 100.0).round() as u32;
    let stability = memory.stability.round() as u32;
    let due = match card.suspended {
        true => "suspended".to_owned(),
        false => format!("due {}", when(due, at, today)),
    };
    format!(
        "{due}; recalled today with {percent} %, stability {stability} days, answered {} times, forgotten {} times",
        card.reviews, card.lapses
    )
}
