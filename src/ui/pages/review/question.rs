//! The question, and the form that answers it.

use leptos::prelude::*;

use super::answered::comes_back;
use super::sitting::{Sitting, Stage};
use crate::course::QuestionKind;
use crate::study::{Card, Rating, Session};
use crate::ui::controls::{Button, drawn};
use crate::ui::keys::{DIGITS, cap};
use crate::ui::question::{Asked, explanation, fields, words};
use crate::ui::study::here_and_now;
use crate::ui::text;

/// What the question is about, and how far the sitting is.
pub fn bar(sitting: Sitting, asked: &Asked) -> AnyView {
    let (done, left, again, label) = sitting.session.with_untracked(|session| {
        let (done, label) = match session.is_pretest() {
            true => (session.answered(), "Questions tried"),
            false => (session.right(), "Cards right in this sitting"),
        };
        (done, session.left(), session.to_repeat(), label)
    });
    let all = done + left;
    let repeats = match again {
        0 => String::new(),
        again => format!(", {again} to repeat"),
    };
    view! {
        <div class="progress">
            <span>{asked.sheet.clone()}</span>
            <progress max=all.to_string() value=done.to_string() aria-label=label></progress>
            <span>{format!("{done} of {all}{repeats}")}</span>
        </div>
    }
    .into_any()
}

/// The form that answers a question.
pub fn form(sitting: Sitting, asked: &Asked) -> AnyView {
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sitting
            .stage
            .with_untracked(|stage| *stage == Stage::Asking)
        {
            sitting.submit();
        }
    };
    let is_basic = matches!(asked.question.kind, QuestionKind::Basic { .. });
    let is_pretest = sitting.session.with_untracked(Session::is_pretest);
    let label = if is_basic {
        "Show the answer"
    } else {
        "Answer"
    };
    let guess = (!is_basic && !is_pretest).then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=move || sitting.guessed.get()
                    on:change:target=move |event| sitting.guessed.set(event.target().checked()) />
                " I guess " {cap("g")}
            </label>
        }
        .into_any()
    });
    view! {
        {words(asked, true)}
        <form on:submit=on_submit>
            {fields(sitting.reply, asked, false)}
            <p class="row">
                <button class="primary" type="submit">{label}</button>
                {guess}
                <span class="soft small">{cap("Enter")} " answers"{undo_hint(sitting)}</span>
                <span aria-hidden="true">{drawn(move || sitting.said.get().into_any())}</span>
            </p>
        </form>
    }
    .into_any()
}

/// The shown answer, with the four grades and what each would lead to.
pub fn judge(sitting: Sitting, asked: &Asked) -> AnyView {
    let QuestionKind::Basic { answer } = &asked.question.kind else {
        return ().into_any();
    };
    let names = ["Again", "Hard", "Good", "Easy"];
    let (at, offset) = here_and_now();
    let grade = |(rating, name): (Rating, &'static str)| {
        let (interval, _) = sitting.follows(asked, rating, at, offset);
        view! {
            <button on:click=move |_| sitting.judge(rating)>
                {cap(DIGITS[rating as usize - 1])} " " {name}
                <span class="soft small">" " {interval.map(comes_back)}</span>
            </button>
        }
        .into_any()
    };
    let grades = Rating::ALL.into_iter().zip(names).map(grade).collect_view();
    view! {
        {words(asked, true)}
        <div id="answer" tabindex="-1" role="group" aria-label="The answer">
            {text::blocks(&asked.path, answer, 2)}
        </div>
        {explanation(asked)}
        <p class="soft">"How well did you recall it?"</p>
        <div class="row" role="group" aria-label="How well did you recall it?">{grades}</div>
    }
    .into_any()
}

/// What can be done to the question besides answering it.
pub fn marks(sitting: Sitting, asked: &Asked) -> AnyView {
    let card = asked.card.clone();
    let turn = move |key, is: fn(&Card) -> bool, words: [&'static str; 2], run: fn(Sitting)| {
        let card = card.clone();
        let button = move || {
            let words = words[usize::from(sitting.study.holds(&card, is))];
            let button = Button::new(words).plain(words.to_owned());
            button.press(move || run(sitting))
        };
        view! { <span>{cap(key)} " " {drawn(button)}</span> }.into_any()
    };
    let put = |key, words: &str, run: fn(Sitting)| {
        let button = Button::new(words).plain(words.to_owned());
        view! { <span>{cap(key)} " " {button.press(move || run(sitting))}</span> }.into_any()
    };
    view! {
        <p class="row small">
            {turn("f", |card| card.flagged, ["Flag", "Remove the flag"], Sitting::turn_flag)}
            {turn("e", |card| card.edit_later, ["Edit later", "Need not be edited"], Sitting::turn_edit_later)}
            {put("b", "Not today", Sitting::bury)}
            {put("s", "Suspend", Sitting::suspend)}
        </p>
    }
    .into_any()
}

fn undo_hint(sitting: Sitting) -> AnyView {
    let (taken, taken_back) = sitting
        .session
        .with_untracked(|session| (session.taken(), session.taken_back()));
    let hint =
        |key: &'static str, button: AnyView| view! { " · " {cap(key)} " " {button} }.into_any();
    let undo = (taken > 0).then(|| {
        let undo = Button::new("Take back").plain("Take back what was last given".to_owned());
        hint("u", undo.press(move || sitting.undo()))
    });
    let redo = (taken_back > 0).then(|| {
        let redo = Button::new("Redo").plain("Redo what was taken back".to_owned());
        hint("r", redo.press(move || sitting.redo()))
    });
    view! { {undo}{redo} }.into_any()
}
