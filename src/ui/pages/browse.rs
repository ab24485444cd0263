//! Every question: found by its words and by what is known of it, opened, set aside, or asked.

mod found;
mod opened;
mod search;

use leptos::prelude::*;

use crate::study::search::{Choices, Kind, Query, State};
use crate::ui::browser::{focus, window_width};
use crate::ui::controls::{drawn, filter};
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::library::CourseReader;
use crate::ui::pages::course::in_library;
use crate::ui::pages::heading;
use crate::ui::question::open_notes;
use crate::ui::study::Study;
use search::Search;

/// Where the filters would push what is found off the screen, they stay folded until they are wanted.
const NARROW: f64 = 752.0;

/// The search over all questions, and what it finds.
#[component]
pub fn Browse() -> impl IntoView {
    let study = expect_context::<Study>();
    let reader = expect_context::<CourseReader>();
    use_shortcuts([
        Shortcut::new("/", "search", || focus("#words")),
        Shortcut::new("n", "write a note on the open question", open_notes),
    ]);
    view! {
        {heading("Browse")}
        {in_library(move |loaded| {
            let search = Search::begin(study, reader);
            let words = move |words: String| search.narrow(|query| query.words = words);
            view! {
                <p>
                    <label for="words">"Search all questions"</label>
                    <input id="words" type="search" autocomplete="off" on:input:target=move |event| words(event.target().value()) />
                </p>
                {drawn(move || search.choices.get().map(|choices| filters(search, choices)).into_any())}
                {found::summary(search)}
                {drawn(move || found::list(search, &loaded.course))}
            }
            .into_any()
        })}
    }
}

fn filters(search: Search, choices: Choices) -> AnyView {
    let Choices {
        topics,
        tags,
        domains,
        kinds,
    } = choices;
    let (topics, titles): (Vec<String>, Vec<String>) = topics.into_iter().unzip();
    let named = domains
        .iter()
        .map(|domain| format!("{} domain {}", domain.exam, domain.number));
    let named = named.collect();
    let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let kind_names = names(kinds.iter().copied().map(Kind::name).collect());
    let state_names = names(State::ALL.map(State::name).into());
    let tag_names = tags.clone();
    let of = |place: Option<usize>| place.unwrap_or(usize::MAX);
    let summary = move || match search.query.with(Query::filters) {
        0 => "Narrow it down".to_owned(),
        1 => "Narrowed down by 1 filter".to_owned(),
        filters => format!("Narrowed down by {filters} filters"),
    };
    let has_room = window_width() > NARROW;
    view! {
        <details open=has_room>
            <summary>{drawn(move || summary().into_any())}</summary>
            <div class="inputs">
                {filter("topic", "Topic", titles, move |place| search.narrow(|query| query.topic = topics.get(of(place)).cloned()))}
                {filter("domain", "Exam", named, move |place| search.narrow(|query| query.domain = domains.get(of(place)).cloned()))}
                {filter("tag", "Tag", tag_names, move |place| search.narrow(|query| query.tag = tags.get(of(place)).cloned()))}
                {filter("kind", "Answered by", kind_names, move |place| search.narrow(|query| query.kind = kinds.get(of(place)).copied()))}
                {filter("state", "State", state_names, move |place| search.narrow(|query| query.state = State::ALL.get(of(place)).copied()))}
            </div>
        </details>
    }
    .into_any()
}
