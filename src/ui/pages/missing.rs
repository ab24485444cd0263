//! An address that leads nowhere.

use leptos::prelude::*;

use crate::ui::pages::heading;

/// Says so, and where to go instead.
pub fn missing(address: String) -> AnyView {
    view! {
        {heading("No page here")}
        <p class="lede">"Nothing stands at " <code>{address}</code> ". The link may be old or mistyped."</p>
        <p><a class="button primary" href="#/">"Go to Today"</a></p>
    }
    .into_any()
}
