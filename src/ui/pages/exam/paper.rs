//! The paper: a question and all the others, the clock, and the end.

use leptos::prelude::*;

use super::hall::{Hall, Stage};
use crate::study::exam::Seat;
use crate::study::is_right;
use crate::ui::controls::{Button, drawn};
use crate::ui::pages::{heading, set_title};
use crate::ui::question::{Asked, answer, explanation, fields, words};

/// The question on the screen, or a rest.
pub fn view(hall: Hall) -> AnyView {
    set_title("Exam");
    let is_paused = Memo::new(move |_| hall.state.with(|state| state.is_paused));
    let is_explained = Memo::new(move |_| {
        hall.item.track();
        hall.explains() && hall.given().is_some()
    });
    view! {
        {bar(hall)}
        <article class="question">
            {drawn(move || match &*hall.asked.read() {
                _ if is_paused.get() => rest(hall),
                Some(asked) if is_explained.get() => explained(hall, asked),
                asked => form(hall, asked.as_ref()),
            })}
        </article>
        {shown_unless(is_paused, move || navigator(hall))}
    }
    .into_any()
}

fn shown_unless(holds: Memo<bool>, draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    drawn(move || if holds.get() { ().into_any() } else { draw() })
}

/// Names what is still open, and asks once more.
pub fn hand_in(hall: Hall) -> AnyView {
    let list = |label: &'static str, is_it: fn(&Seat) -> bool| {
        let items: Vec<usize> = hall.state.with_untracked(|state| {
            let seats = state.seats.iter().enumerate();
            seats
                .filter(|(_, seat)| is_it(seat))
                .map(|(item, _)| item)
                .collect()
        });
        let count = items.len();
        let steps = items.into_iter().map(|item| step(hall, item));
        (count > 0).then(|| {
            view! { <p>{format!("{label}: {count} of {}", hall.count())}</p> <p class="row">{steps.collect_view()}</p> }
                .into_any()
        })
    };
    let open = list("Not answered", |seat| seat.answer().is_none());
    let is_whole = open.is_none();
    view! {
        {bar(hall)}
        {heading("Hand in?")}
        {is_whole.then(|| view! { <p>"Every question is answered."</p> })}
        {open}
        {list("Marked for review", |seat| seat.is_marked)}
        <p class="row">
            {Button::new("Hand in").primary().press(move || hall.finish())}
            {Button::new("Go on answering").press(move || hall.turn_to(hall.item.get_untracked()))}
        </p>
    }
    .into_any()
}

fn bar(hall: Hall) -> AnyView {
    let place = move || {
        let (place, count) = (hall.item.get() + 1, hall.count());
        format!("Question {place} of {count}").into_any()
    };
    let answered = move || {
        let answered = |seat: &&Seat| seat.answer().is_some();
        hall.state
            .with(|state| state.seats.iter().filter(answered).count().to_string())
    };
    view! {
        <div class="progress">
            <span>{drawn(place)}</span>
            <progress max=hall.count().to_string() value=answered aria-label="Questions answered"></progress>
            <span>{drawn(move || hall.clock.get().into_any())}</span>
        </div>
    }
    .into_any()
}

fn form(hall: Hall, asked: Option<&Asked>) -> AnyView {
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        hall.go_on();
    };
    let next = if hall.explains() && asked.is_some() {
        "Answer"
    } else {
        next_label(hall)
    };
    let words = match asked {
        Some(asked) => view! { {words(asked, true)} }.into_any(),
        None => gone(),
    };
    let fields = asked.map(|asked| fields(hall.reply, asked, true));
    view! {
        {words}
        <form on:submit=on_submit>
            {fields}
            <p class="row">
                <button class="primary" type="submit">{next}</button>
                {Button::new("Previous").enabled(hall.item.get_untracked() > 0).press(move || hall.step(-1))}
                {drawn(move || mark(hall))}
                {Button::new("Pause").press(move || hall.turn_pause())}
                {Button::new("Hand in").press(move || hall.ask_to_hand_in())}
                <span class="soft small" aria-hidden="true">{drawn(move || hall.said.get().into_any())}</span>
            </p>
        </form>
    }
    .into_any()
}

fn next_label(hall: Hall) -> &'static str {
    if hall.item.get_untracked() + 1 < hall.count() {
        "Next"
    } else {
        "To the end"
    }
}

fn explained(hall: Hall, asked: &Asked) -> AnyView {
    let given = untrack(|| hall.given());
    let right = given
        .as_ref()
        .and_then(|given| is_right(&asked.question, &asked.card, given));
    view! {
        {words(asked, false)}
        {verdict(right)}
        {answer(asked, given.as_ref(), right == Some(true))}
        {explanation(asked)}
        <p class="row">
            <button id="next" class="primary" on:click=move |_| hall.go_on()>{next_label(hall)}</button>
            {Button::new("Pause").press(move || hall.turn_pause())}
        </p>
    }
    .into_any()
}

/// Right or wrong, in words and colour; none is neither.
pub fn verdict(right: Option<bool>) -> AnyView {
    let (class, words) = match right {
        Some(true) => ("right", "Right."),
        Some(false) => ("wrong", "Wrong."),
        None => ("soft", "Not answered."),
    };
    view! { <p class=class>{words}</p> }.into_any()
}

/// What stands for a question that is no more.
pub fn gone() -> AnyView {
    view! { <h1 tabindex="-1">"This question is gone"</h1> <p>"The course has it no more. It does not count."</p> }.into_any()
}

fn mark(hall: Hall) -> AnyView {
    let item = hall.item.get_untracked();
    let is_marked = hall
        .state
        .with(|state| state.seats.get(item).is_some_and(|seat| seat.is_marked));
    let label = if is_marked {
        "Take the mark away"
    } else {
        "Mark for review"
    };
    Button::new(label).press(move || hall.turn_mark())
}

fn rest(hall: Hall) -> AnyView {
    view! {
        {heading("Paused")}
        <p>"The clock stands still, and the questions are out of sight. Everything is saved; you can close the tab."</p>
        <p class="row">
            {Button::new("Go on").primary().press(move || hall.turn_pause())}
            {Button::new("All exams").press(move || hall.choose())}
        </p>
    }
    .into_any()
}

/// All questions: what is answered and marked, and a way to each.
fn navigator(hall: Hall) -> AnyView {
    let count = hall.state.with(|state| state.seats.len());
    let steps = (0..count).map(|item| step(hall, item)).collect_view();
    view! {
        <nav aria-label="Questions">
            <p class="row">{steps}</p>
            <p class="soft small">"✓ answered · ? marked for review"</p>
        </nav>
    }
    .into_any()
}

/// The way to a question, which says how it stands.
fn step(hall: Hall, item: usize) -> AnyView {
    let (is_answered, is_marked) = hall.state.with_untracked(|state| {
        let seat = &state.seats[item];
        (seat.answer().is_some(), seat.is_marked)
    });
    let mut label = (item + 1).to_string();
    let mut about = format!("Question {label}");
    for (holds, sign, words) in [
        (is_answered, " ✓", ", answered"),
        (is_marked, " ?", ", marked for review"),
    ] {
        if holds {
            label.push_str(sign);
            about.push_str(words);
        }
    }
    let is_here = hall.item.get() == item && hall.stage.get_untracked() == Stage::Sitting;
    Button::new(label)
        .step(if is_here { "primary" } else { "" }, about, is_here)
        .press(move || hall.turn_to(item))
}
