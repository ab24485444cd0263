//! An exam that is over: the score by domain, and every question with the answer given and the right one.

use leptos::prelude::*;

use super::hall::Hall;
use super::paper::verdict;
use crate::base::Route;
use crate::study::exam::{Outcome, Report};
use crate::ui::controls::{Button, drawn};
use crate::ui::pages::heading;
use crate::ui::pages::statistics::table;
use crate::ui::question::{Asked, answer, explanation, words_below};

/// The score, and the questions one by one.
pub fn view(hall: Hall) -> AnyView {
    view! {
        {heading("The exam is over")}
        {drawn(move || match &*hall.report.read() {
            None => view! { <p class="soft" role="status" aria-busy="true">"Counting the right answers…"</p> }.into_any(),
            Some(Err(why)) => view! { <p role="alert"><span class="wrong">"It cannot be scored"</span> ": " {why.clone()} ". Your answers are saved."</p> }.into_any(),
            Some(Ok(report)) => untrack(|| scored(hall, report)),
        })}
    }
    .into_any()
}

fn scored(hall: Hall, report: &Report) -> AnyView {
    let notes = report.notes.iter().cloned();
    let notes = notes
        .map(|note| view! { <p>{note}</p> }.into_any())
        .collect_view();
    let outcomes = report.outcomes.clone();
    let steps = outcomes.clone();
    view! {
        <p class="lede">{report.lede.clone()}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Score by domain">{table(&report.domains)}</div>
        {notes}
        <p class="row">
            <a class="button" href=Route::Review.to_string()>"Review what is due"</a>
            {Button::new("All exams").press(move || hall.choose())}
        </p>
        <article class="question">
            {drawn(move || {
                let outcome = outcomes.get(hall.item.get()).copied();
                gone_over(hall, hall.asked.read().as_ref(), outcome)
            })}
        </article>
        <nav aria-label="Questions">
            <p class="row">{drawn(move || {
                let step = |(item, outcome): (usize, &Outcome)| step(hall, item, *outcome);
                steps.iter().enumerate().map(step).collect_view().into_any()
            })}</p>
            <p class="soft small">"✓ right · ✗ wrong · – not answered"</p>
        </nav>
    }
    .into_any()
}

fn gone_over(hall: Hall, asked: Option<&Asked>, outcome: Option<Outcome>) -> AnyView {
    let item = hall.item.get_untracked();
    let right = match outcome {
        Some(Outcome::Right) => Some(true),
        Some(Outcome::Wrong) => Some(false),
        _ => None,
    };
    let body = asked.map(|asked| {
        let given = untrack(|| hall.given());
        view! {
            {words_below(asked)}
            {verdict(right)}
            {answer(asked, given.as_ref(), right == Some(true))}
            {explanation(asked)}
        }
        .into_any()
    });
    let gone = asked
        .is_none()
        .then(|| view! { <h2 tabindex="-1">"This question is gone"</h2> });
    view! {
        <p class="soft small">{format!("Question {} of {}", item + 1, hall.count())}</p>
        {body}
        {gone}
        <p class="row">
            {Button::new("Previous").enabled(item > 0).press(move || hall.step(-1))}
            {Button::new("Next").enabled(item + 1 < hall.count()).press(move || hall.step(1))}
        </p>
    }
    .into_any()
}

fn step(hall: Hall, item: usize, outcome: Outcome) -> AnyView {
    let (class, sign, words) = match outcome {
        Outcome::Right => ("right", " ✓", "right"),
        Outcome::Wrong => ("wrong", " ✗", "wrong"),
        Outcome::Unanswered => ("wrong", " –", "not answered"),
        Outcome::Gone => ("", "", "gone"),
    };
    let is_here = hall.item.get() == item;
    let class = if is_here { "primary" } else { class };
    let place = item + 1;
    Button::new(format!("{place}{sign}"))
        .step(class, format!("Question {place}, {words}"), is_here)
        .press(move || hall.turn_to(item))
}
