//! The end of a sitting, or a day on which nothing is due.

use leptos::prelude::*;

use super::answered::comes_back;
use super::sitting::Sitting;
use crate::base::Route;
use crate::study::{Day, Due, Interval, Limits, Queue};
use crate::ui::pages::heading;
use crate::ui::study::here_and_now;

/// How many new cards one more helping holds.
const HELPING: usize = 10;

/// What was done, what comes next and when, and what to do until then.
pub fn view(sitting: Sitting) -> AnyView {
    let (answered, right) = sitting
        .session
        .with_untracked(|session| (session.answered(), session.right()));
    let everything = Limits {
        new: usize::MAX,
        reviews: usize::MAX,
        ..Limits::default()
    };
    let rest = sitting.queue(everything);
    let title = if answered > 0 {
        "Done for now"
    } else {
        "Nothing is due"
    };
    let summary = (answered > 0).then(|| {
        view! { <p class="lede">{right} " cards right, in " {answered} " answers. Everything you missed was right once."</p> }
    });
    let is_empty = answered == 0 && rest.next.is_none() && rest.cards().is_empty();
    view! {
        {heading(title)}
        {summary}
        <p>{next_in_words(&rest, sitting)}</p>
        <p class="row">
            {more(sitting, &rest)}
            <a class="button" href=Route::Course.to_string()>"Read a lesson"</a>
            <a class="button" href=Route::Labs.to_string()>"Open a lab"</a>
        </p>
        {is_empty.then(|| view! { <p class="soft">"The course has no questions that can be asked here yet."</p> })}
    }
    .into_any()
}

fn more(sitting: Sitting, rest: &Queue) -> Option<AnyView> {
    let (due, new) = (rest.due.len(), rest.new.len());
    if due + new == 0 {
        return None;
    }
    let label = if due > 0 {
        format!("Go on: {due} more are due")
    } else {
        format!("{} new questions more", new.min(HELPING))
    };
    let go_on = move |_| sitting.begin_helping(HELPING);
    Some(view! { <button class="primary" on:click=go_on>{label}</button> }.into_any())
}

fn next_in_words(rest: &Queue, sitting: Sitting) -> String {
    let (at, offset) = here_and_now();
    let Some(next) = rest.next else {
        return "Nothing you have answered waits to come back.".to_owned();
    };
    let when = match next {
        Due::At(due) => {
            let millis = u32::try_from(due.since(at).as_millis()).unwrap_or(u32::MAX);
            comes_back(Interval::Millis(millis.max(60_000)))
        }
        Due::On(day) => {
            let today: Option<Day> = sitting.study.progress.with_untracked(|progress| {
                progress.as_ref().map(|progress| progress.day(at, offset))
            });
            match today.map(|today| day.since(today)) {
                Some(1) => "tomorrow".to_owned(),
                days => comes_back(Interval::Days(days.unwrap_or(0))),
            }
        }
    };
    format!("The next card comes back {when}.")
}
