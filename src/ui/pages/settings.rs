//! Settings.

mod aim;
mod study;

use leptos::prelude::*;

use crate::ui::pages::backup::Backup;
use crate::ui::pages::heading;
use crate::ui::settings::{Settings, Theme};

/// What a learner sets once.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let settings = expect_context::<RwSignal<Settings>>();
    let theme = move |choice: Theme, name: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="theme" prop:checked=move || settings.with(|settings| settings.theme == choice)
                    on:change=move |_| settings.update(|settings| settings.theme = choice) />
                " "{name}
            </label>
        }
    };
    view! {
        {heading("Settings")}
        <fieldset>
            <legend><h2>"Appearance"</h2></legend>
            {theme(Theme::System, "As the system has it")}
            {theme(Theme::Light, "Light")}
            {theme(Theme::Dark, "Dark")}
        </fieldset>
        <fieldset>
            <legend><h2>"Keys"</h2></legend>
            <label class="choice">
                <input type="checkbox" prop:checked=move || settings.with(|settings| settings.single_keys)
                    on:change:target=move |event| settings.update(|settings| settings.single_keys = event.target().checked()) />
                " Single keys act on their own (press ? for the list)"
            </label>
        </fieldset>
        {aim::aim(settings)}
        {study::options(settings)}
        <Backup />
    }
}
