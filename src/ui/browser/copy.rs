//! The clipboard.

use leptos::prelude::window;

/// Puts a text on the clipboard, as long as the browser lets the page.
pub fn copy(text: &str) {
    let _promise = window().navigator().clipboard().write_text(text);
}
