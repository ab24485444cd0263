//! What a learner sets once: kept by the browser, read at the start.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::browser::site_name;

/// Everything that can be set. A field that an older version did not know takes its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Whether a single key acts without a modifier.
    pub single_keys: bool,
    /// The recall that reviews aim at.
    pub retention: f32,
}

/// The recall that can be aimed at, in percent.
pub const RETENTION: std::ops::RangeInclusive<u8> = 70..=97;

impl Settings {
    /// The recall that reviews aim at, in percent, whatever the browser had kept.
    #[must_use]
    pub fn retention_percent(&self) -> u8 {
        let percent = (self.retention * 100.0).round() as u8;
        percent.clamp(*RETENTION.start(), *RETENTION.end())
    }

    /// Aims at another recall.
    pub fn aim_at(&mut self, percent: u8) {
        self.retention = f32::from(percent) / 100.0;
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            single_keys: true,
            retention: 0.9,
        }
    }
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system has it.
    System,
    /// Dark ink on paper.
    Light,
    /// Light ink on slate.
    Dark,
}

impl Theme {
    /// The word in the document's `data-theme`, none where the system decides.
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Reads the settings, and keeps and applies every change of them.
pub fn use_settings() -> RwSignal<Settings> {
    let settings = RwSignal::new(read_settings());
    Effect::new(move || {
        let settings = settings.get();
        apply_theme(settings.theme);
        // A full or missing storage only means that the next visit starts with the defaults.
        let _ = LocalStorage::set(kept_as(), settings);
    });
    settings
}

/// The settings as the browser keeps them.
pub fn read_settings() -> Settings {
    LocalStorage::get(kept_as()).unwrap_or_default()
}

fn kept_as() -> String {
    format!("{}settings", site_name())
}

fn apply_theme(theme: Theme) {
    let root = document()
        .document_element()
        .expect("a document has a root");
    match theme.attribute() {
        Some(word) => root
            .set_attribute("data-theme", word)
            .expect("the name is legal"),
        None => root
            .remove_attribute("data-theme")
            .expect("removing never fails"),
    }
}
