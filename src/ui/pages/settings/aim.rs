//! The exam that the learner aims at, and its date.

use leptos::prelude::*;

use crate::study::plan::Aim;
use crate::ui::controls::{checked, optional};
use crate::ui::pages::course::in_library;
use crate::ui::settings::Settings;
use crate::ui::study::Study;

/// Which exam, and when. Both together make the plan.
pub fn aim(settings: RwSignal<Settings>) -> AnyView {
    let study = expect_context::<Study>();
    in_library(move |loaded| {
        let exams = loaded.course.exams.exams.iter();
        let codes: Vec<String> = exams.map(|exam| exam.code.clone()).collect();
        if codes.is_empty() {
            return ().into_any();
        }
        view! {
            <fieldset>
                <legend><h2>"Exam"</h2></legend>
                <div class="inputs">{fields(settings, study, codes)}</div>
                <p class="soft small">"The days up to a last full pass share the new cards of the exam evenly, and Today shows the way. It goes before the number of new cards a day below."</p>
            </fieldset>
        }
        .into_any()
    })
}

fn fields(settings: RwSignal<Settings>, study: Study, codes: Vec<String>) -> AnyView {
    let aimed = study.aim.with_untracked(|aim| {
        let aim = aim.as_ref()?;
        codes.iter().position(|code| *code == aim.exam)
    });
    // An exam may be chosen before its date is.
    let chosen = RwSignal::new(aimed);
    let date = Memo::new(move |_| {
        let date = |aim: &Aim| aim.date.to_string();
        study
            .aim
            .with(|aim| aim.as_ref().map(date).unwrap_or_default())
    });
    let names = codes.clone();
    let codes = StoredValue::new(codes);
    let set = move |place: Option<usize>, date: &str| -> Result<(), String> {
        let code = place.and_then(|place| codes.with_value(|codes| codes.get(place).cloned()));
        let aim = match code {
            _ if date.is_empty() => None,
            Some(code) => Some(Aim::on(&code, date, untrack(|| study.today()))?),
            None => return Err("choose the exam first".to_owned()),
        };
        settings.update(|settings| settings.aim = aim);
        Ok(())
    };
    let choose = move |place: Option<usize>| {
        chosen.set(place);
        // A date that is over stands for nothing until another one is written.
        let date = if place.is_none() {
            String::new()
        } else {
            date.get_untracked()
        };
        let _ = set(place, &date);
    };
    view! {
        {optional("aim", "Exam", "None", names, chosen.into(), choose)}
        {checked("aim-date".to_owned(), "Its date", "date", date, move |date| {
            // The year is still being written.
            if date.starts_with('0') { return Ok(()); }
            set(chosen.get_untracked(), &date)
        })}
    }
    .into_any()
}
