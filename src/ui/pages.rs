//! One module a page.

mod backup;
mod course;
mod envelope;
mod labs;
mod missing;
mod policy_lab;
mod reading;
mod review;
mod settings;
mod sse_lab;
pub mod today;

use leptos::prelude::*;

use crate::ui::route::{Location, Route};

/// The page at `location`.
#[component]
pub fn Page(location: Signal<Location>) -> impl IntoView {
    // A shared link into the page that is open changes its steps, not the page.
    let route = Memo::new(move |_| location.with(|location| location.route.clone()));
    move || match route.get() {
        Ok(Route::Today) => view! { <today::Today /> }.into_any(),
        Ok(Route::Course) => view! { <course::CoursePage /> }.into_any(),
        Ok(Route::Reading(path)) => view! { <reading::Reading path /> }.into_any(),
        Ok(Route::Labs) => view! { <labs::Labs /> }.into_any(),
        Ok(Route::Envelope) => view! { <envelope::EnvelopePage /> }.into_any(),
        Ok(Route::Policy) => view! { <policy_lab::PolicyPage /> }.into_any(),
        Ok(Route::Review) => view! { <review::Review /> }.into_any(),
        Ok(Route::Sse) => view! { <sse_lab::SsePage /> }.into_any(),
        Ok(Route::Settings) => view! { <settings::SettingsPage /> }.into_any(),
        Err(unknown) => view! { <missing::Missing address=unknown.0 /> }.into_any(),
    }
}

/// A page's heading, which is also the title of the tab.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <Title text /> <h1 tabindex="-1">{text}</h1> }
}

/// The title of the tab, for a page that draws its heading itself.
#[component]
pub fn Title(#[prop(into)] text: Signal<String>) -> impl IntoView {
    Effect::new(move || document().set_title(&format!("{} · Cipherdeck", text.get())));
}
