//! One module a page.

mod backup;
mod browse;
mod course;
mod decks;
mod elsewhere;
mod envelope;
mod exam;
mod labs;
mod missing;
mod policy_lab;
mod reading;
mod review;
mod settings;
mod sse_lab;
mod statistics;
mod today;

use leptos::prelude::*;
pub use review::comes_back;

use crate::base::{Location, Route};
use crate::ui::controls::drawn;

/// How a program draws the page of a route.
pub type Draw = fn(Route) -> AnyView;

/// The page at `location`.
pub fn page(location: Signal<Location>, draw: Draw) -> AnyView {
    // A shared link into the page that is open changes its steps, not the page.
    let route = Memo::new(move |_| location.with(|location| location.route.clone()));
    drawn(move || match route.get() {
        Ok(route) => draw(route),
        Err(unknown) => missing::missing(unknown.0),
    })
}

/// The pages of the course and its review.
#[must_use]
pub fn of_study(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <today::Today /> }.into_any(),
        Route::Course => view! { <course::CoursePage /> }.into_any(),
        Route::Reading(path) => view! { <reading::Reading path /> }.into_any(),
        Route::Review => view! { <review::Review /> }.into_any(),
        Route::Browse => view! { <browse::Browse /> }.into_any(),
        Route::Exam
        | Route::Statistics
        | Route::Decks
        | Route::Settings
        | Route::Labs
        | Route::Envelope
        | Route::Sse
        | Route::Policy => elsewhere::elsewhere(),
    }
}

/// The labs, and what is opened as seldom: exams, statistics, own decks and settings.
#[must_use]
pub fn of_labs(route: Route) -> AnyView {
    match route {
        Route::Labs => view! { <labs::Labs /> }.into_any(),
        Route::Envelope => view! { <envelope::EnvelopePage /> }.into_any(),
        Route::Sse => view! { <sse_lab::SsePage /> }.into_any(),
        Route::Policy => view! { <policy_lab::PolicyPage /> }.into_any(),
        Route::Exam => view! { <exam::Exam /> }.into_any(),
        Route::Statistics => view! { <statistics::Statistics /> }.into_any(),
        Route::Decks => view! { <decks::Decks /> }.into_any(),
        Route::Settings => view! { <settings::SettingsPage /> }.into_any(),
        _ => elsewhere::elsewhere(),
    }
}

/// A page's heading, which is also the title of the tab.
pub fn heading(text: impl Into<String>) -> AnyView {
    let text = text.into();
    set_title(&text);
    view! { <h1 tabindex="-1">{text}</h1> }.into_any()
}

/// Moves to another page.
pub fn go(route: &Route) {
    let _ = window().location().set_hash(&route.to_string());
}

/// Sets the title of the tab, for a page that draws its heading itself.
pub fn set_title(text: &str) {
    document().set_title(&format!("{text} · Cipherdeck"));
}
