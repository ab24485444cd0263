//! The question, and the form that answers it.

use leptos::prelude::*;

use super::answered::comes_back;
use super::places;
use super::sitting::{Asked, Sitting, Stage};
use crate::course::{Blank, Choice, QuestionKind};
use crate::study::{Rating, Session};
use crate::ui::controls::drawn;
use crate::ui::pages::set_title;
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

/// The question's own words, the page's heading among them. `is_open` hides what a cloze asks for.
pub fn words(asked: &Asked, is_open: bool) -> AnyView {
    let blanks: &[Blank] = match &asked.question.kind {
        QuestionKind::Cloze { blanks } => blanks,
        _ => &[],
    };
    let blank = |number: usize| draw_blank(&blanks[number], asked, is_open);
    let heading = text::inlines(&asked.path, &asked.question.heading, &blank);
    let body = text::blocks_with_blanks(&asked.path, &asked.question.body, 0, &blank);
    let changed = asked
        .has_changed
        .then(|| view! { <p class="soft small">"This question was changed since you last answered it."</p> }.into_any());
    set_title("Review");
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body}
        {changed}
    }
    .into_any()
}

fn draw_blank(blank: &Blank, asked: &Asked, is_open: bool) -> AnyView {
    if blank.card != asked.card {
        return blank.answer.clone().into_any();
    }
    let shown = if is_open {
        blank.hint.clone().unwrap_or_else(|| "…".to_owned())
    } else {
        blank.answer.clone()
    };
    view! { <span class="blank">{shown}</span> }.into_any()
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
    let (fields, label) = match &asked.question.kind {
        QuestionKind::Single { .. } => (options(sitting, asked, "radio", "Choose one"), "Answer"),
        QuestionKind::Multiple { .. } => (
            options(sitting, asked, "checkbox", "Choose all that are right"),
            "Answer",
        ),
        QuestionKind::Basic { .. } => (().into_any(), "Show the answer"),
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => {
            (places::form(sitting, asked), "Answer")
        }
        _ => (typed(sitting), "Answer"),
    };
    let guess = (!matches!(asked.question.kind, QuestionKind::Basic { .. })).then(|| {
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
            {fields}
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

fn options(sitting: Sitting, asked: &Asked, input: &'static str, legend: &'static str) -> AnyView {
    let option = |(place, option): (usize, &Choice)| {
        let (id, own) = (option.id.clone(), option.id.clone());
        let words = text::blocks(&asked.path, &option.text, 2);
        view! {
            <li>
                <label>
                    <kbd>{(place + 1).to_string()}</kbd>
                    <input type=input name="option"
                        prop:checked=move || sitting.chosen.with(|chosen| chosen.contains(&own))
                        on:change=move |_| sitting.choose(&id) />
                    <div>{words}</div>
                </label>
            </li>
        }
        .into_any()
    };
    let rows = asked.options.iter().enumerate().map(option).collect_view();
    view! {
        <fieldset>
            <legend class="soft small">{legend}</legend>
            <ol class="options">{rows}</ol>
        </fieldset>
    }
    .into_any()
}

fn typed(sitting: Sitting) -> AnyView {
    view! {
        <label for="typed">"Your answer"</label>
        <input id="typed" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
            prop:value=move || sitting.typed.get()
            on:input:target=move |event| sitting.typed.set(event.target().value()) />
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
        {super::answered::explanation(asked)}
        <p class="soft">"How well did you recall it?"</p>
        <div class="row" role="group" aria-label="How well did you recall it?">{grades}</div>
    }
    .into_any()
}

fn undo_hint(sitting: Sitting) -> Option<AnyView> {
    let has_answered = sitting.session.with_untracked(Session::answered) > 0;
    has_answered.then(|| view! { " · " <kbd>"u"</kbd> " takes the last one back" }.into_any())
}
