//! What follows from the log for what is to come: parameters that fit, and what each choice of recall would cost.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{figure, studied};
use crate::course::Course;
use crate::door::{AnalystAnswer, AnalystAsk};
use crate::study::Fitted;
use crate::study::figure::Figure;
use crate::ui::browser::analyse;
use crate::ui::controls::{Button, drawn};
use crate::ui::library::UNEXPECTED;
use crate::ui::settings::Settings;
use crate::ui::study::Study;

/// Both, at a press of a button: they are long work.
pub fn ahead(study: Study, course: Arc<Course>, is_wide: Memo<bool>) -> AnyView {
    view! {
        {fit(study, course.clone())}
        {costs(study, course, is_wide)}
    }
    .into_any()
}

/// The parameters in force, and the way to better ones and back.
fn fit(study: Study, course: Arc<Course>) -> AnyView {
    let settings = expect_context::<RwSignal<Settings>>();
    let said = RwSignal::new(String::new());
    let set = move |fitted| settings.update(|all| all.study.fitted = fitted);
    let run = move || {
        said.set("Fitting…".to_owned());
        let course = course.clone();
        spawn_local(async move {
            let studied = studied(study.learned().await, &course);
            let words = match analyse(&AnalystAsk::Fit(studied)).await {
                Ok(AnalystAnswer::Fitted {
                    summary,
                    parameters: Some(better),
                }) => {
                    set(better);
                    format!("{summary} They are in force from now on.")
                }
                Ok(AnalystAnswer::Fitted { summary, .. }) => summary,
                Ok(_) => UNEXPECTED.to_owned(),
                Err(why) => format!("That failed: {why}."),
            };
            let _ = said.try_set(words);
        });
    };
    let is_fitted = Memo::new(move |_| study.options.with(|all| !all.fitted.is_empty()));
    let in_force = move || {
        let words = if is_fitted.get() {
            "Your cards come back by parameters that were fitted to your own answers."
        } else {
            "Your cards come back by the parameters of the average learner."
        };
        words.into_any()
    };
    let back = move || {
        let forget = move || {
            set(Fitted::default());
            said.set("The parameters of the average learner are in force again.".to_owned());
        };
        let button = Button::new("Back to the average learner's").enabled(is_fitted.get());
        button.press(forget)
    };
    view! {
        <section aria-labelledby="parameters">
            <h2 id="parameters">"How your memory is predicted"</h2>
            <p>{drawn(in_force)} " Fitting looks for better ones in four fifths of your answers, and takes them only where they predict the last fifth better."</p>
            <p class="row">{Button::new("Fit to my answers").press(run)} {drawn(back)}</p>
            <p role="status">{drawn(move || said.get().into_any())}</p>
        </section>
    }
    .into_any()
}

/// A year with each choice of recall.
fn costs(study: Study, course: Arc<Course>, is_wide: Memo<bool>) -> AnyView {
    let played = RwSignal::new(None::<Result<Figure, String>>);
    let is_playing = RwSignal::new(false);
    let run = move || {
        is_playing.set(true);
        let course = course.clone();
        spawn_local(async move {
            let studied = studied(study.learned().await, &course);
            let found = match analyse(&AnalystAsk::Workload(studied)).await {
                Ok(AnalystAnswer::Workload(figure)) => Ok(*figure),
                Ok(_) => Err(UNEXPECTED.to_owned()),
                Err(why) => Err(why),
            };
            let _ = played.try_set(Some(found));
            let _ = is_playing.try_set(false);
        });
    };
    let outcome = move || match played.get() {
        None => ().into_any(),
        Some(Ok(found)) => figure(&found, is_wide.get()),
        Some(Err(why)) => view! { <p>"That failed: " {why} "."</p> }.into_any(),
    };
    let button = move || {
        let button = Button::new("Play a year with each choice of recall");
        button.enabled(!is_playing.get()).press(run.clone())
    };
    view! {
        <p>{drawn(button)}</p>
        <div role="status">{drawn(outcome)}</div>
    }
    .into_any()
}
