//! What the learner sets about studying.

use leptos::prelude::*;

use crate::study::{EasyDay, LeechAction, OptionField, StudyOptions};
use crate::ui::controls::{checked, choice};
use crate::ui::settings::Settings;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// How much a day holds and which recall is aimed at, and folded up what few will want to change.
pub fn options(settings: RwSignal<Settings>) -> AnyView {
    let days = DAYS.into_iter().enumerate();
    let days = days.map(|(day, name)| easy_day(settings, day, name));
    view! {
        <fieldset>
            <legend><h2>"Reviews"</h2></legend>
            <div class="inputs">{fields(settings, &OptionField::DAILY)}</div>
            {retention(settings)}
            <details>
                <summary>"Steps, limits, leeches and easy days"</summary>
                <div class="inputs">
                    {fields(settings, &OptionField::ADVANCED)}
                    {leech_action(settings)}
                </div>
                {flag(settings, "Ask of a cloze only one blank a day", |options| &mut options.bury_siblings)}
                {flag(settings, "Spread intervals a little, so that cards learned together do not stay together", |options| &mut options.fuzz)}
                {flag(settings, "Let cards come back on days that hold few others", |options| &mut options.load_balancing)}
                <h3>"How much comes back"</h3>
                <div class="inputs">{days.collect_view()}</div>
            </details>
        </fieldset>
    }
    .into_any()
}

fn fields(settings: RwSignal<Settings>, fields: &[OptionField]) -> AnyView {
    let field = |&field: &OptionField| {
        let value = Memo::new(move |_| settings.with(|settings| field.text(&settings.study)));
        let is_steps = matches!(
            field,
            OptionField::LearningSteps | OptionField::RelearningSteps
        );
        let kind = if is_steps { "text" } else { "number" };
        let id = format!("option-{}", field as u8);
        checked(id, field.label(), kind, value, move |text| {
            let mut written = settings.with_untracked(|settings| settings.study.clone());
            field.write(&mut written, &text)?;
            settings.update(|settings| settings.study = written);
            Ok(())
        })
    };
    fields.iter().map(field).collect_view().into_any()
}

fn retention(settings: RwSignal<Settings>) -> AnyView {
    let percent = move || settings.with(|settings| settings.study.retention_percent());
    let aim = move |percent: &str| {
        if let Ok(percent) = percent.parse() {
            settings.update(|settings| settings.study.aim_at(percent));
        }
    };
    view! {
        <label for="retention">{move || format!("Aim to recall {} of 100 cards that come back", percent())}</label>
        <input id="retention" type="range" min="70" max="97" prop:value=move || percent().to_string()
            aria-describedby="about-retention" on:input:target=move |event| aim(&event.target().value()) />
        <p id="about-retention" class="soft small">"The higher, the sooner a card comes back, and the more reviews a day holds. It counts from your next answer on."</p>
    }
    .into_any()
}

fn leech_action(settings: RwSignal<Settings>) -> AnyView {
    let chosen = move || settings.with(|settings| settings.study.leech_action as usize);
    choice(
        "leech".to_owned(),
        "A leech is",
        LeechAction::ALL.map(LeechAction::name),
        Signal::derive(chosen),
        move |place| {
            settings.update(|settings| settings.study.leech_action = LeechAction::ALL[place]);
        },
    )
}

fn easy_day(settings: RwSignal<Settings>, day: usize, name: &'static str) -> AnyView {
    let chosen = move || settings.with(|settings| settings.study.easy_days[day] as usize);
    choice(
        format!("day-{day}"),
        name,
        EasyDay::ALL.map(EasyDay::name),
        Signal::derive(chosen),
        move |place| {
            settings.update(|settings| settings.study.easy_days[day] = EasyDay::ALL[place]);
        },
    )
}

/// A yes or no, at its place in the options.
fn flag(
    settings: RwSignal<Settings>,
    label: &'static str,
    place: fn(&mut StudyOptions) -> &mut bool,
) -> AnyView {
    let holds = move || *place(&mut settings.get().study);
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=holds
                on:change:target=move |event| settings.update(|settings| *place(&mut settings.study) = event.target().checked()) />
            " "{label}
        </label>
    }
    .into_any()
}
