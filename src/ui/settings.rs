//! What a learner sets once: kept by the browser, read at the start.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::ev;
use leptos::prelude::*;

use crate::study::StudyOptions;
use crate::study::plan::Aim;
use crate::ui::browser::site_name;
use crate::ui::keys::Keymap;

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Whether a single key acts without a modifier.
    pub single_keys: bool,
    /// Which key does what.
    pub keys: Keymap,
    /// Everything about studying.
    pub study: StudyOptions,
    /// The exam that is aimed at, if any.
    pub aim: Option<Aim>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            single_keys: true,
            keys: Keymap::default(),
            study: StudyOptions::default(),
            aim: None,
        }
    }
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Reads the settings, keeps up with other tabs, and applies every change.
pub fn use_settings() -> RwSignal<Settings> {
    let settings = RwSignal::new(read_settings());
    // Another tab has set something.
    let listener = window_event_listener(ev::storage, move |_| settings.set(read_settings()));
    on_cleanup(move || listener.remove());
    Effect::new(move || apply_theme(settings.with(|settings| settings.theme)));
    settings
}

/// Keeps every change that is made here; `then` gets the words. What another tab has set is kept already.
pub fn keep_settings(settings: RwSignal<Settings>, then: impl Fn(String) + 'static) {
    Effect::new(move |is_change: Option<()>| {
        let words = settings.with(Settings::write);
        if is_change.is_some() && kept_words() != words {
            write_settings(&words);
            then(words);
        }
    });
}

/// Puts words of [`Settings::write`] where the next visit finds them.
pub fn write_settings(words: &str) {
    // A full or missing storage only means that the next visit starts with the defaults.
    let _ = LocalStorage::raw().set_item(&kept_as(), words);
}

/// The settings as the browser keeps them. Whatever is missing or cannot be read takes its default.
pub fn read_settings() -> Settings {
    Settings::read(&kept_words())
}

fn kept_words() -> String {
    let kept = LocalStorage::raw().get_item(&kept_as());
    kept.ok().flatten().unwrap_or_default()
}

impl Settings {
    /// A flat JSON object. Written and read by hand, because a parser of JSON would be a tenth of the page's module.
    #[must_use]
    pub fn write(&self) -> String {
        let mut words = self.study.words();
        let theme = self.theme.attribute().unwrap_or("system");
        words.push(("theme", theme.to_owned()));
        words.push(("single_keys", self.single_keys.to_string()));
        if let Some(Aim { exam, date, since }) = &self.aim {
            words.push(("exam", exam.clone()));
            words.push(("exam_date", date.to_string()));
            words.push(("exam_since", since.to_string()));
        }
        let words = words.into_iter();
        let words = words.map(|(name, value)| (name.to_owned(), value));
        let pairs: Vec<String> = words
            .chain(self.keys.words())
            .map(|(name, value)| format!("\"{name}\":\"{value}\""))
            .collect();
        format!("{{{}}}", pairs.join(","))
    }

    /// What was written. No name and no value holds a comma, a colon or a quote.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        let mut settings = Self::default();
        let mut aim: [String; 3] = Default::default();
        let bare = |part: &'_ str| part.trim_matches(['{', '}', '"', ' ', '\n']).to_owned();
        for (name, value) in kept.split(',').filter_map(|pair| pair.split_once(':')) {
            let (name, value) = (bare(name), bare(value));
            match (name.as_str(), value.as_str()) {
                ("theme", "light") => settings.theme = Theme::Light,
                ("theme", "dark") => settings.theme = Theme::Dark,
                ("single_keys", value) => settings.single_keys = value == "true",
                ("exam", exam) => aim[0] = exam.to_owned(),
                ("exam_date", date) => aim[1] = date.to_owned(),
                ("exam_since", date) => aim[2] = date.to_owned(),
                (name, value) if name.starts_with("key ") => settings.keys.take(name, value),
                (name, value) => settings.study.take(name, value),
            }
        }
        settings.aim = Aim::read(aim);
        settings.keys = settings.keys.sound();
        settings
    }
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
