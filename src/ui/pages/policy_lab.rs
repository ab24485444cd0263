//! The policy lab.

mod trace;

use leptos::ev::KeyboardEvent;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use crate::base::Severity;
use crate::labs::policy::{Answer, Field, Note, PolicyBench, SCENARIOS, Step, View};
use crate::policy::Decision;
use crate::ui::keys::{Shortcut, use_shortcuts};
use crate::ui::lab::{LabBar, LabLink, use_lab};
use crate::ui::pages::Heading;

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
    let lab = use_lab::<PolicyBench>();
    let is_open = Memo::new(move |_| lab.view.with(Option::is_some));
    view! {
        <Heading text="Policy evaluation" />
        <p class="lede">
            "Policies and a request in; the decision out, with the clause that made it. Change anything: the answer follows when you leave a field or press Ctrl and Enter in it."
        </p>
        <LabBar lab />
        <Show when=move || is_open.get()><Bench lab /></Show>
    }
}

#[component]
fn Bench(lab: LabLink<PolicyBench>) -> impl IntoView {
    let view = lab.shown();
    let answer = Memo::new(move |_| view.with(|view| view.answer.clone()));
    let has_more = Memo::new(move |_| view.with(has_more_layers));
    use_shortcuts([Shortcut::new("u", "take the last change back", move || {
        lab.undo();
    })]);
    view! {
        <Scenarios lab view />
        <h2>"The request"</h2>
        <div class="inputs">
            <Line lab view field=Field::Principal />
            <Line lab view field=Field::Action />
            <Line lab view field=Field::Resource />
            <Line lab view field=Field::Owner />
        </div>
        <Block lab view field=Field::Context />
        <h2>"The policies"</h2>
        <div class="split">
            <Block lab view field=Field::IdentityPolicy />
            <Block lab view field=Field::ResourcePolicy />
        </div>
        <details open=move || has_more.get()>
            <summary>"Boundary, session and the organization's policies"</summary>
            <div class="split">
                {MORE_LAYERS.map(|field| view! { <Block lab view field /> }).collect_view()}
            </div>
        </details>
        <h2>"The decision"</h2>
        <div aria-live="polite">{move || answer.with(|answer| decision(answer.as_ref()))}</div>
        {move || answer.get().map(|answer| trace::tree(answer.layers))}
    }
}

/// A choice of ready requests, and what the chosen one is about.
#[component]
fn Scenarios(lab: LabLink<PolicyBench>, view: Signal<View>) -> impl IntoView {
    let chosen = Memo::new(move |_| view.with(|view| view.scenario));
    let options = SCENARIOS.iter().enumerate().map(|(number, scenario)| {
        view! { <option value=number.to_string() selected=move || chosen.get() == number>{scenario.title}</option> }
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
                <select id="scenario" prop:value=move || chosen.get().to_string() on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </p>
        </div>
        <p>{move || SCENARIOS[chosen.get()].story}</p>
    }
}

/// A text of one line with what is wrong with it.
#[component]
fn Line(lab: LabLink<PolicyBench>, view: Signal<View>, field: Field) -> impl IntoView {
    let part = Part::of(field, view);
    let input = NodeRef::<Input>::new();
    let written = move || input.get_untracked().map(|input| input.value());
    view! {
        <div>
            <label for=part.id()>{field.name()}</label>
            <input id=part.id() node_ref=input spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby=part.notes_id() aria-invalid=move || part.is_wrong().then_some("true")
                prop:value=move || part.text.get()
                on:change=move |_| part.write(lab, written())
                on:keydown=move |event| part.write_on_enter(lab, &event, written()) />
            <Notes part />
        </div>
    }
}

/// A text of several lines with what is wrong with it.
#[component]
fn Block(lab: LabLink<PolicyBench>, view: Signal<View>, field: Field) -> impl IntoView {
    let part = Part::of(field, view);
    let area = NodeRef::<Textarea>::new();
    let written = move || area.get_untracked().map(|area| area.value());
    let rows = part
        .text
        .with_untracked(|text| text.lines().count().clamp(3, 22));
    view! {
        <div>
            <label for=part.id()>{field.name()}</label>
            <textarea id=part.id() node_ref=area rows=rows spellcheck="false" autocapitalize="off" autocomplete="off"
                aria-describedby=part.notes_id() aria-invalid=move || part.is_wrong().then_some("true")
                prop:value=move || part.text.get()
                on:change=move |_| part.write(lab, written())
                on:keydown=move |event| part.write_on_enter(lab, &event, written())></textarea>
            <Notes part />
        </div>
    }
}

/// One text of the bench as the page sees it.
#[derive(Clone, Copy)]
struct Part {
    field: Field,
    text: Memo<String>,
    notes: Memo<Vec<Note>>,
}

impl Part {
    fn of(field: Field, view: Signal<View>) -> Self {
        Self {
            field,
            text: Memo::new(move |_| view.with(|view| view.field(field).text.clone())),
            notes: Memo::new(move |_| view.with(|view| view.field(field).notes.clone())),
        }
    }

    fn id(self) -> String {
        format!("text-{}", self.field as usize)
    }

    fn notes_id(self) -> String {
        format!("notes-{}", self.field as usize)
    }

    fn is_wrong(self) -> bool {
        let is_error = |note: &Note| note.severity == Severity::Error;
        self.notes.with(|notes| notes.iter().any(is_error))
    }

    fn write(self, lab: LabLink<PolicyBench>, written: Option<String>) {
        if let Some(text) = written
            && self.text.with_untracked(|before| *before != text)
        {
            lab.take(Step::Write(self.field, text));
        }
    }

    fn write_on_enter(
        self,
        lab: LabLink<PolicyBench>,
        event: &KeyboardEvent,
        written: Option<String>,
    ) {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            self.write(lab, written);
        }
    }
}

/// What is wrong with a text, each with its line and column.
#[component]
fn Notes(part: Part) -> impl IntoView {
    let note = |note: Note| {
        let place = note
            .place
            .map(|place| view! { <samp>{place.to_string()}</samp> " " });
        let help = note
            .help
            .map(|help| view! { <br /> <span class="soft">{help}</span> });
        view! { <li>{place} {note.severity.to_string()} ": " {note.message} {help}</li> }
    };
    view! {
        <ul id=part.notes_id() class="diagnostics">
            {move || part.notes.get().into_iter().map(note).collect_view()}
        </ul>
    }
}

fn decision(answer: Option<&Answer>) -> AnyView {
    let Some(answer) = answer else {
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
