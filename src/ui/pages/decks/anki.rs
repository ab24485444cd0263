//! The course as a file for Anki.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::door::{AnalystAnswer, AnalystAsk, AnkiAsk, AnkiForm};
use crate::ui::browser::{analyse, save_file};
use crate::ui::controls::{Button, drawn};
use crate::ui::library::{Library, Loaded, UNEXPECTED};
use crate::ui::study::{Study, here_and_now};

/// Saves the course for Anki, with what was learned or as questions alone.
pub fn for_anki() -> AnyView {
    let study = expect_context::<Study>();
    let library = expect_context::<RwSignal<Library>>();
    let said = RwSignal::new(String::new());
    let save = move |form| {
        said.set("Writing the file…".to_owned());
        spawn_local(async move {
            let ready = match library.get_untracked() {
                Library::Ready(loaded) => ask(study, &loaded, form).await,
                _ => None,
            };
            let Some(ask) = ready else {
                let words = "The course is still being read; try again in a moment.".to_owned();
                let _ = said.try_set(words);
                return;
            };
            let words = match write(ask).await {
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

async fn ask(study: Study, loaded: &Loaded, form: AnkiForm) -> Option<AnkiAsk> {
    let (at, offset) = here_and_now();
    Some(AnkiAsk {
        files: loaded.files.as_ref().clone(),
        decks: loaded.decks.as_ref().clone(),
        learned: study.learned().await?,
        form,
        at,
        offset,
    })
}

/// Saves the file, and says what it is called.
async fn write(ask: AnkiAsk) -> Result<&'static str, String> {
    let name = match ask.form {
        AnkiForm::Package => "cipherdeck.apkg",
        AnkiForm::Text => "cipherdeck-for-anki.txt",
    };
    match analyse(&AnalystAsk::Anki(Box::new(ask))).await? {
        AnalystAnswer::Anki(bytes) => save_file(name, &bytes).map(|()| name),
        _ => Err(UNEXPECTED.to_owned()),
    }
}
