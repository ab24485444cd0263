//! The frame around every page: rail, page, notices, keys.

use leptos::ev;
use leptos::prelude::*;

use crate::base::{Location, Route};
use crate::study::Queue;
use crate::ui::browser::focus;
use crate::ui::controls::drawn;
use crate::ui::keys::{Keys, Shortcut, cap, use_shortcuts};
use crate::ui::notices::NoticeBoard;
use crate::ui::pages::{Draw, page};
use crate::ui::program::Standing;
use crate::ui::study::Study;

/// The frame, with the page that the address names in it.
pub fn app(standing: Standing, draw: Draw) -> AnyView {
    let Standing {
        settings,
        engine,
        library,
        reader,
        notices,
        study,
    } = standing;
    let location = use_location();
    provide_context(settings);
    provide_context(location);
    provide_context(engine);
    provide_context(library);
    provide_context(reader);
    provide_context(Keys::listen(settings));
    provide_context(notices);
    provide_context(study);
    after_moves(location, study);

    view! {
        <a class="skip" href="#main" on:click=skip>"Skip to the page"</a>
        <div class="shell">
            <Rail location study />
            <main id="main" tabindex="-1">
                {page(location, draw)}
            </main>
        </div>
        <NoticeBoard notices />
        <KeyHelp />
    }
    .into_any()
}

#[component]
fn Rail(location: Signal<Location>, study: Study) -> impl IntoView {
    let entry = move |route: Route, name: &'static str| {
        let href = route.to_string();
        // Today says the number in words, so that the link's name stays the page's.
        let count = (route == Route::Review).then(|| {
            let count = move || waiting(study).map(|count| count.to_string()).into_any();
            view! { <span aria-hidden="true">{drawn(count)}</span> }.into_any()
        });
        let is_here =
            move || location.with(|at| at.route.as_ref().is_ok_and(|at| is_part_of(at, &route)));
        view! { <li><a href=href aria-current=move || is_here().then_some("page")>{name}{count}</a></li> }.into_any()
    };
    view! {
        <nav class="rail" aria-label="Pages">
            <a class="name" href="#/">"Cipherdeck"</a>
            <ul>
                {entry(Route::Today, "Today")}
                {entry(Route::Course, "Course")}
                {entry(Route::Review, "Review")}
                {entry(Route::Exam, "Exam")}
                {entry(Route::Browse, "Browse")}
            </ul>
            <ul>
                {entry(Route::Labs, "Labs")}
                {entry(Route::Statistics, "Statistics")}
                {entry(Route::Settings, "Settings")}
            </ul>
        </nav>
    }
}

/// How many cards wait in the review now; nothing where none does.
fn waiting(study: Study) -> Option<usize> {
    let count = study.queue.with(|queue| queue.as_ref().map(Queue::len));
    count.filter(|count| *count > 0)
}

fn is_part_of(here: &Route, entry: &Route) -> bool {
    match here {
        Route::Reading(_) | Route::Decks => *entry == Route::Course,
        Route::Envelope | Route::Sse | Route::Policy => *entry == Route::Labs,
        _ => here == entry,
    }
}

/// The list of keys, shown by `?`.
#[component]
fn KeyHelp() -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let keys = expect_context::<Keys>();
    use_shortcuts([Shortcut::new("?", "show these keys", move || {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    })]);
    let rows = move || {
        let offered = keys.offered();
        // Keys that do the same, as the digits do, share a row.
        let rows = offered.chunk_by(|one, next| one.label == next.label);
        rows.map(key_row).collect_view().into_any()
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="key-help">
            <h2 id="key-help">"Keys on this page"</h2>
            <dl class="facts">{drawn(rows)}</dl>
            <p class="soft small">"Tab and Enter reach everything else. Single keys can be changed or turned off in the settings."</p>
            <form method="dialog"><button class="primary">"Close"</button></form>
        </dialog>
    }
}

fn key_row(keys: &[Shortcut]) -> AnyView {
    let caps = keys
        .iter()
        .map(|key| view! { {cap(key.key)} " " }.into_any());
    view! { <dt>{caps.collect_view()}</dt><dd>{keys[0].label}</dd> }.into_any()
}

/// The address, kept up with.
fn use_location() -> Signal<Location> {
    let read = || Location::from(window().location().hash().unwrap_or_default().as_str());
    let location = RwSignal::new(read());
    let listener = window_event_listener(ev::hashchange, move |_| location.set(read()));
    on_cleanup(move || listener.remove());
    location.into()
}

/// A move to another page puts the focus on its heading, so that a screen reader says where one is. Decks that another tab
/// has changed are taken over then, but not where something may be asked.
fn after_moves(location: Signal<Location>, study: Study) {
    Effect::new(move |before: Option<Location>| {
        let now = location.get();
        if before.is_some_and(|before| before.route != now.route) {
            if !matches!(now.route, Ok(Route::Review | Route::Exam)) {
                study.follow_other_decks();
            }
            request_animation_frame(|| {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                focus("h1");
            });
        }
        now
    });
}

fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    focus("main");
}
