//! Bringing a deck: chosen, looked into, and kept once the learner has seen what it is.

use std::sync::Arc;

use leptos::ev::{Event, Targeted};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

use super::source::{Brought, from_address, from_files};
use crate::course::{Deck, Files};
use crate::door::{Packed, ReadAnswer, ReadAsk};
use crate::ui::controls::{Button, Field, drawn};
use crate::ui::library::{CourseReader, Library, UNEXPECTED};
use crate::ui::study::Study;

/// How far it is.
#[derive(Clone, Debug)]
enum Stage {
    Nothing,
    Reading,
    Read(Box<Looked>),
    Kept(String),
    Refused(String),
}

/// What the reader made of it.
#[derive(Clone, Debug)]
struct Looked {
    deck: Deck,
    questions: usize,
    findings: Vec<String>,
}

/// What was brought, under the name that it is to have.
#[derive(Clone, Debug, PartialEq)]
struct Named {
    title: String,
    files: Arc<Files>,
}

/// The fields, and what came of them.
pub fn bring(study: Study) -> AnyView {
    let reader = expect_context::<CourseReader>();
    let library = expect_context::<RwSignal<Library>>();
    let stage = RwSignal::new(Stage::Nothing);
    let named = RwSignal::new(None::<Named>);
    look_into(reader, library, named, stage);

    let take = move |brought: Result<Brought, String>| match brought {
        Ok(Brought { title, files }) => {
            let files = Arc::new(files);
            let _ = named.try_set(Some(Named { title, files }));
        }
        Err(why) => {
            let _ = stage.try_set(Stage::Refused(why));
        }
    };
    let on_files = move |event: Targeted<Event, HtmlInputElement>| {
        let Some(files) = event.target().files() else {
            return;
        };
        stage.set(Stage::Reading);
        spawn_local(async move { take(from_files(&files).await) });
    };
    let on_address = move |address: String| {
        if !address.trim().is_empty() {
            stage.set(Stage::Reading);
            spawn_local(async move { take(from_address(&address).await) });
        }
    };
    let folder = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if let Some(folder) = folder.get() {
            folder.set_webkitdirectory(true);
        }
    });
    let nothing = Memo::new(|_| String::new());
    view! {
        <section aria-labelledby="bring">
            <h2 id="bring">"Bring a deck"</h2>
            <p>"Markdown in the form of the course's sheets, or text that Anki exported with File, Export. Choose it, or drop it on a field."</p>
            <div class="inputs">
                <p>
                    <label for="deck-files">"Files"</label>
                    <input id="deck-files" type="file" multiple accept=".md,.txt,.tsv,.csv" on:change:target=on_files />
                </p>
                <p>
                    <label for="deck-folder">"A folder"</label>
                    <input id="deck-folder" type="file" node_ref=folder on:change:target=on_files />
                </p>
                {Field::text("deck-address", "The address of a file on this site", 2_000, nothing).write(on_address)}
            </div>
            <div role="status">{drawn(move || outcome(study, named, stage))}</div>
        </section>
    }
    .into_any()
}

/// Has the reader look into what was brought, whenever it or its name is another.
fn look_into(
    reader: CourseReader,
    library: RwSignal<Library>,
    named: RwSignal<Option<Named>>,
    stage: RwSignal<Stage>,
) {
    Effect::new(move || {
        let Some(now) = named.get() else { return };
        let loaded = match library.get() {
            Library::Ready(loaded) => loaded,
            // This runs again when the course is there.
            Library::Loading => return stage.set(Stage::Reading),
            Library::Failed(why) => return stage.set(Stage::Refused(why)),
        };
        stage.set(Stage::Reading);
        spawn_local(async move {
            let ask = ReadAsk::Deck {
                title: now.title.clone(),
                brought: (*now.files).clone(),
                files: (*loaded.files).clone(),
                decks: (*loaded.decks).clone(),
            };
            let found = match reader.ask(&ask).await {
                Ok(ReadAnswer::Deck {
                    deck,
                    questions,
                    findings,
                }) => deck.open().map_or_else(
                    || Stage::Refused(UNEXPECTED.to_owned()),
                    |deck| {
                        Stage::Read(Box::new(Looked {
                            deck,
                            questions,
                            findings,
                        }))
                    },
                ),
                Ok(_) => Stage::Refused(UNEXPECTED.to_owned()),
                Err(why) => Stage::Refused(why),
            };
            // Something else may have been brought meanwhile.
            if named.try_get_untracked().flatten() == Some(now) {
                stage.set(found);
            }
        });
    });
}

fn outcome(study: Study, named: RwSignal<Option<Named>>, stage: RwSignal<Stage>) -> AnyView {
    match stage.get() {
        Stage::Nothing => ().into_any(),
        Stage::Reading => view! { <p class="soft">"Reading…"</p> }.into_any(),
        Stage::Read(looked) => offer(study, named, stage, *looked),
        Stage::Kept(words) => {
            view! { <p><span class="right">"Kept."</span> " " {words}</p> }.into_any()
        }
        Stage::Refused(why) => {
            view! { <p><span class="wrong">"Nothing was kept"</span> ": " {why} "."</p> }.into_any()
        }
    }
}

/// What it is, what is wrong with it, and what to do.
fn offer(
    study: Study,
    named: RwSignal<Option<Named>>,
    stage: RwSignal<Stage>,
    looked: Looked,
) -> AnyView {
    let Looked {
        deck,
        questions,
        findings,
    } = looked;
    let title = Memo::new(move |_| {
        named.with(|named| {
            named
                .as_ref()
                .map_or_else(String::new, |named| named.title.clone())
        })
    });
    let rename = move |title: String| {
        let is_name = title.chars().any(char::is_alphanumeric);
        named.update(|named| {
            if let Some(named) = named.as_mut().filter(|_| is_name) {
                named.title = title;
            }
        });
    };
    let found = findings
        .iter()
        .map(|finding| view! { <li><samp>{finding.clone()}</samp></li> }.into_any());
    let words = format!(
        "{} in {}.",
        counted(questions, "question"),
        counted(deck.files.len(), "file")
    );
    let can_be_kept = !deck.files.is_empty();
    let keep = move || {
        let deck = deck.clone();
        spawn_local(async move {
            let title = deck.title.clone();
            let kept = match study.keep_deck(Packed::new(&deck)).await {
                Ok(()) => {
                    let _ = named.try_set(None);
                    Stage::Kept(format!(
                        "“{title}” stands among your decks, and its questions in the review."
                    ))
                }
                Err(error) => Stage::Refused(error.to_string()),
            };
            let _ = stage.try_set(kept);
        });
    };
    view! {
        {Field::text("deck-name", "Its name", 80, title).write(rename)}
        <p>{words} " A deck of the same name gives way to it; what you learned of its questions stays."</p>
        <ul class="diagnostics">{found.collect_view()}</ul>
        <p>{Button::new("Keep this deck").primary().enabled(can_be_kept).press(keep)}</p>
    }
    .into_any()
}

/// So many of them.
pub(super) fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    }
}
