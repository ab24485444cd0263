//! The end of a sitting, or a day on which nothing is due.

use leptos::prelude::*;

use super::answered::comes_back;
use super::sitting::Sitting;
use crate::base::{Route, Timestamp};
use crate::study::{Day, Due, Interval, Queue};
use crate::ui::pages::heading;
use crate::ui::study::here_and_now;

/// How many new cards one more helping holds.
const HELPING: usize = 10;

/// What was done, what comes next and when, and what to do until then.
pub fn view(sitting: Sitting) -> AnyView {
    if let Some(to_study) = sitting.to_study.get_untracked() {
        return tried(sitting, &to_study);
    }
    let (answered, right) = sitting
        .session
        .with_untracked(|session| (session.answered(), session.right()));
    let rest = sitting.everything();
    let title = if answered > 0 {
        "Done for now"
    } else {
        "Nothing is due"
    };
    let summary = (answered > 0).then(|| {
        let aside = match sitting.has_set_aside() {
            true => " What is forgotten again and again is suspended: Browse lists it.",
            false => " Everything you missed was right once.",
        };
        view! { <p class="lede">{right} " cards right, in " {answered} " answers." {aside}</p> }
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

/// The end of a pretest: what was tried is to be read now.
fn tried(sitting: Sitting, to_study: &Route) -> AnyView {
    let (tried, right) = sitting
        .session
        .with_untracked(|session| (session.answered(), session.right()));
    let summary = match tried {
        0 => "You have put aside all that could be tried.".to_owned(),
        _ => format!(
            "{right} of {tried} right before you have read about it. None of that counts: what you missed comes as new."
        ),
    };
    view! {
        {heading("Now read it")}
        <p class="lede">{summary}</p>
        <p class="row"><a class="button primary" href=to_study.to_string()>"Read on"</a></p>
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
    let progress = sitting.study.progress.read_untracked();
    let progress = progress
        .as_ref()
        .expect("a sitting begins when progress is read");
    format!(
        "The next card comes back {}.",
        when(next, at, progress.day(at, offset))
    )
}

/// `tomorrow`, `in 10 minutes`; `now` where it is due.
pub fn when(due: Due, at: Timestamp, today: Day) -> String {
    match due {
        Due::At(due) if due <= at => "now".to_owned(),
        Due::On(day) if day <= today => "now".to_owned(),
        Due::At(due) => {
            let millis = u32::try_from(due.since(at).as_millis()).unwrap_or(u32::MAX);
            comes_back(Interval::Millis(millis.max(60_000)))
        }
        Due::On(day) if day == today.plus(1) => "tomorrow".to_owned(),
        Due::On(day) => comes_back(Interval::Days(day.since(today))),
    }
}
