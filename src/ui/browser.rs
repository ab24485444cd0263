//! The thin edge to the browser: clock, entropy, address, worker.

mod clock;
mod engine;
mod fetch;
pub mod share;

pub use clock::{now, seed};
pub use engine::{EngineLink, EngineState, JobLink};
pub use fetch::fetch;

/// Prefix of every name kept in the browser: sites in different folders of one host share its storage.
#[must_use]
pub fn site_name() -> String {
    let path = leptos::prelude::window()
        .location()
        .pathname()
        .unwrap_or_default();
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    format!("cipherdeck:{folder}")
}
