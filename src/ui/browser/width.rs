//! How much room there is.

use leptos::prelude::window;

/// How wide the window is, in CSS pixels.
#[must_use]
pub fn window_width() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|width| width.as_f64()).unwrap_or(0.0)
}
