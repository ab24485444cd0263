//! The course map.

use leptos::prelude::*;

use crate::base::Route;
use crate::course::{Course, FileKind, SummaryEntry};
use crate::ui::controls::{Button, drawn};
use crate::ui::library::{Library, Loaded};
use crate::ui::pages::heading;

/// Lessons and sheets in their order, and what is wrong with the files.
#[component]
pub fn CoursePage() -> impl IntoView {
    view! {
        {heading("Course")}
        <p class="lede">"Short lessons to read, and sheets of questions that come back on the day you are about to forget them."</p>
        {in_library(|loaded| {
            view! {
                {findings(&loaded.findings)}
                <ol class="list">{entries(&loaded.course, &loaded.course.summary.entries)}</ol>
                <p><a href=Route::Reading("facts.toml".to_owned()).to_string()>"Dated facts"</a> ": the numbers that change, since when, and what older notes say."</p>
            }
            .into_any()
        })}
    }
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

fn entries(course: &Course, entries: &[SummaryEntry]) -> AnyView {
    entries
        .iter()
        .map(|entry| {
            let children = (!entry.children.is_empty()).then(|| view! { <ul>{self::entries(course, &entry.children)}</ul> }.into_any());
            let title = match &entry.path {
                Some(path) => view! { <a href=Route::Reading(path.clone()).to_string()>{entry.title.clone()}</a> }.into_any(),
                None => view! { <span class="soft">{entry.title.clone()}</span> }.into_any(),
            };
            view! { <li><p class="title">{title}</p>{count(course, entry.path.as_deref())}{children}</li> }.into_any()
        })
        .collect_view()
        .into_any()
}

fn count(course: &Course, path: Option<&str>) -> Option<AnyView> {
    let file = course.file(path?)?;
    let FileKind::Sheet(sheet) = &file.kind else {
        return None;
    };
    Some(
        view! { <p class="soft small">{format!("{} questions", sheet.questions.len())}</p> }
            .into_any(),
    )
}
