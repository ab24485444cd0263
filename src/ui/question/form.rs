//! The words of a question, and the fields that answer it.

use leptos::prelude::*;

use super::{Asked, places};
use crate::course::{Blank, Choice, OptionId, QuestionKind};
use crate::study::Response;
use crate::ui::keys::{DIGITS, cap};
use crate::ui::text;

/// What stands in the fields of a question. A copy is the same fields.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    /// The options that are chosen.
    pub chosen: RwSignal<Vec<OptionId>>,
    /// What is typed.
    pub typed: RwSignal<String>,
    /// What stands in each place of an order or a match.
    pub placed: RwSignal<Vec<Option<usize>>>,
}

impl Reply {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new(Vec::new()),
            typed: RwSignal::new(String::new()),
            placed: RwSignal::new(Vec::new()),
        }
    }

    /// Puts into the fields what was answered, or empties them.
    pub fn fill(self, asked: Option<&Asked>, response: Option<&Response>) {
        let (mut chosen, mut typed) = (Vec::new(), String::new());
        let mut placed = vec![None; asked.map_or(0, |asked| asked.choices.len())];
        match response {
            Some(Response::Chosen(options)) => chosen.clone_from(options),
            Some(Response::Typed(text)) => typed.clone_from(text),
            Some(Response::Placed(numbers)) => {
                let most = placed.len();
                for (place, &number) in placed.iter_mut().zip(numbers) {
                    *place = (number < most).then_some(number);
                }
            }
            _ => {}
        }
        self.chosen.set(chosen);
        self.typed.set(typed);
        self.placed.set(placed);
    }

    /// Chooses an option; where several may be right, a second time takes it back.
    pub fn choose(self, asked: &Asked, option: &OptionId) {
        let is_multiple = matches!(asked.question.kind, QuestionKind::Multiple { .. });
        self.toggle(is_multiple, option);
    }

    fn toggle(self, is_multiple: bool, option: &OptionId) {
        self.chosen.update(|chosen| {
            if !is_multiple {
                *chosen = vec![option.clone()];
            } else if let Some(at) = chosen.iter().position(|chosen| chosen == option) {
                chosen.remove(at);
            } else {
                chosen.push(option.clone());
            }
        });
    }

    /// What stands in the fields; none where nothing does. A place that is still open has a number that nothing has.
    pub fn response(self, asked: &Asked) -> Option<Response> {
        match &asked.question.kind {
            QuestionKind::Single { .. } | QuestionKind::Multiple { .. } => {
                let chosen = self.chosen.get();
                (!chosen.is_empty()).then_some(Response::Chosen(chosen))
            }
            QuestionKind::Order { .. } | QuestionKind::Match { .. } => {
                let placed = self.placed.get();
                let open = placed.len();
                let is_begun = placed.iter().any(Option::is_some);
                let numbers = placed.into_iter().map(|number| number.unwrap_or(open));
                is_begun.then(|| Response::Placed(numbers.collect()))
            }
            _ => Some(Response::Typed(self.typed.get())),
        }
    }

    /// What is to be done before this is an answer.
    pub fn lacks(self, asked: &Asked) -> Option<&'static str> {
        let response = untrack(|| self.response(asked));
        if response.is_some_and(|response| response.is_whole()) {
            return None;
        }
        Some(match asked.question.kind {
            QuestionKind::Order { .. } | QuestionKind::Match { .. } => {
                "Choose something else for each place first."
            }
            _ => "Choose an answer first.",
        })
    }

    /// Whether something stands in a field.
    pub fn is_begun(self) -> bool {
        self.chosen.with_untracked(|chosen| !chosen.is_empty())
            || self.typed.with_untracked(|typed| !typed.is_empty())
            || self
                .placed
                .with_untracked(|placed| placed.iter().any(Option::is_some))
    }
}

/// The question's own words, the page's heading among them. `is_open` hides what a cloze asks for.
pub fn words(asked: &Asked, is_open: bool) -> AnyView {
    let (heading, rest) = parts(asked, is_open);
    view! { <h1 tabindex="-1">{heading}</h1> {rest} }.into_any()
}

/// The question's own words below the page's heading.
pub fn words_below(asked: &Asked) -> AnyView {
    let (heading, rest) = parts(asked, false);
    view! { <h2 tabindex="-1">{heading}</h2> {rest} }.into_any()
}

/// The heading and what stands below it. `is_open` hides what a cloze asks for.
pub fn parts(asked: &Asked, is_open: bool) -> (AnyView, AnyView) {
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
    (heading, view! { {body} {changed} }.into_any())
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

/// The fields that answer a question. `counts` says how many options are right, as an exam does.
pub fn fields(reply: Reply, asked: &Asked, counts: bool) -> AnyView {
    match &asked.question.kind {
        QuestionKind::Single { .. } => options(reply, asked, "radio", "Choose one".to_owned()),
        QuestionKind::Multiple { options: all } => {
            let right = all.iter().filter(|option| option.right).count();
            let legend = if counts {
                format!("Choose {right}")
            } else {
                "Choose all that are right".to_owned()
            };
            options(reply, asked, "checkbox", legend)
        }
        QuestionKind::Basic { .. } => ().into_any(),
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => places::form(reply, asked),
        _ => typed(reply),
    }
}

fn options(reply: Reply, asked: &Asked, input: &'static str, legend: String) -> AnyView {
    let is_multiple = input == "checkbox";
    let option = |(place, option): (usize, &Choice)| {
        let (id, own) = (option.id.clone(), option.id.clone());
        let words = text::blocks(&asked.path, &option.text, 2);
        view! {
            <li>
                <label>
                    {DIGITS.get(place).map(|key| cap(key))}
                    <input type=input name="option"
                        prop:checked=move || reply.chosen.with(|chosen| chosen.contains(&own))
                        on:change=move |_| reply.toggle(is_multiple, &id) />
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

fn typed(reply: Reply) -> AnyView {
    view! {
        <label for="typed">"Your answer"</label>
        <input id="typed" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
            prop:value=move || reply.typed.get()
            on:input:target=move |event| reply.typed.set(event.target().value()) />
    }
    .into_any()
}
