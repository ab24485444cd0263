//! What stands where a page of the other program was asked for, until that is here.

use leptos::prelude::*;

use crate::ui::pages::heading;
use crate::ui::program::tell;

/// Asks for the other program. `src/web/boot.js` puts its word here if it cannot be had.
pub fn elsewhere() -> AnyView {
    request_animation_frame(|| tell("cipherdeck:elsewhere", ""));
    view! {
        {heading("One moment")}
        <p id="starting" role="status">"The page is being loaded."</p>
    }
    .into_any()
}
