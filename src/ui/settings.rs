//! What a learner sets once: kept by the browser, read at the start.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::study::StudyOptions;
use crate::ui::browser::site_name;

/// Everything that can be set. A field that an older version did not know takes its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Whether a single key acts without a modifier.
    pub single_keys: bool,
    /// Everything about studying.
    pub study: StudyOptions,
    /// The recall that reviews aim at, where an older version kept it.
    #[serde(skip_serializing)]
    retention: Option<f32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            single_keys: true,
            study: StudyOptions::default(),
            retention: None,
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
    // Another tab has set something; what is kept already is kept once more and tells nobody.
    let listener = window_event_listener(ev::storage, move |_| settings.set(read_settings()));
    on_cleanup(move || listener.remove());
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
    let mut settings: Settings = LocalStorage::get(kept_as()).unwrap_or_default();
    if let Some(retention) = settings.retention.take() {
        settings.study.desired_retention = retention;
        settings.study = settings.study.in_range();
    }
    settings
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
