//! Which key does what.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::controls::{Button, drawn};
use crate::ui::keys::{KEYS, Keymap, printed};
use crate::ui::settings::Settings;

/// Whether single keys act at all, and which.
pub fn keys(settings: RwSignal<Settings>) -> AnyView {
    let said = RwSignal::new(String::new());
    let rows = KEYS.into_iter().enumerate();
    let rows = rows.map(|(place, key)| row(settings, said, place, key));
    let anew = move || {
        let is_changed = settings.with(|settings| settings.keys != Keymap::default());
        let anew = move || {
            settings.update(|settings| settings.keys = Keymap::default());
            said.set("Every key does again what it did at first.".to_owned());
        };
        Button::new("Put all keys back")
            .enabled(is_changed)
            .press(anew)
    };
    view! {
        <fieldset>
            <legend><h2>"Keys"</h2></legend>
            <label class="choice">
                <input type="checkbox" prop:checked=move || settings.with(|settings| settings.single_keys)
                    on:change:target=move |event| settings.update(|settings| settings.single_keys = event.target().checked()) />
                " Single keys act on their own (press " {drawn(move || settings.with(|settings| settings.keys.own("?").to_owned()).into_any())} " for the list)"
            </label>
            <details>
                <summary>"Other keys"</summary>
                <p class="soft small">"Go to a field and press the key that you want there. Tab and Escape stay what they are."</p>
                <div class="inputs">{rows.collect_view()}</div>
                <p class="row">{drawn(anew)} <span role="status">{drawn(move || said.get().into_any())}</span></p>
            </details>
        </fieldset>
    }
    .into_any()
}

fn row(
    settings: RwSignal<Settings>,
    said: RwSignal<String>,
    place: usize,
    (key, does): (&'static str, &'static str),
) -> AnyView {
    let id = format!("key-{place}");
    let take = move |event: KeyboardEvent| {
        let pressed = event.key();
        let is_held = event.ctrl_key() || event.meta_key() || event.alt_key();
        let is_none = matches!(
            &*pressed,
            "Tab"
                | "Escape"
                | "Shift"
                | "Control"
                | "Alt"
                | "AltGraph"
                | "Meta"
                | "CapsLock"
                | "Dead"
                | "Process"
                | "Unidentified"
        );
        if is_held || is_none {
            return;
        }
        event.prevent_default();
        let mut keys = settings.with_untracked(|settings| settings.keys.clone());
        said.set(match keys.put(key, &pressed) {
            Ok(()) => {
                settings.update(|settings| settings.keys = keys);
                format!("{} is the key now: {does}.", printed(&pressed))
            }
            Err(other) => format!("{} does something already: {other}.", printed(&pressed)),
        });
    };
    let own = move || settings.with(|settings| printed(settings.keys.own(key)).to_owned());
    view! {
        <p>
            <label for=id.clone()>{does}</label>
            <input id=id type="text" readonly prop:value=own on:keydown=take />
        </p>
    }
    .into_any()
}
