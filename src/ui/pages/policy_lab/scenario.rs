//! The cases of the course: choose one, read its story, and its note once the decision is shown.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;

use crate::base::{Location, Route};
use crate::course::{Course, Scenario};
use crate::labs::policy::{Paper, Step};
use crate::ui::browser::site_name;
use crate::ui::controls::drawn;
use crate::ui::lab::LabLink;
use crate::ui::library::{Library, Loaded};
use crate::ui::pages::course::in_library;
use crate::ui::text::blocks;

/// A choice of cases, and the story of the one that is set out.
pub fn picker(lab: LabLink) -> AnyView {
    let current = current(lab);
    let predicted = remember(lab, current);
    set_out_addressed(lab, current);
    in_library(move |loaded| {
        let choose = {
            let course = loaded.course.clone();
            move |id: String| set_out(lab, &course, &id)
        };
        let scenarios = loaded.course.scenarios();
        let options = scenarios.map(|scenario| option(scenario, current, predicted));
        view! {
            <div class="inputs">
                <p>
                    <label for="scenario">"Case"</label>
                    <select id="scenario" on:change:target=move |event| choose(event.target().value())>
                        <option value="" prop:selected=move || current.get().is_empty()>"Your own"</option>
                        {options.collect_view()}
                    </select>
                </p>
            </div>
            {told(loaded, current, |scenario| &scenario.story)}
        }
        .into_any()
    })
}

/// What there is to learn from the case, once its decision is shown.
pub fn note(lab: LabLink) -> AnyView {
    let is_shown = lab.is(|view| view.policy().is_some_and(|view| view.answer.is_some()));
    let current = current(lab);
    drawn(move || {
        if !is_shown.get() || current.get().is_empty() {
            return ().into_any();
        }
        let note = in_library(move |loaded| told(loaded, current, |scenario| &scenario.note));
        view! { <h2>"What there is to learn"</h2> {note} }.into_any()
    })
}

/// The name of the case on the bench; empty where it is the learner's own.
fn current(lab: LabLink) -> Memo<String> {
    lab.text(|view| view.policy()?.scenario.as_ref().map(ToString::to_string))
}

fn option(scenario: &Scenario, current: Memo<String>, predicted: RwSignal<()>) -> AnyView {
    let (id, title) = (scenario.id.to_string(), scenario.about.title.clone());
    let is_current = {
        let id = id.clone();
        move || current.get() == id
    };
    let words = {
        let id = id.clone();
        move || {
            predicted.track();
            let kept = LocalStorage::raw().get_item(&kept_as(&id));
            match kept.ok().flatten().as_deref() {
                Some("true") => format!("{title} (predicted)"),
                Some(_) => format!("{title} (predict again)"),
                None => title.clone(),
            }
        }
    };
    view! { <option value=id prop:selected=is_current>{words}</option> }.into_any()
}

fn told(
    loaded: Loaded,
    current: Memo<String>,
    part: fn(&Scenario) -> &Vec<crate::course::text::Block>,
) -> AnyView {
    drawn(move || {
        let id = current.get();
        let scenario = find(&loaded.course, &id);
        let text =
            scenario.map(|scenario| blocks(&format!("scenarios/{id}.md"), part(scenario), 1));
        view! { <div class="prose">{text}</div> }.into_any()
    })
}

fn find<'a>(course: &'a Course, id: &str) -> Option<&'a Scenario> {
    let mut scenarios = course.scenarios();
    scenarios.find(|scenario| scenario.id.as_str() == id)
}

fn set_out(lab: LabLink, course: &Course, id: &str) {
    let scenario = find(course, id);
    let papers = scenario.map(|scenario| scenario.exhibits.iter().map(Paper::from).collect());
    if let (Some(scenario), Some(papers)) = (scenario, papers) {
        lab.take(Step::SetOut(Some(scenario.id.clone()), papers));
    }
}

/// An address may name a case: it is set out once course and lab are there.
fn set_out_addressed(lab: LabLink, current: Memo<String>) {
    let location = expect_context::<Signal<Location>>();
    let library = expect_context::<RwSignal<Library>>();
    Effect::new(move || {
        let wanted = location.get().scenario;
        if let (Some(id), Library::Ready(loaded)) = (wanted, library.get()) {
            if current.get_untracked() != id {
                set_out(lab, &loaded.course, &id);
            }
            // A reload finds the bench as it was left, whatever case led here.
            let here = Route::Policy.to_string();
            let history = window().history();
            let _ =
                history.map(|history| history.replace_state_with_url(&"".into(), "", Some(&here)));
        }
    });
}

/// Keeps how each case was predicted last, for the next visit; what it gives changes with every prediction.
fn remember(lab: LabLink, current: Memo<String>) -> RwSignal<()> {
    let predicted = RwSignal::new(());
    let is_right = lab.text(|view| Some(view.policy()?.graded?.is_right().to_string()));
    Effect::new(move || {
        let (id, is_right) = (current.get(), is_right.get());
        if !id.is_empty() && !is_right.is_empty() {
            // What cannot be kept is asked again, which harms nobody.
            let _ = LocalStorage::raw().set_item(&kept_as(&id), &is_right);
            predicted.set(());
        }
    });
    predicted
}

fn kept_as(id: &str) -> String {
    format!("{}predicted:{id}", site_name())
}
