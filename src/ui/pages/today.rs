//! Today: what is due, and what to do next.

use leptos::prelude::*;

use crate::base::Route;
use crate::course::{CardId, Course, FileKind};
use crate::door::ReadAnswer;
use crate::study::{Progress, Queue};
use crate::ui::controls::drawn;
use crate::ui::keys::{Shortcut, cap, use_shortcuts};
use crate::ui::pages::course::in_library;
use crate::ui::pages::statistics::{figure, is_wide};
use crate::ui::pages::{go, heading};
use crate::ui::study::{Study, here_and_now, to_be_done};

/// What is due, one key to start it, and the next lesson.
#[component]
pub fn Today() -> impl IntoView {
    let study = expect_context::<Study>();
    use_shortcuts([Shortcut::new("Enter", "start the review", || {
        go(&Route::Review);
    })]);
    view! {
        {heading("Today")}
        {in_library(move |loaded| {
            let course = loaded.course;
            let day = move || study.known_so_far(|progress| study.queue.with(|queue| {
                Some(day(study, &course, progress, queue.as_ref()?))
            })).into_any();
            view! { {drawn(day)} {way(study)} }.into_any()
        })}
    }
}

/// The way to the exam, which the reader computes: it stands last, so that nothing moves when it comes.
fn way(study: Study) -> AnyView {
    let known = study.known(|study| study.aim.get().map(Some));
    let is_wide = is_wide();
    drawn(move || {
        match &*known.read() {
        Some(Ok(ReadAnswer::Way(way))) => figure(way, is_wide.get()),
        Some(Err(why)) => view! { <p role="alert"><span class="wrong">"The way to the exam cannot be planned"</span> ": " {why.clone()} "."</p> }.into_any(),
        _ => ().into_any(),
    }
    })
}

/// How long it is until the exam, or the way to set one where the course prepares for any.
fn exam(study: Study, course: &Course) -> Option<AnyView> {
    let settings = Route::Settings.to_string();
    study.aim.with(|aim| {
        Some(match aim {
            Some(aim) => {
                let countdown = aim.countdown(study.today());
                view! { <p><strong>{countdown}</strong> " " <a href=settings>"Change the exam"</a></p> }
                    .into_any()
            }
            None if course.exams.exams.is_empty() => return None,
            None => view! { <p>"Is there an exam ahead? " <a href=settings>"Set its date"</a> ", and every day gets its part of the way."</p> }.into_any(),
        })
    })
}

fn day(study: Study, course: &Course, progress: &Progress, queue: &Queue) -> AnyView {
    let (due, new) = (queue.due.len(), queue.new.len());
    let is_first_visit = progress.cards().next().is_none();
    let lede = match (due, new) {
        (0, 0) => "Nothing waits today. What you know is safe until it comes back.".to_owned(),
        (0, new) => format!("{new} new questions are ready."),
        (due, 0) => format!("{due} questions are about to be forgotten."),
        (due, new) => {
            format!("{due} questions are about to be forgotten, and {new} new ones are ready.")
        }
    };
    let lede = match queue.pass.len() {
        0 => lede,
        pass if due + new == 0 => format!("{pass} questions belong to the last full pass."),
        pass => format!("{lede} The last full pass asks {pass} more."),
    };
    let start = (!queue.is_empty()).then(|| {
        view! {
            <p class="row">
                <a class="button primary" href=Route::Review.to_string()>"Start the review"</a>
                <span class="soft small hint">"or press " {cap("Enter")}</span>
            </p>
        }
        .into_any()
    });
    view! {
        <p class="lede">{lede}</p>
        {start}
        {is_first_visit.then(welcome)}
        {exam(study, course)}
        {next_lesson(course, progress)}
        {hands_on(course, progress)}
        <h2>"Try it out"</h2>
        <p>
            <a href=Route::Envelope.to_string()>"Envelope encryption"</a> ", "
            <a href=Route::Sse.to_string()>"S3 encryption modes"</a> " and "
            <a href=Route::Policy.to_string()>"policy evaluation"</a>
            ", in a simulated cloud that runs in this tab."
        </p>
    }
    .into_any()
}

/// What is to be done in the labs: what is due, and something new.
fn hands_on(course: &Course, progress: &Progress) -> Option<AnyView> {
    let (at, offset) = here_and_now();
    let queue = Queue::hands_on(progress, course, at, offset);
    let row = |(card, state): (&CardId, &'static str)| {
        let (words, address) = to_be_done(course, card)?;
        Some(
            view! { <p><a href=address>{words}</a> <span class="soft small">{state}</span></p> }
                .into_any(),
        )
    };
    let due = queue.due.iter().map(|card| (card, " due"));
    let new = queue.new.iter().map(|card| (card, " new"));
    let rows: Vec<AnyView> = due.chain(new).filter_map(row).collect();
    (!rows.is_empty()).then(|| view! { <h2>"To be done in a lab"</h2> {rows} }.into_any())
}

fn welcome() -> AnyView {
    view! {
        <p>
            "You read short lessons, do the real thing in a simulated cloud, and answer questions. Each question comes back on the day you are about to forget it. "
            "Everything stays in this browser: no account, no server, and it works with the network off."
        </p>
        <p class="soft small">"Cipherdeck is not affiliated with Amazon Web Services, and holds no real exam items."</p>
    }
    .into_any()
}

/// The first lesson with a sheet under it whose questions were not all begun.
fn next_lesson(course: &Course, progress: &Progress) -> Option<AnyView> {
    let has_unbegun = |path: &String| match course.file(path).map(|file| &file.kind) {
        Some(FileKind::Sheet(sheet)) => {
            let mut cards = sheet
                .questions
                .iter()
                .flat_map(crate::course::Question::cards);
            cards.any(|card| progress.card(&card).is_none())
        }
        _ => false,
    };
    let lesson = course.summary.entries.iter().find(|entry| {
        entry
            .children
            .iter()
            .filter_map(|child| child.path.as_ref())
            .any(has_unbegun)
    })?;
    let address = Route::Reading(lesson.path.clone()?).to_string();
    Some(
        view! { <h2>"Next to read"</h2> <p><a href=address>{lesson.title.clone()}</a></p> }
            .into_any(),
    )
}
