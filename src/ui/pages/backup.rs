//! Export and import of everything the learner did, as one file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::Route;
use crate::door::Packed;
use crate::store::Stored;
use crate::ui::browser::read_file;
use crate::ui::controls::{Button, drawn};
use crate::ui::study::Study;

/// How far an import is.
#[derive(Clone, Debug)]
enum Importing {
    Nothing,
    /// Read, and not yet taken over.
    Read(Packed<Stored>, String),
    /// There is nothing new in it.
    Known(String),
    Done,
    Refused(String),
}

/// Saves the progress as a file, and takes one in after saying what it would add.
#[component]
pub fn Backup() -> impl IntoView {
    let study = expect_context::<Study>();
    let importing = RwSignal::new(Importing::Nothing);
    // Counts the files, because only what the last one holds is told, in whatever order they are read.
    let chosen = StoredValue::new(0_u32);
    let on_file =
        move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
            let file = event.target().files().and_then(|files| files.get(0));
            let Some(file) = file else { return };
            importing.set(Importing::Nothing);
            chosen.update_value(|chosen| *chosen += 1);
            let own = chosen.get_value();
            spawn_local(async move {
                let found = look_into(study, &file).await;
                if chosen.try_get_value() == Some(own) {
                    importing.set(found);
                }
            });
        };
    view! {
        <section aria-labelledby="progress">
            <h2 id="progress">"Your progress"</h2>
            <p>"Every answer is kept in this browser and nowhere else. A file takes it to another browser, or keeps it safe."</p>
            <p>{Button::new("Export everything").press(move || study.save_export())}</p>
            <label for="import">"Import a file"</label>
            <input id="import" type="file" accept=".jsonl,.json" on:change:target=on_file />
            <div role="status">{drawn(move || outcome(study, importing))}</div>
            <p class="soft">"A file for Anki is made beside your " <a href=Route::Decks.to_string()>"own decks"</a> "."</p>
        </section>
    }
}

async fn look_into(study: Study, file: &web_sys::File) -> Importing {
    let text = match read_file(file).await {
        Ok(text) => text,
        Err(why) => return Importing::Refused(why),
    };
    match study.import(text).await {
        Ok((read, summary, true)) => Importing::Read(read, summary),
        Ok((_, summary, false)) => Importing::Known(summary),
        Err(why) => Importing::Refused(format!("{}:{why}", file.name())),
    }
}

fn outcome(study: Study, importing: RwSignal<Importing>) -> AnyView {
    match importing.get() {
        Importing::Nothing => ().into_any(),
        Importing::Read(read, summary) => offer(study, read, summary, importing),
        Importing::Known(summary) => {
            view! { <p>{summary} " There is nothing to add."</p> }.into_any()
        }
        Importing::Done => view! { <p><span class="right">"Saved."</span></p> }.into_any(),
        Importing::Refused(why) => {
            view! { <p><span class="wrong">"Nothing was imported."</span> " " {why} "."</p> }
                .into_any()
        }
    }
}

/// What taking the file over would add.
fn offer(
    study: Study,
    read: Packed<Stored>,
    summary: String,
    importing: RwSignal<Importing>,
) -> AnyView {
    let take = move || {
        let read = read.clone();
        spawn_local(async move {
            let _ = importing.try_set(match study.take_over(read).await {
                Ok(()) => Importing::Done,
                Err(error) => Importing::Refused(error.to_string()),
            });
        });
    };
    view! {
        <p>{summary} " Nothing of yours is lost by adding it."</p>
        <p>{Button::new("Add what is new").primary().press(take)}</p>
    }
    .into_any()
}
