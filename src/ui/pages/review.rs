//! The review: one question at a time, until everything missed was right once.

mod answered;
mod done;
mod ledger;
mod question;
mod sitting;

use leptos::prelude::*;

use crate::ui::controls::drawn;
use crate::ui::keys::{DIGITS, Shortcut, use_shortcuts};
use crate::ui::library::Library;
use crate::ui::pages::course::in_library;
use crate::ui::pages::{heading, set_title};
use crate::ui::question::{Asked, open_notes};
use crate::ui::study::Study;
pub use answered::comes_back;
pub use done::when;
use sitting::{Sitting, Stage};

/// Asks what is due, then what is new.
#[component]
pub fn Review() -> impl IntoView {
    let library = expect_context::<RwSignal<Library>>();
    let study = expect_context::<Study>();
    let is_read = Memo::new(move |_| study.progress.with(Option::is_some));
    drawn(move || {
        match library.get() {
        Library::Ready(loaded) if is_read.get() => {
            untrack(|| asking(Sitting::begin(study, loaded.course)))
        }
        _ => view! {
            {heading("Review")}
            {in_library(|_| view! { <p class="soft" role="status" aria-busy="true">"Reading your answers…"</p> }.into_any())}
        }
        .into_any(),
    }
    })
}

fn asking(sitting: Sitting) -> AnyView {
    offer_keys(sitting);
    sitting.follow_other_tabs();
    view! {
        <p class="hidden" role="status">{drawn(move || sitting.said.get().into_any())}</p>
        {drawn(move || match &*sitting.asked.read() {
            Some(asked) => current(sitting, asked),
            None => {
                // What is due meanwhile, and how long the rest takes, changes with the time.
                sitting.study.queue.track();
                untrack(|| done::view(sitting))
            }
        })}
    }
    .into_any()
}

/// The question on the screen, and what was answered.
fn current(sitting: Sitting, asked: &Asked) -> AnyView {
    set_title("Review");
    let body = match &*sitting.stage.read() {
        Stage::Asking => question::form(sitting, asked),
        Stage::Shown => question::judge(sitting, asked),
        Stage::Answered(verdict) => answered::view(sitting, asked, verdict),
    };
    view! {
        {question::bar(sitting, asked)}
        <article class="question">{body}</article>
        {question::marks(sitting, asked)}
    }
    .into_any()
}

fn offer_keys(sitting: Sitting) {
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
        Shortcut::new("u", "take the last step back", move || sitting.undo()),
        Shortcut::new("r", "redo what was taken back", move || sitting.redo()),
        Shortcut::new("n", "write why you answered this", open_notes),
        Shortcut::new("f", "flag this question, or remove its flag", move || {
            sitting.turn_flag();
        }),
        Shortcut::new(
            "e",
            "list this question to be edited, or take it off",
            move || {
                sitting.turn_edit_later();
            },
        ),
        Shortcut::new("b", "put this card off until tomorrow", move || {
            sitting.bury();
        }),
        Shortcut::new("s", "suspend this card", move || sitting.suspend()),
    ];
    use_shortcuts(others.into_iter().chain(picks));
}
