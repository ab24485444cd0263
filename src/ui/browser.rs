//! The thin edge to the browser: clock, entropy, address, workers.

mod clock;
mod copy;
mod engine;
mod fetch;
mod files;
mod focus;
mod keeper;
mod mail;
mod reader;
mod tabs;
mod turn;
mod width;
mod worker;

pub use clock::{now, random, seed, utc_offset};
pub use copy::copy;
pub use engine::{EngineLink, EngineState, JobLink};
pub use fetch::fetch;
pub use files::{read_bytes, read_file, save_file};
pub use focus::focus;
pub use keeper::{KeptLog, ask_to_persist};
pub use reader::{ReaderLink, analyse};
pub use tabs::{Tabs, Word};
pub use turn::Turns;
pub use width::window_width;

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
