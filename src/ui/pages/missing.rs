//! An address that leads nowhere.

use leptos::prelude::*;

use crate::ui::pages::Heading;

/// Says so, and where to go instead.
#[component]
pub fn Missing(address: String) -> impl IntoView {
    view! {
        <Heading text="No page here" />
        <p class="lede">"Nothing stands at " <code>{address}</code> ". The link may be old or mistyped."</p>
        <p><a class="button primary" href="#/">"Go to Today"</a></p>
    }
}
