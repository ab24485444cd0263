//! The course map.

use leptos::prelude::*;

use crate::base::Route;
use crate::course::{Course, DRILL, FileKind, SummaryEntry};
use crate::door::ReadAnswer;
use crate::ui::controls::{Button, drawn};
use crate::ui::library::{Library, Loaded};
use crate::ui::pages::heading;
use crate::ui::study::{Answered, Study};

/// Lessons and sheets in their order, and what is wrong with the files.
#[component]
pub fn CoursePage() -> impl IntoView {
    let study = expect_context::<Study>();
    view! {
        {heading("Course")}
        <p class="lede">"Short lessons to read, and sheets of questions that come back on the day you are about to forget them."</p>
        {in_library(move |loaded| {
            let known = study.known(|_| Some(None));
            view! {
                {findings(&loaded.findings)}
                <ol class="list">{entries(known, &loaded.course, &loaded.course.summary.entries)}</ol>
                <p><a href=Route::Reading("facts.toml".to_owned()).to_string()>"Dated facts"</a> ": the numbers that change, since when, and what older notes say. " {drill(&loaded.course)}</p>
                <p><a href=Route::Decks.to_string()>"Own decks"</a> ": questions that you bring, as markdown or from Anki."</p>
            }
            .into_any()
        })}
    }
}

/// The way to the questions that are made of the facts, where there are any.
fn drill(course: &Course) -> Option<AnyView> {
    let sheet = course.file(DRILL)?;
    let address = Route::Reading(sheet.path.clone()).to_string();
    Some(view! { <a href=address>"Stale or fresh?"</a> " asks what holds today." }.into_any())
}

/// Draws what needs the course, or says what keeps it away.
pub fn in_library(draw: impl Fn(Loaded) -> AnyView + Send + 'static) -> AnyView {
    let library = expect_context::<RwSignal<Library>>();
    drawn(move || {
        match library.get() {
        Library::Loading => view! { <p class="soft" role="status">"Reading the course…"</p> }.into_any(),
        Library::Ready(loaded) => draw(loaded),
        Library::Failed(why) => view! {
            <p role="alert"><span class="wrong">"The course cannot be read"</span> ": " {why} ". Your progress is safe in this browser."</p>
            <p>"The lessons and question sheets are plain text: " <a href="content/SUMMARY.md">"read them as files"</a> "."</p>
            <p>{Button::new("Try again").press(|| { let _ = window().location().reload(); })}</p>
        }
        .into_any(),
    }
    })
}

/// What authors wrote wrongly; the rest of the course works.
fn findings(findings: &[String]) -> Option<AnyView> {
    (!findings.is_empty()).then(|| {
        let rows = findings
            .iter()
            .map(|finding| view! { <li><samp>{finding.clone()}</samp></li> }.into_any())
            .collect_view();
        view! {
            <details open>
                <summary>"Some of the course's files have errors; everything else works"</summary>
                <ul class="diagnostics">{rows}</ul>
            </details>
        }
        .into_any()
    })
}

fn entries(known: Answered, course: &Course, entries: &[SummaryEntry]) -> AnyView {
    entries
        .iter()
        .map(|entry| {
            let children = (!entry.children.is_empty()).then(|| view! { <ul>{self::entries(known, course, &entry.children)}</ul> }.into_any());
            let title = match &entry.path {
                Some(path) => view! { <a href=Route::Reading(path.clone()).to_string()>{entry.title.clone()}</a> }.into_any(),
                None => view! { <span class="soft">{entry.title.clone()}</span> }.into_any(),
            };
            view! { <li><p class="title">{title}</p>{mastery(known, course, entry)}{children}</li> }.into_any()
        })
        .collect_view()
        .into_any()
}

/// How well the cards of a sheet are known, in words; of a lesson with sheets below it, as a bar.
fn mastery(known: Answered, course: &Course, entry: &SummaryEntry) -> Option<AnyView> {
    let path = entry.path.clone().filter(|_| has_sheet(course, entry))?;
    let bar = (!entry.children.is_empty()).then(|| format!("Known of {}", entry.title));
    Some(drawn(move || {
        let mastery = known.with(|known| match known {
            Some(Ok(ReadAnswer::Mastery(found))) => {
                let mut found = found.iter();
                found.find_map(|(of, mastery)| (*of == path).then_some(*mastery))
            }
            _ => None,
        });
        match bar.clone() {
            Some(bar) => {
                let percent = mastery.map_or(0, |mastery| mastery.percent()).to_string();
                view! { <progress max="100" value=percent aria-label=bar></progress> }.into_any()
            }
            None => {
                let words = mastery.map(|mastery| mastery.in_words());
                // A line of its own from the beginning, so that nothing moves when it is filled.
                view! { <p class="soft small">{words}"\u{a0}"</p> }.into_any()
            }
        }
    }))
}

fn has_sheet(course: &Course, entry: &SummaryEntry) -> bool {
    let file = entry.path.as_ref().and_then(|path| course.file(path));
    let is_sheet = file.is_some_and(|file| matches!(file.kind, FileKind::Sheet(_)));
    is_sheet || entry.children.iter().any(|child| has_sheet(course, child))
}
