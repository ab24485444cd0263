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
mod statistics;
mod today;

use leptos::prelude::*;

use crate::base::{Location, Route};
use crate::ui::controls::drawn;

/// The page at `location`.
pub fn page(location: Signal<Location>) -> AnyView {
    // A shared link into the page that is open changes its steps, not the page.
    let route = Memo::new(move |_| location.with(|location| location.route.clone()));
    drawn(move || match route.get() {
        Ok(Route::Today) => view! { <today::Today /> }.into_any(),
        Ok(Route::Course) => view! { <course::CoursePage /> }.into_any(),
        Ok(Route::Reading(path)) => view! { <reading::Reading path /> }.into_any(),
        Ok(Route::Labs) => view! { <labs::Labs /> }.into_any(),
        Ok(Route::Envelope) => view! { <envelope::EnvelopePage /> }.into_any(),
        Ok(Route::Policy) => view! { <policy_lab::PolicyPage /> }.into_any(),
        Ok(Route::Review) => view! { <review::Review /> }.into_any(),
        Ok(Route::Sse) => view! { <sse_lab::SsePage /> }.into_any(),
        Ok(Route::Statistics) => view! { <statistics::Statistics /> }.into_any(),
        Ok(Route::Settings) => view! { <settings::SettingsPage /> }.into_any(),
        Err(unknown) => missing::missing(unknown.0),
    })
}

/// A page's heading, which is also the title of the tab.
pub fn heading(text: impl Into<String>) -> AnyView {
    let text = text.into();
    set_title(&text);
    view! { <h1 tabindex="-1">{text}</h1> }.into_any()
}

/// Sets the title of the tab, for a page that draws its heading itself.
pub fn set_title(text: &str) {
    document().set_title(&format!("{text} · Cipherdeck"));
}
