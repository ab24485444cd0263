//! The learner's own decks: which there are, and how one is brought.

mod anki;
mod bring;
mod source;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::Route;
use crate::course::Deck;
use crate::door::Packed;
use crate::ui::browser::focus;
use crate::ui::controls::{Button, drawn};
use crate::ui::library::Loaded;
use crate::ui::pages::course::in_library;
use crate::ui::pages::heading;
use crate::ui::study::Study;

/// Questions of one's own beside the course's.
#[component]
pub fn Decks() -> impl IntoView {
    let study = expect_context::<Study>();
    let removed = RwSignal::new(None);
    view! {
        {heading("Own decks")}
        <p class="lede">"Questions of your own beside the course's: reviewed, searched and explained alike, kept in this browser, and part of every export."</p>
        {in_library(move |loaded| all(study, &loaded, removed))}
        {drawn(move || take_back(study, removed))}
        {bring::bring(study)}
        {anki::for_anki()}
        <p><a href=Route::Course.to_string()>"Course map"</a></p>
    }
}

/// What was removed last, or why it could not be.
type Removed = RwSignal<Option<Result<Deck, String>>>;

fn all(study: Study, loaded: &Loaded, removed: Removed) -> AnyView {
    let decks = loaded.decks.open().unwrap_or_default();
    let decks = decks.iter();
    let decks: Vec<AnyView> = decks
        .map(|deck| row(study, loaded, deck, removed))
        .collect();
    if decks.is_empty() {
        return view! { <p class="soft">"You have none yet."</p> }.into_any();
    }
    view! { <ul class="list">{decks}</ul> }.into_any()
}

fn row(study: Study, loaded: &Loaded, deck: &Deck, removed: Removed) -> AnyView {
    let folder = deck.path("");
    let sheets = loaded.course.sheets();
    let sheets: Vec<_> = sheets
        .filter(|(path, _)| path.starts_with(&folder))
        .collect();
    let questions = sheets.iter().map(|(_, sheet)| sheet.questions.len()).sum();
    let links = sheets.iter().map(|(path, sheet)| {
        let address = Route::Reading((*path).to_owned()).to_string();
        view! { <li><a href=address>{sheet.about.title.clone()}</a></li> }.into_any()
    });
    let about = format!("Remove {}", deck.title);
    let own = deck.clone();
    let remove = move || {
        let deck = own.clone();
        spawn_local(async move {
            let result = study.remove_deck(Packed::new(&deck)).await;
            let result = result.map(|()| deck).map_err(|error| error.to_string());
            let _ = removed.try_set(Some(result));
            // The button has gone with its deck.
            request_animation_frame(|| focus("#put-back button"));
        });
    };
    view! {
        <li>
            <p class="title">{deck.title.clone()}</p>
            <p class="soft small">{bring::counted(questions, "question")}</p>
            <ul>{links.collect_view()}</ul>
            <p>{Button::new("Remove").plain(about).press(remove)}</p>
        </li>
    }
    .into_any()
}

fn take_back(study: Study, removed: Removed) -> AnyView {
    let words = removed.get().map(|result| match result {
        Ok(deck) => {
            let said = format!(
                "“{}” is removed. What you learned of it stays in your log. ",
                deck.title
            );
            let put_back = move || {
                let deck = deck.clone();
                spawn_local(async move {
                    let result = study.keep_deck(Packed::new(&deck)).await;
                    let failed = result.err().map(|error| Err(error.to_string()));
                    let _ = removed.try_set(failed);
                });
            };
            view! { {said} {Button::new("Put it back").press(put_back)} }.into_any()
        }
        Err(why) => view! { <span class="wrong">"That failed"</span> ": " {why} "." }.into_any(),
    });
    view! { <p id="put-back" role="status">{words}</p> }.into_any()
}
