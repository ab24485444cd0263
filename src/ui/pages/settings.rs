//! Settings.

mod aim;
mod keys;
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
        {aim::aim(settings)}
        {study::options(settings)}
        {keys::keys(settings)}
        <Backup />
    }
}
