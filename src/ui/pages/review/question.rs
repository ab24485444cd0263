//! The question, and the form that answers it.

use leptos::prelude::*;

use super::answered::comes_back;
use super::sitting::{Sitting, Stage};
use crate::course::QuestionKind;
use crate::study::Rating;
use crate::ui::controls::{Button, drawn};
use crate::ui::question::{Asked, explanation, fields, words};
use crate::ui::study::here_and_now;
use crate::ui::text;

/// What the question is about, and how far the sitting is.
pub fn bar(sitting: Sitting, asked: &Asked) -> AnyView {
    let (right, left, again) = sitting
        .session
        .with_untracked(|session| (session.right(), session.left(), session.to_repeat()));
    let all = right + left;
    let repeats = match again {
        0 => String::new(),
        again => format!(", {again} to repeat"),
    };
    view! {
        <div class="progress">
            <span>{asked.sheet.clone()}</span>
            <progress max=all.to_string() value=right.to_string() aria-label="Cards right in this sitting"></progress>
            <span>{format!("{right} of {all}{repeats}")}</span>
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
    let label = if is_basic {
        "Show the answer"
    } else {
        "Answer"
    };
    let guess = (!is_basic).then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" prop:checked=move || sitting.guessed.get()
                    on:change:target=move |event| sitting.guessed.set(event.target().checked()) />
                " I guess " <kbd>"g"</kbd>
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
                <span class="soft small"><kbd>"Enter"</kbd> " answers"{undo_hint(sitting)}</span>
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
        let interval = sitting.study.progress.with_untracked(|progress| {
            let progress = progress.as_ref()?;
            Some(progress.preview(&asked.card, rating, at, offset).interval)
        });
        view! {
            <button on:click=move |_| sitting.judge(rating)>
                <kbd>{(rating as u8).to_string()}</kbd> " " {name}
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

fn undo_hint(sitting: Sitting) -> AnyView {
    let (answered, taken_back) = sitting
        .session
        .with_untracked(|session| (session.answered(), session.taken_back()));
    let hint = |key: &'static str, button: AnyView| {
        view! { " · " <kbd>{key}</kbd> " " {button} }.into_any()
    };
    let undo = (answered > 0).then(|| {
        let undo = Button::new("Take back").plain("Take back what was last given".to_owned());
        hint("u", undo.press(move || sitting.undo()))
    });
    let redo = (taken_back > 0).then(|| {
        let redo = Button::new("Redo").plain("Redo what was taken back".to_owned());
        hint("r", redo.press(move || sitting.redo()))
    });
    view! { {undo}{redo} }.into_any()
}
