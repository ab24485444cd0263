//! What the learner wrote about a question, and a field for more.

use leptos::prelude::*;

use super::Asked;
use crate::study::{EntryKind, Note};
use crate::ui::browser::focus;
use crate::ui::controls::{Button, drawn};
use crate::ui::keys::cap;
use crate::ui::study::{Study, draft};

/// How much one note holds.
const MOST: u32 = 2000;

/// The notes of a card; each can be removed. `then` runs when one is kept.
pub fn notes(study: Study, asked: &Asked, then: impl Fn() + Copy + 'static) -> AnyView {
    let (card, hash) = (asked.card.clone(), asked.question.content_hash.clone());
    let text = RwSignal::new(String::new());
    let write = {
        let (card, hash) = (card.clone(), hash.clone());
        move || {
            let written = text.with_untracked(|text| text.trim().to_owned());
            if written.is_empty() {
                return;
            }
            text.set(String::new());
            let kind = EntryKind::Note { text: written };
            study.record(draft(card.clone(), hash.clone(), kind), |_| {});
            then();
        }
    };
    let remove = {
        let card = card.clone();
        move |note: &Note| {
            let kind = EntryKind::Undo {
                id: note.id.clone(),
            };
            study.record(draft(card.clone(), hash.clone(), kind), |_| {
                // The button has gone with its note.
                request_animation_frame(|| focus("#notes summary"));
            });
        }
    };
    let list = move || {
        study.progress.with(|progress| {
            let known = progress.as_ref().and_then(|progress| progress.card(&card));
            let notes = known.map_or(&[][..], |known| &known.notes);
            let row = |note: &Note| {
                let (own, remove) = (note.clone(), remove.clone());
                let about = format!("Remove the note “{}”", note.text);
                let button = Button::new("Remove").plain(about);
                view! {
                    <li>
                        <p>{note.text.clone()}</p>
                        <p class="soft small">{note.day.date().to_string()} " · " {button.press(move || remove(&own))}</p>
                    </li>
                }
                .into_any()
            };
            let rows = notes.iter().map(row).collect_view();
            (!notes.is_empty()).then(|| view! { <ul class="list">{rows}</ul> }).into_any()
        })
    };
    let press = {
        let write = write.clone();
        move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                write();
            }
        }
    };
    view! {
        <details id="notes">
            <summary>"Why did you answer this? " {cap("n")}</summary>
            <label for="note">"A note to yourself: what you thought, and what you will look for next time"</label>
            <textarea id="note" maxlength=MOST.to_string() prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value()) on:keydown=press></textarea>
            <p class="row">{Button::new("Keep the note").press(write)} <span class="soft small"><kbd>"Ctrl"</kbd> " " <kbd>"Enter"</kbd></span></p>
        </details>
        {drawn(list)}
    }
    .into_any()
}

/// Opens the field for a note and goes there.
pub fn open_notes() {
    let notes = document().query_selector("#notes").ok().flatten();
    if let Some(notes) = notes {
        let _ = notes.set_attribute("open", "");
        focus("#note");
    }
}
