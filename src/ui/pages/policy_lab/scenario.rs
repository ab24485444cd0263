//! The cases of the course: choose one, read its story, and its note once the decision is shown.

use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;

use crate::base::{Location, Route};
use crate::course::{CardId, Course, Scenario};
use crate::labs::policy::{Paper, Step};
use crate::study::Progress;
use crate::ui::browser::{now, site_name};
use crate::ui::controls::drawn;
use crate::ui::lab::{LabLink, News};
use crate::ui::library::{Library, Loaded};
use crate::ui::pages::course::in_library;
use crate::ui::study::{Study, here_and_now};
use crate::ui::text::blocks;

/// A choice of cases, and the story of the one that is set out.
pub fn picker(lab: LabLink) -> AnyView {
    let current = current(lab);
    count(lab);
    set_out_addressed(lab, current);
    in_library(move |loaded| {
        let choose = {
            let course = loaded.course.clone();
            move |id: String| set_out(lab, &course, &id)
        };
        let scenarios = loaded.course.scenarios();
        let options = scenarios.map(|scenario| option(scenario, current));
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

fn option(scenario: &Scenario, current: Memo<String>) -> AnyView {
    let (id, title) = (scenario.id.to_string(), scenario.about.title.clone());
    let is_current = {
        let id = id.clone();
        move || current.get() == id
    };
    let study = expect_context::<Study>();
    let card = CardId::case(&scenario.id);
    let words = move || {
        format!(
            "{title}{}",
            study.progress.with(|known| state(known.as_ref(), &card))
        )
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
    SessionStorage::delete(counted_as());
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

/// How well a case is known, behind its title.
fn state(progress: Option<&Progress>, card: &CardId) -> &'static str {
    let (at, offset) = here_and_now();
    let known = progress.and_then(|progress| Some((progress, progress.card(card)?)));
    match known {
        Some((_, card)) if card.last_day.is_none() => "",
        Some((_, card)) if card.last_missed == card.last_day => " (predict again)",
        Some((progress, card)) if card.is_due(at, progress.day(at, offset)) => " (due again)",
        Some(_) => " (predicted)",
        None => "",
    }
}

/// Counts the first prediction of each case that is set out here. One that follows tells nothing: the decision was there to
/// see, also where that was taken back.
fn count(lab: LabLink) {
    let study = expect_context::<Study>();
    let library = expect_context::<RwSignal<Library>>();
    let set_out = lab.text(|view| {
        let view = view.policy()?;
        let scenario = view.scenario.as_ref()?;
        view.verdict.is_none().then(|| scenario.to_string())
    });
    let since = StoredValue::new(now());
    Effect::new(move || {
        if set_out.with(|scenario| !scenario.is_empty()) {
            since.set_value(now());
        }
    });
    Effect::new(move || {
        let is_read = study.progress.with(Option::is_some);
        let Library::Ready(loaded) = library.get() else {
            return;
        };
        if !is_read || lab.news.with(Vec::is_empty) {
            return;
        }
        for news in lab.news.try_update(std::mem::take).unwrap_or_default() {
            if let News::Predicted(id, is_right) = news
                && let Some(scenario) = find(&loaded.course, id.as_str())
                && counted().as_deref() != Some(id.as_str())
            {
                // What cannot be kept is counted twice, which harms nobody.
                let _ = SessionStorage::raw().set_item(&counted_as(), id.as_str());
                let hash = scenario.content_hash.clone();
                study.count(CardId::case(&id), hash, is_right, since.get_value());
            }
        }
    });
}

/// The case whose prediction was counted since it was set out, also before a reload.
fn counted() -> Option<String> {
    SessionStorage::raw().get_item(&counted_as()).ok().flatten()
}

fn counted_as() -> String {
    format!("{}counted", site_name())
}
