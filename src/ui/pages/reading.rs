//! A lesson, a sheet's prose, or the dated facts.

use leptos::prelude::*;

use crate::base::{Location, Route};
use crate::course::text::{Block, BlockKind};
use crate::course::{Course, File, FileKind, Sheet};
use crate::study::pretest;
use crate::study::search::Query;
use crate::ui::controls::{Button, drawn};
use crate::ui::library::{CourseReader, Library};
use crate::ui::pages::course::in_library;
use crate::ui::pages::missing::missing;
use crate::ui::pages::{go, heading};
use crate::ui::study::{Study, Wanted};
use crate::ui::text;

/// The file at `path` below `content/`.
#[component]
pub fn Reading(path: String) -> impl IntoView {
    let draw = {
        let path = path.clone();
        move |loaded: crate::ui::library::Loaded| match (path.as_str(), loaded.course.file(&path)) {
            ("facts.toml", _) => facts(&loaded.course),
            (_, Some(file)) => file_view(&loaded.course, file),
            (path, None) => missing(path.to_owned()),
        }
    };
    in_library(draw)
}

fn file_view(course: &Course, file: &File) -> AnyView {
    match &file.kind {
        FileKind::Lesson(lesson) => view! {
            {heading(lesson.title.as_ref().unwrap_or(&file.path))}
            {try_first(&file.path)}
            <div class="prose">{text::blocks(&file.path, without_title(&lesson.blocks), 0)}</div>
            {onward(course, &file.path)}
        }
        .into_any(),
        FileKind::Sheet(sheet) => view! {
            {heading(&sheet.about.title)}
            {about(sheet)}
            {try_first(&file.path)}
            <div class="prose">{text::blocks(&file.path, without_title(&sheet.prose), 0)}</div>
            {review(sheet)}
            {onward(course, &file.path)}
        }
        .into_any(),
        FileKind::Scenario(scenario) => view! {
            {heading(&scenario.about.title)}
            <div class="prose">{text::blocks(&file.path, &scenario.story, 0)}</div>
            <p><a class="button primary" href=format!("{}?scenario={}", Route::Policy, scenario.id)>"Predict it in the lab"</a></p>
            {onward(course, &file.path)}
        }
        .into_any(),
        FileKind::Broken => view! {
            {heading(&file.path)}
            <p>"This sheet cannot be read. The course map says where its front matter is wrong."</p>
        }
        .into_any(),
    }
}

/// The page has drawn the title already.
fn without_title(blocks: &[Block]) -> &[Block] {
    match blocks.split_first() {
        Some((
            Block {
                kind: BlockKind::Heading { level: 1, .. },
                ..
            },
            rest,
        )) => rest,
        _ => blocks,
    }
}

fn about(sheet: &Sheet) -> AnyView {
    let domains = sheet.about.domains.iter();
    let domains: Vec<_> = domains
        .map(|domain| format!("{} domain {}", domain.exam, domain.number))
        .collect();
    let mut words = format!("{} questions.", sheet.questions.len());
    if !domains.is_empty() {
        words += &format!(" For {}.", domains.join(", "));
    }
    view! { <p class="lede">{words}</p> }.into_any()
}

/// Offers the questions on a lesson or a sheet that nobody has tried yet, before it is read.
fn try_first(path: &str) -> AnyView {
    let (study, library) = (
        expect_context::<Study>(),
        expect_context::<RwSignal<Library>>(),
    );
    let path = path.to_owned();
    let cards = Memo::new(move |_| match &*library.read() {
        Library::Ready(loaded) => study.progress.with(|progress| {
            let progress = progress.as_ref();
            progress.map_or_else(Vec::new, |known| pretest(known, &loaded.course, &path))
        }),
        _ => Vec::new(),
    });
    drawn(move || {
        let cards = cards.get();
        if cards.is_empty() {
            return ().into_any();
        }
        let label = match cards.len() {
            1 => "Try first: 1 question".to_owned(),
            count => format!("Try first: {count} questions"),
        };
        let begin = move || {
            let here = Location::from(window().location().hash().unwrap_or_default().as_str());
            let here = here.route.unwrap_or(Route::Course);
            study.wanted.set(Some(Wanted::Pretest(cards.clone(), here)));
            go(&Route::Review);
        };
        view! {
            <p class="row">
                {Button::new(label).press(begin)}
                <span class="soft small">"A try counts for nothing, and what you read afterwards stays longer."</span>
            </p>
        }
        .into_any()
    })
}

/// Sits down to all of the sheet, whether it is due or not.
fn review(sheet: &Sheet) -> AnyView {
    let (study, reader) = (expect_context::<Study>(), expect_context::<CourseReader>());
    let why_not = RwSignal::new("");
    let query = Query {
        sheet: Some(sheet.id.clone()),
        ..Query::default()
    };
    let sit_down = move || {
        study.sit_down(reader, query.clone(), move |why| {
            let _ = why_not.try_set(why);
        });
    };
    view! {
        <p class="row">
            {Button::new("Review this sheet").primary().press(sit_down)}
            <span role="status">{drawn(move || why_not.get().into_any())}</span>
        </p>
    }
    .into_any()
}

/// What comes next on the map.
fn onward(course: &Course, path: &str) -> AnyView {
    let entries = course.summary.flat();
    let next = entries
        .iter()
        .skip_while(|entry| entry.path.as_deref() != Some(path))
        .nth(1);
    let link = next.and_then(|entry| {
        let address = Route::Reading(entry.path.clone()?).to_string();
        Some(view! { <p>"Next: " <a href=address>{entry.title.clone()}</a></p> }.into_any())
    });
    view! { <hr /> {link} <p><a href=Route::Course.to_string()>"Course map"</a></p> }.into_any()
}

fn facts(course: &Course) -> AnyView {
    let rows = course.facts.facts.iter().map(|fact| {
        let before = fact
            .was
            .iter()
            .map(|was| was.value.readable())
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <li>
                <p>{fact.says.replace("{value}", &fact.value.readable())}</p>
                <p class="soft small">
                    {fact.since.clone().map(|since| format!("Seen true {since}. "))}
                    {(!before.is_empty()).then(|| format!("Earlier: {before}. "))}
                    {fact.seed.clone().map(|seed| format!("You will still read: {seed}. "))}
                    <a href=fact.source.clone() target="_blank" rel="noreferrer">"Source"</a>
                </p>
            </li>
        }
        .into_any()
    });
    view! {
        {heading("Dated facts")}
        <p class="lede">"What changes over time, with the day it was last seen true. Lessons and questions take these numbers from here, so that no two of them disagree."</p>
        <ul class="list">{rows.collect_view()}</ul>
    }
    .into_any()
}
