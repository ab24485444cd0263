//! The review: one question at a time, until everything missed was right once.

mod answered;
mod done;
mod question;
mod sitting;

use leptos::prelude::*;

use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::library::Library;
use crate::ui::pages::Heading;
use crate::ui::pages::course::InLibrary;
use crate::ui::study::Study;
use sitting::{Sitting, Stage};

/// Asks what is due, then what is new.
#[component]
pub fn Review() -> impl IntoView {
    let library = expect_context::<RwSignal<Library>>();
    let study = expect_context::<Study>();
    let is_read = Memo::new(move |_| study.progress.with(Option::is_some));
    move || {
        match library.get() {
        Library::Ready(loaded) if is_read.get() => {
            view! { <Asking sitting=Sitting::begin(study, loaded.course) /> }.into_any()
        }
        _ => view! {
            <Heading text="Review" />
            <InLibrary draw=|_| view! { <p class="soft" role="status" aria-busy="true">"Reading your answers…"</p> }.into_any() />
        }
        .into_any(),
    }
    }
}

#[component]
fn Asking(sitting: Sitting) -> impl IntoView {
    offer_keys(sitting);
    sitting.follow_other_tabs();
    let is_asking = Memo::new(move |_| sitting.asked.with(Option::is_some));
    view! {
        <p class="hidden" role="status">{move || sitting.said.get()}</p>
        {move || if is_asking.get() {
            view! { <Current sitting /> }.into_any()
        } else {
            done::view(sitting)
        }}
    }
}

/// The question on the screen, and what was answered.
#[component]
fn Current(sitting: Sitting) -> impl IntoView {
    move || {
        let asked = sitting.asked.get()?;
        let body = match sitting.stage.get() {
            Stage::Asking => question::form(sitting, &asked),
            Stage::Shown => question::judge(sitting, &asked),
            Stage::Answered(verdict) => answered::view(sitting, &asked, &verdict),
        };
        Some(view! {
            {question::bar(sitting, &asked)}
            <article class="question">{body}</article>
        })
    }
}

fn offer_keys(sitting: Sitting) {
    const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let picks = DIGITS.into_iter().enumerate().map(|(place, key)| {
        Shortcut::new(
            key,
            "choose this option, or grade a recalled answer",
            move || sitting.pick(place),
        )
    });
    let others = [
        Shortcut::new("Enter", "answer, then go on", move || sitting.go_on()),
        Shortcut::new("g", "mark your answer as a guess", move || {
            sitting.turn_guessed();
        }),
        Shortcut::new("u", "take the last answer back", move || sitting.undo()),
    ];
    use_shortcuts(others.into_iter().chain(picks));
}
