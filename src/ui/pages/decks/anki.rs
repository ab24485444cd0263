//! The course as a file for Anki.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::door::{AnalystAnswer, AnalystAsk, AnkiAsk, AnkiForm};
use crate::ui::browser::{analyse, save_file};
use crate::ui::controls::{Button, drawn};
use crate::ui::library::{Library, UNEXPECTED};
use crate::ui::study::{Study, here_and_now};
use crate::ui::until::until;

/// Saves the course for Anki, with what was learned or as questions alone.
pub fn for_anki() -> AnyView {
    let study = expect_context::<Study>();
    let library = expect_context::<RwSignal<Library>>();
    let said = RwSignal::new(String::new());
    let save = move |form| {
        said.set("Writing the file…".to_owned());
        spawn_local(async move {
            let words = match write(study, library, form).await {
                Ok(name) => format!("Saved as {name}."),
                Err(why) => format!("The export failed: {why}."),
            };
            let _ = said.try_set(words);
        });
    };
    view! {
        <h2>"For Anki"</h2>
        <p>"A package holds every question, the course's and your own, with its schedule and history; Anki takes it in by File, Import, and again whenever you like without asking anything twice. The text holds the questions alone."</p>
        <p class="row">
            {Button::new("Package for Anki").press(move || save(AnkiForm::Package))}
            {Button::new("Text for Anki").press(move || save(AnkiForm::Text))}
            <span role="status">{drawn(move || said.get().into_any())}</span>
        </p>
    }
    .into_any()
}

/// Saves the file as soon as course and log are read, and says what it is called.
async fn write(
    study: Study,
    library: RwSignal<Library>,
    form: AnkiForm,
) -> Result<&'static str, String> {
    let loaded = until(move || library.get().outcome()).await?;
    let learned = study.learned().await;
    let (at, offset) = here_and_now();
    let ask = AnkiAsk {
        files: loaded.files.as_ref().clone(),
        decks: loaded.decks.as_ref().clone(),
        learned,
        form,
        at,
        offset,
    };
    let name = match form {
        AnkiForm::Package => "cipherdeck.apkg",
        AnkiForm::Text => "cipherdeck-for-anki.txt",
    };
    match analyse(&AnalystAsk::Anki(Box::new(ask))).await? {
        AnalystAnswer::Anki(bytes) => save_file(name, &bytes).map(|()| name),
        _ => Err(UNEXPECTED.to_owned()),
    }
}
