//! What a search found, a page at a time.

use leptos::prelude::*;

use super::opened::opened;
use super::search::{A_PAGE, Search};
use crate::course::Course;
use crate::study::search::{Hit, Piece, Results};
use crate::ui::controls::{Button, drawn};

/// How many were found, what to do with all of them, and what was done last.
pub fn summary(search: Search) -> AnyView {
    let total = move || {
        search
            .found
            .with(|found| Some(found.as_ref()?.as_ref().ok()?.total))
    };
    let count = move || {
        let words = total().map(|total| match total {
            0 => "Nothing is found. Fewer words or filters find more.".to_owned(),
            1 => "1 question.".to_owned(),
            total => format!("{total} questions."),
        });
        words.into_any()
    };
    let ask = move || {
        let ask = Button::new("Review them").enabled(total().is_some_and(|total| total > 0));
        ask.press(move || search.review())
    };
    let take_back = move || {
        let is_done = search.done.with(|done| !done.is_empty());
        let button = || Button::new("Take back").press(move || search.take_back());
        is_done.then(button).into_any()
    };
    view! {
        <div class="row">
            <span role="status">{drawn(count)} " " {drawn(move || search.said.get().into_any())}</span>
            {drawn(take_back)}
            {drawn(ask)}
        </div>
    }
    .into_any()
}

/// The questions, and the way to those before and behind them.
pub fn list(search: Search, course: &Course) -> AnyView {
    match &*search.found.read() {
        None => view! { <p class="soft" aria-busy="true">"Looking…"</p> }.into_any(),
        Some(Err(why)) => view! { <p role="alert"><span class="wrong">"The search failed"</span> ": " {why.clone()} "."</p> }.into_any(),
        Some(Ok(results)) => {
            let rows = results.hits.iter().map(|hit| row(search, course, hit));
            view! { <ol class="list">{rows.collect_view()}</ol> {pages(search, results)} }.into_any()
        }
    }
}

fn row(search: Search, course: &Course, hit: &Hit) -> AnyView {
    let id = hit.question.clone();
    let is_open = search.open.with(|open| open.as_ref() == Some(&id));
    let mut about = format!("{} · {}", hit.title, hit.kind.name());
    for state in &hit.states {
        about += " · ";
        about += state.name();
    }
    let content = is_open.then(|| opened(search, course, &id));
    let turn = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        search.turn(&id);
    };
    view! {
        <li>
            <details open=is_open>
                <summary on:click=turn>{pieces(&hit.stem)}</summary>
                {content}
            </details>
            <p class="soft small">{pieces(&hit.excerpt)}</p>
            <p class="soft small">{about}</p>
        </li>
    }
    .into_any()
}

fn pieces(pieces: &[Piece]) -> AnyView {
    let piece = |piece: &Piece| {
        let text = piece.text.clone();
        match piece.found {
            true => view! { <b>{text}</b> }.into_any(),
            false => text.into_any(),
        }
    };
    pieces.iter().map(piece).collect_view().into_any()
}

fn pages(search: Search, results: &Results) -> Option<AnyView> {
    let skip = search.query.with_untracked(|query| query.skip);
    let to = |label: &'static str, skip: usize, is_there: bool| {
        let go = move || search.query.update(|query| query.skip = skip);
        Button::new(label).enabled(is_there).press(go)
    };
    let (last, total) = (skip + results.hits.len(), results.total);
    (total > A_PAGE).then(|| {
        view! {
            <p class="row">
                {to("Previous", skip.saturating_sub(A_PAGE), skip > 0)}
                {to("Next", last, last < total)}
                <span class="soft small">{format!("{} to {last} of {total}", skip + 1)}</span>
            </p>
        }
        .into_any()
    })
}
