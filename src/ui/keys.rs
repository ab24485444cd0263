//! Single-key shortcuts: pages say what they offer, one listener runs them, `?` shows them.

mod keymap;

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::ui::settings::Settings;
pub use keymap::{KEYS, Keymap, printed};

/// One key and what it does here.
#[derive(Clone, Debug)]
pub struct Shortcut {
    /// One of [`KEYS`], as `KeyboardEvent.key` says it; the learner may have put another one in its place.
    pub key: &'static str,
    /// What it does, for the list behind `?`.
    pub label: &'static str,
    /// Does it.
    pub run: Callback<()>,
}

impl Shortcut {
    /// `key` runs `run`.
    pub fn new(
        key: &'static str,
        label: &'static str,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            key,
            label,
            run: Callback::new(move |()| run()),
        }
    }
}

/// The learner's own key in the place of one of [`KEYS`], as it is printed on a keyboard.
pub fn cap(key: &'static str) -> AnyView {
    let settings = expect_context::<RwSignal<Settings>>();
    let own = settings.with_untracked(|settings| printed(settings.keys.own(key)).to_owned());
    view! { <kbd>{own}</kbd> }.into_any()
}

/// The keys that choose the first nine of what is offered.
pub const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The shortcuts that are offered now.
#[derive(Clone, Copy, Debug)]
pub struct Keys(RwSignal<Vec<(u32, Shortcut)>>);

impl Keys {
    /// Listens for keys as long as the app stands.
    #[must_use]
    pub fn listen(settings: RwSignal<Settings>) -> Self {
        let keys = Self(RwSignal::new(Vec::new()));
        let listener = window_event_listener(ev::keydown, move |event| {
            let own = settings
                .with_untracked(|settings| settings.single_keys.then(|| settings.keys.clone()));
            if let Some(own) = own.filter(|_| !is_for_someone_else(&event)) {
                keys.press(&event, &own);
            }
        });
        on_cleanup(move || listener.remove());
        keys
    }

    /// What is offered, the page's own first.
    #[must_use]
    pub fn offered(self) -> Vec<Shortcut> {
        self.0.with(|keys| {
            keys.iter()
                .rev()
                .map(|(_, shortcut)| shortcut.clone())
                .collect()
        })
    }

    fn press(self, event: &KeyboardEvent, own: &Keymap) {
        let key = event.key();
        let pressed = self.0.with_untracked(|keys| {
            keys.iter()
                .rev()
                .find(|(_, shortcut)| own.own(shortcut.key) == key)
                .map(|(_, shortcut)| shortcut.run)
        });
        if let Some(run) = pressed {
            event.prevent_default();
            run.run(());
        }
    }
}

/// Offers shortcuts as long as the calling component stands.
pub fn use_shortcuts(shortcuts: impl IntoIterator<Item = Shortcut>) {
    let Keys(keys) = expect_context();
    let owner =
        keys.with_untracked(|keys| keys.iter().map(|(owner, _)| owner + 1).max().unwrap_or(0));
    let shortcuts: Vec<_> = shortcuts
        .into_iter()
        .map(|shortcut| (owner, shortcut))
        .collect();
    keys.update(|keys| keys.extend(shortcuts.into_iter().rev()));
    on_cleanup(move || {
        let _ = keys.try_update(|keys| keys.retain(|(of, _)| *of != owner));
    });
}

/// The key belongs to a text field, a dialog, the browser, or to the control that has the focus.
fn is_for_someone_else(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return true;
    }
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return false;
    };
    let is_in = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    let is_pressing = matches!(event.key().as_str(), "Enter" | " ");
    let is_moving = event.key().starts_with("Arrow");
    is_in("dialog, textarea, select, json-editor, input:not([type=radio], [type=checkbox])")
        || (is_pressing && is_in("a, button, summary"))
        || (is_moving && is_in("input"))
}
