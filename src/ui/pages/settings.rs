//! Settings.

use leptos::prelude::*;

use crate::ui::pages::backup::Backup;
use crate::ui::pages::heading;
use crate::ui::settings::{RETENTION, Settings, Theme};

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
    let percent = move || settings.with(Settings::retention_percent);
    let aim = move |percent: &str| {
        if let Ok(percent) = percent.parse() {
            settings.update(|settings| settings.aim_at(percent));
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
        <fieldset>
            <legend><h2>"Reviews"</h2></legend>
            <label for="retention">{move || format!("Aim to recall {} of 100 cards that come back", percent())}</label>
            <input id="retention" type="range" min=RETENTION.start().to_string() max=RETENTION.end().to_string() prop:value=move || percent().to_string()
                aria-describedby="about-retention" on:input:target=move |event| aim(&event.target().value()) />
            <p id="about-retention" class="soft small">"The higher, the sooner a card comes back, and the more reviews a day holds. It counts from your next answer on."</p>
        </fieldset>
        <Backup />
    }
}
