//! Mock exams: chosen, sat against the clock, and gone over.

mod choose;
mod hall;
mod over;
mod paper;

use leptos::prelude::*;

use crate::ui::controls::drawn;
use crate::ui::keys::{DIGITS, Shortcut, use_shortcuts};
use crate::ui::library::{Library, Loaded};
use crate::ui::pages::course::in_library;
use crate::ui::pages::heading;
use crate::ui::study::Study;
use hall::{Hall, Stage};

/// The exam that was begun, or the choice of one.
#[component]
pub fn Exam() -> impl IntoView {
    let library = expect_context::<RwSignal<Library>>();
    let study = expect_context::<Study>();
    let is_read = Memo::new(move |_| study.progress.with(Option::is_some));
    drawn(move || match library.get() {
        Library::Ready(loaded) if is_read.get() => untrack(|| hall(study, loaded)),
        _ => view! { {heading("Exam")} {in_library(|_| reading())} }.into_any(),
    })
}

fn hall(study: Study, loaded: Loaded) -> AnyView {
    let hall = Hall::enter(study, loaded);
    offer_keys(hall);
    view! {
        <p class="hidden" role="status">{drawn(move || hall.said.get().into_any())}</p>
        {drawn(move || {
            let stage = hall.stage.get();
            untrack(|| match stage {
                Stage::Reading => view! { {heading("Exam")} {reading()} }.into_any(),
                Stage::Choosing => choose::view(hall),
                Stage::Sitting => paper::view(hall),
                Stage::HandingIn => paper::hand_in(hall),
                Stage::Over => over::view(hall),
            })
        })}
    }
    .into_any()
}

fn reading() -> AnyView {
    view! { <p class="soft" role="status" aria-busy="true">"Reading your exams…"</p> }.into_any()
}

fn offer_keys(hall: Hall) {
    let picks = DIGITS
        .into_iter()
        .enumerate()
        .map(|(place, key)| Shortcut::new(key, "choose this option", move || hall.pick(place)));
    let others = [
        Shortcut::new("Enter", "go on", move || hall.go_on()),
        Shortcut::new("ArrowRight", "next question", move || hall.step(1)),
        Shortcut::new("ArrowLeft", "previous question", move || hall.step(-1)),
        Shortcut::new("m", "mark for review, or take the mark away", move || {
            hall.turn_mark();
        }),
        Shortcut::new("p", "pause, or go on", move || hall.turn_pause()),
        Shortcut::new("h", "hand in", move || hall.ask_to_hand_in()),
    ];
    use_shortcuts(others.into_iter().chain(picks));
}
