//! The policy lab.

mod trace;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;

use crate::base::{Diagnostic, Severity};
use crate::door::LabKind;
use crate::labs::policy::{Field, Note, Step, View};
use crate::policy::Decision;
use crate::ui::controls::Button;
use crate::ui::editor::{json_editor, reveal};
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabLink, lab_bar, use_lab};
use crate::ui::pages::heading;
use crate::ui::text::sentence;

/// What is asked: texts of one line.
const REQUEST: [Field; 4] = [
    Field::Principal,
    Field::Action,
    Field::Resource,
    Field::Owner,
];

/// The layers that most requests do without.
const MORE_LAYERS: [Field; 4] = [
    Field::Boundary,
    Field::SessionPolicy,
    Field::ServiceControl,
    Field::ResourceControl,
];

/// Policies and a request in; the decision and its trace out.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let lab = use_lab(LabKind::Policy);
    use_shortcuts([Shortcut::new("u", "take the last change back", move || {
        lab.undo();
    })]);
    view! {
        {heading("Policy evaluation")}
        <p class="lede">
            "Policies and a request in; the decision out, with the clause that made it. Change anything: the answer follows when you leave a field or press Ctrl and Enter in it."
        </p>
        {lab_bar(lab)}
        {lab.bench(move || bench(lab))}
    }
}

fn bench(lab: LabLink) -> AnyView {
    let has_more = lab.is(|view| view.policy().is_some_and(has_more_layers));
    let texts = |fields: [Field; 4]| {
        let texts = fields.into_iter().map(|field| text(lab, field));
        texts.collect_view()
    };
    view! {
        {part(lab, move |view| scenarios(lab, view))}
        <h2>"The request"</h2>
        <div class="inputs">{texts(REQUEST)}</div>
        {text(lab, Field::Context)}
        <h2>"The policies"</h2>
        <div class="split">{text(lab, Field::IdentityPolicy)} {text(lab, Field::ResourcePolicy)}</div>
        <details open=move || has_more.get()>
            <summary>"Boundary, session and the organization's policies"</summary>
            <div class="split">{texts(MORE_LAYERS)}</div>
        </details>
        <h2>"The decision"</h2>
        <div aria-live="polite">{part(lab, decision)}</div>
        {part(lab, |view| view.answer.as_ref().map(|answer| trace::tree(&answer.layers)).into_any())}
    }
    .into_any()
}

fn part(lab: LabLink, draw: impl Fn(&View) -> AnyView + Send + 'static) -> AnyView {
    lab.drawn(move |view| view.policy().map(&draw))
}

/// A choice of ready requests, and what the chosen one is about.
fn scenarios(lab: LabLink, view: &View) -> AnyView {
    let options = view.scenarios.iter().enumerate().map(|(number, title)| {
        let is_chosen = view.scenario == number;
        view! { <option value=number.to_string() selected=is_chosen>{title.clone()}</option> }
            .into_any()
    });
    let choose = move |number: String| {
        if let Ok(number) = number.parse() {
            lab.take(Step::SetOut(number));
        }
    };
    view! {
        <div class="inputs">
            <p>
                <label for="scenario">"Scenario"</label>
                <select id="scenario" prop:value=view.scenario.to_string() on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </p>
        </div>
        <p>{view.story.clone()}</p>
    }
    .into_any()
}

/// A text with what is wrong with it.
fn text(lab: LabLink, field: Field) -> AnyView {
    let value = lab.text(move |view| view.policy().map(|view| view.field(field).text.clone()));
    let is_wrong = lab.is(move |view| {
        let notes = view.policy().map(|view| &view.field(field).notes[..]);
        let is_error = |note: &Note| note.severity == Severity::Error;
        notes.is_some_and(|notes| notes.iter().any(is_error))
    });
    let write = move |text: String| {
        if value.get_untracked() != text {
            lab.take(Step::Write(field, text));
        }
    };
    let id = format!("text-{}", field as usize);
    let notes_id = format!("notes-{}", field as usize);
    let written = REQUEST.contains(&field).then(|| {
        view! {
            <label for=id.clone()>{field.name()}</label>
            <input id=id.clone() spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby=notes_id.clone() aria-invalid=move || invalid(is_wrong)
                prop:value=move || value.get()
                on:change:target=move |event| write(event.target().value())
                on:keydown=move |event| on_enter(&event, write) />
        }
        .into_any()
    });
    let written = written.unwrap_or_else(|| {
        let findings = move || findings(lab, field);
        json_editor(id.clone(), field.name().to_owned(), value, findings, write)
    });
    view! {
        <div>
            {written}
            <ul id=notes_id class="diagnostics">{part(lab, move |view| notes(&id, &view.field(field).notes))}</ul>
        </div>
    }
    .into_any()
}

fn invalid(is_wrong: Memo<bool>) -> Option<&'static str> {
    is_wrong.get().then_some("true")
}

/// Ctrl and Enter hands the text over without leaving it.
fn on_enter(event: &KeyboardEvent, write: impl Fn(String)) {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        let input = event.target().expect("a key is pressed somewhere");
        write(input.unchecked_into::<web_sys::HtmlInputElement>().value());
    }
}

/// What is wrong with a text, for its editor.
fn findings(lab: LabLink, field: Field) -> Vec<Diagnostic> {
    let finding = |note: &Note| Diagnostic {
        span: note.span,
        severity: note.severity,
        code: note.code.clone(),
        message: note.message.clone(),
        help: note.help.clone(),
    };
    let notes = lab.see(|view| {
        let view = view.policy()?;
        Some(view.field(field).notes.iter().map(finding).collect())
    });
    notes.flatten().unwrap_or_default()
}

/// What is wrong with the text called `id`, each with its line and column, which lead there.
fn notes(id: &str, notes: &[Note]) -> AnyView {
    let note = |note: &Note| {
        let place = note.place.map(|place| {
            let (id, span) = (id.to_owned(), note.span);
            let place = place.to_string();
            let about = format!("{place}, show it in the text");
            let lead = move || reveal(&id, span);
            view! { {Button::new(place).plain(about).press(lead)} " " }.into_any()
        });
        let help = note
            .help
            .as_ref()
            .map(|help| view! { <br /> <span class="soft">{sentence(help)}</span> }.into_any());
        let severity = note.severity.to_string();
        view! { <li>{place} {severity} ": " {sentence(&note.message)} {help}</li> }.into_any()
    };
    notes.iter().map(note).collect_view().into_any()
}

fn decision(view: &View) -> AnyView {
    let Some(answer) = &view.answer else {
        let waiting =
            "Nothing is decided while a text cannot be read. What is wrong stands beneath it.";
        return view! { <p class="soft">{waiting}</p> }.into_any();
    };
    let (class, word) = match answer.decision {
        Decision::Allowed => ("right", "Allowed."),
        Decision::ImplicitlyDenied => ("wrong", "Implicitly denied."),
        Decision::ExplicitlyDenied => ("wrong", "Explicitly denied."),
    };
    view! { <p><span class=class>{word}</span> " " {answer.headline.clone()}</p> }.into_any()
}

fn has_more_layers(view: &View) -> bool {
    MORE_LAYERS
        .iter()
        .any(|field| !view.field(*field).text.trim().is_empty())
}
